//! Real machines: what instance types, and the rules of their clouds, leave for pods.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plimsoll::analyze;
use plimsoll::finding::Finding;
use plimsoll::plan::capacity::{Verdict, capacity};
use plimsoll::plan::{ClusterPlan, Outcome};

fn read(nodes: &str, replicas: u32) -> (ClusterPlan, Vec<Finding>) {
    let text = format!(
        "services:\n  api:\n    go: {{ app: ./cmd/api }}\n    replicas: {replicas}\n    memory: {{ process: 14Mi, limit: 24Mi }}\n    cpu: {{ request: 20m }}\n    health: {{ path: /healthz }}\n\
         cluster:\n  nodes: [{nodes}]\n  survive: nothing\n"
    );
    let analysis = analyze(&text);
    (analysis.outputs.unwrap().plan.cluster.unwrap(), analysis.findings)
}

/// AWS lets three t3.small take 11 pods each. The machine is found by its size where the document does not name it
/// (<https://github.com/awslabs/amazon-eks-ami/blob/main/nodeadm/internal/kubelet/eni_max_pods.go>).
#[test]
fn thirty_pods_do_not_fit_on_three_small_machines_of_eks() {
    for nodes in
        ["{ name: small, count: 3, cpu: 2, memory: 2Gi, reserve: eks }", "{ name: small, count: 3, type: t3.small }"]
    {
        let (plan, findings) = read(nodes, 30);
        let node = &plan.nodes[0];
        assert_eq!((node.max_pods, node.allocatable_memory.bytes() >> 20), (11, 1572), "{nodes}");
        assert_eq!(plan.verdict.outcome, Outcome::DoesNotFit, "{nodes}");
        // Of 33 places, aws-node and kube-proxy take two a node, and CoreDNS two more.
        assert_eq!((plan.steady.placed(), plan.unplaced()[0].count), (25, 5), "{nodes}");
        assert!(plan.nodes.iter().all(|node| node.steady.pods == 11 && node.system.pods == 2), "{nodes}");
        assert_eq!(read(nodes, 25).0.verdict.outcome, Outcome::Fits, "{nodes}");
        assert!(plan.unplaced()[0].message.contains("3 Too many pods"), "{:?}", plan.unplaced());
        assert!(findings.iter().any(|finding| finding.rule.id == "pod-without-node"), "{findings:?}");
        let said = plan.assumptions.iter().any(|one| one.sentence().contains("t3.small"));
        assert_eq!(said, !nodes.contains("type"), "{nodes}");
    }
}

/// Two pods of 640 MiB have room on two machines of 2 GiB.
#[test]
fn what_eks_reserves_follows_the_type() {
    for (of, memory) in [("t3.small", 1572), ("t3.medium", 3554), ("m5.large", 7518)] {
        let (plan, _) = read(&format!("{{ count: 2, type: {of} }}"), 2);
        assert_eq!(plan.nodes[0].allocatable_memory.bytes() >> 20, memory, "{of}");
        assert_eq!(plan.nodes[0].instance_type.as_deref(), Some(of));
    }
    // The processors of the small types of Google are shared.
    let (plan, _) = read("{ count: 2, type: e2-medium }", 2);
    assert_eq!((plan.nodes[0].allocatable_cpu.millis(), plan.nodes[0].max_pods), (940, 110));
}

#[test]
fn pods_that_are_written_win_over_the_type() {
    let (plan, findings) = read("{ count: 3, type: t3.small, pods: 29 }", 30);
    assert_eq!((plan.nodes[0].max_pods, plan.nodes[0].allocatable_memory.bytes() >> 20), (29, 2048 - 255 - 319 - 100));
    assert_eq!(plan.unplaced().len(), 0);
    assert!(!findings.iter().any(|finding| finding.rule.id == "pod-without-node"), "{findings:?}");
}

#[test]
fn a_machine_smaller_than_its_reservation_is_told_where_it_is_written() {
    for (nodes, message) in [
        (
            "{ name: tiny, cpu: 2, memory: 256Mi, reserve: eks }",
            "A node of `tiny` keeps 399 MiB of memory for itself, and has 256 MiB",
        ),
        ("{ name: tiny, memory: 90Mi }", "A node of `tiny` keeps 100 MiB of memory for itself, and has 90 MiB"),
        (
            "{ name: tiny, type: t3.nano, pods: 110 }",
            "A node of `tiny` keeps 1565 MiB of memory for itself, and has 512 MiB",
        ),
        (
            "{ name: tiny, cpu: 1, type: e2-small }",
            "A node of `tiny` keeps 1.06 cores of its processors for itself, and has 1 core",
        ),
    ] {
        let (_, findings) = read(nodes, 1);
        let found = findings.iter().find(|finding| finding.rule.id == "node-without-room");
        assert_eq!(found.map(|finding| finding.message.to_string()).as_deref(), Some(message), "{findings:?}");
        assert!(found.unwrap().help.is_some());
    }
}

/// What the cluster's own pods take is counted where the document asks for it, and told.
#[test]
fn system_pods_are_counted_where_the_document_asks_for_it() {
    for (nodes, pods, further) in [
        ("{ count: 3, reserve: gke }", 0, 0),
        ("{ count: 3, reserve: gke, system: {} }", 6, 0),
        ("{ count: 3, type: e2-standard-2 }", 6, 5),
        ("{ count: 3, type: Standard_D2s_v5 }", 4, 3),
        ("{ count: 3, type: cx23 }", 2, 2),
        ("{ count: 3, type: s-2vcpu-4gb }", 6, 2),
        ("{ count: 3, type: cx23, system: { pods: 0 } }", 0, 0),
        ("{ count: 3, type: cx23, system: { pods: 5, memory: 300Mi } }", 5, 0),
    ] {
        let (plan, _) = read(nodes, 1);
        assert!(plan.nodes.iter().all(|node| node.system.pods == pods), "{nodes}");
        let carried: u32 = plan.nodes.iter().map(|node| node.steady.pods).sum();
        assert_eq!(carried, 3 * pods + further + 1, "{nodes}");
        let said = plan.assumptions.iter().any(|one| one.sentence().contains("pods of the cluster itself"));
        assert_eq!(said, pods > 0, "{nodes}");
    }
    let (plan, _) = read("{ count: 3, type: cx23, system: { pods: 5, memory: 300Mi } }", 3);
    assert_eq!(plan.nodes[0].steady.requested_memory.bytes() >> 20, 324);
}

/// Where a target names a type, what its cloud sells is compared, by the published prices where there are some.
#[test]
fn what_to_buy_is_chosen_of_the_types_of_the_cloud() {
    let bought = |targets: &str| {
        let text =
            format!("services: {{ api: {{ image: \"a:1\", replicas: 2, memory: {{ limit: 300Mi }} }} }}\n{targets}\n");
        capacity(&analyze(&text).outputs.unwrap().topology)
    };
    let cluster = bought("cluster: { nodes: [{ count: 3, type: t3.medium }] }").cluster.unwrap();
    let best = &cluster.options[0];
    assert_eq!((best.verdict, best.machine.name.as_deref(), best.count), (Verdict::Best, Some("t3.micro"), Some(3)));
    assert_eq!(best.total_price.map(|price| price.to_string()).as_deref(), Some("22.77"));
    assert!(cluster.own.machines.starts_with("3 × t3.medium (2 cores, 4 GiB)"), "{}", cluster.own.machines);
    assert_eq!(cluster.options.iter().filter(|option| option.is_own).count(), 1);
    assert!(
        cluster.assumptions.iter().any(|one| one.sentence().contains("AWS in us-east-1")),
        "{:?}",
        cluster.assumptions
    );

    let server = bought("server: { type: s-4vcpu-8gb }").server.unwrap();
    let best = server.options.iter().find(|option| option.verdict == Verdict::Best).unwrap();
    assert_eq!(best.machine.name.as_deref(), Some("s-1vcpu-1gb"));
    assert!(server.options.iter().all(|option| option.machine.price.is_some()));

    // Hetzner's prices are not known with a date, so that its types are compared by size.
    let server = bought("server: { type: cx33 }").server.unwrap();
    assert!(server.options.iter().all(|option| option.machine.price.is_none()));
    assert!(!server.assumptions.iter().any(|one| one.sentence().contains("Prices")), "{:?}", server.assumptions);
}

#[test]
fn machines_start_at_512_mib() {
    let text =
        "services: { api: { image: \"a:1\", memory: { process: 20Mi, limit: 64Mi } } }\nserver: { memory: 1Gi }\n";
    let server = capacity(&analyze(text).outputs.unwrap().topology).server.unwrap();
    let best = server.options.iter().find(|option| option.verdict == Verdict::Best).unwrap();
    assert_eq!(best.machine.memory.bytes() >> 20, 512);
}
