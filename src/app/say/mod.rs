//! The left half: the topology as a picture above, and in words below; always the same thing.

mod divider;
mod saved;

use super::diagram::DiagramProps;
use super::editor::Editor;
use super::field::Fields;
use super::form::FormPaneProps;
use super::history::History;
use super::live::Live;
use super::rest::Rest;
use super::storage::NotKept;
use super::tab::Tab;
use super::turns::InTurn;
use super::{icons, keys, media};
use divider::Divider;
use leptos::prelude::*;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::selection::Selection;
use saved::Saved;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The two ways of saying it in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    /// Fields for what is selected.
    Form,
    /// The document itself.
    Text,
}

/// The left half.
#[component]
pub fn SayPane(
    live: Live,
    history: History,
    /// The target that is shown.
    #[prop(into)]
    target: Signal<Target>,
    selected: RwSignal<Option<Selection>>,
    words: RwSignal<Words>,
    /// The place of the text to go to, each time it is set.
    #[prop(into)]
    place: Signal<Option<Place>>,
    not_kept: Signal<Option<NotKept>>,
    /// Whether the page is dark.
    dark: Signal<bool>,
) -> impl IntoView {
    let share = divider::remembered();
    let is_drawn = divider::is_drawn();
    let fields = Fields::of_page();
    let (at_field, shown) = (fields.of_caret(selected, live), fields.shown(selected, live));
    let rest = Rest::of_page();
    let open = Callback::new(move |()| {
        words.set(Words::Form);
        request_animation_frame(focus_form);
    });
    // Neither form nor picture is made before it is first shown: a narrow page opens with the other half, every page with
    // the text.
    let is_form_shown = Signal::derive(move || words.get() == Words::Form);
    let is_form_wanted = Memo::new(move |wanted| wanted == Some(&true) || is_form_shown.get());
    let picture = NodeRef::new();
    let is_picture_wanted = media::once_shown(picture);
    let form = move || {
        rest.view(move |views| (views.form)(FormPaneProps { live, history, selected, is_shown: is_form_shown }))
    };
    let diagram = move || {
        rest.view(move |views| {
            (views.diagram)(DiagramProps { live, history, selected, target, open, yields_wheel: false })
        })
    };
    view! {
        <section class="say" aria-label="Topology">
            <div
                class="picture"
                id="picture"
                node_ref=picture
                hidden=move || !is_drawn.get()
                style:flex-basis=move || format!("{}%", share.get())
            >
                <Show when=move || is_picture_wanted.get()>{diagram()}</Show>
            </div>
            <Show when=move || is_drawn.get()>
                <Divider share is_drawn />
            </Show>
            <div class="words">
                <div class="pane-head">
                    <div
                        class="tabs"
                        role="tablist"
                        aria-label="In words"
                        on:keydown=move |event| keys::in_tab_list(&event)
                    >
                        {[Words::Form, Words::Text].map(|of| tab(of, words, selected))}
                    </div>
                    <Saved text=history.text() not_kept />
                    <button
                        type="button"
                        class="button icon-button small picture-toggle"
                        aria-label="Diagram"
                        title=move || if is_drawn.get() { "Hide the diagram" } else { "Show the diagram" }
                        aria-expanded=move || is_drawn.get().to_string()
                        aria-controls="picture"
                        on:click=move |_| divider::toggle(is_drawn)
                    >
                        {icons::diagram()}
                    </button>
                </div>
                <div
                    class="words-panel"
                    id="form"
                    role="tabpanel"
                    aria-label="Form"
                    hidden=move || words.get() != Words::Form
                >
                    <Show when=move || is_form_wanted.get()>{form()}</Show>
                </div>
                <div
                    class="words-panel"
                    id="text"
                    role="tabpanel"
                    aria-label="Text"
                    hidden=move || words.get() != Words::Text
                >
                    <InTurn>
                        <Editor history findings=live.told() place shown at_field dark />
                    </InTurn>
                </div>
            </div>
        </section>
    }
}

/// The tab of one of the two ways, and what it is about.
fn tab(of: Words, words: RwSignal<Words>, selected: RwSignal<Option<Selection>>) -> impl IntoView {
    let name = move || match (of, selected.get()) {
        (Words::Text, _) => "Text".to_owned(),
        (Words::Form, None) => "Form".to_owned(),
        (Words::Form, Some(selected)) => format!("Form · {}", selected.label()),
    };
    let controls = match of {
        Words::Form => "form",
        Words::Text => "text",
    };
    view! {
        <Tab of chosen=words controls>
            <span class="tab-name">{name}</span>
        </Tab>
    }
}

/// Gives the focus to the form's first field.
fn focus_form() {
    let field = document().query_selector("#form :is(input, select, textarea, button)").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // It is shown by now.
        let _ = field.focus();
    }
}
