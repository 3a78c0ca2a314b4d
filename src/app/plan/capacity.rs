//! What to buy: the smallest machines that carry it, beside what the document has.

use crate::app::engine::Engine;
use crate::app::header::Target;
use crate::app::words::{capacity as words, with_code};
use leptos::prelude::*;
use leptos::task::spawn_local;
use plimsoll::engine::{Capacity, Report};
use plimsoll::plan::capacity::{CapacityPlan, ClusterOption, Own, ServerOption, Verdict};
use plimsoll::plan::{Statement, part_of};
use plimsoll::topology::{Machine, Price};
use std::sync::Arc;
use std::time::Duration;

/// For so long nothing more is typed before it is asked what to buy, which takes longer than a plan.
const PAUSE: Duration = Duration::from_millis(250);

/// The smallest server or cluster that carries what the document describes.
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
                <h3 id="capacity-title">{words::SMALLEST}</h3>
                <p class="capacity-answer">{answer.sentence}</p>
                {answer.own.map(|own| view! { <p class="muted">{own}</p> })}
                {answer.table.map(table)}
                <details class="granted">
                    <summary>{words::HOW_FOUND}</summary>
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

/// Asks what to buy whenever something else follows from the text, once nothing more is typed. What was answered before
/// stays until the next answer comes; an older answer never takes the place of a newer one.
fn ask_after_pauses(
    text: Signal<String>,
    report: Signal<Option<Arc<Report>>>,
    capacity: RwSignal<Option<Arc<CapacityPlan>>>,
) {
    let engine = Engine::of_page();
    let asked = StoredValue::new(0_u64);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let ask = move || {
        let number = asked.get_value() + 1;
        asked.set_value(number);
        spawn_local(async move {
            let answer = engine.ask(Capacity { text: text.get_untracked() }).await;
            // Whoever has left the plan has no answer to wait for.
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

/// What is shown of it.
#[derive(Debug, Clone, PartialEq)]
struct Answer {
    sentence: String,
    /// What is to be said of the document's own machines, if that is not the same.
    own: Option<String>,
    table: Option<Table>,
    /// What was left out, and what is taken for granted.
    notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq)]
struct Table {
    titles: Vec<&'static str>,
    rows: Vec<Row>,
    /// How many machines of the list are not shown.
    left_out: usize,
}

#[derive(Debug, Clone, PartialEq)]
struct Row {
    machine: String,
    is_own: bool,
    verdict: Verdict,
    figures: Vec<String>,
    why: String,
}

impl Answer {
    fn of(capacity: &CapacityPlan, target: Target) -> Option<Self> {
        Some(match target {
            Target::Server => {
                let server = capacity.server.as_ref()?;
                Self {
                    sentence: server.answer.sentence().to_owned(),
                    own: own(&server.own),
                    table: server_table(&server.shown(), server.options.len()),
                    notes: sentences(&server.assumptions).collect(),
                }
            }
            Target::Cluster => {
                let cluster = capacity.cluster.as_ref()?;
                Self {
                    sentence: cluster.answer.sentence().to_owned(),
                    own: own(&cluster.own),
                    table: cluster_table(&cluster.shown(), cluster.options.len()),
                    notes: sentences(&cluster.limits).chain(sentences(&cluster.assumptions)).collect(),
                }
            }
        })
    }
}

fn own<S>(own: &Own<S>) -> Option<String> {
    own.reason.as_ref().map(|reason| reason.sentence().to_owned())
}

fn sentences<T>(statements: &[Statement<T>]) -> impl Iterator<Item = String> {
    statements.iter().map(|statement| statement.sentence().to_owned())
}

fn server_table(shown: &[&ServerOption], all: usize) -> Option<Table> {
    let has_prices = shown.iter().any(|option| option.machine.price.is_some());
    let row = |option: &&ServerOption| Row {
        machine: machine(&option.machine),
        is_own: option.is_own,
        verdict: option.verdict,
        figures: [Some(part_of(option.load_line, option.available)), price(has_prices, option.machine.price)]
            .into_iter()
            .flatten()
            .collect(),
        why: words::verdict(option.verdict, option.shortfall.as_ref().map(Statement::sentence)),
    };
    let titles = [words::MACHINE, words::LOAD_LINE].into_iter().chain(has_prices.then_some(words::A_MONTH));
    Table::of(titles.collect(), shown.iter().map(row).collect(), all)
}

fn cluster_table(shown: &[&ClusterOption], all: usize) -> Option<Table> {
    let has_prices = shown.iter().any(|option| option.machine.price.is_some());
    let row = |option: &&ClusterOption| {
        let total = option.total_cpu.zip(option.total_memory).map(|(cpu, memory)| format!("{cpu}, {memory}"));
        let count = option.count.map(|count| format!("{count} × ")).unwrap_or_default();
        Row {
            machine: format!("{count}{}", machine(&option.machine)),
            is_own: option.is_own,
            verdict: option.verdict,
            figures: [Some(total.unwrap_or_default()), price(has_prices, option.total_price)]
                .into_iter()
                .flatten()
                .collect(),
            why: words::verdict(option.verdict, option.reason.as_ref().map(Statement::sentence)),
        }
    };
    let titles = [words::MACHINES, words::IN_ALL].into_iter().chain(has_prices.then_some(words::A_MONTH));
    Table::of(titles.collect(), shown.iter().map(row).collect(), all)
}

impl Table {
    fn of(titles: Vec<&'static str>, rows: Vec<Row>, all: usize) -> Option<Self> {
        let left_out = all.saturating_sub(rows.len());
        (!rows.is_empty()).then_some(Self { titles, rows, left_out })
    }
}

fn machine(machine: &Machine) -> String {
    match &machine.name {
        Some(name) => format!("{name}, {}", machine.size()),
        None => machine.size(),
    }
}

/// A price's cell, where there are prices.
fn price(has_prices: bool, price: Option<Price>) -> Option<String> {
    has_prices.then(|| price.map(|price| price.to_string()).unwrap_or_default())
}

fn table(table: Table) -> impl IntoView {
    let head = table.titles.into_iter().map(|title| view! { <th scope="col">{title}</th> }).collect_view();
    let left_out = (table.left_out > 0).then(|| view! { <p class="muted">{words::not_shown(table.left_out)}</p> });
    view! {
        <div class="table-scroll" role="region" aria-label=words::MACHINES tabindex="0">
            <table class="numbers capacity-table">
                <thead>
                    <tr>{head} <th scope="col">{words::VERDICT}</th></tr>
                </thead>
                <tbody>{table.rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
        {left_out}
    }
}

fn row(row: Row) -> impl IntoView {
    let own = row.is_own.then(|| view! { <span class="capacity-own">{words::YOURS}</span> });
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
