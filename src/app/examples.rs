//! Topologies to start from, and the gallery that shows them.

use super::engine::Engine;
use super::plan::Colour;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{MemoryByService, Piece};
use std::sync::LazyLock;

/// A topology to start from.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// The text's first comment.
    pub title: &'static str,
    /// The text's second comment.
    pub about: &'static str,
    /// The whole document, with those comments.
    pub text: &'static str,
}

/// All of them, those that suit most people first.
pub static EXAMPLES: LazyLock<[Example; 13]> = LazyLock::new(|| {
    [
        include_str!("../../examples/shop.yaml"),
        include_str!("../../examples/fastapi.yaml"),
        include_str!("../../examples/one-server.yaml"),
        include_str!("../../examples/too-many-workers.yaml"),
        include_str!("../../examples/model.yaml"),
        include_str!("../../examples/django.yaml"),
        include_str!("../../examples/flask.yaml"),
        include_str!("../../examples/node.yaml"),
        include_str!("../../examples/go.yaml"),
        include_str!("../../examples/own-dockerfile.yaml"),
        include_str!("../../examples/prebuilt.yaml"),
        include_str!("../../examples/environments.yaml"),
        include_str!("../../examples/plimsoll.yaml"),
    ]
    .map(|text| {
        let mut comments = text.lines().map(|line| line.trim_start_matches('#').trim());
        Example { title: comments.next().unwrap_or_default(), about: comments.next().unwrap_or_default(), text }
    })
});

/// Whether `text` is the person's own: neither blank nor an example as it came.
pub fn is_own(text: &str) -> bool {
    !text.trim().is_empty() && EXAMPLES.iter().all(|example| example.text.trim_end() != text.trim_end())
}

/// Some examples, each a button that opens it.
#[component]
pub fn Gallery(
    /// The ones to show.
    examples: &'static [Example],
    /// Called with the one that is chosen.
    choose: Callback<&'static Example>,
) -> impl IntoView {
    let cards = examples.iter().map(|example| {
        view! {
            <li>
                <button type="button" class="card" on:click=move |_| choose.run(example)>
                    {cargo(example.text)}
                    <span class="card-title">{example.title}</span>
                    <span class="card-about">{example.about}</span>
                </button>
            </li>
        }
    });
    view! { <ul class="gallery">{cards.collect_view()}</ul> }
}

/// A picture of what an example carries: its services side by side, as wide as the memory that they take.
fn cargo(text: &'static str) -> impl IntoView {
    let pieces = RwSignal::new(Vec::new());
    let engine = Engine::of_page();
    task::spawn_local(async move {
        if let Ok(weighed) = engine.ask(MemoryByService { text: text.to_owned() }).await {
            pieces.set(weighed);
        }
    });
    let draw = |piece: Piece| {
        let width = (piece.memory.bytes() >> 20).max(1).to_string();
        view! { <span class=Colour::of_number(piece.service).class() style:flex-grow=width></span> }
    };
    view! {
        <span class="card-picture" aria-hidden="true">
            {move || pieces.get().into_iter().map(draw).collect_view()}
        </span>
    }
}
