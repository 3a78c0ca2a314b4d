//! The number of findings.

use crate::app::severity::class;
use leptos::prelude::*;
use plimsoll::view::findings::Counts;

/// The number of findings, in the colour and shape of the worst.
#[component]
pub fn Badge(findings: Memo<Counts>) -> impl IntoView {
    move || {
        let counts = findings.get();
        let worst = counts.worst()?;
        let count = counts.errors + counts.warnings + counts.notes;
        Some(view! {
            <span class=format!("badge {}", class(worst)) title=counts.in_words()>
                <span class="visually-hidden">": "</span>
                {count}
                <span class="visually-hidden">" findings"</span>
            </span>
        })
    }
}
