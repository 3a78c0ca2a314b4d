//! The full editor as Rust sees it; `codemirror.js` is its source.

use crate::app::live::Placed;
use js_sys::{Array, Object, Promise, Reflect};
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
    /// Follows the page's colours.
    #[wasm_bindgen(method, js_name = setDark)]
    pub fn set_dark(this: &CodeMirror, dark: bool);
}

/// Fetches the editor's code; nothing is asked for before.
///
/// # Errors
/// What the browser says, such as that it is offline.
pub async fn fetch() -> Result<Module, JsValue> {
    Ok(JsFuture::from(load()?).await?.unchecked_into())
}

impl Module {
    /// Puts an editor into `parent` that reports every change of the person's to `changed`.
    ///
    /// # Errors
    /// What the editor says.
    pub fn open(
        &self,
        parent: &Element,
        text: &str,
        dark: bool,
        label: &str,
        changed: impl FnMut(String) + 'static,
    ) -> Result<CodeMirror, JsValue> {
        // It lives as long as the editor, which lives as long as the page.
        let changed = Closure::<dyn FnMut(String)>::new(changed).into_js_value();
        let options =
            object(&[("text", text.into()), ("dark", dark.into()), ("label", label.into()), ("onChange", changed)]);
        self.create(parent, &options)
    }
}

impl CodeMirror {
    /// Underlines `findings` in place of those before.
    pub fn show(&self, findings: &[Placed]) {
        let findings = findings.iter().map(|placed| {
            let severity = match placed.finding.severity {
                Severity::Error => "error",
                Severity::Warning => "warning",
                Severity::Info => "info",
            };
            object(&[
                ("from", placed.place.from.into()),
                ("to", placed.place.to.into()),
                ("severity", severity.into()),
                ("message", placed.finding.message.as_str().into()),
                ("rule", placed.finding.rule.into()),
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
