//! The figures of charts as a table, for screen readers and for everyone who wants the numbers.

use leptos::prelude::*;
use plimsoll::sorting;
use plimsoll::view::chart::Chart;
use plimsoll::view::chart::table::{Column, columns};
use std::sync::Arc;

/// The most rows that are readable.
const MOST_ROWS: usize = 200;
/// The command that prints all rows.
const COMMAND: &str = "plimsoll simulate --json";

/// A table of all figures, with a row for each time at which one of them changes; `clock` formats the times.
pub fn table(charts: &[Arc<Chart>], clock: fn(u64) -> String) -> impl IntoView + use<> {
    let by_chart: Vec<Vec<Column>> = charts.iter().map(|chart| columns(chart)).collect();
    let columns: Vec<&Column> = by_chart.iter().flatten().collect();
    let times = sorting::set(columns.iter().flat_map(|column| &column.points).map(|(time, _)| *time));
    let left_out = times.len().saturating_sub(MOST_ROWS);
    let groups = charts.iter().zip(&by_chart).map(|(chart, columns)| {
        view! { <th scope="colgroup" colspan=columns.len().to_string()>{chart.title.clone()}</th> }
    });
    let heads = columns.iter().map(|column| view! { <th scope="col">{column.name.clone()}</th> });
    let rows = times.iter().take(MOST_ROWS).map(|time| {
        let cells = columns.iter().map(|column| view! { <td>{column.at(*time)}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{exact(*time, clock)}</th>
                {cells}
            </tr>
        }
    });
    let rows = rows.collect_view();
    let most = columns.iter().map(|column| view! { <td>{column.most()}</td> });
    view! {
        <div class="table-scroll" role="region" aria-label="Figures over time" tabindex="0">
            <table class="numbers over-time">
                <caption class="visually-hidden">
                    "Each row holds from its time until the next row. Memory is in MiB."
                </caption>
                <thead>
                    <tr>
                        <td></td>
                        {groups.collect_view()}
                    </tr>
                    <tr>
                        <th scope="col">"From"</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">"Most"</th>
                        {most.collect_view()}
                    </tr>
                </tfoot>
            </table>
        </div>
        {(left_out > 0)
            .then(|| {
                view! {
                    <p class="muted">
                        {format!("The first {MOST_ROWS} changes; {left_out} more follow. ")}
                        <code>{COMMAND}</code>
                        " prints all of them. The last row counts all."
                    </p>
                }
            })}
    }
}

/// Formats a time with its milliseconds, if it has any.
fn exact(time: u64, clock: fn(u64) -> String) -> String {
    match time % 1000 {
        0 => clock(time),
        millis => format!("{}.{}", clock(time), format!("{millis:03}").trim_end_matches('0')),
    }
}
