//! What the browser says of the screen, and of what the person set.

use gloo::events::EventListener;
use leptos::prelude::*;

/// Whether a media query holds, now and when that changes.
pub fn matches(query: &str) -> Signal<bool> {
    let query = window().match_media(query).ok().flatten();
    let holds = RwSignal::new(query.as_ref().is_some_and(web_sys::MediaQueryList::matches));
    if let Some(query) = query {
        let asked = query.clone();
        let listener = EventListener::new(&query, "change", move |_| holds.set(asked.matches()));
        let listener = StoredValue::new_local(listener);
        on_cleanup(move || listener.dispose());
    }
    holds.into()
}
