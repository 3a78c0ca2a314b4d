//! The full editor as Rust sees it; `codemirror.js` is its source.

use js_sys::{Array, Object, Promise, Reflect};
use plimsoll::engine::Placed;
use plimsoll::finding::Severity;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;

#[wasm_bindgen(inline_js = "export const load = () => import(document.querySelector('link[rel=editor]').href);")]
extern "C" {
    #[wasm_bindgen(catch)]
    fn load() -> Result<Promise, JsValue>;

    /// What `codemirror.js` exports.
    pub type Module;
    #[wasm_bindgen(method, catch)]
    fn create(this: &Module, parent: &Element, options: &JsValue) -> Result<CodeMirror, JsValue>;

    /// An editor in the page.
    pub type CodeMirror;
    /// Replaces the text without reporting it.
    #[wasm_bindgen(method, js_name = setText)]
    pub fn set_text(this: &CodeMirror, text: &str);
    #[wasm_bindgen(method, js_name = setFindings)]
    fn set_findings(this: &CodeMirror, findings: &Array);
    /// Selects a place, brings it into view and takes the focus.
    #[wasm_bindgen(method)]
    pub fn reveal(this: &CodeMirror, from: u32, to: u32);
    /// Selects a field such as `services.api.replicas`, or as much of its path as is written, and takes the focus.
    #[wasm_bindgen(method, js_name = revealField)]
    pub fn reveal_field(this: &CodeMirror, path: &str);
    /// Marks the lines of a field such as `services.api` in place of those before, and brings them into view; of an empty
    /// path, none. Focus and caret stay.
    #[wasm_bindgen(method, js_name = showField)]
    pub fn show_field(this: &CodeMirror, path: &str);
    /// Puts the caret to a place and brings it into view; the focus stays where it is.
    #[wasm_bindgen(method, js_name = putCaret)]
    pub fn put_caret(this: &CodeMirror, from: u32, to: u32);
    /// Follows the page's colours.
    #[wasm_bindgen(method, js_name = setDark)]
    pub fn set_dark(this: &CodeMirror, dark: bool);
}

/// What the editor is to a person.
pub struct Looks {
    /// Its accessible name.
    pub label: &'static str,
    /// Whether the page is dark.
    pub dark: bool,
    /// Whether the text is only to be read.
    pub readonly: bool,
}

/// What the editor tells of. They live as long as it does, which is as long as the page.
pub struct Events {
    /// The person changed the text: what it is now, and where the caret is.
    pub changed: Closure<dyn FnMut(String, u32, u32)>,
    /// The caret moved.
    pub caret_moved: Closure<dyn FnMut(u32, u32)>,
    /// The caret is at another field: its path, such as `services.api.replicas`; empty for none.
    pub field: Closure<dyn FnMut(String)>,
    /// The editor has a question about a text, both as it writes them; the promise is of the answer, or of nothing.
    pub ask: Closure<dyn FnMut(String, String) -> Promise>,
    /// The person wants the change that mends a finding: which of those that were shown last.
    pub mend: Closure<dyn FnMut(usize)>,
    /// The person asks the browser itself, say by its menu, to take the last change back.
    pub undo: Closure<dyn FnMut()>,
    /// Or to do it again.
    pub redo: Closure<dyn FnMut()>,
}

/// Fetches the editor's code; nothing is asked for before.
///
/// # Errors
/// What the browser says, such as that it is offline.
pub async fn fetch() -> Result<Module, JsValue> {
    Ok(JsFuture::from(load()?).await?.unchecked_into())
}

impl Module {
    /// Puts an editor into `parent`.
    ///
    /// # Errors
    /// What the editor says.
    pub fn open(&self, parent: &Element, text: &str, looks: &Looks, events: Events) -> Result<CodeMirror, JsValue> {
        let options = object(&[
            ("text", text.into()),
            ("dark", looks.dark.into()),
            ("label", looks.label.into()),
            ("readonly", looks.readonly.into()),
            ("onChange", events.changed.into_js_value()),
            ("onCaret", events.caret_moved.into_js_value()),
            ("onField", events.field.into_js_value()),
            ("onAsk", events.ask.into_js_value()),
            ("onMend", events.mend.into_js_value()),
            ("onUndo", events.undo.into_js_value()),
            ("onRedo", events.redo.into_js_value()),
        ]);
        self.create(parent, &options)
    }
}

impl CodeMirror {
    /// Underlines `findings` in place of those before.
    pub fn show(&self, findings: &[Placed]) {
        let findings = findings.iter().map(|placed| {
            let severity = match placed.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            object(&[
                ("from", placed.place.from.into()),
                ("to", placed.place.to.into()),
                ("severity", severity.into()),
                ("message", placed.message.as_str().into()),
                ("rule", placed.rule.as_str().into()),
                ("help", placed.help.as_deref().into()),
                ("fix", placed.fix.as_ref().map(|fix| fix.title.as_str()).into()),
            ])
        });
        self.set_findings(&findings.collect());
    }
}

fn object(fields: &[(&str, JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A new object refuses nothing.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}
