//! What the plan says about topologies that people run, and the laws that it keeps for all others.

use plimsoll::analyze;
use plimsoll::finding::{Finding, Severity};
use plimsoll::plan::{
    ClusterPlan, Help, Outcome, Pace, Plan, ScaleUp, ServerPlan, Statement, UnplacedPods, plan, to_text,
};
use plimsoll::topology::Topology;
use proptest::prelude::*;
use std::fs;

fn topology(text: &str) -> Topology {
    analyze(text).outputs.expect("the text can be read").topology
}

fn server(text: &str) -> ServerPlan {
    plan(&topology(text)).server.expect("the text has a server")
}

fn cluster(text: &str) -> ClusterPlan {
    plan(&topology(text)).cluster.expect("the text has a cluster")
}

fn example(name: &str) -> String {
    fs::read_to_string(format!("examples/{name}.yaml")).expect("the example is there")
}

/// The findings, each with the text that it points at.
fn advice(text: &str) -> Vec<(Finding, String)> {
    let place = |finding: &Finding| text[finding.span.start..finding.span.end].to_owned();
    analyze(text).findings.into_iter().map(|finding| (finding.clone(), place(&finding))).collect()
}

#[test]
fn the_examples_are_answered_in_a_sentence() {
    for (name, server, cluster) in [
        (
            "fastapi",
            Some("It floats: even if every container grows to its limit, all fit."),
            Some("It floats: the peak fits, and so does losing one node."),
        ),
        (
            "shop",
            Some("It floats: even if every container grows to its limit, all fit."),
            Some("It floats: the peak fits, and so does losing one node."),
        ),
        ("one-server", Some("It floats: even if every container grows to its limit, all fit."), None),
        ("django", Some("It floats: even if every container grows to its limit, all fit."), None),
        ("model", None, Some("It floats: the peak fits, and so does losing one node.")),
        ("prebuilt", None, Some("It floats: the peak fits, and at other times so does losing one node.")),
        ("too-many-workers", Some("It sinks: the containers need 4.0 GiB, and the server has 2.5 GiB for them."), None),
    ] {
        let plan = plan(&topology(&example(name)));
        assert_eq!(plan.server.as_ref().map(|server| server.verdict.reason.sentence()), server, "{name}");
        assert_eq!(plan.cluster.as_ref().map(|cluster| cluster.verdict.reason.sentence()), cluster, "{name}");
    }
}

/// <https://fastapi.tiangolo.com/deployment/concepts/#server-memory>: a model of 1 GB in each of four workers takes
/// more than 4 GB, and the server has 3 GB.
#[test]
fn four_workers_with_a_model_of_1_gb_do_not_fit_a_server_of_3_gb() {
    let plan = server(&example("too-many-workers"));
    assert_eq!(plan.verdict.outcome, Outcome::DoesNotFit);
    assert!(plan.need.bytes() > 4 << 30);
    let victim = plan.first_killed.expect("a process has to go");
    assert_eq!((victim.name.as_str(), victim.process.bytes()), ("api", 1 << 30));
}

#[test]
fn the_plan_fits_a_terminal() {
    for name in ["shop", "prebuilt", "too-many-workers"] {
        let text = to_text(&plan(&topology(&example(name))));
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!((60..=100).contains(&widest), "{name} is {widest} columns wide:\n{text}");
    }
}

#[test]
fn a_pod_without_a_node_is_told_what_would_help() {
    let plan = cluster(
        "services:
  api:
    image: ghcr.io/acme/api:1
    replicas: 3
    memory: { process: 100Mi, limit: 2000Mi }
    cpu: { request: 100m }
cluster:
  nodes: [{ name: small, count: 1, cpu: 2, memory: 2Gi }, { name: large, count: 1, cpu: 2, memory: 3Gi }]
",
    );
    assert_eq!(plan.verdict.outcome, Outcome::DoesNotFit);
    assert_eq!(plan.verdict.reason.sentence(), "It sinks: api-2 and 1 more have nowhere to go.");
    let unplaced = &plan.steady.unplaced[0];
    assert_eq!((unplaced.first.as_str(), unplaced.count), ("api-2", 2));
    assert_eq!(unplaced.message, "0/2 nodes are available: 2 Insufficient memory.");
    assert_eq!(
        unplaced.help.iter().map(Statement::sentence).collect::<Vec<_>>(),
        [
            "A memory limit of 1948 MiB instead of 2000 MiB would fit; it needs 108 MiB.",
            "2 more nodes of `large` would do."
        ]
    );
    assert!(plan.losses.is_empty(), "what does not fit cannot lose a node either");
}

#[test]
fn losing_a_node_is_tried() {
    let nodes = |count: u32| {
        format!(
            "services:
  api: {{ image: a:1, replicas: 3, memory: {{ limit: 1500Mi }} }}
cluster:
  nodes: [{{ count: {count}, memory: 4Gi }}]
"
        )
    };
    let two = cluster(&nodes(2));
    assert_eq!(two.verdict.outcome, Outcome::Tight);
    assert_eq!(two.verdict.reason.sentence(), "It floats, but not without node-1: api-3 would have nowhere to go.");
    assert_eq!((two.losses[0].node.as_str(), two.losses[0].pods), ("node-1", 2));
    assert!(two.nodes[0].steady.is_past_load_line && !two.nodes[1].steady.is_past_load_line);

    let three = cluster(&nodes(3));
    assert_eq!(three.verdict.outcome, Outcome::Fits);
    assert_eq!(three.losses.len(), 1, "three nodes that carry the same are lost alike");
    assert_eq!(three.losses[0].nodes_alike, 3);

    let one = cluster(&nodes(1));
    assert_eq!(one.verdict.reason.sentence(), "It sinks: api-3 has nowhere to go.");
}

#[test]
fn the_load_line_leaves_room_for_the_pods_of_any_one_node() {
    let lines = |nodes: &str| -> Vec<(u64, u64)> {
        let plan = cluster(&format!("services: {{}}\ncluster: {{ nodes: [{nodes}] }}\n"));
        let mib = |memory: plimsoll::quantity::Memory| memory.bytes() >> 20;
        plan.nodes.iter().map(|node| (mib(node.allocatable_memory), mib(node.load_line))).collect()
    };
    // The kubelet keeps 100 MiB.
    assert_eq!(lines("{ count: 1, memory: 1100Mi }"), [(1000, 900)]);
    assert_eq!(lines("{ count: 4, memory: 1100Mi }"), [(1000, 750); 4]);
    // Without the largest, 2000 of 4000 MiB are left: each may carry half.
    let mixed = lines("{ name: a, count: 2, memory: 1100Mi }, { name: b, count: 1, memory: 2100Mi }");
    assert_eq!(mixed, [(1000, 500), (1000, 500), (2000, 1000)]);
}

#[test]
fn a_rollout_is_seen_with_its_pods_that_come_and_that_still_end() {
    let rollouts_on = |services: &str, nodes: &str| {
        let plan =
            cluster(&format!("services: {{ {services} }}\ncluster: {{ nodes: [{{ memory: 4Gi, {nodes} }}] }}\n"));
        let figures = |rollout: plimsoll::plan::RolloutPlan| {
            let plimsoll::plan::RolloutPlan { surge_pods, terminating_pods, peak_pods, room_pods, .. } = rollout;
            ([surge_pods, terminating_pods, peak_pods, room_pods], rollout.pace)
        };
        plan.rollouts.into_iter().map(figures).collect::<Vec<_>>()
    };
    let rollouts = |services: &str, nodes: u32| rollouts_on(services, &format!("count: {nodes}"));
    let api = |replicas: u32| format!("api: {{ image: a:1, replicas: {replicas}, memory: {{ limit: 1500Mi }} }}");
    // Two pods fit on a node.
    assert_eq!(rollouts(&api(2), 2), [([1, 1, 4, 2], Pace::Free)]);
    assert_eq!(rollouts(&api(3), 2), [([1, 2, 6, 1], Pace::Waits)]);
    assert_eq!(rollouts(&api(4), 2), [([1, 3, 8, 0], Pace::Stuck)]);
    // A node comes for the pod without which it never gets on.
    assert_eq!(rollouts_on(&api(4), "count: 2, max: 3"), [([1, 3, 8, 0], Pace::Grows)]);
    assert_eq!(rollouts_on(&api(3), "count: 2, max: 3"), [([1, 2, 6, 1], Pace::Waits)]);
    assert_eq!(rollouts(&api(5), 9), [([2, 3, 10, 5], Pace::Free)]);
    // What does not fit cannot be rolled out either; what is switched off need not.
    assert_eq!(rollouts(&api(5), 2), []);
    assert_eq!(rollouts(&api(0), 2), []);
    // Two databases side by side would each hold a part of the data: the old one ends first.
    assert_eq!(rollouts("db: { postgres: {} }", 1), [([0, 0, 1, 0], Pace::Free)]);
    // A Job has ended when the pods that wait for it start: room for one of both is enough.
    let with_job = |replicas| api(replicas).replace("memory", "before_start: [{ run: x }], memory");
    assert_eq!(rollouts(&with_job(3), 2), [([1, 2, 6, 1], Pace::Waits)]);
    assert_eq!(rollouts(&with_job(4), 2), [([1, 3, 8, 0], Pace::Stuck)]);
}

#[test]
fn a_rollout_that_cannot_get_on_is_found() {
    let text = "services: { api: { image: a:1, replicas: 2, memory: { limit: 1500Mi } } }\ncluster: { nodes: [{ count: 1, memory: 4Gi }] }\n";
    let stuck: Vec<_> = advice(text).into_iter().filter(|(finding, _)| finding.rule.id == "rollout-stuck").collect();
    let [(finding, place)] = stuck.as_slice() else { panic!("{stuck:?}") };
    assert_eq!((finding.severity, place.as_str()), (Severity::Warning, "2"));
    assert!(finding.message.ends_with("0/1 nodes are available: 1 Insufficient memory"), "{}", finding.message);
    let grows = advice(&text.replace("count: 1", "count: 1, max: 2"));
    assert!(grows.iter().all(|(finding, _)| finding.rule.id != "rollout-stuck"), "{grows:?}");
}

#[test]
fn replicas_of_the_peak_are_placed_after_those_that_always_run() {
    let plan = cluster(
        "services:
  api:
    image: a:1
    autoscale: { min: 2, max: 5 }
    memory: { limit: 1500Mi }
cluster:
  nodes: [{ count: 2, memory: 4Gi }]
",
    );
    assert_eq!(plan.verdict.reason.sentence(), "It sinks at the peak: api-5 has nowhere to go.");
    let peak = plan.peak.expect("the service is autoscaled");
    let names = |pods: &[plimsoll::plan::PodPlan]| pods.iter().map(|pod| pod.pod.clone()).collect::<Vec<_>>();
    assert_eq!(names(&plan.steady.pods), ["api-1", "api-2"]);
    assert_eq!(names(&peak.pods), ["api-3", "api-4"]);
    assert_eq!((plan.nodes[0].steady.pods, plan.nodes[0].peak.pods), (1, 2));
}

#[test]
fn connections_are_counted_for_every_process_of_every_replica() {
    let plan = plan(&topology(
        "services:
  api: { python: {}, workers: 2, autoscale: { min: 1, max: 4 }, database_pool: { size: 5, overflow: 10 }, needs: [db] }
  jobs: { celery: { concurrency: 3 }, database_pool: { size: 1, overflow: 0 }, needs: [db] }
  cron: { python: { worker: python cron.py }, needs: [db] }
  db: { postgres: {} }
",
    ));
    let database = &plan.databases[0];
    assert_eq!(database.max_connections, Some(100));
    assert_eq!((database.steady_connections, database.peak_connections), (30 + 3, 120 + 3));
    assert_eq!(database.clients[0].text(), "(5 + 10) × 2 processes × 4 replicas");
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table, with a line or a few for each rule")]
fn rules_point_at_what_they_speak_of() {
    for (text, rule, severity, at) in [
        (
            "services: { api: { image: a:1, memory: { process: 300Mi, limit: 256Mi } } }",
            "limit-under-need",
            Severity::Error,
            "256Mi",
        ),
        (
            "services: { api: { image: a:1, memory: { process: 240Mi, limit: 256Mi } } }",
            "limit-near-need",
            Severity::Warning,
            "256Mi",
        ),
        (
            "services: { api: { image: a:1, memory: { process: 2Gi } } }\nserver: { memory: 2Gi }",
            "server-too-small",
            Severity::Error,
            "2Gi",
        ),
        (
            "services: { api: { image: a:1, memory: { process: 1450Mi } } }\nserver: { memory: 2Gi }",
            "server-too-small",
            Severity::Warning,
            "2Gi",
        ),
        (
            "services: { api: { image: a:1, memory: { process: 1600Mi, limit: 3Gi } } }\nserver: { memory: 2.5Gi }",
            "server-overcommitted",
            Severity::Warning,
            "2.5Gi",
        ),
        (
            "services: { api: { image: a:1, memory: { limit: 4Gi } } }\ncluster: {}",
            "pod-without-node",
            Severity::Error,
            "4Gi",
        ),
        (
            "services: { api: { image: a:1, replicas: 7, memory: { limit: 1500Mi } } }\ncluster: {}",
            "pod-without-node",
            Severity::Error,
            "7",
        ),
        (
            "services: { api: { image: a:1, autoscale: { max: 7 }, memory: { limit: 1500Mi } } }\ncluster: {}",
            "autoscaler-without-room",
            Severity::Warning,
            "7",
        ),
        (
            "services: { api: { image: a:1 } }\ncluster: { nodes: [{ count: 0 }] }",
            "pod-without-node",
            Severity::Error,
            "nodes",
        ),
        (
            "services: { api: { image: a:1, replicas: 5, memory: { limit: 1500Mi } } }\ncluster: {}",
            "node-loss",
            Severity::Warning,
            "cluster",
        ),
        (
            "services: { api: { image: a:1, replicas: 2 } }\ncluster: { nodes: [{ count: 1 }] }",
            "replicas-share-a-node",
            Severity::Warning,
            "nodes",
        ),
        (
            "services: { api: { python: {}, replicas: 1, public: { host: a.example.com } } }\ncluster: {}",
            "single-replica",
            Severity::Info,
            "1",
        ),
        (
            "services: { api: { python: {}, replicas: 9, database_pool: {}, needs: [db] }, db: { postgres: {} } }",
            "too-many-connections",
            Severity::Warning,
            "database_pool",
        ),
        (
            "services: { api: { python: {}, replicas: 5, database_pool: { size: 5, overflow: 10 }, needs: [db] }, \
             db: { postgres: {} } }\ncluster: {}",
            "too-many-connections",
            Severity::Warning,
            "database_pool",
        ),
        (
            "services: { api: { image: a:1, memory: { limit: 2500Mi }, before_start: [{ run: x }] } }\n\
             cluster: { nodes: [{ count: 1 }] }",
            "rollout-stuck",
            Severity::Warning,
            "api",
        ),
        ("services: { api: { python: {}, workers: 4 } }\ncluster: {}", "workers-die-together", Severity::Info, "4"),
        (
            "services: { api: { python: { worker: w }, memory: { process: 100Mi, growth: 9Mi, limit: 171Mi } } }",
            "memory-grows",
            Severity::Warning,
            "9Mi",
        ),
        (
            "services: { api: { image: a:1, memory: { process: 100Mi, limit: 1Gi } } }",
            "limit-far-above-need",
            Severity::Info,
            "1Gi",
        ),
        (
            "services: { api: { python: {}, startup: 5m, autoscale: { min: 1, max: 3 } } }\ncluster: {}",
            "slow-startup",
            Severity::Warning,
            "5m",
        ),
        (
            "services: { api: { image: a:1, port: 80, replicas: 20, startup: 10m, memory: { process: 20Mi, limit: 32Mi } } }\n\
             cluster: {}",
            "slow-startup",
            Severity::Info,
            "10m",
        ),
    ] {
        let advice = advice(text);
        let [(finding, place)] = advice.as_slice() else { panic!("{text}: {advice:#?}") };
        assert_eq!((finding.rule.id, finding.severity, place.as_str()), (rule, severity, at), "{text}");
        assert!(finding.help.is_some() && finding.link.is_some(), "{rule} says how to mend it, and who says so");
        assert!(!finding.message.ends_with('.'), "{}", finding.message);
    }
}

#[test]
fn what_would_help_knows_what_the_cluster_autoscaler_may_add() {
    for (nodes, help) in [
        ("{ count: 1 }", "3 more nodes of `node` would do."),
        ("{ count: 1, max: 9 }", "3 more nodes of `node` would do, which the cluster autoscaler may add."),
        ("{ count: 1, max: 2 }", "3 more nodes of `node` would do, of which the cluster autoscaler may add 1."),
        (
            "{ count: 1 }, { name: more, count: 0, memory: 2Gi, max: 9 }",
            "6 more nodes of `more` would do, which the cluster autoscaler may add.",
        ),
    ] {
        let text = format!(
            "services: {{ api: {{ image: a:1, replicas: 8, memory: {{ limit: 1500Mi }} }} }}\ncluster: {{ nodes: [{nodes}] }}\n"
        );
        let cluster = plan(&topology(&text)).cluster.expect("there is a cluster");
        assert_eq!(cluster.steady.unplaced[0].help.last().map(Statement::sentence), Some(help), "{nodes}");
    }
}

#[test]
fn the_verdict_counts_on_the_nodes_that_the_cluster_autoscaler_adds() {
    // A node has room for one API, a large one for three, a small one for none.
    for (replicas, nodes, expected, added) in [
        (
            "autoscale: { min: 2, max: 4 }",
            "{ count: 3, max: 9 }",
            "It floats: the peak fits, and at other times so does losing one node.",
            Some("node 1"),
        ),
        (
            "autoscale: { min: 2, max: 8 }",
            "{ count: 3, max: 4 }, { name: large, count: 0, memory: 8Gi, max: 1 }",
            "It sinks at the peak: api-8 has nowhere to go, even on 2 more nodes that the cluster autoscaler may add.",
            Some("node 1, large 1"),
        ),
        (
            "autoscale: { min: 2, max: 4 }",
            "{ count: 3, max: 3 }, { name: small, count: 0, memory: 1Gi, max: 9 }",
            "It sinks at the peak: api-4 has nowhere to go.",
            None,
        ),
        (
            "replicas: 4",
            "{ count: 1, max: 9 }",
            "It floats only on 3 more nodes, which the cluster autoscaler adds.",
            Some("node 3"),
        ),
        (
            "replicas: 4",
            "{ count: 1, max: 3 }",
            "It sinks: api-4 has nowhere to go, even on 2 more nodes that the cluster autoscaler may add.",
            Some("node 2"),
        ),
        (
            "replicas: 4",
            "{ count: 0, max: 9 }",
            "It floats only on 4 more nodes, which the cluster autoscaler adds.",
            Some("node 4"),
        ),
        ("replicas: 4", "{ count: 0, memory: 1Gi, max: 9 }", "It sinks: the cluster has no nodes.", None),
    ] {
        let text = format!(
            "services: {{ api: {{ image: a:1, {replicas}, memory: {{ limit: 2500Mi }} }} }}\ncluster: {{ nodes: [{nodes}] }}\n"
        );
        let plan = cluster(&text);
        assert_eq!(plan.verdict.reason.sentence(), expected, "{nodes}");
        let groups = |scale_up: ScaleUp| -> Vec<String> {
            scale_up.added.iter().map(|added| format!("{} {}", added.group, added.nodes)).collect()
        };
        let is_for_the_peak = plan.verdict.figures.contains("At the peak the cluster autoscaler adds one more node.");
        assert_eq!(is_for_the_peak, replicas == "autoscale: { min: 2, max: 4 }" && added.is_some(), "{nodes}");
        assert_eq!(plan.scale_up.map(|scale_up| groups(scale_up).join(", ")).as_deref(), added, "{nodes}");
    }
}

fn sentences(help: &[Statement<Help>]) -> String {
    help.iter().map(Statement::sentence).collect::<Vec<_>>().join(" ")
}

#[test]
fn json_has_the_code_and_the_figures_of_a_verdict() {
    let text = "services: { api: { image: a:1, replicas: 4, memory: { limit: 2500Mi } } }\ncluster: { nodes: [{ count: 1, max: 3 }] }\n";
    let json = serde_json::to_value(cluster(text).verdict).expect("a verdict is JSON");
    assert_eq!(json["outcome"], "does_not_fit");
    assert_eq!(
        json["reason"],
        serde_json::json!({
            "code": "unschedulable",
            "first": "api-4",
            "pods": 1,
            "may_be_added": 2,
            "sentence": "It sinks: api-4 has nowhere to go, even on 2 more nodes that the cluster autoscaler may add."
        })
    );
}

#[test]
fn no_more_nodes_come_than_are_planned_in_one_cluster() {
    let groups: Vec<String> = (0..10).map(|number| format!("{{ name: g{number}, count: 1, max: 5000 }}")).collect();
    let plan = cluster(&format!(
        "services: {{ api: {{ image: a:1, replicas: 6000, memory: {{ limit: 2500Mi }} }} }}\ncluster: {{ nodes: [{}] }}\n",
        groups.join(", ")
    ));
    assert_eq!(
        plan.verdict.reason.sentence(),
        "It sinks: api-5001 and 999 more have nowhere to go, even on 4990 more nodes that the cluster autoscaler may add."
    );
}

#[test]
fn who_waits_for_a_node_is_told_from_who_has_nowhere_to_go() {
    let text = |nodes: &str| {
        format!(
            "services:\n  api: {{ image: a:1, autoscale: {{ min: 2, max: 8 }}, memory: {{ limit: 2500Mi }} }}\n  \
             db: {{ image: d:1, replicas: 2, memory: {{ limit: 2500Mi }} }}\ncluster: {{ survive: nothing, nodes: [{nodes}] }}\n"
        )
    };
    let who = |pods: &[UnplacedPods]| -> Vec<String> {
        pods.iter().map(|pods| format!("{} × {}: {}", pods.count, pods.first, sentences(&pods.help))).collect()
    };
    let grown = cluster(&text("{ count: 3, max: 4, startup: 90s }, { name: large, count: 0, memory: 8Gi, max: 1 }"));
    let added = "the cluster autoscaler adds: 1 node of `node` in about 90 s, 1 node of `large` in about 120 s.";
    assert_eq!(
        who(&grown.waiting()),
        [format!("1 × db-2: It waits for what {added}"), format!("3 × api-3: They wait for what {added}")]
    );
    assert_eq!(who(grown.unplaced()), [""; 0]);
    // What may come has come: of more, nobody says that they come by themselves.
    assert_eq!(
        who(grown.unplaced_at_peak()),
        [
            "3 × api-6: A memory limit of 1496 MiB instead of 2500 MiB would fit; it needs 136 MiB. One more node of `large` would do."
        ]
    );
    let said = to_text(&plan(&topology(&text("{ count: 4, max: 10 }"))));
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        said.contains("api-3 and 5 more: 0/4 nodes are available: 4 Insufficient memory. They wait for what"),
        "{said}"
    );
    assert!(said.contains("6 nodes of `node` in about 120 s."), "{said}");
    assert!(!said.contains("would do"), "{said}");
    assert_eq!(cluster(&text("{ count: 3 }")).waiting(), []);
}

#[test]
fn advice_counts_on_the_nodes_that_the_cluster_autoscaler_adds() {
    let advice_of = |replicas: &str, nodes: &str| {
        let text = format!(
            "services: {{ api: {{ image: a:1, {replicas}, memory: {{ limit: 2500Mi }} }} }}\ncluster: {{ nodes: [{nodes}] }}\n"
        );
        let about_room = |rule: &str| ["autoscaler-without-room", "pod-without-node"].contains(&rule);
        let found = advice(&text).into_iter().map(|(finding, _)| finding).filter(|finding| about_room(finding.rule.id));
        found.map(|finding| (finding.rule.id, finding.severity)).collect::<Vec<_>>()
    };
    let autoscale = "autoscale: { min: 2, max: 4 }";
    assert_eq!(advice_of(autoscale, "{ count: 3 }"), [("autoscaler-without-room", Severity::Warning)]);
    assert_eq!(advice_of(autoscale, "{ count: 3, max: 4 }"), []);
    assert_eq!(advice_of("replicas: 4", "{ count: 1, max: 3 }"), [("pod-without-node", Severity::Error)]);
    assert_eq!(advice_of("replicas: 4", "{ count: 1, max: 4 }"), [("pod-without-node", Severity::Warning)]);
    assert_eq!(advice_of("replicas: 4", "{ count: 0, max: 4 }"), [("pod-without-node", Severity::Warning)]);
}

#[test]
fn a_fix_mends_what_was_found() {
    let limit = |limit: &str| {
        format!("services: {{ api: {{ image: a:1, memory: {{ process: 300Mi, limit: \"{limit}\" }} }} }}")
    };
    let pool = |replicas: u32| {
        format!(
            "services:\n  api:\n    python: {{}}\n    replicas: {replicas}\n    database_pool:\n      size: 5 # as usual\n      \
             overflow: 10\n    needs: [db]\n  db: {{ postgres: {{}} }}\ncluster: {{ nodes: [{{ count: 3, cpu: 8, memory: 16Gi }}] }}\n"
        )
    };
    let workers = "services: { api: { python: {}, workers: 4 } }\ncluster: {}";
    for text in [limit("256Mi"), limit("310Mi"), limit("3Gi"), pool(5), pool(9), pool(20), workers.to_owned()] {
        let advice = advice(&text);
        let fix = advice[0].0.fix.as_ref().expect("the limit is written there");
        let mut mended = text.clone();
        for edit in fix.edits.iter().rev() {
            mended.replace_range(edit.span.start..edit.span.end, &edit.text);
        }
        assert_eq!(self::advice(&mended), [], "{mended}");
    }
}

#[test]
fn a_cluster_is_answered_in_a_sentence() {
    let api = |rest: &str| format!("services: {{ api: {{ image: a:1, {rest} }} }}\n");
    for (text, outcome, sentence) in [
        (
            api("memory: { process: 300Mi, limit: 256Mi }") + "cluster: {}\n",
            Outcome::DoesNotFit,
            "It sinks: a container of api needs 308 MiB and is killed at 256 MiB.",
        ),
        (
            api("replicas: 2") + "cluster: { nodes: [{ count: 0 }] }\n",
            Outcome::DoesNotFit,
            "It sinks: the cluster has no nodes.",
        ),
        (
            api("replicas: 2") + "cluster: { nodes: [{ count: 1 }] }\n",
            Outcome::Fits,
            "It floats on one node: when that is lost, so is everything.",
        ),
        (
            api("memory: { limit: 3800Mi }") + "cluster: { nodes: [{ count: 1 }] }\n",
            Outcome::Tight,
            "It floats, but loaded past the line, and on one node.",
        ),
        (
            api("replicas: 3, cpu: { request: 1500m }") + "cluster: {}\n",
            Outcome::Tight,
            "It floats, but not without node-1: api-1 would have nowhere to go.",
        ),
    ] {
        let verdict = cluster(&text).verdict;
        assert_eq!((verdict.outcome, verdict.reason.sentence()), (outcome, sentence), "{text}");
    }
}

#[test]
fn the_proxy_is_called_as_compose_calls_it() {
    let outputs = plimsoll::analyze("services:\n  proxy: { nginx: {}, public: { host: a.example.com } }\nserver: {}\n")
        .outputs
        .unwrap();
    let compose = &outputs.artifacts()[0].text;
    let loads = outputs.plan.server.unwrap().loads;
    assert!(loads[1].is_proxy && loads[1].name.as_str() == "proxy-2", "{loads:?}");
    assert!(compose.contains("\n  proxy-2:\n    image: caddy"), "{compose}");
}

#[test]
fn nothing_to_carry_floats() {
    let plan = plan(&topology("services: {}\n"));
    assert_eq!(plan.server.unwrap().verdict.reason.sentence(), "It floats: nothing runs on it.");
    assert_eq!(plan.cluster.unwrap().verdict.reason.sentence(), "It floats: nothing runs on it.");
}

#[test]
fn too_much_to_place_is_said_and_not_tried() {
    let services = (0..1000).map(|number| format!("  s{number}: {{ image: a:1, replicas: 10000 }}\n"));
    let nodes = "cluster: { nodes: [{ count: 5000, memory: 64Gi, cpu: 64 }] }\nservices:\n";
    let plan = cluster(&(nodes.to_owned() + &services.collect::<String>()));
    assert_eq!(plan.verdict.outcome, Outcome::Undecided);
    assert_eq!(plan.steady.asked, 10_000_000);
    assert_eq!(plan.steady.not_tried + plan.steady.pods.len() as u64, plan.steady.asked);
    assert!(plan.limits[0].sentence().contains("of 10000000 pods were not placed"), "{:?}", plan.limits);
}

/// The largest cluster that Kubernetes supports, see
/// <https://kubernetes.io/docs/setup/best-practices/cluster-large/>.
#[test]
fn the_largest_cluster_is_placed_in_full() {
    let services = (0..500).map(|number| {
        format!("  s{number}: {{ image: a:1, replicas: 300, cpu: {{ request: {}m }} }}\n", 50 + number % 100)
    });
    let nodes = "cluster: { nodes: [{ count: 5000, memory: 64Gi, cpu: 16 }] }\nservices:\n";
    let plan = cluster(&(nodes.to_owned() + &services.collect::<String>()));
    assert_eq!((plan.steady.pods.len(), plan.steady.not_tried, plan.steady.unplaced.len()), (150_000, 0, 0));
}

/// A document of a few services on a few nodes, often too large for them.
fn any_document() -> impl Strategy<Value = String> {
    let service = (0_u32..6, 1_u32..2000, 1_u32..1500, prop::bool::ANY);
    let group = (0_u32..4, 1_u32..5, 1_u32..6, prop::sample::select(vec!["kubelet", "gke", "eks", "aks"]));
    (prop::collection::vec(service, 0..6), prop::collection::vec(group, 1..4)).prop_map(|(services, groups)| {
        let services = services.into_iter().enumerate().map(|(index, (replicas, mib, millis, scales))| {
            let (min, max) = (replicas.max(1), replicas * 2 + 1);
            let count = if scales {
                format!("autoscale: {{ min: {min}, max: {max} }}")
            } else {
                format!("replicas: {replicas}")
            };
            format!(
                "  s{index}: {{ image: a:1, {count}, memory: {{ limit: {mib}Mi }}, cpu: {{ request: {millis}m }} }}\n"
            )
        });
        let groups = groups.into_iter().enumerate().map(|(index, (count, cpu, gib, reserve))| {
            format!("  - {{ name: n{index}, count: {count}, cpu: {cpu}, memory: {gib}Gi, reserve: {reserve} }}\n")
        });
        format!("services:\n{}cluster:\n  nodes:\n{}", services.collect::<String>(), groups.collect::<String>())
    })
}

proptest! {
    #[test]
    fn no_node_is_over_committed(text in any_document()) {
        for node in cluster(&text).nodes {
            for load in [&node.steady, &node.peak] {
                prop_assert!(load.requested_memory <= node.allocatable_memory);
                prop_assert!(load.requested_cpu <= node.allocatable_cpu);
                prop_assert!(u64::from(load.pods) <= node.max_pods);
            }
        }
    }

    #[test]
    fn every_pod_is_accounted_for(text in any_document()) {
        let plan = cluster(&text);
        for placement in [&plan.steady].into_iter().chain(&plan.peak) {
            let unplaced: u64 = placement.unplaced.iter().map(|pods| u64::from(pods.count)).sum();
            prop_assert_eq!(placement.pods.len() as u64 + unplaced + placement.not_tried, placement.asked);
        }
        let loads = plan.nodes.iter().flat_map(|node| &node.peak.loads);
        let on_nodes: u64 = loads.map(|load| u64::from(load.containers)).sum();
        let placed = plan.steady.pods.len() + plan.peak.map_or(0, |peak| peak.pods.len());
        prop_assert_eq!(on_nodes, placed as u64);
    }

    #[test]
    fn below_every_load_line_the_others_have_room_for_any_node(text in any_document()) {
        let nodes = cluster(&text).nodes;
        if nodes.len() >= 2 && nodes.iter().all(|node| !node.steady.is_past_load_line) {
            for lost in &nodes {
                let others = nodes.iter().filter(|node| node.node != lost.node);
                let room: u64 = others.map(|node| (node.allocatable_memory - node.steady.requested_memory).bytes()).sum();
                // What runs on every node needs no other place.
                prop_assert!(room >= (lost.steady.requested_memory - lost.system.memory).bytes());
            }
        }
    }

    #[test]
    fn the_same_text_gives_the_same_plan(text in any_document()) {
        let json = |plan: &Plan| serde_json::to_string(plan).unwrap();
        prop_assert_eq!(json(&plan(&topology(&text))), json(&plan(&topology(&text))));
    }
}
