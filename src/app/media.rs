//! Media queries and visibility.

use futures_channel::oneshot;
use gloo::events::EventListener;
use leptos::prelude::*;
use leptos::{html, task};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};

/// Whether a media query matches, as a signal.
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

/// Whether an element has been shown: false at first, and true from then on.
pub fn once_shown(part: NodeRef<html::Div>) -> Signal<bool> {
    let was_shown = RwSignal::new(false);
    Effect::new(move || {
        let Some(part) = part.get() else { return };
        task::spawn_local(async move {
            shown(&part).await;
            // The owner may be disposed.
            _ = was_shown.try_set(true);
        });
    });
    was_shown.into()
}

/// Waits until `element` is shown: elements that a narrow page hides have no size.
async fn shown(element: &Element) {
    let (tell, told) = oneshot::channel();
    let mut tell = Some(tell);
    let measured = element.clone();
    let measure = Closure::<dyn FnMut()>::new(move || {
        if measured.client_width() > 0
            && let Some(tell) = tell.take()
        {
            // The receiver may have been dropped.
            let _ = tell.send(());
        }
    });
    // Browsers without support show it at once.
    let Ok(observer) = ResizeObserver::new(measure.as_ref().unchecked_ref()) else { return };
    observer.observe(element);
    let _ = told.await;
    observer.disconnect();
}
