//! `workers-die-together`: on a cluster, a web app has several workers in a container, and one that takes too much memory
//! takes the others with it.
//!
//! From Kubernetes 1.28 on the kubelet sets `memory.oom.group` on cgroup v2, so that the kernel ends all processes of a
//! container at its limit (<https://github.com/kubernetes/kubernetes/pull/117793>). Celery's processes do so too, but share
//! what they loaded, which replicas of one process would not: of those nothing is said here.

use super::Advised;
use crate::finding::Finding;
use crate::message::message;
use crate::model::service_field;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::{Role, Service};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "workers-die-together",
    Explanation {
        title: "Several workers share one container's limit",
        why: "Since Kubernetes 1.28, on cgroup v2, the kernel kills all processes of a container when it reaches its \
              memory limit, so that one worker with an expensive request takes the others with it. On a cluster, run \
              one process per container and more replicas: then one is lost at a time, and the scheduler can spread \
              them.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, workers: 4 }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 4 }
cluster:
  nodes: [{ count: 3, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/docker/#replication-number-of-processes"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    if advised.topology.cluster.is_none() {
        return Vec::new();
    }
    let several = advised.services().filter(|(service, _)| is_several(service));
    several.map(|(service, _)| finding(advised, service)).collect()
}

fn is_several(service: &Service) -> bool {
    service.workers > 1 && service.kind.role == Role::Web
}

fn finding(advised: &Advised, service: &Service) -> Finding {
    let message = message!(
        "On the cluster, one worker of `{service}` that takes too much memory kills all {workers} of its container at once",
        service = service.name,
        workers = service.workers
    );
    let finding = Finding::info(&RULE, advised.at(&service.field(service_field!("workers"))), message).cite();
    let replicas = service.workers.saturating_mul(service.replicas.steady());
    if advised.topology.server.is_some() {
        return finding.help(format!("On a cluster alone, one process a container and {replicas} replicas lose one at a time; on the server, several workers \
         are how one container uses several processors"));
    }
    finding
        .help(format!("Let a container have one process, and run {replicas} replicas: then one is lost at a time"))
        .replace_by("Let a container have one process", "1")
}
