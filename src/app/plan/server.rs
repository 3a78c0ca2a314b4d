//! The plan for one server.

use crate::app::icons;
use leptos::prelude::*;
use plimsoll::engine::Report;
use std::sync::Arc;

/// What the kernel kills first when memory runs out.
#[component]
pub fn ServerDetails(#[prop(into)] report: Signal<Option<Arc<Report>>>) -> impl IntoView {
    let victim = Memo::new(move |_| report.with(|report| report.as_ref()?.plan.server.as_ref()?.first_killed.clone()));
    let words = move || {
        let victim = victim.get()?;
        Some(view! {
            <p class="aside">
                <span class="is-warning">{icons::warning()}</span>
                <span>{victim.sentence().to_owned()}</span>
            </p>
        })
    };
    view! { {words} }
}
