//! The gallery of examples.

use crate::app::client::Client;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::{MemoryByService, Piece};
use plimsoll::view::colour::Colour;
use plimsoll::view::examples::Example;

/// A list of examples, each a button that opens it.
#[component]
pub fn Gallery(
    /// The ones to show.
    examples: &'static [Example],
    /// Called with the chosen example.
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

/// A small picture of an example: its services side by side, as wide as the memory that they need.
fn cargo(text: &'static str) -> impl IntoView {
    let pieces = RwSignal::new(Vec::new());
    let client = Client::of_page();
    task::spawn_local(async move {
        if let Ok(weighed) = client.ask(MemoryByService { text: text.to_owned() }).await {
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
