//! A simulation as text, for a terminal.

use super::Simulation;
use super::record::{Entry, Figure, Series};
use crate::plan::durations::exactly;
use crate::plan::simulate::Target;
use crate::plan::text::Column::{Left, Right};
use crate::plan::text::{Table, add_prose, add_table};
use crate::quantity::Memory;

/// The most events that are listed.
const MAX_EVENTS: usize = 100;
/// The most lines of figures.
const MAX_SERIES: usize = 60;

/// A simulation as a person reads it in a terminal: what came of it, what happened, and between what the figures were.
pub fn to_text(simulation: &Simulation) -> String {
    let mut text = title(simulation.scenario.name(), simulation.target, simulation.ended_ms);
    text.push('\n');
    add_prose(&mut text, &simulation.summary());
    if let Some(why) = &simulation.stopped_early {
        add_prose(&mut text, why.sentence());
    }
    text.push('\n');
    add_events(&mut text, &simulation.events);
    add_figures(&mut text, &simulation.series);
    for assumption in &simulation.assumptions {
        add_prose(&mut text, assumption.sentence());
    }
    text
}

fn title(scenario: &str, target: Target, millis: u64) -> String {
    let place = match target {
        Target::Cluster => "cluster, with Kubernetes",
        Target::Server => "server, with Docker Compose",
    };
    format!("{scenario} on the {place}, for {}", exactly(millis))
}

fn add_events(text: &mut String, events: &[Entry]) {
    let mut table = Table::new(&[Right("after s"), Left("who"), Left("what"), Left("node"), Left("why")]);
    for event in events.iter().take(MAX_EVENTS) {
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
    if events.len() > MAX_EVENTS {
        add_prose(text, &format!("… and {} more events; --json has all.", events.len() - MAX_EVENTS));
        text.push('\n');
    }
}

fn add_figures(text: &mut String, series: &[Series]) {
    let mut table =
        Table::new(&[Left("figure"), Left("of"), Right("at first"), Right("least"), Right("most"), Right("at last")]);
    for series in series.iter().filter(|series| changes(series)).take(MAX_SERIES) {
        let values: Vec<f64> = series.points.iter().filter_map(|(_, value)| value.map(super::Amount::value)).collect();
        let shown = |value: Option<f64>| value.map_or_else(String::new, |value| shown(series.figure, value));
        let service = series.service.as_ref().map(ToString::to_string);
        table.add([
            figure_name(series.figure).to_owned(),
            service.or_else(|| series.node.clone()).unwrap_or_else(|| "all".to_owned()),
            shown(values.first().copied()),
            shown(values.iter().copied().reduce(f64::min)),
            shown(values.iter().copied().reduce(f64::max)),
            shown(values.last().copied()),
        ]);
    }
    let is_level = series.iter().filter(|series| !changes(series)).count();
    add_table(text, &table);
    if is_level > 0 {
        add_prose(text, &format!("{is_level} more figures do not change; --json has all."));
        text.push('\n');
    }
}

fn figure_name(figure: Figure) -> &'static str {
    match figure {
        Figure::WantedReplicas => "wanted replicas",
        Figure::ReadyReplicas => "ready replicas",
        Figure::AnsweringReplicas => "answering replicas",
        Figure::Replicas => "replicas",
        Figure::PendingReplicas => "pending replicas",
        Figure::MemoryBytes => "memory",
        Figure::RequestedMemoryBytes => "requested memory",
        Figure::RatePerSecond => "rate per second",
        Figure::LostPerSecond => "lost per second",
        Figure::UtilisationPercent => "utilisation percent",
        Figure::LatencyP95Ms => "latency p95 ms",
        Figure::WaitingRequests => "waiting requests",
        Figure::CpuMillisPerReplica => "cpu millis per replica",
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
