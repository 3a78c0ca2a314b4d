//! Real machines: what instance types, and the rules of their clouds, leave for pods.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plimsoll::analyze;
use plimsoll::finding::Finding;
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
fn thirty_four_pods_do_not_fit_on_three_small_machines_of_eks() {
    for nodes in
        ["{ name: small, count: 3, cpu: 2, memory: 2Gi, reserve: eks }", "{ name: small, count: 3, type: t3.small }"]
    {
        let (plan, findings) = read(nodes, 34);
        let node = &plan.nodes[0];
        assert_eq!((node.max_pods, node.allocatable_memory.bytes() >> 20), (11, 1572), "{nodes}");
        assert_eq!(plan.verdict.outcome, Outcome::DoesNotFit, "{nodes}");
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
