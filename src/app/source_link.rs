//! The link to the source that a finding rests on.

use leptos::prelude::*;
use plimsoll::view::findings::site;

/// The link, named by its site.
#[component]
pub fn SourceLink(link: String) -> impl IntoView {
    let words = format!("Why: {}", site(&link));
    view! {
        <a href=link target="_blank" rel="noreferrer">
            {words}
        </a>
    }
}
