//! Downloads: saving generated data as a file.

use crate::app::analysis_store::AnalysisStore;
use crate::app::client::Client;
use crate::app::notice::Notice;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::Zip;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, HtmlAnchorElement, Url};

/// Saves `bytes` as a file called `name` with the browser's download.
///
/// # Errors
/// Returns the error of the browser.
pub fn save(name: &str, bytes: &[u8]) -> Result<(), JsValue> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let blob = Blob::new_with_u8_array_sequence(&parts)?;
    let url = Url::create_object_url_with_blob(&blob)?;
    let anchor = document().create_element("a")?.dyn_into::<HtmlAnchorElement>()?;
    anchor.set_href(&url);
    anchor.set_download(name);
    anchor.click();
    // The browser keeps the blob until it is saved.
    Url::revoke_object_url(&url)
}

/// Saves all files as a zip, or shows a notice if that fails.
pub fn all(analysis: AnalysisStore, client: Client, notice: RwSignal<Option<Notice>>) {
    task::spawn_local(async move {
        if pack(analysis, client).await.is_none() {
            notice.set(Some(Notice::NotDownloaded));
        }
    });
}

async fn pack(analysis: AnalysisStore, client: Client) -> Option<()> {
    let name = analysis.report.with_untracked(|report| report.as_ref().map(|report| report.name.clone()))?;
    let bytes = client.ask(Zip { text: analysis.shown_text().to_string() }).await.ok()??;
    save(&format!("{name}.zip"), &bytes).ok()
}
