//! The left pane: the topology as a diagram above, and as a form or text below.

mod divider;
mod saved;

use crate::app::analysis_store::AnalysisStore;
use crate::app::chunked_render::Chunk;
use crate::app::diagram::DiagramProps;
use crate::app::editor::Editor;
use crate::app::field::Fields;
use crate::app::form::FormPaneProps;
use crate::app::history::History;
use crate::app::icons;
use crate::app::keys;
use crate::app::lazy_views::LazyViews;
use crate::app::media;
use crate::app::storage::NotSaved;
use crate::app::tab::Tab;
use divider::Divider;
use leptos::prelude::*;
use plimsoll::engine::Place;
use plimsoll::plan::simulate::Target;
use plimsoll::view::selection::Selection;
use saved::Saved;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The tabs below the diagram.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EditorTab {
    /// The form of the selection.
    Form,
    /// The document itself.
    Text,
}

/// The left pane.
#[component]
pub fn EditorPane(
    analysis: AnalysisStore,
    history: History,
    /// The shown target.
    #[prop(into)]
    target: Signal<Target>,
    selected: RwSignal<Option<Selection>>,
    tab: RwSignal<EditorTab>,
    /// The place of the text to go to, each time it is set.
    #[prop(into)]
    place: Signal<Option<Place>>,
    not_kept: Signal<Option<NotSaved>>,
    /// Whether the page is dark.
    dark: Signal<bool>,
) -> impl IntoView {
    let share = divider::remembered();
    let is_drawn = divider::is_drawn();
    let fields = Fields::of_page();
    let (at_field, shown) = (fields.of_caret(selected, analysis), fields.shown(selected, analysis));
    let lazy = LazyViews::of_page();
    let open = Callback::new(move |()| {
        tab.set(EditorTab::Form);
        request_animation_frame(focus_form);
    });
    // Neither form nor diagram is rendered before it is first shown: a narrow page opens with the other pane, and every
    // page with the text.
    let is_form_shown = Signal::derive(move || tab.get() == EditorTab::Form);
    let is_form_wanted = Memo::new(move |wanted| wanted == Some(&true) || is_form_shown.get());
    let picture = NodeRef::new();
    let is_picture_wanted = media::once_shown(picture);
    let form = move || {
        lazy.view(move |views| (views.form)(FormPaneProps { analysis, history, selected, is_shown: is_form_shown }))
    };
    let diagram = move || {
        lazy.view(move |views| {
            (views.diagram)(DiagramProps { analysis, history, selected, target, open, yields_wheel: false })
        })
    };
    view! {
        <section class="say" aria-label="Topology">
            <div
                class="picture"
                id="picture"
                node_ref=picture
                hidden=move || !is_drawn.get()
                style:flex-basis=move || format!("{}.{}%", share.get() / 10, share.get() % 10)
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
                        {[EditorTab::Form, EditorTab::Text].map(|of| tab_of(of, tab, selected))}
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
                    hidden=move || tab.get() != EditorTab::Form
                >
                    <Show when=move || is_form_wanted.get()>{form()}</Show>
                </div>
                <div
                    class="words-panel"
                    id="text"
                    role="tabpanel"
                    aria-label="Text"
                    hidden=move || tab.get() != EditorTab::Text
                >
                    <Chunk>
                        <Editor history findings=analysis.shown_findings() place shown at_field dark />
                    </Chunk>
                </div>
            </div>
        </section>
    }
}

/// The tab of the form or the text.
fn tab_of(of: EditorTab, tab: RwSignal<EditorTab>, selected: RwSignal<Option<Selection>>) -> impl IntoView {
    let name = move || match (of, selected.get()) {
        (EditorTab::Text, _) => "Text".to_owned(),
        (EditorTab::Form, None) => "Form".to_owned(),
        (EditorTab::Form, Some(selected)) => format!("Form · {}", selected.label()),
    };
    let controls = match of {
        EditorTab::Form => "form",
        EditorTab::Text => "text",
    };
    view! {
        <Tab of chosen=tab controls>
            <span class="tab-name">{name}</span>
        </Tab>
    }
}

/// Focuses the form's first field.
fn focus_form() {
    let field = document().query_selector("#form :is(input, select, textarea, button)").ok().flatten();
    if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        // It is visible by now.
        let _ = field.focus();
    }
}
