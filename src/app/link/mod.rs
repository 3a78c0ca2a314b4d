//! Links that carry a document: opening the one in the address bar, and making one.

mod zlib;

use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::share::{self, Link, LinkError};
use wasm_bindgen::JsValue;

/// Opens the link in the address bar, now and whenever another is put there. The address then loses it, so that a reload
/// does not write over what the person changed; one that does not open stays there, to be mended.
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

/// A link to this page, by itself, that carries `text`; nothing, if this browser cannot make it.
///
/// # Errors
/// The text is too long for a link.
pub async fn to(text: &str) -> Result<Option<String>, LinkError> {
    let packed = zlib::pack(share::bytes_to_pack(text)?).await;
    Ok(packed.map(|packed| format!("{}#{}", page(), share::write(&packed))))
}

/// The address of this page by itself: whether it is embedded is said in the query.
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
        // A browser that refuses leaves the link in the address; a reload then opens it again, and loses nothing either.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&location(Part::Page)));
    }
}
