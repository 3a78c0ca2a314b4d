//! Elements of the drawing.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Focuses an element. Elements of a drawing take the focus as those of a page do.
pub fn focus_on(element: &Element) {
    // An element that is not shown does not take it.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}

/// The closest element around an event's target that matches `selector`.
pub fn at(event: &web_sys::Event, selector: &str) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest(selector).ok()?
}
