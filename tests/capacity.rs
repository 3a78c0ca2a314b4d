//! What to buy: answers for topologies that people run, and the laws that hold for all others.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod topologies;

use plimsoll::analyze;
use plimsoll::finding::{Finding, Severity};
use plimsoll::plan::capacity::{CapacityPlan, ClusterCapacity, ClusterOption, Fit, ServerCapacity, Verdict, capacity};
use plimsoll::plan::{ClusterPlan, Outcome, Pace, Statement, UnplacedPods, plan};
use plimsoll::topology::{Duration, Machine, NodeGroup, Reserve, Survive, Topology};
use proptest::prelude::*;

fn topology(text: &str) -> Topology {
    analyze(text).outputs.expect("the text can be read").topology
}

fn asked(text: &str) -> CapacityPlan {
    capacity(&topology(text))
}

fn cluster(text: &str) -> ClusterCapacity {
    asked(text).cluster.expect("the text has a cluster")
}

fn server(text: &str) -> ServerCapacity {
    asked(text).server.expect("the text has a server")
}

/// Services of so many pods, a name and a limit for each.
fn pods(services: &[(&str, u32, &str)]) -> String {
    let service = |(name, replicas, limit): &(&str, u32, &str)| {
        format!("  {name}: {{ image: \"a:1\", replicas: {replicas}, memory: {{ limit: {limit} }} }}\n")
    };
    format!("services:\n{}", services.iter().map(service).collect::<String>())
}

const FOUR_GIB: &str = "machines: [{ cpu: 2, memory: 4Gi }]\n";

#[test]
fn the_smallest_cluster_is_named_with_the_reason_why_one_machine_less_will_not_do() {
    // Two pods of 1500 MiB fit on a machine of 4 GiB.
    for (replicas, limit, rest, sentence) in [
        (
            4,
            "1500Mi",
            "cluster: {}\n",
            "The smallest cluster that carries this: 3 × 2 cores, 4 GiB. With 2, a new release of api cannot begin, since \
             there is no room for its first pods: 0/2 nodes are available: 2 Insufficient memory.",
        ),
        (
            3,
            "1500Mi",
            "cluster: {}\n",
            "The smallest cluster that carries this: 3 × 2 cores, 4 GiB. With 2, losing one leaves api-3 nowhere to go: \
             0/1 nodes are available: 1 Insufficient memory.",
        ),
        (
            5,
            "1900Mi",
            "cluster: { survive: nothing }\n",
            "The smallest cluster that carries this: 5 × 2 cores, 4 GiB. With 4, one is loaded past its line, 90 % of what it \
             has for pods.",
        ),
        (
            1,
            "1500Mi",
            "cluster: {}\n",
            "The smallest cluster that carries this: 2 × 2 cores, 4 GiB. With 1, losing it leaves nothing.",
        ),
        (1, "1500Mi", "cluster: { survive: nothing }\n", "The smallest cluster that carries this: 1 × 2 cores, 4 GiB."),
    ] {
        let text = pods(&[("api", replicas, limit)]) + FOUR_GIB + rest;
        assert_eq!(cluster(&text).answer.sentence(), sentence, "{text}");
    }
}

#[test]
fn the_peak_of_an_autoscaler_has_to_fit() {
    let text = "services: { api: { image: \"a:1\", autoscale: { min: 1, max: 7 }, memory: { limit: 1500Mi } } }\n"
        .to_owned()
        + FOUR_GIB
        + "cluster: {}\n";
    let found = cluster(&text);
    assert_eq!(
        found.answer.sentence(),
        "The smallest cluster that carries this: 4 × 2 cores, 4 GiB. With 3, at the peak api-7 has nowhere to go: 0/3 nodes \
         are available: 3 Insufficient memory."
    );
}

#[test]
fn a_zone_that_may_be_lost_takes_more_machines() {
    let text = |survive: &str| {
        pods(&[("api", 6, "1500Mi")])
            + FOUR_GIB
            + &format!("cluster: {{ survive: {survive}, nodes: [{{ zones: 3 }}] }}\n")
    };
    let count = |survive: &str| cluster(&text(survive)).options[0].count;
    assert_eq!((count("node"), count("zone")), (Some(4), Some(5)));
    let found = cluster(&text("zone"));
    assert!(found.answer.sentence().contains("With 4, losing zone-1 leaves api-"), "{}", found.answer.sentence());
    // Zones are three where they are not given.
    let default = pods(&[("api", 6, "1500Mi")]) + FOUR_GIB + "cluster: { survive: zone }\n";
    assert_eq!(cluster(&default).options[0].count, Some(5));
    let one = pods(&[("api", 6, "1500Mi")]) + FOUR_GIB + "cluster: { survive: zone, nodes: [{ zones: 1 }] }\n";
    assert_eq!(
        cluster(&one).options[0].reason.as_ref().map(Statement::sentence),
        Some("No number will do: they are all in one zone.")
    );
}

#[test]
fn prices_decide_where_there_are_some() {
    let text = |small: &str, large: &str| {
        pods(&[("api", 8, "1500Mi")])
            + &format!(
                "machines:\n  - {{ name: small, cpu: 2, memory: 4Gi{small} }}\n  - {{ name: large, cpu: 8, memory: 16Gi{large} }}\n"
            )
            + "cluster: {}\n"
    };
    // Five small ones, or two large ones.
    let by_size = cluster(&text("", ""));
    assert_eq!((by_size.options[0].machine.name.as_deref(), by_size.options[0].count), (Some("small"), Some(5)));
    let dear = cluster(&text(", price: 24", ", price: 50.50"));
    assert!(
        dear.answer.sentence().starts_with(
            "The cheapest cluster that carries this: 2 × large (8 cores, 16 GiB), 101 a month. With 1, losing"
        ),
        "{}",
        dear.answer.sentence()
    );
    assert_eq!(dear.options[1].total_price.unwrap().to_string(), "120");
    let cheap = cluster(&text(", price: 10", ", price: 50"));
    assert_eq!(cheap.options[0].machine.name.as_deref(), Some("small"));
}

#[test]
fn the_documents_own_machines_are_compared() {
    let own = |count: u32| {
        let text =
            pods(&[("api", 4, "1500Mi")]) + FOUR_GIB + &format!("cluster: {{ nodes: [{{ count: {count} }}] }}\n");
        cluster(&text).own
    };
    assert_eq!((own(2).fit, own(3).fit, own(5).fit, own(6).fit), (Fit::Small, Fit::Right, Fit::Right, Fit::Ample));
    assert_eq!(
        own(6).reason.as_ref().map_or("", Statement::sentence),
        "The document's own, 6 × 2 cores, 4 GiB, is more than enough."
    );
    assert!(
        own(2)
            .reason
            .as_ref()
            .map_or("", Statement::sentence)
            .starts_with("The document's own, 2 × 2 cores, 4 GiB, is too small: a new release of api")
    );
    let none = cluster(&(pods(&[("api", 1, "100Mi")]) + "cluster: { nodes: [] }\n")).own;
    assert_eq!((none.fit, none.machines.as_str()), (Fit::Small, "no machine"));
}

#[test]
fn the_documents_own_machines_are_judged_with_those_that_the_cluster_autoscaler_adds() {
    for (replicas, nodes, fit, sentence) in [
        (
            "autoscale: { min: 2, max: 5 }",
            "{ count: 3, max: 9 }",
            Fit::Right,
            "3 to 9 × 2 cores, 4 GiB, is about right: it carries the peak once the cluster autoscaler has added 2 more nodes.",
        ),
        (
            "autoscale: { min: 2, max: 5 }",
            "{ count: 3, max: 4 }",
            Fit::Small,
            "3 to 4 × 2 cores, 4 GiB, is too small: at the peak api-5 has nowhere to go: 0/4 nodes are available: 4 Insufficient memory.",
        ),
        (
            "replicas: 4",
            "{ count: 1, max: 9 }",
            Fit::Small,
            "1 to 9 × 2 cores, 4 GiB, is too small: it carries what always runs only on 3 more nodes, which the cluster autoscaler adds.",
        ),
        (
            "replicas: 1",
            "{ count: 0 }, { name: spot, count: 0, max: 2 }",
            Fit::Small,
            "0 to 2 × 2 cores, 4 GiB, is too small: it carries what always runs only on one more node, which the cluster autoscaler adds.",
        ),
        ("replicas: 1", "{ count: 3, max: 9 }", Fit::Right, "3 to 9 × 2 cores, 4 GiB, is about right."),
    ] {
        let text = format!(
            "services: {{ api: {{ image: a:1, {replicas}, memory: {{ limit: 2500Mi }} }} }}\n{FOUR_GIB}cluster: {{ nodes: [{nodes}] }}\n"
        );
        let own = cluster(&text).own;
        assert_eq!(
            (own.fit, own.reason.as_ref().map_or("", Statement::sentence)),
            (fit, format!("The document's own, {sentence}").as_str())
        );
    }
    // A new release begins on a node that comes.
    let full =
        pods(&[("api", 3, "2500Mi")]) + FOUR_GIB + "cluster: { survive: nothing, nodes: [{ count: 3, max: 4 }] }\n";
    assert_eq!(cluster(&full).own.fit, Fit::Right);
    assert_eq!(cluster(&full.replace("max: 4", "max: 3")).own.fit, Fit::Small);
}

#[test]
fn the_smallest_server_is_named_with_the_reason_why_the_next_smaller_will_not_do() {
    let text = |memory: &str, cpu: &str| {
        format!(
            "services: {{ api: {{ image: \"a:1\", memory: {{ process: {memory}, limit: 9Gi }}, cpu: {{ request: {cpu} }} }} }}\nserver: {{}}\n"
        )
    };
    let large = server(&text("4Gi", "100m"));
    assert_eq!(
        large.answer.sentence(),
        "The smallest server that carries this: 1 core, 8 GiB. With 1 core, 4 GiB, the containers need 4.0 GiB, past its load \
         line at 3.1 GiB."
    );
    assert_eq!((large.own.fit, large.options[2].holds_limits), (Fit::Small, false));
    let busy = server(&text("100Mi", "3500m"));
    assert_eq!(
        busy.answer.sentence(),
        "The smallest server that carries this: 4 cores, 8 GiB. With 2 cores, 16 GiB, the containers ask for 3.5 of its 2 \
         cores."
    );
    let least = server(&text("100Mi", "100m"));
    assert_eq!(
        least.answer.sentence(),
        "The smallest server that carries this: 1 core, 512 MiB. The list has no smaller one."
    );
    let none = server(&(text("4Gi", "100m") + FOUR_GIB));
    assert_eq!(
        none.answer.sentence(),
        "No machine of the list carries this: with 2 cores, 4 GiB, the containers need 4.0 GiB, past its load line at 3.1 GiB."
    );
}

#[test]
fn no_machine_helps_a_container_that_its_own_limit_kills() {
    let found = asked("services: { api: { image: \"a:1\", memory: { process: 300Mi, limit: 256Mi } } }\n");
    let server = found.server.unwrap();
    let why = "It sinks: a container of api needs 308 MiB and is killed at 256 MiB.";
    assert_eq!(server.answer.sentence(), format!("No server helps. {why}"));
    assert_eq!(found.cluster.unwrap().answer.sentence(), format!("No cluster helps. {why}"));
    assert!(server.options.is_empty());
    let nothing = asked("services: {}\n");
    assert_eq!(nothing.cluster.unwrap().answer.sentence(), "Nothing runs: any cluster carries that.");
}

#[test]
fn what_is_too_large_is_told_and_ends_soon() {
    // A pod larger than any machine.
    let huge = cluster(&(pods(&[("api", 1, "1Ti")]) + "cluster: {}\n"));
    assert!(huge.options.iter().all(|option| option.verdict == Verdict::TooSmall), "{:?}", huge.options);
    assert_eq!(
        huge.answer.sentence(),
        "No machine of the list carries this. Of 64 cores, 512 GiB: No number will do: a pod of api asks for 1 TiB and 0.1 \
         cores, and one such machine has 511.9 GiB and 64 cores for pods."
    );
    // As many pods as a service can have, which a few large machines carry.
    let many = cluster(&(pods(&[("api", 10_000, "256Mi")]) + "cluster: {}\n"));
    let best = &many.options[0];
    assert_eq!(best.verdict, Verdict::Best);
    assert!(best.count >= Some(10_000 / 110), "no node holds more than 110 pods: {best:?}");
    // More services, of more pods, than the largest cluster holds: the sums say so, and nothing is tried.
    let services: Vec<String> = (0..1000).map(|number| format!("s{number}")).collect();
    let services: Vec<(&str, u32, &str)> = services.iter().map(|name| (name.as_str(), 10_000, "256Mi")).collect();
    let most = cluster(&(pods(&services) + "cluster: {}\n"));
    let reason = most.options[0].reason.as_ref().map_or("", Statement::sentence);
    assert!(reason.ends_with("or more, and a cluster has 5000 at most."), "{reason}");
}

fn planned(text: &str) -> ClusterPlan {
    plan(&topology(text)).cluster.expect("the text has a cluster")
}

/// The findings, each with the text that it points at.
fn advice(text: &str) -> Vec<(Finding, String)> {
    let place = |finding: &Finding| text[finding.span.start..finding.span.end].to_owned();
    analyze(text).findings.into_iter().map(|finding| (finding.clone(), place(&finding))).collect()
}

#[test]
fn a_drain_waits_for_nodes_that_come_and_not_for_ever() {
    let is_blocked = |nodes: &str| {
        let pods = "services: { api: { image: \"a:1\", replicas: 8, memory: { limit: 1300Mi } } }\n";
        let found = advice(&format!("{pods}cluster: {{ survive: nothing, nodes: [{{ count: 3{nodes} }}] }}\n"));
        found.iter().any(|(finding, _)| finding.rule.id == "drain-blocked")
    };
    assert_eq!((is_blocked(""), is_blocked(", max: 4")), (true, false));
}

#[test]
fn rules_about_machines_point_at_them() {
    assert_found(&[
        (
            "services: { api: { image: \"a:1\", replicas: 8, memory: { limit: 1300Mi } } }\ncluster: { survive: nothing }",
            "drain-blocked",
            Severity::Warning,
            "cluster",
        ),
        (
            "services: { api: { image: \"a:1\", replicas: 5, memory: { limit: 1500Mi } } }\ncluster: { survive: zone }",
            "node-loss",
            Severity::Warning,
            "cluster",
        ),
        (
            "services: { api: { image: \"a:1\", replicas: 2 } }\ncluster: { nodes: [{ count: 6 }] }",
            "more-than-needed",
            Severity::Info,
            "nodes",
        ),
        (
            "services: { api: { image: \"a:1\" } }\nserver: { cpu: 8, memory: 32Gi }",
            "more-than-needed",
            Severity::Info,
            "32Gi",
        ),
        (
            "services: { api: { image: \"a:1\", replicas: 2 } }\ncluster: { survive: zone, nodes: [{ count: 3, zones: 1 }] }",
            "one-zone",
            Severity::Warning,
            "zone",
        ),
    ]);
}

/// Holds that each text gives one finding: of this rule, as grave, at this piece of the text.
fn assert_found(cases: &[(&str, &str, Severity, &str)]) {
    for &(text, rule, severity, at) in cases {
        let advice = advice(text);
        let [(finding, place)] = advice.as_slice() else { panic!("{text}: {advice:#?}") };
        assert_eq!((finding.rule.id, finding.severity, place.as_str()), (rule, severity, at), "{text}");
        assert!(finding.help.is_some() && finding.link.is_some(), "{rule} says how to mend it, and who says so");
        assert!(!finding.message.ends_with('.'), "{}", finding.message);
    }
}

#[test]
fn an_autoscaler_is_brought_to_what_the_cluster_holds() {
    let text = "services: { api: { image: \"a:1\", autoscale: { max: 9 }, memory: { limit: 1500Mi } } }\ncluster: {}";
    let advice = advice(text);
    let (finding, _) = &advice[0];
    assert_eq!(
        finding.message.as_str(),
        "The autoscaler of `api` may ask for 9 pods, and the cluster holds 6 of them beside the rest: 0/3 nodes are \
         available: 3 Insufficient memory"
    );
    let fix = finding.fix.as_ref().expect("the maximum is written there");
    let edit = &fix.edits[0];
    let mut mended = text.to_owned();
    mended.replace_range(edit.span.start..edit.span.end, &edit.text);
    assert_eq!((fix.title.as_str(), self::advice(&mended)), ("Ask for 6 at most", vec![]));
}

#[test]
fn nobody_is_told_of_too_much_where_there_is_little() {
    for text in [
        // Three nodes are what people begin with; a server of 4 GiB is a small one.
        "services: { api: { image: \"a:1\", replicas: 2 } }\ncluster: { nodes: [{ count: 3 }] }",
        "services: { api: { image: \"a:1\" } }\nserver: { memory: 4Gi }",
        // Half of them would not survive the loss of one.
        "services: { api: { image: \"a:1\", replicas: 7, memory: { limit: 1500Mi } } }\ncluster: { nodes: [{ count: 6 }] }",
        "services: {}\ncluster: { nodes: [{ count: 12 }] }\nserver: { memory: 1Ti }",
    ] {
        let rules: Vec<&str> = advice(text).iter().map(|(finding, _)| finding.rule.id).collect();
        assert_eq!(rules, [""; 0], "{text}");
    }
}

#[test]
fn replicas_spread_over_zones_and_a_zone_may_be_lost() {
    let text = |replicas: u32| {
        format!(
            "services: {{ api: {{ image: \"a:1\", replicas: {replicas}, memory: {{ limit: 1500Mi }} }} }}\n\
             cluster: {{ survive: zone, nodes: [{{ count: 4, zones: 3 }}] }}\n"
        )
    };
    let plan = planned(&text(3));
    let zones: Vec<&str> = plan.nodes.iter().filter_map(|node| node.zone.as_deref()).collect();
    assert_eq!(zones, ["zone-1", "zone-2", "zone-3", "zone-1"]);
    let nodes: Vec<&str> = plan.steady.pods.iter().map(|pod| pod.node.as_str()).collect();
    assert_eq!(nodes, ["node-1", "node-2", "node-3"], "one in each zone");
    assert_eq!(plan.verdict.reason.sentence(), "It floats: the peak fits, and so does losing one zone.");
    let losses: Vec<_> = plan.zone_losses.iter().map(|loss| (loss.zone.as_str(), loss.nodes, loss.pods)).collect();
    assert_eq!(losses, [("zone-1", 2, 1), ("zone-2", 1, 1), ("zone-3", 1, 1)]);
    // Of four equal nodes, two are in one zone: each may carry half.
    assert_eq!(plan.nodes[0].load_line.bytes() * 2, plan.nodes[0].allocatable_memory.bytes());

    let full = planned(&text(5));
    assert_eq!(full.verdict.reason.sentence(), "It floats, but not without zone-1: api-4 would have nowhere to go.");
    // The loss of any node is survived, but that is not what was asked for.
    assert!(full.losses.iter().all(plimsoll::plan::NodeLoss::is_carried));
}

#[test]
fn where_nothing_has_to_survive_the_line_is_at_90_percent() {
    let text = |replicas: u32, limit: &str| {
        planned(&format!(
            "services: {{ api: {{ image: \"a:1\", replicas: {replicas}, memory: {{ limit: {limit} }} }} }}\n\
             cluster: {{ survive: nothing, nodes: [{{ count: 2, memory: 1100Mi }}] }}\n"
        ))
    };
    let plan = text(2, "800Mi");
    assert_eq!((plan.nodes[0].load_line.bytes() >> 20, plan.verdict.outcome), (900, Outcome::Fits));
    assert_eq!(plan.verdict.reason.sentence(), "It floats: the peak fits.");
    assert_eq!(text(2, "950Mi").verdict.reason.sentence(), "It floats, but loaded past the line.");
}

/// A machine as the only kind of a cluster that is like the document's own.
fn bought(option: &ClusterOption, count: u32, topology: &Topology) -> Topology {
    let mut bought = topology.clone();
    let cluster = bought.cluster.as_mut().unwrap();
    let like = cluster.nodes.first();
    let group = NodeGroup {
        name: topology.services[0].name.clone(),
        count,
        cpu: option.machine.cpu,
        memory: option.machine.memory,
        instance: option.machine.instance(),
        pods: None,
        given_system: None,
        system: like.map(|group| group.system).unwrap_or_default(),
        reserve: like.map_or(Reserve::Kubelet, |group| group.reserve),
        max: count,
        startup: Duration::from_millis(0),
        zones: cluster.nodes.iter().map(|group| group.zones).max().unwrap_or(1),
    };
    cluster.nodes = vec![group];
    bought
}

/// What the plan of a cluster says is wrong; nothing, if it carries all that was asked for.
fn wrong(plan: &ClusterPlan) -> Option<String> {
    let homeless = |pods: &[UnplacedPods]| Some(pods.first()?.message.clone());
    let awaits = plan.scale_up.is_some() && !plan.steady.unplaced.is_empty();
    let stuck = plan.rollouts.iter().find(|rollout| rollout.pace == Pace::Stuck);
    let alone = match plan.survive {
        Survive::Nothing => false,
        Survive::Node => plan.nodes.len() < 2,
        Survive::Zone => plan.zone_losses.len() < 2,
    };
    let past = plan.survive == Survive::Nothing && plan.nodes.iter().any(|node| node.peak.is_past_load_line);
    if alone && plan.steady.asked > 0 && !awaits {
        return Some("leaves nothing".to_owned());
    }
    homeless(plan.unplaced())
        .or_else(|| homeless(plan.unplaced_at_peak()))
        .or_else(|| awaits.then(|| "which the cluster autoscaler adds".to_owned()))
        .or_else(|| Some(stuck?.message.clone().unwrap_or_default()))
        .or_else(|| Some(plan.not_survived()?.1.first()?.message.clone()))
        .or_else(|| past.then(|| "past its line".to_owned()))
}

#[test]
fn the_answers_fit_a_terminal() {
    for name in ["shop", "model", "too-many-workers"] {
        let document = std::fs::read_to_string(format!("examples/{name}.yaml")).unwrap();
        let text = plimsoll::plan::capacity::to_text(&asked(&document));
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!((60..=100).contains(&widest), "{name} is {widest} columns wide:\n{text}");
    }
}

proptest! {
    #![proptest_config(topologies::config(60))]

    #[test]
    fn what_is_recommended_carries_it_and_one_machine_less_fails_for_the_stated_reason(
        document in topologies::documents(),
        picked in any::<prop::sample::Index>(),
    ) {
        let topology = topology(&topologies::text(&document));
        let Some(found) = capacity(&topology).cluster else { return Ok(()) };
        if found.options.is_empty() {
            return Ok(());
        }
        for option in [&found.options[0], picked.get(&found.options)] {
            let Some(count) = option.count else {
                prop_assert_eq!(option.verdict, Verdict::TooSmall);
                continue;
            };
            let planned = |count: u32| plan(&bought(option, count, &topology)).cluster.unwrap();
            let carried = planned(count);
            prop_assert_eq!(wrong(&carried), None, "{:?}", option);
            prop_assert_eq!(carried.steady.not_tried, 0);
            for node in &carried.nodes {
                prop_assert!(node.peak.requested_memory <= node.allocatable_memory);
                prop_assert!(node.peak.requested_cpu <= node.allocatable_cpu);
                prop_assert!(u64::from(node.peak.pods) <= node.max_pods);
            }
            if count > 1 {
                let why = wrong(&planned(count - 1));
                let reason = option.reason.as_ref().map_or("", Statement::sentence);
                prop_assert!(why.as_ref().is_some_and(|why| reason.contains(why.trim_end_matches('.'))), "{why:?} {reason}");
            }
        }
    }

    #[test]
    fn the_documents_own_cluster_is_too_small_whenever_the_plan_says_so(document in topologies::documents()) {
        let topology = topology(&topologies::text(&document));
        let Some(found) = capacity(&topology).cluster else { return Ok(()) };
        if found.options.is_empty() || found.own.fit == Fit::Untried {
            return Ok(());
        }
        let why = wrong(&plan(&topology).cluster.unwrap());
        prop_assert_eq!(found.own.fit == Fit::Small, why.is_some(), "{:?} {:?}", found.own, why);
    }

    #[test]
    fn the_recommended_server_is_not_past_its_line_and_the_next_smaller_is_or_has_too_few_cores(
        document in topologies::documents(),
    ) {
        let topology = topology(&topologies::text(&document));
        let Some(found) = capacity(&topology).server else { return Ok(()) };
        let planned = |machine: &Machine| {
            let server = topology.server.as_ref().map(|server| server.on(machine));
            plan(&Topology { server, ..topology.clone() }).server.unwrap()
        };
        let Some(best) = found.options.iter().position(|option| option.verdict == Verdict::Best) else {
            prop_assert!(found.options.iter().all(|option| option.verdict == Verdict::TooSmall));
            return Ok(());
        };
        let good = planned(&found.options[best].machine);
        prop_assert!(!good.is_past_load_line && good.requested_cpu <= good.cpu);
        for smaller in &found.options[..best] {
            let small = planned(&smaller.machine);
            prop_assert!(small.is_past_load_line || small.requested_cpu > small.cpu, "{smaller:?}");
        }
    }

    /// Not none: kube-scheduler scores nodes by their free memory, so larger ones can leave processors in pieces that are too
    /// small for a new release.
    #[test]
    fn more_memory_in_each_machine_takes_at_most_one_machine_more(document in topologies::documents()) {
        let mut topology = topology(&topologies::text(&document));
        topology.machines = Machine::usual();
        let Some(found) = capacity(&topology).cluster else { return Ok(()) };
        for one in &found.options {
            for other in &found.options {
                let (Some(count), Some(less)) = (one.count, other.count) else { continue };
                if one.machine.cpu == other.machine.cpu && one.machine.memory < other.machine.memory {
                    prop_assert!(less <= count + 1, "{one:?}\n{other:?}");
                }
            }
        }
    }

    #[test]
    fn the_same_document_gives_the_same_answer(document in topologies::documents()) {
        let text = topologies::text(&document);
        let json = || serde_json::to_string(&asked(&text)).unwrap();
        prop_assert_eq!(json(), json());
    }
}
