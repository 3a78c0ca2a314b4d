//! What to buy: the smallest machines that carry the topology, beside the document's own.

use crate::app::client::Client;
use crate::app::inline_code::with_code;
use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::engine::{Capacity, Report};
use plimsoll::plan::capacity::{CapacityPlan, Verdict};
use plimsoll::plan::simulate::Target;
use plimsoll::view::count;
use plimsoll::view::plan::capacity::{Answer, MACHINES, Row, Table};
use std::sync::Arc;
use std::time::Duration;

/// How long typing pauses before the engine computes what to buy, which takes longer than a plan.
const PAUSE: Duration = Duration::from_millis(250);

/// The smallest server or cluster that carries the topology.
#[component]
pub fn CapacityView(
    /// The document.
    #[prop(into)]
    text: Signal<String>,
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    #[prop(into)] target: Signal<Target>,
) -> impl IntoView {
    let capacity = RwSignal::new(None::<Arc<CapacityPlan>>);
    ask_after_pauses(text, report, capacity);
    let answer = Memo::new(move |_| capacity.with(|capacity| Answer::of(capacity.as_ref()?, target.get())));
    move || {
        let answer = answer.get()?;
        Some(view! {
            <section class="block capacity" aria-labelledby="capacity-title">
                <h3 id="capacity-title">"The smallest machines that carry this"</h3>
                <p class="capacity-answer">{answer.sentence}</p>
                {answer.own.map(|own| view! { <p class="muted">{own}</p> })}
                {answer.table.map(table)}
                <details class="granted">
                    <summary>"How this was found"</summary>
                    <ul class="bullets">
                        {answer
                            .notes
                            .iter()
                            .map(|sentence| view! { <li>{with_code(sentence)}</li> })
                            .collect_view()}
                    </ul>
                </details>
            </section>
        })
    }
}

/// Asks what to buy whenever the analysis changes, once typing pauses. The last answer stays until the next one
/// arrives; an older answer never replaces a newer one.
fn ask_after_pauses(
    text: Signal<String>,
    report: Signal<Option<Arc<Report>>>,
    capacity: RwSignal<Option<Arc<CapacityPlan>>>,
) {
    let client = Client::of_page();
    let asked = StoredValue::new(0_u64);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        let number = asked.get_value() + 1;
        asked.set_value(number);
        spawn_local(async move {
            let answer = client.ask(Capacity { text: text.get_untracked() }).await;
            // The view may be gone.
            if let Ok(Some(answer)) = answer
                && asked.try_get_value() == Some(number)
            {
                capacity.set(Some(Arc::new(answer)));
            }
        });
    };
    let stop_waiting = move || {
        if let Some(timeout) = waiting.try_update_value(Option::take).flatten() {
            timeout.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        report.track();
        stop_waiting();
        match before {
            None => ask(),
            Some(()) => waiting.set_value(set_timeout_with_handle(ask, PAUSE).ok()),
        }
    });
    on_cleanup(stop_waiting);
}

fn table(table: Table) -> impl IntoView {
    let head = table.titles.into_iter().map(|title| view! { <th scope="col">{title}</th> }).collect_view();
    let left_out = (table.left_out > 0).then(
        || view! { <p class="muted">{format!("{} of the list are not shown.", count(table.left_out, "machine"))}</p> },
    );
    view! {
        <div class="table-scroll" role="region" aria-label=MACHINES tabindex="0">
            <table class="numbers capacity-table">
                <thead>
                    <tr>{head} <th scope="col">"Verdict"</th></tr>
                </thead>
                <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {left_out}
    }
}

fn row(row: Row) -> impl IntoView {
    let own = row.is_own.then(|| view! { <span class="capacity-own">"yours"</span> });
    let figures = row.figures.into_iter().map(|figure| view! { <td>{figure}</td> }).collect_view();
    view! {
        <tr
            class:is-best=row.verdict == Verdict::Best
            class:is-too-small=row.verdict == Verdict::TooSmall
        >
            <th scope="row">{row.machine} {own}</th>
            {figures}
            <td class="capacity-verdict">{row.why}</td>
        </tr>
    }
}
