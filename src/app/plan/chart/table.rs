//! The figures of charts as a table, for those who do not see them, and for everyone who wants the numbers.

use super::lines::{Point, sum, value_at};
use super::scale::Unit;
use super::{Chart, Part};
use crate::app::words::chart as words;
use leptos::prelude::*;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most rows; more cannot be read.
const MOST_ROWS: usize = 200;
/// What prints them all.
const COMMAND: &str = "plimsoll simulate --json";
const MIB: f64 = 1024.0 * 1024.0;

/// A table of all figures, a row for each time at which one of them changes; `clock` writes it.
pub fn table(charts: &[Arc<Chart>], clock: fn(u64) -> String) -> impl IntoView + use<> {
    let columns: Vec<Column> = charts.iter().flat_map(|chart| columns(chart)).collect();
    let times: BTreeSet<u64> = columns.iter().flat_map(|column| &column.points).map(|(time, _)| *time).collect();
    let left_out = times.len().saturating_sub(MOST_ROWS);
    let groups = charts.iter().map(|chart| {
        view! { <th scope="colgroup" colspan=columns_of(chart).to_string()>{chart.title.clone()}</th> }
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
        <div class="table-scroll" role="region" aria-label=words::FIGURES tabindex="0">
            <table class="numbers over-time">
                <caption class="visually-hidden">
                    {words::CAPTION}
                </caption>
                <thead>
                    <tr>
                        <td></td>
                        {groups.collect_view()}
                    </tr>
                    <tr>
                        <th scope="col">{words::FROM}</th>
                        {heads.collect_view()}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr>
                        <th scope="row">{words::MOST}</th>
                        {most.collect_view()}
                    </tr>
                </tfoot>
            </table>
        </div>
        {(left_out > 0)
            .then(|| {
                view! {
                    <p class="muted">
                        {words::first_changes(MOST_ROWS, left_out)}
                        <code>{COMMAND}</code>
                        {words::PRINTS_ALL}
                    </p>
                }
            })}
    }
}

struct Column {
    name: String,
    unit: Unit,
    points: Vec<Point>,
}

fn columns(chart: &Chart) -> Vec<Column> {
    let column = |part: &Part| Column {
        name: format!("{}{}", part.name, unit_words(chart.unit)),
        unit: chart.unit,
        points: part.points.clone(),
    };
    let layers: Vec<Vec<Point>> = chart.layers.iter().map(|part| part.points.clone()).collect();
    let total = (layers.len() > 1).then(|| Column {
        name: format!("{}{}", words::ALL, unit_words(chart.unit)),
        unit: chart.unit,
        points: sum(&layers),
    });
    chart.layers.iter().map(column).chain(total).chain(chart.lines.iter().map(column)).collect()
}

fn columns_of(chart: &Chart) -> usize {
    chart.layers.len() + usize::from(chart.layers.len() > 1) + chart.lines.len()
}

fn unit_words(unit: Unit) -> &'static str {
    match unit {
        Unit::Count => "",
        Unit::Bytes => words::IN_MIB,
        Unit::PerSecond => words::A_SECOND,
        Unit::Percent => words::IN_PERCENT,
        Unit::Millis => words::IN_MILLIS,
    }
}

impl Column {
    fn at(&self, time: u64) -> String {
        value_at(&self.points, time).map_or_else(|| "–".to_owned(), |value| self.number(value))
    }

    fn most(&self) -> String {
        let values = self.points.iter().filter_map(|(_, value)| *value);
        values.reduce(f64::max).map_or_else(|| "–".to_owned(), |value| self.number(value))
    }

    /// With as many decimals as a person compares, at most one.
    fn number(&self, value: f64) -> String {
        let value = if self.unit == Unit::Bytes { value / MIB } else { value };
        let text = format!("{value:.1}");
        text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
    }
}

/// A time with its milliseconds, where it has some.
fn exact(time: u64, clock: fn(u64) -> String) -> String {
    match time % 1000 {
        0 => clock(time),
        millis => format!("{}.{}", clock(time), format!("{millis:03}").trim_end_matches('0')),
    }
}
