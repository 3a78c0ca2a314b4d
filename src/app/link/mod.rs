//! Links that carry a document: opening the one in the address bar, and creating one.

mod zlib;

use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::share::{self, Link, LinkError};
use wasm_bindgen::JsValue;

/// Opens the link in the address bar, now and whenever it changes. The address then loses it, so that a reload does not
/// overwrite the person's changes; an invalid link stays, so that it can be corrected.
pub fn follow(open: Callback<String>, fail: Callback<LinkError>) {
    let look = move || {
        spawn_local(async move {
            match read(&location(Part::Fragment)).await {
                Ok(None) => {}
                Ok(Some(text)) => {
                    open.run(text);
                    clean_address();
                }
                Err(why) => fail.run(why),
            }
        });
    };
    look();
    let changed = window_event_listener(leptos::ev::hashchange, move |_| look());
    on_cleanup(move || changed.remove());
}

/// Creates a link to this page by itself that carries `text`; `None` if this browser cannot.
///
/// # Errors
/// Returns an error if the text is too long for a link.
pub async fn to(text: &str) -> Result<Option<String>, LinkError> {
    let packed = zlib::pack(share::bytes_to_pack(text)?).await;
    Ok(packed.map(|packed| format!("{}#{}", page(), share::write(&packed))))
}

/// The address of this page without a query, which says whether it is embedded.
pub fn page() -> String {
    let mut address = location(Part::Page);
    address.truncate(address.find('?').unwrap_or(address.len()));
    address
}

async fn read(fragment: &str) -> Result<Option<String>, LinkError> {
    match share::read(fragment)? {
        None => Ok(None),
        Some(Link::Plain(text)) => Ok(Some(text)),
        Some(Link::Packed(packed)) => packed.text(zlib::unpack(packed.bytes()).await).map(Some),
    }
}

/// A part of the page's address.
#[derive(Clone, Copy)]
enum Part {
    Page,
    Fragment,
}

fn location(part: Part) -> String {
    let address = window().location().href().unwrap_or_default();
    let (page, fragment) = address.split_once('#').unwrap_or((&address, ""));
    match part {
        Part::Page => page,
        Part::Fragment => fragment,
    }
    .to_owned()
}

fn clean_address() {
    if let Ok(history) = window().history() {
        // If the browser refuses, the link stays in the address; a reload opens it again and loses nothing.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&location(Part::Page)));
    }
}
