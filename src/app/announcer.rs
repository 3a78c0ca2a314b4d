//! Announcements for screen readers.

use crate::app::analysis_store::AnalysisStore;
use leptos::prelude::*;
use plimsoll::view::findings::Counts;
use std::time::Duration;

/// Announces the number of findings once typing pauses.
#[component]
pub fn Announcer(analysis: AnalysisStore) -> impl IntoView {
    let words = RwSignal::new(String::new());
    let counts = Memo::new(move |_| (analysis.counts(), analysis.stale.get(), analysis.is_empty()));
    let mut say = debounce(Duration::from_secs(1), move |(counts, is_stale, is_empty): (Counts, bool, bool)| {
        words.set(match (is_empty, is_stale) {
            (true, false) => String::new(),
            (_, is_stale) => announced(&counts.in_words(), is_stale),
        });
    });
    Effect::watch(move || counts.get(), move |counts, _, _| say(*counts), false);
    view! {
        <div role="status" class="visually-hidden">
            {words}
        </div>
    }
}

/// The announcement for screen readers.
fn announced(findings: &str, is_stale: bool) -> String {
    if is_stale { format!("{findings}. Showing the last good result.") } else { format!("{findings}.") }
}
