//! What happens over time: worked examples with their times, and the laws that hold for all others.

mod examples;
#[cfg(feature = "cli")]
#[path = "run/mod.rs"]
#[allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
mod process;

use examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::plan::Statement;
use plimsoll::plan::simulate::{
    Curve, Entry, EventKind, Figure, Replica, ReplicaState, Scenario, ScenarioKind, Simulation, Target, simulate,
    to_text,
};
use plimsoll::topology::{Service, Topology};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn topology(text: &str) -> Topology {
    analyze(text).outputs.expect("the text can be read").topology
}

fn run(text: &str, scenario: &Scenario) -> Simulation {
    simulate(&topology(text), scenario)
}

fn rollout() -> Scenario {
    Scenario::new(ScenarioKind::Rollout)
}

/// What happened of these kinds, in the form `SECONDS WHO`, those of the same time and kind in a line.
fn when(simulation: &Simulation, what: EventKind) -> Vec<String> {
    let mut lines: Vec<(u64, Vec<String>)> = Vec::new();
    for entry in simulation.events.iter().filter(|entry| entry.event == what) {
        match lines.last_mut() {
            Some((time, who)) if *time == entry.time_ms => who.push(subject(entry)),
            _ => lines.push((entry.time_ms, vec![subject(entry)])),
        }
    }
    let seconds = |millis: u64| {
        if millis.is_multiple_of(1000) {
            (millis / 1000).to_string()
        } else {
            format!("{}.{:03}", millis / 1000, millis % 1000)
        }
    };
    lines.into_iter().map(|(time, who)| format!("{} {}", seconds(time), who.join(" "))).collect()
}

/// The replica, the service or the node that it happened to.
fn subject(entry: &Entry) -> String {
    let service = entry.service.as_ref().map(ToString::to_string);
    entry.replica.clone().or(service).or(entry.node.clone()).unwrap_or_default()
}

/// The values of a series of a service, or of all together, with their times in seconds.
fn series(simulation: &Simulation, name: &str, service: Option<&str>) -> Vec<(u64, f64)> {
    let found = simulation.series.iter().find(|series| {
        series.figure.name() == name
            && series.service.as_ref().map(plimsoll::topology::Name::as_str) == service
            && series.node.is_none()
    });
    let found = found.unwrap_or_else(|| panic!("there is no {name} of {service:?}"));
    found.points.iter().filter_map(|(time, value)| Some((time / 1000, (*value)?.value()))).collect()
}

fn most(simulation: &Simulation, name: &str, service: Option<&str>) -> f64 {
    series(simulation, name, service).into_iter().map(|(_, value)| value).fold(0.0, f64::max)
}

const FOUR: &str = "
services:
  api:
    python: { app: \"main:app\" }
    replicas: 4
    memory: { process: 100Mi, limit: 256Mi }
    health: { path: /ok }
cluster: { nodes: [{ count: 3, cpu: 2, memory: 4Gi }] }
";

/// Of four replicas a quarter may be too many, none may be missing. A container that answers after 5 s is asked every 3 s:
/// it is ready after 6 s. An old one sleeps for 5 s and takes 2 s more to end.
#[test]
fn a_rollout_replaces_one_pod_at_a_time_where_one_may_be_too_many() {
    let simulation = run(FOUR, &rollout());
    assert_eq!(when(&simulation, EventKind::Created), ["0 api-5", "6 api-6", "12 api-7", "18 api-8"]);
    assert_eq!(when(&simulation, EventKind::Ready), ["6 api-5", "12 api-6", "18 api-7", "24 api-8"]);
    // The pods on the nodes that have most of them go first, and of equals the last.
    assert_eq!(when(&simulation, EventKind::Terminating), ["6 api-4", "12 api-3", "18 api-2", "24 api-1"]);
    assert_eq!(when(&simulation, EventKind::Ended), ["13 api-4", "19 api-3", "25 api-2", "31 api-1"]);
    assert_eq!(when(&simulation, EventKind::ReleaseDone), ["24 api"]);
    assert_eq!(simulation.summary(), "The release of api is done after 24 s.");
    // A new one starts while two old ones have not ended: seven hold memory at once, not five.
    assert!((most(&simulation, "replicas", Some("api")) - 7.0).abs() < 0.1);
    assert!(series(&simulation, "ready_replicas", Some("api")).iter().all(|(_, ready)| *ready >= 4.0));
    assert_eq!((simulation.ended_ms, simulation.stopped_early), (41_000, None));
}

#[test]
fn a_rollout_that_has_no_room_waits_for_ever_and_says_why() {
    let full = "
services: { api: { image: \"a:1\", replicas: 2, memory: { limit: 1500Mi } } }
cluster: { nodes: [{ count: 1, memory: 4Gi }] }
";
    let simulation = run(full, &rollout());
    assert_eq!(when(&simulation, EventKind::Unplaced), ["0 api-3"]);
    assert_eq!(when(&simulation, EventKind::Terminating), Vec::<String>::new());
    let ends = ": 0/1 nodes are available: 1 Insufficient memory.";
    assert!(simulation.summary().ends_with(ends), "{}", simulation.summary());
    // With a node more, ordered at the next look after 10 s and ready two minutes later, it gets on.
    let simulation = run(full, &Scenario { new_nodes: Some(1), ..rollout() });
    assert_eq!(when(&simulation, EventKind::NodeOrdered), ["10 node-2"]);
    assert_eq!(when(&simulation, EventKind::NodeJoined), ["130 node-2"]);
    // Nothing asks an image without a port: it counts as ready once it runs.
    assert_eq!(when(&simulation, EventKind::Placed), ["130 api-3 api-4"]);
    assert_eq!(when(&simulation, EventKind::ReleaseDone).len(), 1);
}

/// What the document says of times holds, unless the command says otherwise.
#[test]
fn times_stand_in_the_document_and_the_command_has_the_last_word() {
    let text = FOUR.replace("replicas: 4", "replicas: 1\n    startup: 40s\n    shutdown: 20s");
    let times = |scenario: &Scenario| {
        let simulation = run(&text, scenario);
        (when(&simulation, EventKind::Ready), when(&simulation, EventKind::Ended))
    };
    // Asked every 3 s, it is ready after 42 s; the old one sleeps for 5 s and takes 20 s more.
    assert_eq!(times(&rollout()), (vec!["42 api-2".to_owned()], vec!["67 api-1".to_owned()]));
    let told = Scenario {
        startup: Some("2s".parse().expect("a time")),
        shutdown: Some("1s".parse().expect("a time")),
        ..rollout()
    };
    assert_eq!(times(&told), (vec!["3 api-2".to_owned()], vec!["9 api-1".to_owned()]));
}

#[test]
fn the_cluster_autoscaler_adds_what_a_group_of_nodes_may_have() {
    let full = "
services: { api: { image: \"a:1\", replicas: 2, memory: { limit: 1500Mi } } }
cluster: { nodes: [{ name: small, memory: 1Gi, max: 5 }, { name: large, count: 1, memory: 4Gi, max: 2, startup: 30s }] }
";
    // A small machine would not take it.
    let simulation = run(full, &rollout());
    assert_eq!(when(&simulation, EventKind::NodeOrdered), ["10 large-2"]);
    assert_eq!(when(&simulation, EventKind::NodeJoined), ["40 large-2"]);
    let simulation = run(full, &Scenario { new_nodes: Some(0), ..rollout() });
    assert_eq!(when(&simulation, EventKind::NodeOrdered), Vec::<String>::new());
    let later = Scenario { node_startup: Some("1m".parse().expect("a time")), ..rollout() };
    assert_eq!(when(&run(full, &later), EventKind::NodeJoined), ["70 large-2"]);
}

#[test]
fn the_documents_curve_is_played_to_its_end() {
    let text = |curve: &str| format!("{FOUR}traffic: {{ rate: 10/s, peak: 90/s, curve: {curve} }}\n");
    let day = run(&text("daily"), &Scenario::new(ScenarioKind::Traffic));
    assert_eq!(day.ended_ms, 24 * 3_600_000);
    assert!((most(&day, "rate_per_second", Some("api")) - 90.0).abs() < 0.1);
    let points = run(&text("[0s 10/s, 40m 60/s]"), &Scenario::new(ScenarioKind::Traffic));
    assert!(points.ended_ms >= 40 * 60_000, "{}", points.ended_ms);
    assert!((most(&points, "rate_per_second", Some("api")) - 60.0).abs() < 0.1);
}

#[test]
fn what_grows_by_the_document_leaks() {
    let text = "
services:
  web: { python: {}, replicas: 1 }
  job: { python: { worker: work }, memory: { process: 100Mi, growth: 36Mi, limit: 144Mi } }
cluster: {}
";
    let simulation = run(text, &Scenario::new(ScenarioKind::Leak));
    let killed = simulation.events.iter().find(|entry| entry.event == EventKind::Killed).expect("it is killed");
    // 36 MiB of room above 100 MiB and the page cache of 8 MiB.
    assert_eq!((killed.replica.as_deref(), killed.time_ms / 1000), (Some("job-1"), 3600));
}

#[test]
fn pods_that_keep_data_end_before_new_ones_start() {
    let text = |storage: &str| format!("services: {{ db: {{ {storage} }} }}\ncluster: {{}}\n");
    // A StatefulSet's pod has the same name again; a command is asked every 5 s.
    let stateful = run(&text("postgres: {}"), &rollout());
    assert_eq!(when(&stateful, EventKind::Ended), ["2 db-1"]);
    assert_eq!(when(&stateful, EventKind::Created), ["2 db-1"]);
    assert_eq!(when(&stateful, EventKind::Ready), ["7 db-1"]);
    assert_eq!(stateful.summary(), "The release of db is done after 7 s. For 7 s, no replica of db answered.");
    let in_memory = run(&text("memcached: {}"), &rollout());
    assert_eq!(
        (when(&in_memory, EventKind::Ended), when(&in_memory, EventKind::Created)),
        (vec!["2 db-1".into()], vec!["2 db-2".into()])
    );
}

#[test]
fn a_container_slower_than_its_startup_probe_is_killed_again_and_again() {
    let startup = Some("400s".parse().expect("a time"));
    let simulation = run(FOUR, &Scenario { startup, ..rollout() });
    // Asked 100 times from the start on, every 3 s.
    let killed = when(&simulation, EventKind::Killed);
    assert_eq!(killed[..2], ["297 api-5", "594 api-5"]);
    // Started anew at once, then after 10 s.
    assert_eq!(when(&simulation, EventKind::Restarted)[..2], ["297 api-5", "604 api-5"]);
    assert_eq!(when(&simulation, EventKind::Terminating), Vec::<String>::new());
}

/// 50 s until it is missed, 300 s that its pods tolerate, 6 s to start.
#[test]
fn pods_of_a_lost_node_are_replaced_after_350_s() {
    let simulation = run(FOUR, &Scenario { node: Some("node-1".to_owned()), ..Scenario::new(ScenarioKind::NodeLoss) });
    assert_eq!(when(&simulation, EventKind::NodeLost), ["0 node-1"]);
    assert_eq!(when(&simulation, EventKind::NodeUnreachable), ["50 node-1"]);
    assert_eq!(when(&simulation, EventKind::NotReady), ["50 api-1 api-4"]);
    assert_eq!(when(&simulation, EventKind::Created), ["350 api-5 api-6"]);
    assert_eq!(when(&simulation, EventKind::Ready), ["356 api-5 api-6"]);
    assert_eq!(simulation.summary(), "Without node-1, every service has all its replicas again after 356 s.");
    // The old ones cannot be seen to end.
    let ending = simulation.end.iter().filter(|replica| replica.state == ReplicaState::Ending);
    assert_eq!(ending.map(|replica| replica.replica.as_str()).collect::<Vec<_>>(), ["api-1", "api-4"]);
    // Another seed: the last sign of life was up to 10 s before.
    let seeded = run(FOUR, &Scenario { seed: 7, ..Scenario::new(ScenarioKind::NodeLoss) });
    let missed =
        seeded.events.iter().find(|entry| entry.event == EventKind::NodeUnreachable).expect("it is missed").time_ms;
    assert!((40_001..50_000).contains(&missed), "{missed}");
}

#[test]
fn requests_go_to_a_lost_node_until_it_is_missed() {
    let text = format!("{FOUR}traffic: {{ rate: 40/s }}\n");
    let simulation = run(&text, &Scenario::new(ScenarioKind::NodeLoss));
    assert_eq!(series(&simulation, "lost_per_second", Some("api")), [(0, 0.0), (0, 20.0), (50, 0.0)]);
}

#[test]
fn a_pod_with_a_disk_is_not_replaced_while_its_lost_node_is_known() {
    let text = "services: { db: { postgres: {} } }\ncluster: { nodes: [{ count: 2 }] }\n";
    let simulation = run(text, &Scenario::new(ScenarioKind::NodeLoss));
    assert_eq!(when(&simulation, EventKind::Terminating), ["350 db-1"]);
    assert_eq!(when(&simulation, EventKind::Created), Vec::<String>::new());
    assert!(
        simulation.summary().starts_with("Without node-1, replicas of db are missing after 360 s."),
        "{}",
        simulation.summary()
    );
}

#[test]
fn if_every_node_is_lost_nothing_is_deleted() {
    let text = "services: { api: { image: \"a:1\", replicas: 2 } }\ncluster: { nodes: [{ count: 1 }] }\n";
    let simulation = run(text, &Scenario::new(ScenarioKind::NodeLoss));
    assert_eq!(when(&simulation, EventKind::Terminating), Vec::<String>::new());
    assert!(simulation.end.iter().all(|replica| replica.state == ReplicaState::Lost), "{:?}", simulation.end);
}

/// New pods wait for the Job, which takes 5 s and is known to be complete a second later, and answer 5 s after that; they are
/// asked every 3 s.
#[test]
fn new_pods_wait_until_what_runs_once_before_them_has_ended() {
    let text = FOUR.replace("replicas: 4", "replicas: 2\n    before_start: [{ run: alembic upgrade head }]");
    let simulation = run(&text, &rollout());
    assert_eq!(when(&simulation, EventKind::StepsEnded), ["5 api"]);
    // The second comes when the Job has long ended.
    assert_eq!(when(&simulation, EventKind::Ready), ["12 api-3", "18 api-4"]);
    // The Job's pod takes room beside the old ones and the new one.
    assert_eq!(series(&simulation, "replicas", None)[..3], [(0, 2.0), (0, 4.0), (5, 3.0)]);
}

/// kubectl creates Jobs before it changes Deployments: where there is room for one pod more, the new one waits for the Job.
#[test]
fn a_job_takes_the_only_place_before_the_pod_that_waits_for_it() {
    let text = JOB_WITHOUT_ROOM.replace("1500Mi", "1Gi");
    let simulation = run(&text, &rollout());
    assert_eq!(when(&simulation, EventKind::StepsBegin), ["0 api"]);
    assert_eq!(when(&simulation, EventKind::Unplaced)[0], "0 api-3");
    assert_eq!(when(&simulation, EventKind::Placed)[0], "5 api-3");
    assert_eq!(when(&simulation, EventKind::ReleaseDone).len(), 1);
}

#[test]
fn a_job_without_room_stops_a_release_for_good() {
    let simulation = run(JOB_WITHOUT_ROOM, &rollout());
    assert_eq!(when(&simulation, EventKind::Placed), Vec::<String>::new());
    assert_eq!(when(&simulation, EventKind::StepsUnplaced), ["0 api"]);
    assert_eq!(when(&simulation, EventKind::Ready), Vec::<String>::new());
    let ends = ": 0/1 nodes are available: 1 Insufficient memory.";
    assert!(simulation.summary().ends_with(ends), "{}", simulation.summary());
    // With a node more, the Job runs there.
    let simulation = run(JOB_WITHOUT_ROOM, &Scenario { new_nodes: Some(1), ..rollout() });
    assert_eq!(when(&simulation, EventKind::StepsBegin), ["130 api"]);
    assert_eq!(when(&simulation, EventKind::ReleaseDone).len(), 1);
}

/// Each of the pod's own steps takes 5 s, before its container or in it, and then it answers after 5 s; it is asked every 3 s.
#[test]
fn steps_before_every_start_take_time() {
    for (step, ready) in [
        ("run: alembic upgrade head, when: every-start", "11 api-3"),
        ("run: alembic upgrade head, how: in-container", "12 api-3"),
    ] {
        let text = FOUR.replace("replicas: 4", &format!("replicas: 2\n    before_start: [{{ {step} }}]"));
        assert_eq!(when(&run(&text, &rollout()), EventKind::Ready)[0], ready, "{step}");
    }
}

/// Deployments go by their names, as kustomize sorts them, and StatefulSets come after them.
#[test]
fn a_release_of_several_services_comes_in_the_order_of_kustomize() {
    let text = "
services:
  web: { python: {} }
  data: { python: {}, storage: 1Gi, storage_path: /data }
  api: { python: {} }
cluster: {}
";
    assert_eq!(when(&run(text, &rollout()), EventKind::ReleaseBegins), ["0 api web data"]);
}

/// Three new pods of four have no room. As each old one ends, the one that has failed least often takes its place.
#[test]
fn a_pod_that_has_failed_often_comes_after_one_that_has_just_come() {
    let text = "
services: { api: { image: \"a:1\", replicas: 12, memory: { limit: 400Mi }, cpu: { request: 50m }, shutdown: 2s } }
cluster: { nodes: [{ count: 1, cpu: 4, memory: 5320Mi }] }
";
    let simulation = run(text, &rollout());
    assert_eq!(when(&simulation, EventKind::Unplaced)[..2], ["0 api-14 api-15 api-16", "2 api-17"]);
    assert_eq!(when(&simulation, EventKind::Placed)[..4], ["0 api-13", "2 api-14", "4 api-17", "6 api-18"]);
    assert_eq!(when(&simulation, EventKind::Placed).last().map(String::as_str), Some("22 api-16"));
}

const JOB_WITHOUT_ROOM: &str = "
services:
  api:
    python: { app: \"main:app\" }
    replicas: 2
    memory: { process: 100Mi, limit: 1500Mi }
    before_start: [{ run: alembic upgrade head }]
cluster: { nodes: [{ count: 1, cpu: 4, memory: 4Gi }] }
";

/// Two of four are on the node, and one may be missing: the second goes once the first is replaced, when it is asked for the
/// third time.
#[test]
fn a_drain_asks_every_5_s_for_pods_that_may_not_go_yet() {
    let simulation = run(FOUR, &Scenario::new(ScenarioKind::Drain));
    assert_eq!(when(&simulation, EventKind::Terminating), ["0 api-1", "10 api-4"]);
    assert_eq!(when(&simulation, EventKind::EvictionRefused), ["0 api-4"]);
    assert_eq!(when(&simulation, EventKind::Ready), ["6 api-5", "16 api-6"]);
    assert_eq!(when(&simulation, EventKind::NodeDrained), ["17 node-1"]);
    assert_eq!(simulation.summary(), "node-1 is empty after 17 s. One pod had to wait for its budget.");
}

/// Of twenty replicas two may be missing; three are on each of six nodes and two on the last.
#[test]
fn one_in_ten_of_many_replicas_may_be_missing_in_a_drain() {
    let text = FOUR.replace("replicas: 4", "replicas: 20").replace("count: 3", "count: 7");
    let simulation = run(&text, &Scenario::new(ScenarioKind::Drain));
    assert_eq!(when(&simulation, EventKind::Terminating), ["0 api-1 api-8", "10 api-15"]);
}

const AUTOSCALED: &str = "
services:
  api:
    python: { app: \"main:app\" }
    autoscale: { min: 2, max: 10, cpu: 70% }
    memory: { process: 100Mi, limit: 256Mi }
    cpu: { request: 250m, per_request: 10ms }
    health: { path: /ok }
cluster: { nodes: [{ count: 3, cpu: 2, memory: 4Gi }] }
traffic: { rate: 20/s, peak: 150/s, latency: 80ms }
";

/// The peak comes after 60 s and is seen 15 s later: 75 requests a second of 10 ms use 750m of 250m, 300 %. That asks for
/// ceil(300 / 70 * 2) = 9, of which 4 more are allowed at once. At 90 s these, ready for less than the 15 s that are measured, count
/// for nothing: 450m of two in six are 60 %, which asks for fewer, while the two alone ask for more, so nothing changes. At 105 s
/// all six use 100 %: ceil(100 / 70 * 6) = 9.
#[test]
fn an_autoscaler_follows_a_spike_by_the_real_formula() {
    let simulation = run(AUTOSCALED, &Scenario::new(ScenarioKind::Traffic));
    let scaled: Vec<(u64, &str)> = simulation
        .events
        .iter()
        .filter(|entry| entry.event == EventKind::Scaled)
        .map(|entry| (entry.time_ms / 1000, entry.why.as_str()))
        .collect();
    assert_eq!(
        scaled,
        [
            (75, "2 to 6: CPU at 300 % of its request, aim 70 %, asks for 9; no more in 15 s"),
            (105, "6 to 9: CPU at 100 % of its request, aim 70 %, asks for 9"),
            // The spike ends after 360 s; what was asked for until then counts for 300 s.
            (660, "9 to 2: CPU at 8 % of its request, aim 70 %, asks for 2"),
        ]
    );
    assert_eq!(simulation.summary(), "Every request is served as it comes.");
}

#[test]
fn what_is_too_much_queues_up_and_is_reported_as_such() {
    let text = AUTOSCALED
        .replace("autoscale: { min: 2, max: 10, cpu: 70% }", "replicas: 1")
        .replace("process: 100Mi", "process: 100Mi, per_request: 1Ki");
    let simulation = run(&text, &Scenario::new(ScenarioKind::Traffic));
    // One process serves 100 a second; of the 150 that come for 300 s, 50 a second queue up.
    assert_eq!(when(&simulation, EventKind::Overloaded), ["60 api"]);
    assert!((most(&simulation, "waiting_requests", Some("api")) - 15_000.0).abs() < 1.0);
    // At 20 a second, 80 a second of those are served, for 187.5 s.
    assert_eq!(when(&simulation, EventKind::Recovered), ["547.500 api"]);
    let latencies = simulation.series.iter().find(|series| series.figure == Figure::LatencyP95Ms).expect("a latency");
    let unknown: Vec<u64> =
        latencies.points.iter().filter(|(_, value)| value.is_none()).map(|(time, _)| *time).collect();
    assert_eq!(unknown, [60_000], "while requests queue up, there is no latency to tell");
}

#[test]
fn requests_in_flight_take_memory_and_too_many_kill() {
    let text = AUTOSCALED
        .replace("autoscale: { min: 2, max: 10, cpu: 70% }", "replicas: 1")
        .replace("process: 100Mi", "process: 100Mi, per_request: 1Mi");
    let simulation = run(&text, &Scenario::new(ScenarioKind::Traffic));
    // 108 MiB at rest leave room for 148 requests, of which a few are being served: 50 a second queue up.
    let killed = simulation.events.iter().find(|entry| entry.event == EventKind::Killed).expect("memory runs out");
    assert!((61_000..64_000).contains(&killed.time_ms), "{killed:?}");
    assert_eq!(killed.why, "Its memory reached its limit of 256 MiB");
}

/// 100 MiB and 8 MiB of page cache leave 148 MiB below the limit, which fill in 14.8 s at 10 MiB a second.
#[test]
fn a_leak_is_killed_at_its_limit_and_waits_ever_longer() {
    let growth = Some("36000Mi".parse().expect("an amount"));
    let text = FOUR.replace("replicas: 4", "replicas: 1");
    let scenario =
        Scenario { growth, duration: Some("15m".parse().expect("a time")), ..Scenario::new(ScenarioKind::Leak) };
    let simulation = run(&text, &scenario);
    let killed: Vec<u64> = of(&simulation, EventKind::Killed);
    let restarted: Vec<u64> = of(&simulation, EventKind::Restarted);
    assert_eq!(killed[0], 14_801);
    let waits: Vec<u64> =
        killed.iter().zip(&restarted).map(|(killed, restarted)| (restarted - killed) / 1000).collect();
    assert_eq!(waits, [0, 10, 20, 40, 80, 160, 300]);
    let lived: Vec<u64> = restarted.iter().zip(&killed[1..]).map(|(restarted, killed)| killed - restarted).collect();
    assert_eq!(lived, [14_801; 7]);
}

fn of(simulation: &Simulation, what: EventKind) -> Vec<u64> {
    simulation.events.iter().filter(|entry| entry.event == what).map(|entry| entry.time_ms).collect()
}

#[test]
fn a_container_that_lasts_is_started_anew_at_once() {
    let growth = Some("600Mi".parse().expect("an amount"));
    let text = FOUR.replace("replicas: 4", "replicas: 1");
    let simulation = run(&text, &Scenario { growth, ..Scenario::new(ScenarioKind::Leak) });
    // It lasts for 888 s each time, which is more than the 600 s after which the kubelet forgets.
    assert!(of(&simulation, EventKind::Killed).len() > 90);
    assert_eq!(of(&simulation, EventKind::Killed), of(&simulation, EventKind::Restarted));
}

const SERVER: &str = "
services:
  api: { python: {}, workers: 2, memory: { process: 100Mi, limit: 900Mi }, needs: [db], before_start: [{ run: alembic upgrade head }] }
  db: { postgres: {} }
server: { cpu: 2, memory: 1536Mi }
";

/// Compose stops all replicas, makes new ones, runs the first steps, and only then starts them.
#[test]
fn compose_interrupts_every_replica_at_once() {
    let text = SERVER.replace("workers: 2", "replicas: 3").replace("1536Mi", "4Gi");
    let simulation = run(&text, &rollout());
    assert_eq!(when(&simulation, EventKind::Terminating), ["0 api-1 api-2 api-3"]);
    assert_eq!(when(&simulation, EventKind::StepsBegin), ["2 api"]);
    assert_eq!(when(&simulation, EventKind::Created), ["7 api-1 api-2 api-3"]);
    assert_eq!(when(&simulation, EventKind::Ready), ["12 api-1 api-2 api-3"]);
    assert_eq!(simulation.summary(), "The release of api is done after 12 s. For 12 s, no replica of api answered.");
}

/// A database that is replaced is well when it is asked, after 6 s; who needs it is not touched.
#[test]
fn compose_replaces_only_what_has_changed() {
    let scenario = Scenario { service: Some("db".to_owned()), ..rollout() };
    let simulation = run(&SERVER.replace("1536Mi", "4Gi"), &scenario);
    assert_eq!(when(&simulation, EventKind::Terminating), ["0 db-1"]);
    assert_eq!(when(&simulation, EventKind::Ready), ["7 db-1"]);
}

/// Docker lets the kernel kill one process of two; Uvicorn starts another.
#[test]
fn on_a_server_one_process_is_killed_and_its_parent_starts_another() {
    let growth = Some("400Mi".parse().expect("an amount"));
    let scenario = Scenario { growth, ..Scenario::new(ScenarioKind::Leak) };
    let simulation = run(&SERVER.replace("900Mi", "500Mi").replace("1536Mi", "4Gi"), &scenario);
    assert!(!of(&simulation, EventKind::ProcessKilled).is_empty());
    assert!(of(&simulation, EventKind::Killed).is_empty(), "the container goes on");
    let entry =
        simulation.events.iter().find(|entry| entry.event == EventKind::ProcessKilled).expect("a process is killed");
    assert_eq!(entry.why, "The container's memory reached its limit of 500 MiB; its parent starts another");
}

#[test]
fn when_the_server_is_full_its_largest_process_dies() {
    let growth = Some("400Mi".parse().expect("an amount"));
    let scenario = Scenario { growth, ..Scenario::new(ScenarioKind::Leak) };
    let simulation = run(SERVER, &scenario);
    let entry =
        simulation.events.iter().find(|entry| entry.event == EventKind::ProcessKilled).expect("a process is killed");
    assert_eq!(entry.replica.as_deref(), Some("api-1"));
    assert!(entry.why.starts_with("The server is full (1.0 of 1 GiB); its process is the largest, "), "{}", entry.why);
    assert!(most(&simulation, "memory_bytes", None) <= f64::from(1_u32 << 30));
}

#[test]
fn the_largest_cluster_is_simulated_and_what_is_too_large_says_so() {
    let services = |count: u32, replicas: u32| {
        let memory = "memory: { process: 32Mi, limit: 64Mi }";
        let service = |number| format!("  s{number}: {{ image: \"a:1\", replicas: {replicas}, {memory} }}\n");
        (0..count).map(service).collect::<Vec<_>>().concat()
    };
    let text =
        format!("services:\n{}cluster: {{ nodes: [{{ count: 5000, cpu: 8, memory: 8Gi }}] }}\n", services(2, 1000));
    let simulation = run(&text, &rollout());
    assert_eq!((simulation.stopped_early, simulation.start.len()), (None, 2000));
    assert_eq!(releases_done(&simulation.events), 1);
    let simulation = run(&format!("services:\n{}server: {{}}\n", services(21, 10_000)), &rollout());
    let says = "210000 pods are more than the 200000 that are simulated: it was stopped, at 0 s.";
    assert_eq!(simulation.stopped_early.as_ref().map(Statement::sentence), Some(says));
}

fn releases_done(events: &[Entry]) -> usize {
    events.iter().filter(|entry| entry.event == EventKind::ReleaseDone).count()
}

/// Far too many containers for the server: each turn of the kernel's ends one.
#[test]
fn a_server_that_is_hopelessly_full_does_not_hang() {
    let text = "services: { api: { image: \"a:1\", replicas: 10000 } }\nserver: { memory: 1Gi }\n";
    let simulation = run(text, &Scenario::new(ScenarioKind::Leak));
    assert!(simulation.stopped_early.is_some_and(|why| why.sentence().starts_with("It was stopped")));
}

#[test]
fn what_cannot_be_is_told_so() {
    let cluster = "services: { api: { image: \"a:1\" } }\ncluster: {}\n";
    let none = "services: { api: { image: \"a:1\" } }\ncluster: { nodes: [{ count: 0 }] }\n";
    let off = "services: { api: { image: \"a:1\", replicas: 0 } }\ncluster: {}\n";
    let named = |kind, service: Option<&str>, node: Option<&str>| Scenario {
        service: service.map(str::to_owned),
        node: node.map(str::to_owned),
        ..Scenario::new(kind)
    };
    for (text, scenario, why) in [
        (cluster, Scenario { target: Some(Target::Server), ..rollout() }, "The document has no server."),
        (SERVER, Scenario { target: Some(Target::Cluster), ..rollout() }, "The document has no cluster."),
        (SERVER, Scenario::new(ScenarioKind::Drain), "A server has no nodes: drain needs a cluster."),
        (none, Scenario::new(ScenarioKind::NodeLoss), "The cluster has no nodes."),
        (cluster, named(ScenarioKind::NodeLoss, None, Some("node-9")), "The cluster has no node `node-9`."),
        (cluster, named(ScenarioKind::Leak, Some("web"), None), "The document has no service `web`."),
        (off, named(ScenarioKind::Rollout, Some("api"), None), "The service `api` does not run all the time here."),
        (off, rollout(), "The document has no service that runs."),
    ] {
        let simulation = run(text, &scenario);
        assert_eq!(simulation.stopped_early.as_ref().map(Statement::sentence), Some(why));
        assert!(simulation.events.is_empty() && simulation.end.is_empty());
    }
}

#[test]
fn the_text_of_every_example_fits_a_terminal() {
    for (_, text) in EXAMPLES {
        let topology = topology(text);
        for kind in ScenarioKind::ALL {
            for target in [Target::Cluster, Target::Server] {
                let scenario = Scenario { target: Some(target), ..Scenario::new(kind) };
                let text = to_text(&simulate(&topology, &scenario));
                let widest = text.lines().max_by_key(|line| line.chars().count()).unwrap_or_default();
                assert!(widest.chars().count() <= 140, "{widest}");
            }
        }
    }
}

/// Everything that can happen, in a few simulations.
fn all_that_happens() -> Vec<Simulation> {
    let full = "
services: { api: { image: \"a:1\", replicas: 2, memory: { limit: 1500Mi } } }
cluster: { nodes: [{ count: 1, memory: 4Gi }] }
";
    let one = AUTOSCALED.replace("autoscale: { min: 2, max: 10, cpu: 70% }", "replicas: 1");
    let with_room = SERVER.replace("1536Mi", "4Gi");
    let mut all = vec![
        run(full, &Scenario { new_nodes: Some(1), ..rollout() }),
        run(JOB_WITHOUT_ROOM, &rollout()),
        run(&one.replace("process: 100Mi", "process: 100Mi, per_request: 1Ki"), &Scenario::new(ScenarioKind::Traffic)),
        run(&with_room, &rollout()),
        run(
            SERVER,
            &Scenario { growth: Some("400Mi".parse().expect("an amount")), ..Scenario::new(ScenarioKind::Leak) },
        ),
    ];
    all.extend(ScenarioKind::ALL.map(|kind| run(FOUR, &Scenario::new(kind))));
    all.push(run(AUTOSCALED, &Scenario::new(ScenarioKind::Traffic)));
    all
}

/// Simulations with the outcomes that those do not have.
fn other_outcomes() -> Vec<Simulation> {
    let full = "
services: { api: { image: \"a:1\", replicas: 2, memory: { limit: 1500Mi } } }
cluster: { nodes: [{ count: 1, memory: 4Gi }] }
";
    let database = "services: { db: { postgres: {} } }\ncluster: { nodes: [{ count: 2 }] }\n";
    let small = Some("1Ki".parse().expect("an amount"));
    vec![
        run(full, &rollout()),
        run(full, &Scenario::new(ScenarioKind::Drain)),
        run(full, &Scenario { growth: small, ..Scenario::new(ScenarioKind::Leak) }),
        run(database, &Scenario::new(ScenarioKind::NodeLoss)),
        run(database, &Scenario::new(ScenarioKind::Traffic)),
        run(database, &Scenario { target: Some(Target::Server), ..rollout() }),
    ]
}

#[test]
fn every_field_event_and_figure_is_documented_and_what_is_documented_is_there() {
    let mut found: BTreeSet<String> = BTreeSet::new();
    for simulation in all_that_happens().into_iter().chain(other_outcomes()) {
        let json = serde_json::to_value(&simulation).expect("it can be written");
        for (number, series) in simulation.series.iter().enumerate() {
            assert_eq!(json["series"][number]["name"], series.figure.name());
        }
        let objects =
            ["events", "series", "start", "end"].map(|list| json[list].as_array().cloned().unwrap_or_default());
        for fields in objects.iter().flatten().chain([&json, &json["outcome"]]).filter_map(|value| value.as_object()) {
            found.extend(fields.keys().cloned());
            let names = ["event", "name", "state", "code"].map(|key| fields.get(key).and_then(|name| name.as_str()));
            found.extend(names.into_iter().flatten().map(str::to_owned));
        }
    }
    let text = include_str!("../docs/simulate-json.md");
    let missing: Vec<_> = found.iter().filter(|name| !text.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/simulate-json.md does not mention {missing:?}");
    let tables = text.lines().filter_map(|line| line.strip_prefix("| `")?.split(" |").next());
    let documented = tables.flat_map(|names| names.split('`').step_by(2).map(str::to_owned).collect::<Vec<_>>());
    let gone: Vec<String> = documented.filter(|name| !found.contains(name)).collect();
    assert!(gone.is_empty(), "docs/simulate-json.md mentions {gone:?}, which was never seen");
}

/// The command, as a person and a program use it.
#[cfg(feature = "cli")]
mod command {
    use super::{FOUR, SERVER, ScenarioKind, run, simulate, to_text, topology};
    use crate::process;
    use plimsoll::plan::simulate::Scenario;

    fn plimsoll(arguments: &[&str], text: &str) -> (Option<i32>, String, String) {
        let output = process::plimsoll(&[&["simulate", "-"], arguments].concat(), text.as_bytes());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    #[test]
    fn prints_text_and_json() {
        let scenario = Scenario { node: Some("node-2".to_owned()), seed: 3, ..Scenario::new(ScenarioKind::Drain) };
        let arguments = ["--scenario", "drain", "--node", "node-2", "--seed", "3"];
        let (code, text, _) = plimsoll(&arguments, FOUR);
        assert_eq!((code, text), (Some(0), to_text(&run(FOUR, &scenario))));
        let (code, json, _) = plimsoll(&[&arguments[..], &["--json"]].concat(), FOUR);
        let simulation = serde_json::to_value(simulate(&topology(FOUR), &scenario)).expect("it can be written");
        assert_eq!(code, Some(0));
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON"), simulation);
    }

    #[test]
    fn what_cannot_be_is_misuse_and_says_why() {
        for (arguments, text, says) in [
            (vec!["--scenario", "drain"], SERVER, "plimsoll: A server has no nodes: drain needs a cluster.\n"),
            (vec!["--scenario", "leak", "--service", "x"], FOUR, "plimsoll: The document has no service `x`.\n"),
            (
                vec!["--scenario", "traffic", "--traffic", "loud"],
                FOUR,
                "plimsoll: --traffic: `loud` is no traffic\nWrite",
            ),
            (
                vec!["--scenario", "war"],
                FOUR,
                "error: invalid value 'war' for '--scenario <NAME>': `war` is no scenario",
            ),
            (vec!["--scenario", "leak", "--growth", "1x"], FOUR, "error: invalid value '1x' for '--growth <MEMORY>'"),
            (
                vec!["--scenario", "leak", "--duration", "25h"],
                FOUR,
                "error: invalid value '25h' for '--duration <TIME>'",
            ),
            (vec![], FOUR, "error: the following required arguments were not provided"),
        ] {
            let (code, stdout, stderr) = plimsoll(&arguments, text);
            assert_eq!((code, stdout.as_str()), (Some(2), ""), "{arguments:?}");
            assert!(stderr.contains(says), "{arguments:?}: {stderr}");
        }
        let (code, stdout, _) = plimsoll(&["--scenario", "rollout"], "[");
        assert_eq!((code, stdout.as_str()), (Some(1), ""));
    }
}

// Laws

/// A service of a drawn document.
fn service() -> impl Strategy<Value = String> {
    let replicas = prop_oneof![
        (0..6_u32).prop_map(|replicas| format!("replicas: {replicas}")),
        (1..4_u32, 0..6_u32).prop_map(|(min, more)| format!("autoscale: {{ min: {min}, max: {} }}", min + more)),
    ];
    let kind =
        prop::sample::select(vec!["python: {}", "python: { framework: django }", "image: \"a:1\"", "celery: {}"]);
    let one =
        (kind, replicas, 50..600_u32, 20..900_u32, 1..5_u32).prop_map(|(kind, replicas, process, cpu, workers)| {
            let workers = if kind.starts_with("python") { format!(", workers: {workers}") } else { String::new() };
            format!("{{ {kind}, {replicas}{workers}, memory: {{ process: {process}Mi }}, cpu: {{ request: {cpu}m }} }}")
        });
    prop_oneof![4 => one, 1 => Just("{ postgres: {} }".to_owned()), 1 => Just("{ redis: {} }".to_owned())]
}

prop_compose! {
    fn document()(
        services in prop::collection::vec(service(), 1..5),
        nodes in 0..5_u32,
        cpu in 1..4_u32,
        memory in 1..8_u32,
        rate in 0..400_u32,
        peak in 0..4_000_u32,
    ) -> String {
        let services: Vec<String> =
            services.iter().enumerate().map(|(index, service)| format!("  s{index}: {service}\n")).collect();
        let services = services.concat();
        format!(
            "services:\n{services}cluster: {{ nodes: [{{ count: {nodes}, cpu: {cpu}, memory: {memory}Gi }}] }}\n\
             server: {{ cpu: {cpu}, memory: {memory}Gi }}\ntraffic: {{ rate: {rate}/s, peak: {}/s }}\n",
            rate + peak
        )
    }
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let kind = prop::sample::select(ScenarioKind::ALL.to_vec());
    let target = prop::sample::select(vec![Target::Cluster, Target::Cluster, Target::Server]);
    let curve = prop::sample::select(vec![
        None,
        Some("steady 0/s"),
        Some("step 1/s 1000000/s 30s"),
        Some("daily 0/s 900/s"),
        Some("0s 0/s, 20s 500/s, 20s 0/s, 4m 900/s, 5m 1/s"),
    ]);
    let duration = prop::sample::select(vec![None, Some("1m"), Some("15m"), Some("40m")]);
    let numbers = (0..4_u64, 0..400_u32, 0..3_u32);
    (kind, target, curve, duration, numbers).prop_map(|(kind, target, curve, duration, (seed, startup, new_nodes))| {
        Scenario {
            target: Some(target),
            seed,
            traffic: curve.map(|curve| curve.parse::<Curve>().expect("a curve")),
            startup: Some(plimsoll::topology::Duration::from_millis(startup * 1000)),
            new_nodes: Some(new_nodes),
            duration: duration.map(|duration| duration.parse().expect("a time")),
            ..Scenario::new(kind)
        }
    })
}

/// Plays the events anew: which replicas there are, and where.
struct Replay<'a> {
    topology: &'a Topology,
    there: BTreeMap<String, (String, Option<String>, ReplicaState)>,
}

impl<'a> Replay<'a> {
    fn new(topology: &'a Topology, start: &[Replica]) -> Self {
        let there = start.iter().map(|replica| {
            (replica.replica.clone(), (replica.service.to_string(), replica.node.clone(), replica.state))
        });
        Self { topology, there: there.collect() }
    }

    fn play(&mut self, entry: &Entry) {
        let Some(name) = entry.replica.clone() else { return };
        let state = match entry.event {
            EventKind::Created => ReplicaState::Pending,
            EventKind::Placed | EventKind::Restarted => ReplicaState::Starting,
            EventKind::Ready => ReplicaState::Ready,
            EventKind::NotReady => ReplicaState::Lost,
            EventKind::Killed => ReplicaState::Waiting,
            EventKind::Terminating => ReplicaState::Ending,
            EventKind::Ended => {
                assert!(self.there.remove(&name).is_some(), "{name} ends and was not there: {entry:?}");
                return;
            }
            _ => return,
        };
        if entry.event == EventKind::Created {
            let service = entry.service.as_ref().expect("a replica has a service").to_string();
            let before = self.there.insert(name.clone(), (service, None, state));
            assert!(before.is_none(), "{name} is made and was there: {entry:?}");
            return;
        }
        let (_, node, now) = self.there.get_mut(&name).unwrap_or_else(|| panic!("{name} is not there: {entry:?}"));
        node.clone_from(&entry.node);
        // What was told to end stays so, whatever else happens to it.
        if *now != ReplicaState::Ending {
            *now = state;
        }
    }

    fn service(&self, name: &str) -> &'a Service {
        self.topology.services.iter().find(|service| service.name.as_str() == name).expect("a service of the document")
    }

    /// Memory and processors that are requested of each node.
    fn requested(&self) -> BTreeMap<&str, (u64, u64)> {
        let mut nodes: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (service, node, _) in self.there.values() {
            let service = self.service(service);
            if let Some(node) = node {
                let (memory, cpu) = nodes.entry(node).or_default();
                *memory += service.pod_memory().bytes();
                *cpu += service.pod_cpu().millis();
            }
        }
        nodes
    }

    fn ready(&self, service: &str) -> usize {
        self.there.values().filter(|(of, _, state)| of == service && *state == ReplicaState::Ready).count()
    }
}

/// What the nodes of a group offer, by the name that their names begin with; of a group that starts with none, one.
fn allocatable(topology: &Topology) -> Vec<(String, u64, u64)> {
    let mut topology = topology.clone();
    for group in topology.cluster.iter_mut().flat_map(|cluster| &mut cluster.nodes) {
        group.count = group.count.max(1);
    }
    let plan = plimsoll::plan::plan(&topology).cluster.expect("the text has a cluster");
    let node = |node: &plimsoll::plan::NodePlan| {
        (node.group.to_string(), node.allocatable_memory.bytes(), node.allocatable_cpu.millis())
    };
    plan.nodes.iter().map(node).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 120, ..ProptestConfig::default() })]

    #[test]
    fn pods_are_conserved_and_no_node_is_over_committed(text in document(), scenario in any_scenario()) {
        let topology = topology(&text);
        let simulation = simulate(&topology, &scenario);
        let mut replay = Replay::new(&topology, &simulation.start);
        let nodes = allocatable(&topology);
        let mut time = 0;
        for entry in &simulation.events {
            prop_assert!(entry.time_ms >= time && entry.time_ms <= 86_400_000, "{entry:?}");
            time = entry.time_ms;
            replay.play(entry);
            if simulation.target == Target::Cluster && entry.event == EventKind::Placed {
                for (node, (memory, cpu)) in replay.requested() {
                    let (_, most_memory, most_cpu) = nodes.first().expect("what is placed has a node");
                    prop_assert!(memory <= *most_memory && cpu <= *most_cpu, "{node} is over-committed at {entry:?}");
                }
            }
        }
        let end: BTreeMap<_, _> = simulation.end.iter().map(|replica| (replica.replica.clone(), replica)).collect();
        prop_assert_eq!(end.len(), simulation.end.len());
        prop_assert_eq!(replay.there.keys().collect::<Vec<_>>(), end.keys().collect::<Vec<_>>());
        for (name, (service, node, state)) in &replay.there {
            let replica = end[name];
            prop_assert_eq!((replica.service.as_str(), &replica.node), (service.as_str(), node), "{}", name);
            // That its machine has stopped is told of the machine.
            if replica.state != ReplicaState::Lost {
                prop_assert_eq!(replica.state, *state, "{}", name);
            }
        }
        prop_assert!(!simulation.summary().is_empty());
        prop_assert!(to_text(&simulation).lines().count() > 3);
    }

    #[test]
    fn the_same_seed_gives_the_same_bytes(text in document(), scenario in any_scenario()) {
        let json = || serde_json::to_string(&run(&text, &scenario)).expect("it can be written");
        let first = json();
        prop_assert!(!first.contains("NaN") && !first.contains("inf"));
        prop_assert_eq!(first, json());
    }

    #[test]
    fn a_drain_never_takes_more_than_the_budget_allows(text in document(), seed in 0..9_u64) {
        let topology = topology(&text);
        let simulation = simulate(&topology, &Scenario { seed, ..Scenario::new(ScenarioKind::Drain) });
        let mut replay = Replay::new(&topology, &simulation.start);
        let mut wanted: BTreeMap<String, u32> =
            topology.services.iter().map(|service| (service.name.to_string(), service.replicas.steady())).collect();
        for entry in &simulation.events {
            let was_ready = entry.replica.as_ref().is_some_and(|name| {
                replay.there.get(name).is_some_and(|(_, _, state)| *state == ReplicaState::Ready)
            });
            replay.play(entry);
            let Some(service) = &entry.service else { continue };
            if entry.event == EventKind::Scaled {
                let to = entry.why.split([' ', ':']).nth(2).and_then(|number| number.parse().ok()).expect("a number");
                wanted.insert(service.to_string(), to);
            }
            let has_budget = replay.service(service.as_str()).replicas.peak() >= 2;
            if entry.event == EventKind::Terminating && entry.why.starts_with("Evicted") && was_ready && has_budget {
                let ready = u32::try_from(replay.ready(service.as_str())).expect("a few");
                prop_assert!(ready + 1 >= wanted[service.as_str()], "{ready} of {:?}: {entry:?}", wanted);
            }
        }
    }
}
