//! From the text to what follows from it, once a frame.

use leptos::prelude::*;
use plimsoll::finding::{Finding, Severity};
use plimsoll::text::{LineIndex, Position};
use plimsoll::{Outputs, analyze};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use std::time::Duration;

/// What follows from the text.
#[derive(Clone, Copy)]
pub struct Live {
    /// What there is to say about the text, in its order.
    pub findings: RwSignal<Arc<Vec<Placed>>>,
    /// The files and the plan of the last text that gave some; none for an empty text.
    pub outputs: RwSignal<Option<Arc<Outputs>>>,
    /// Whether `outputs` come from an earlier text, since this one gives none.
    pub stale: RwSignal<bool>,
}

/// A finding, and where an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// What is found.
    pub finding: Finding,
    /// Where it starts.
    pub position: Position,
    /// Its place in the text in UTF-16 code units, as scripts count.
    pub place: Place,
}

/// A range of the text in UTF-16 code units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Before its first code unit.
    pub from: u32,
    /// After its last code unit.
    pub to: u32,
}

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Errors.
    pub errors: usize,
    /// Warnings.
    pub warnings: usize,
    /// The rest.
    pub notes: usize,
}

/// Works out what follows from `text` now, and again whenever it changes: before the next frame, or, if the last time
/// took longer than a frame, when the person pauses.
pub fn follow(text: RwSignal<String>) -> Live {
    let live = Live { findings: RwSignal::default(), outputs: RwSignal::default(), stale: RwSignal::new(false) };
    let took = StoredValue::new(live.update(&text.read_untracked()));
    let waiting = StoredValue::new(Waiting::No);
    let run = move || {
        waiting.set_value(Waiting::No);
        took.set_value(live.update(&text.read_untracked()));
    };
    Effect::watch(
        move || text.track(),
        move |(), _, _| {
            if took.get_value() <= FRAME {
                if matches!(waiting.get_value(), Waiting::No) {
                    waiting.set_value(Waiting::Frame);
                    request_animation_frame(run);
                }
                return;
            }
            if let Waiting::Pause(timeout) = waiting.get_value() {
                timeout.clear();
            }
            let pause = (took.get_value() * 2).min(Duration::from_secs(1));
            if let Ok(timeout) = set_timeout_with_handle(run, pause) {
                waiting.set_value(Waiting::Pause(timeout));
            }
        },
        false,
    );
    live
}

/// What the next analysis waits for.
#[derive(Clone, Copy)]
enum Waiting {
    No,
    Frame,
    Pause(TimeoutHandle),
}

const FRAME: Duration = Duration::from_millis(16);

impl Live {
    /// Whether there is nothing to show yet.
    pub fn is_empty(self) -> bool {
        self.outputs.with(|outputs| outputs.as_ref().is_none_or(|outputs| outputs.topology.services.is_empty()))
    }

    /// Whether there is a server, and whether there is a cluster.
    pub fn targets(self) -> (bool, bool) {
        self.outputs.with(|outputs| {
            let topology = outputs.as_ref().map(|outputs| &outputs.topology);
            topology.map_or((false, false), |topology| (topology.server.is_some(), topology.cluster.is_some()))
        })
    }

    /// The names of the cluster's groups of machines, in the document's order.
    pub fn node_groups(self) -> Vec<String> {
        self.outputs.with(|outputs| {
            let cluster = outputs.as_ref().and_then(|outputs| outputs.topology.cluster.as_ref());
            cluster.iter().flat_map(|cluster| &cluster.nodes).map(|group| group.name.to_string()).collect()
        })
    }

    /// How many findings there are.
    pub fn counts(self) -> Counts {
        self.findings.with(|findings| Counts::of(findings))
    }

    /// Analyses `text`, and tells how long that took.
    fn update(self, text: &str) -> Duration {
        let start = now();
        if text.trim().is_empty() {
            self.findings.set(Arc::default());
            self.outputs.set(None);
            self.stale.set(false);
        } else {
            let analysis = analyze(text);
            self.findings.set(Arc::new(place(text, analysis.findings)));
            self.stale.set(analysis.outputs.is_none());
            if let Some(outputs) = analysis.outputs {
                self.outputs.set(Some(Arc::new(outputs)));
            }
        }
        Duration::from_secs_f64(((now() - start) / 1000.0).max(0.0))
    }
}

/// Milliseconds from some start.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}

/// Finds the places of `findings`, which are in the text's order, in one pass over it.
fn place(text: &str, findings: Vec<Finding>) -> Vec<Placed> {
    let index = LineIndex::new(text);
    let (mut bytes, mut units) = (0, 0);
    let mut placed = Vec::with_capacity(findings.len());
    for finding in findings {
        let start = text.floor_char_boundary(finding.span.start).max(bytes);
        let end = text.floor_char_boundary(finding.span.end).max(start);
        units += utf16_length(&text[bytes..start]);
        bytes = start;
        let place = Place { from: units, to: units + utf16_length(&text[start..end]) };
        placed.push(Placed { position: index.position(start), place, finding });
    }
    placed
}

fn utf16_length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

impl Counts {
    /// Counts `findings`.
    pub fn of(findings: &[Placed]) -> Self {
        let count = |severity| findings.iter().filter(|placed| placed.finding.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), notes: count(Severity::Info) }
    }
}
