//! The text: a plain field that is there at once, and, once that is shown, the full editor in its place.

mod codemirror;

use crate::app::client::Client;
use crate::app::field::Fields;
use crate::app::history::History;
use crate::app::media;
use codemirror::{CodeMirror, Events, Looks};
use leptos::prelude::*;
use leptos::{html, task};
use plimsoll::engine::{Assist, Place, Placed};
use std::sync::Arc;
use wasm_bindgen::prelude::{Closure, JsValue};
use wasm_bindgen_futures::future_to_promise;
use web_sys::HtmlTextAreaElement;

const LABEL: &str = "Topology, as YAML";

/// More findings than a person reads only make the editor slow.
const MOST_FINDINGS: usize = 200;

/// The text, to be read and written.
#[expect(clippy::too_many_lines, reason = "one view, read from top to bottom")]
#[component]
pub fn Editor(
    /// The document; both ways.
    history: History,
    /// What to underline.
    #[prop(into)]
    findings: Signal<Arc<Vec<Placed>>>,
    /// The place to go to, each time it is set.
    #[prop(into)]
    place: Signal<Option<Place>>,
    /// The path of what is selected on the page, to be marked.
    #[prop(into)]
    shown: Signal<Option<String>>,
    /// Called with the path of the field that the caret came to.
    at_field: Callback<String>,
    /// Whether the page is dark.
    dark: Signal<bool>,
) -> impl IntoView {
    let client = Client::of_page();
    let text = history.text();
    let plain = NodeRef::<html::Textarea>::new();
    let parent = NodeRef::<html::Div>::new();
    let is_wanted = media::once_shown(parent);
    let full = RwSignal::<Option<Arc<CodeMirror>>, LocalStorage>::new_local(None);
    // What the full editor holds, so that it is told only of changes that it did not make.
    let held = StoredValue::new(String::new());

    let looks = move || Looks { label: LABEL, dark: dark.get_untracked(), readonly: history.is_fixed() };
    Effect::new(move || {
        let (true, Some(plain), Some(parent)) = (is_wanted.get(), plain.get(), parent.get()) else { return };
        task::spawn_local(async move {
            // Without it, say offline, the plain field goes on serving.
            let Ok(module) = codemirror::fetch().await else { return };
            held.set_value(text.get_untracked());
            let changed = move |new: String, from, to| {
                held.set_value(new.clone());
                history.typed(new, Place { from, to });
            };
            let events = Events {
                changed: Closure::new(changed),
                caret_moved: Closure::new(move |from, to| history.caret_moved(Place { from, to })),
                field: Closure::new(move |path: String| at_field.run(path)),
                ask: Closure::new(move |text, query| {
                    let answer = client.ask(Assist { text, query });
                    future_to_promise(async { Ok(answer.await.map_or(JsValue::UNDEFINED, JsValue::from)) })
                }),
                mend: Closure::new(move |index| mend(history, &findings.read_untracked(), index)),
                undo: Closure::new(move || history.undo()),
                redo: Closure::new(move || history.redo()),
            };
            let editor = module.open(&parent, &text.get_untracked(), &looks(), events);
            if let Ok(editor) = editor {
                if document().active_element().as_deref() == Some(&plain) {
                    let (from, to) = selection(&plain);
                    editor.reveal(from, to);
                }
                full.set(Some(Arc::new(editor)));
            }
        });
    });

    let follow = move |editor: &CodeMirror, text: String| {
        if held.with_value(|held| *held != text) {
            editor.set_text(&text);
            held.set_value(text);
        }
    };
    Effect::new(move || {
        let text = text.get();
        if let Some(editor) = full.get() {
            follow(&editor, text);
        }
    });
    Effect::new(move || {
        let Some(Place { from, to }) = history.restored().get() else { return };
        if let Some(editor) = full.get_untracked() {
            // Which of two effects runs first is not said; the caret's place is one of the new text.
            follow(&editor, text.get_untracked());
            editor.put_caret(from, to);
        }
    });
    Effect::new(move || {
        if let Some(editor) = full.get() {
            findings.with(|findings| editor.show(&findings[..findings.len().min(MOST_FINDINGS)]));
        }
    });
    Effect::new(move || {
        let path = shown.get().unwrap_or_default();
        if let Some(editor) = full.get() {
            // It may come with a change of the text.
            follow(&editor, text.get_untracked());
            editor.show_field(&path);
        }
    });
    Effect::new(move || {
        if let Some(editor) = full.get() {
            editor.set_dark(dark.get());
        }
    });
    Effect::new(move || {
        let Some(Place { from, to }) = place.get() else { return };
        if let Some(editor) = full.get_untracked() {
            editor.reveal(from, to);
        } else if let Some(plain) = plain.get_untracked() {
            // Neither fails: the field is of a kind that has a selection, and it is in the page.
            let _ = plain.set_selection_range(from, to);
            let _ = plain.focus();
        }
    });

    go_to_fields(full);

    view! {
        <div class="editor" node_ref=parent>
            <textarea
                class="editor-plain"
                node_ref=plain
                aria-label=LABEL
                spellcheck="false"
                autocapitalize="off"
                autocomplete="off"
                wrap="off"
                readonly=history.is_fixed()
                hidden=move || full.with(Option::is_some)
                prop:value=move || text.get()
                on:input:target=move |event| {
                    let (from, to) = selection(&event.target());
                    history.typed(event.target().value(), Place { from, to });
                }
            />
        </div>
    }
}

/// Goes to the fields that are wanted elsewhere on the page.
fn go_to_fields(full: RwSignal<Option<Arc<CodeMirror>>, LocalStorage>) {
    let fields = Fields::of_page();
    Effect::new(move || {
        let Some(path) = fields.wanted.get() else { return };
        if let Some(editor) = full.get_untracked() {
            editor.reveal_field(&path);
        }
    });
}

/// Makes the change that mends one of the findings.
fn mend(history: History, findings: &[Placed], index: usize) {
    if let Some(fix) = findings.get(index).and_then(|placed| placed.fix.as_ref()) {
        history.apply(&fix.edits);
    }
}

fn selection(field: &HtmlTextAreaElement) -> (u32, u32) {
    let place = |offset: Result<Option<u32>, _>| offset.ok().flatten().unwrap_or(0);
    (place(field.selection_start()), place(field.selection_end()))
}
