//! The state of the timeline.

use leptos::prelude::*;
use plimsoll::engine::Report;
use plimsoll::plan::simulate::{Entry, Replay, ScenarioKind, Simulation, Target};
use plimsoll::quantity::Memory;
use plimsoll::view::chart::Chart;
use plimsoll::view::colour::Colour;
use plimsoll::view::plan::moment;
use plimsoll::view::plan::picture::Picture;
use plimsoll::view::timeline::choice::Choice;
use plimsoll::view::timeline::figures;
use std::sync::Arc;

/// The chosen scenario and the present time. It outlives the view.
#[derive(Clone, Copy)]
pub struct Timeline {
    /// The document.
    pub text: RwSignal<String>,
    /// The chosen scenario.
    pub choice: RwSignal<Choice>,
    /// The present time, in milliseconds of the simulation.
    pub time: RwSignal<u64>,
    /// Whether the time is running.
    pub is_playing: RwSignal<bool>,
    /// The last simulation; `None` while no scenario is chosen.
    pub played: RwSignal<Option<Arc<Played>>>,
    /// Whether a newer one is on its way.
    pub is_stale: RwSignal<bool>,
    /// The number of requests: only the answer to the last one counts.
    pub asked: StoredValue<u64>,
}

/// A simulation and its charts.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// The simulation.
    pub simulation: Simulation,
    /// The state at each time.
    pub replay: Replay,
    /// Its charts.
    pub charts: Vec<Arc<Chart>>,
}

impl Timeline {
    /// The state before a scenario is chosen.
    pub fn new(text: RwSignal<String>) -> Self {
        Self {
            text,
            choice: RwSignal::default(),
            time: RwSignal::new(0),
            is_playing: RwSignal::new(false),
            played: RwSignal::new(None),
            is_stale: RwSignal::new(false),
            asked: StoredValue::new(0),
        }
    }

    /// The machines at the present time; those of the plan without a scenario.
    pub fn picture(self, plan: &Picture, report: Option<&Report>, target: Target) -> Picture {
        let is_shown = |played: &Arc<Played>| played.simulation.ended_ms > 0 && played.simulation.target == target;
        let (Some(played), Some(report)) = (self.played.get().filter(is_shown), report) else { return plan.clone() };
        let time = self.time.get();
        let present = played.replay.at(time);
        match target {
            Target::Cluster => moment::of_cluster(plan, &played.simulation, &present, report, time),
            Target::Server => moment::of_server(plan, &played.simulation, &present, report, time),
        }
    }

    /// The end of the simulation, in milliseconds.
    pub fn until(self) -> u64 {
        self.played.with_untracked(|played| played.as_ref().map_or(0, |played| played.simulation.ended_ms))
    }

    /// Stops, since no scenario is chosen any more.
    pub fn stop(self) {
        self.next_number();
        self.is_playing.set(false);
        self.is_stale.set(false);
        self.played.set(None);
    }

    /// Starts a new request, and returns its number.
    pub fn next_number(self) -> u64 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    /// Chooses a scenario.
    pub fn choose(self, kind: Option<ScenarioKind>) {
        self.is_playing.set(false);
        self.time.set(0);
        self.choice.update(|choice| choice.kind = kind);
    }

    /// Goes to a time, and pauses there.
    pub fn go(self, time: u64) {
        self.is_playing.set(false);
        self.time.set(time.min(self.until()));
    }

    /// The index of the last event up to the present time; `None` before the first.
    pub fn position(self) -> Option<usize> {
        let time = self.time.get();
        self.played.with(|played| {
            let events = &played.as_ref()?.simulation.events;
            events.partition_point(|event| event.time_ms <= time).checked_sub(1)
        })
    }

    /// The last event up to the present time.
    pub fn current(self) -> Option<Entry> {
        let position = self.position()?;
        self.played.with(|played| played.as_ref()?.simulation.events.get(position).cloned())
    }

    /// Goes to the time of the next event, or to the end.
    pub fn next_event(self) {
        let time = self.time.get_untracked();
        let next = self.played.with_untracked(|played| {
            let events = &played.as_ref()?.simulation.events;
            events.get(events.partition_point(|event| event.time_ms <= time)).map(|event| event.time_ms)
        });
        self.go(next.unwrap_or(u64::MAX));
    }
}

impl Played {
    /// The simulation of a report, and its charts; `service` is the one that the scenario is about.
    pub fn of(simulation: Simulation, report: &Report, service: Option<&str>) -> Self {
        let (load_line, proxy) = match simulation.target {
            Target::Cluster => {
                let groups = report.node_groups.iter();
                let lines = groups.map(|group| group.load_line.saturating_mul(group.count.into()));
                (Some(lines.sum::<Memory>()), None)
            }
            Target::Server => {
                let plan = report.plan.server.as_ref();
                let proxy = plan.and_then(|plan| plan.loads.iter().find(|load| load.is_proxy));
                (plan.map(|plan| plan.load_line), proxy.map(|load| load.need))
            }
        };
        let plan =
            figures::Plan { colour: &|service| Colour::of(service, &report.services), load_line, proxy, service };
        let charts = if simulation.ended_ms > 0 { figures::charts(&simulation, &plan) } else { Vec::new() };
        Self { replay: Replay::of(&simulation), charts: charts.into_iter().map(Arc::new).collect(), simulation }
    }
}
