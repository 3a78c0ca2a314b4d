//! The engine's code, which the page fetches and compiles once.

use js_sys::{Array, WebAssembly};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlLinkElement, Response, Url};

/// The code that starts a worker.
pub struct Code {
    /// The compiled engine.
    pub module: WebAssembly::Module,
    /// The address of the script that runs it.
    pub script: String,
}

impl Code {
    /// Fetches what `index.html` names, and compiles it.
    ///
    /// # Errors
    /// Returns an error if it does not load, or does not compile.
    pub async fn fetch() -> Result<Self, JsValue> {
        let script = address("engine-script")?;
        // A sandboxed frame has an opaque origin, and browsers do not start workers from another origin.
        let script = if window().origin() == "null" { own_copy(&script).await? } else { script };
        Ok(Self { module: compile(&address("engine-code")?).await?, script })
    }
}

/// The target of the link with that id.
fn address(id: &str) -> Result<String, JsValue> {
    let link = document().get_element_by_id(id).and_then(|link| link.dyn_into::<HtmlLinkElement>().ok());
    link.map(|link| link.href()).ok_or_else(|| JsValue::from_str(&format!("the page has no link #{id}")))
}

async fn compile(address: &str) -> Result<WebAssembly::Module, JsValue> {
    let response = window().fetch_with_str(address);
    if let Ok(module) = JsFuture::from(WebAssembly::compile_streaming(&response)).await {
        return Ok(module.unchecked_into());
    }
    // The host may serve another content type, or the browser may not support streaming compilation.
    let bytes = JsFuture::from(fetch(address).await?.array_buffer()?).await?;
    Ok(JsFuture::from(WebAssembly::compile(&bytes)).await?.unchecked_into())
}

/// Copies the script at `address` to an address of the page's own origin.
async fn own_copy(address: &str) -> Result<String, JsValue> {
    let text = JsFuture::from(fetch(address).await?.text()?).await?;
    Url::create_object_url_with_blob(&Blob::new_with_str_sequence(&Array::of1(&text))?)
}

async fn fetch(address: &str) -> Result<Response, JsValue> {
    let response: Response = JsFuture::from(window().fetch_with_str(address)).await?.unchecked_into();
    if response.ok() {
        return Ok(response);
    }
    Err(JsValue::from_str(&format!("{address}: {} {}", response.status(), response.status_text())))
}
