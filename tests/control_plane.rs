//! What a real control plane of Kubernetes 1.36.2 did, held against simulations of the same: when each pod is created, placed, ready
//! and gone, and how many there are at most. See `tests/fixtures/control-plane/README.md`.

mod recorded;

use plimsoll::analyze;
use plimsoll::plan::simulate::{Amount, EventKind, Figure, Scenario, ScenarioKind, Series, Simulation, simulate};
use serde_json::Value;
use std::collections::BTreeMap;

/// A recording that a simulation cannot match in all.
struct Exception {
    recording: &'static str,
    /// How many of how many events agree.
    events: (usize, usize),
    peaks_agree: bool,
    why: &'static str,
}

const EXCEPTIONS: [Exception; 5] = [
    Exception {
        recording: "b14.rollout.jsonl",
        events: (1, 24),
        peaks_agree: true,
        why: "Another kustomization than the generated one: it changed the Deployment before it created the Job",
    },
    Exception {
        recording: "b17g.rollout.jsonl",
        events: (67, 71),
        peaks_agree: true,
        why: "The scheduler's feature SchedulerPopFromBackoffQ is on by default, and was off",
    },
    Exception {
        recording: "b30.rollout.jsonl",
        events: (47, 66),
        peaks_agree: true,
        why: "The machine stood still for two seconds: pods that start after 14.3 s are ready after 21.5 s, not 20.3 s, and \
              the first reaction to that comes after 22.7 s",
    },
    Exception {
        recording: "q02.rollout.jsonl",
        events: (0, 10),
        peaks_agree: false,
        why: "The release also changed the memory, and with it the quota; a simulation knows one document",
    },
    Exception {
        recording: "q04.rollout.jsonl",
        events: (0, 25),
        peaks_agree: false,
        why: "The release also removed a service, and with it its share of the quota; a simulation knows one document",
    },
];

/// The times of one kind of event of one service, in seconds and in order.
type Times = BTreeMap<(String, &'static str), Vec<f64>>;

/// What is recorded of a pod, and the event that it is in a simulation.
const KINDS: [(&str, EventKind); 7] = [
    ("created", EventKind::Created),
    ("placed", EventKind::Placed),
    ("unplaced", EventKind::Unplaced),
    ("ready", EventKind::Ready),
    ("unready", EventKind::NotReady),
    ("told", EventKind::Terminating),
    ("ended", EventKind::Ended),
];

#[test]
fn simulations_do_what_a_real_control_plane_did() {
    let mut recordings: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (place, line) in recorded::cases("control-plane") {
        let file = place.rsplit_once(':').map_or(place.as_str(), |(file, _)| file);
        recordings.entry(file.to_owned()).or_default().push(line);
    }
    let mut wrong = Vec::new();
    for (recording, lines) in recordings.iter().filter(|(_, lines)| lines[0]["scenario"] != "traffic") {
        let found = Comparison::of(&lines[0], &lines[1..]);
        let exception = EXCEPTIONS.iter().find(|exception| exception.recording == recording);
        let expected = exception.map_or(((found.all, found.all), true), |known| (known.events, known.peaks_agree));
        if ((found.agreeing, found.all), found.peaks_agree) != expected {
            let why = exception.map_or("", |exception| exception.why);
            let Comparison { agreeing, all, peaks_agree, differences } = found;
            let differences = differences.join("\n    ");
            wrong.push(format!(
                "{recording}: {agreeing} of {all} events, peaks {peaks_agree}; {why}\n    {differences}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// How far a simulation agrees with a recording.
struct Comparison {
    agreeing: usize,
    all: usize,
    peaks_agree: bool,
    differences: Vec<String>,
}

impl Comparison {
    fn of(head: &Value, pods: &[Value]) -> Self {
        let simulation = simulation(head);
        let (recorded, simulated) = (recorded_times(head, pods), simulated_times(&simulation));
        let (mut agreeing, mut all, mut differences) = (0, 0, Vec::new());
        let mut keys: Vec<_> = recorded.keys().chain(simulated.keys()).collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            let times = |times: &Times| times.get(key).cloned().unwrap_or_default();
            let (theirs, ours) = (times(&recorded), times(&simulated));
            let equal = theirs.iter().zip(&ours).filter(|(theirs, ours)| is_near(**theirs, **ours, head)).count();
            let most = theirs.len().max(ours.len());
            agreeing += equal;
            all += most;
            if equal < most {
                differences.push(format!("{} {}: theirs {theirs:?}, ours {ours:?}", key.0, key.1));
            }
        }
        let peaks = [("peak_bound", Figure::Replicas), ("peak_mem", Figure::RequestedMemoryBytes)];
        // Pods of a lost node stay bound to it for Kubernetes, though nothing of them runs.
        let peaks_agree = head["scenario"] == "node-loss"
            || peaks.iter().all(|(name, figure)| head["peaks"][name].as_u64() == peak(&simulation, *figure));
        Self { agreeing, all, peaks_agree, differences }
    }
}

fn simulation(head: &Value) -> Simulation {
    let topology = analyze(head["topology"].as_str().expect("a document")).outputs.expect("it can be read").topology;
    let kind: ScenarioKind = head["scenario"].as_str().expect("a scenario").parse().expect("a known one");
    let name = |field: &str| head[field].as_str().map(str::to_owned);
    simulate(&topology, &Scenario { service: name("service"), node: name("node"), ..Scenario::new(kind) })
}

/// When the pods of services change, in seconds from the change of their service; not those of Jobs.
fn recorded_times(head: &Value, pods: &[Value]) -> Times {
    let mut times = Times::new();
    let is_job = |pod: &Value| pod["own"].as_str().is_some_and(|owner| owner.starts_with("Job/"));
    for pod in pods.iter().filter(|pod| pod.get("pod").is_some() && !is_job(pod)) {
        let service = pod["svc"].as_str().expect("a service");
        let changed = head["service_change_offsets"][service].as_f64().unwrap_or(0.0);
        for (name, kind) in KINDS {
            if let Some(time) = pod[name].as_f64().filter(|time| *time >= -0.05) {
                times.entry((service.to_owned(), kind.words())).or_default().push(time - changed);
            }
        }
    }
    in_order(times)
}

fn simulated_times(simulation: &Simulation) -> Times {
    let mut times = Times::new();
    for entry in simulation.events.iter().filter(|entry| entry.replica.is_some()) {
        if KINDS.iter().any(|(_, kind)| *kind == entry.event) {
            let service = entry.service.as_ref().expect("a replica has a service").to_string();
            let seconds = f64::from(u32::try_from(entry.time_ms).expect("less than a day")) / 1000.0;
            times.entry((service, entry.event.words())).or_default().push(seconds);
        }
    }
    in_order(times)
}

fn in_order(mut times: Times) -> Times {
    for times in times.values_mut() {
        times.sort_by(f64::total_cmp);
    }
    times
}

fn is_near(theirs: f64, ours: f64, head: &Value) -> bool {
    let slack = match head["scenario"].as_str() {
        Some("node-loss") => 12.0,
        Some("drain") => 3.0,
        _ => 1.5,
    };
    (theirs - ours).abs() <= slack + 0.05 * ours.max(0.0)
}

/// The most of a figure of all services together.
fn peak(simulation: &Simulation, figure: Figure) -> Option<u64> {
    let of_all = |series: &&Series| series.figure == figure && series.service.is_none() && series.node.is_none();
    let series = simulation.series.iter().find(of_all)?;
    series.points.iter().filter_map(|(_, value)| value.map(Amount::count)).max()
}
