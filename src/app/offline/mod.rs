//! Offline use: a service worker caches the release of this page (`service-worker.js`).

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/app/offline/registration.js")]
extern "C" {
    fn keep(address: &str, ready: &JsValue);
    #[wasm_bindgen(js_name = openNewer)]
    fn open_newer();
}

/// Announces a newer release once it is ready, and caches this one from the start.
///
/// If the page names no worker (`trunk serve`), or the browser does not support one, nothing is cached and nothing is
/// shown; with a network everything works the same.
#[component]
pub fn NewRelease() -> impl IntoView {
    let is_ready = RwSignal::new(false);
    if let Some(address) = worker_of_the_page() {
        let ready = Closure::<dyn Fn()>::new(move || is_ready.set(true));
        // The worker may call it as long as the page is open.
        keep(&address, &ready.into_js_value());
    }
    view! {
        <div class="notices" role="status">
            <Show when=move || is_ready.get()>
                <div class="notice">
                    <p>"A newer version of this page is ready. Your text is kept."</p>
                    <button type="button" class="button small" on:click=|_| open_newer()>
                        "Open it"
                    </button>
                </div>
            </Show>
        </div>
    }
}

/// The worker's address, as `xtask/release.mjs` writes it into the page.
fn worker_of_the_page() -> Option<String> {
    document().query_selector("link[rel=offline]").ok()??.get_attribute("href")
}
