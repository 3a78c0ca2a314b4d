//! The engine's code: fetched and compiled once, beside the page.

use js_sys::{Promise, WebAssembly};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlLinkElement, Response};

/// Compiles the engine's code, which `index.html` names.
///
/// # Errors
/// It does not come, or is not code.
pub async fn compile() -> Result<WebAssembly::Module, JsValue> {
    let address = address("engine-code")?;
    let response = window().fetch_with_str(&address);
    if let Ok(module) = JsFuture::from(WebAssembly::compile_streaming(&response)).await {
        return Ok(module.unchecked_into());
    }
    // A host that does not say that it is code, or a browser that cannot compile what is still coming.
    let response: Response = JsFuture::from(window().fetch_with_str(&address)).await?.unchecked_into();
    if !response.ok() {
        return Err(JsValue::from_str(&format!("{address}: {} {}", response.status(), response.status_text())));
    }
    let bytes = JsFuture::from(response.array_buffer()?).await?;
    let module: Promise = WebAssembly::compile(&bytes);
    Ok(JsFuture::from(module).await?.unchecked_into())
}

/// The address of the script that a worker begins with.
///
/// # Errors
/// The page does not say.
pub fn script() -> Result<String, JsValue> {
    address("engine-script")
}

/// What the link with that id leads to.
fn address(id: &str) -> Result<String, JsValue> {
    let link = document().get_element_by_id(id).and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    link.map(|link| link.href()).ok_or_else(|| JsValue::from_str(&format!("the page has no link #{id}")))
}
