//! A simulation as text, for a terminal.

use super::Simulation;
use super::record::{Entry, Figure, Series};
use crate::plan::text::Column::{Left, Right};
use crate::plan::text::{Table, add_prose, add_table};
use crate::quantity::Memory;
use crate::words::plan::text::{ALL, NODE, WHY};
use crate::words::simulation::text as words;

/// The most events that are listed.
const MOST_EVENTS: usize = 100;
/// The most lines of figures.
const MOST_SERIES: usize = 60;

/// A simulation as a person reads it in a terminal: what came of it, what happened, and between what the figures were.
pub fn to_text(simulation: &Simulation) -> String {
    let mut text = words::title(simulation.scenario.name(), simulation.target, simulation.ended_ms);
    text.push('\n');
    add_prose(&mut text, &simulation.outcome);
    if let Some(why) = &simulation.stopped_early {
        add_prose(&mut text, why);
    }
    text.push('\n');
    add_events(&mut text, &simulation.events);
    add_figures(&mut text, &simulation.series);
    for assumption in &simulation.assumptions {
        add_prose(&mut text, assumption);
    }
    text
}

fn add_events(text: &mut String, events: &[Entry]) {
    let mut table =
        Table::new(&[Right(words::AFTER_SECONDS), Left(words::WHO), Left(words::WHAT), Left(NODE), Left(WHY)]);
    for event in events.iter().take(MOST_EVENTS) {
        let service = event.service.as_ref().map(ToString::to_string);
        table.add([
            format!("{}.{:03}", event.time_ms / 1000, event.time_ms % 1000),
            event.replica.clone().or(service).unwrap_or_default(),
            event.event.words().to_owned(),
            event.node.clone().unwrap_or_default(),
            event.why.clone(),
        ]);
    }
    add_table(text, &table);
    if events.len() > MOST_EVENTS {
        add_prose(text, &words::more_events(events.len() - MOST_EVENTS));
        text.push('\n');
    }
}

fn add_figures(text: &mut String, series: &[Series]) {
    let mut table = Table::new(&[
        Left(words::FIGURE),
        Left(words::OF),
        Right(words::AT_FIRST),
        Right(words::LEAST),
        Right(words::MOST),
        Right(words::AT_LAST),
    ]);
    for series in series.iter().filter(|series| changes(series)).take(MOST_SERIES) {
        let values: Vec<f64> = series.points.iter().filter_map(|(_, value)| value.map(super::Amount::value)).collect();
        let shown = |value: Option<f64>| value.map_or_else(String::new, |value| shown(series.figure, value));
        let service = series.service.as_ref().map(ToString::to_string);
        table.add([
            words::figure(series.figure).to_owned(),
            service.or_else(|| series.node.clone()).unwrap_or_else(|| ALL.to_owned()),
            shown(values.first().copied()),
            shown(values.iter().copied().reduce(f64::min)),
            shown(values.iter().copied().reduce(f64::max)),
            shown(values.last().copied()),
        ]);
    }
    let is_level = series.iter().filter(|series| !changes(series)).count();
    add_table(text, &table);
    if is_level > 0 {
        add_prose(text, &words::level_figures(is_level));
        text.push('\n');
    }
}

fn changes(series: &Series) -> bool {
    series.points.len() > 1
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "bytes are whole and not negative")]
fn shown(figure: Figure, value: f64) -> String {
    if matches!(figure, Figure::MemoryBytes | Figure::RequestedMemoryBytes) {
        crate::plan::figures::about(Memory::from_bytes(value as u64))
    } else if value.fract() == 0.0 {
        format!("{value}")
    } else {
        format!("{value:.1}")
    }
}
