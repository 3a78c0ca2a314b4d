//! `rollout-stuck`: on a cluster, a new release of a service would never get on: no node has room for the first new pod,
//! and no old one ends before another can work in its place.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::{FieldPath, service_field};
use crate::plan::Pace;
use crate::plan::phrases::without_full_stop;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::Name;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "rollout-stuck",
    Explanation {
        title: "A new release cannot be rolled out",
        why: "A Deployment starts a new pod before it ends an old one, so that nobody is without an answer. When no \
              node has room for that first new pod, it stays `Pending`, no old pod ends, and the release never gets \
              on; Kubernetes reports `ProgressDeadlineExceeded` after ten minutes. Keep room for one more pod: fewer \
              replicas, smaller requests or another node.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2, memory: { process: 2Gi, limit: 2560Mi } }
cluster:
  nodes: [{ count: 2, cpu: 2, memory: 4Gi }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2, memory: { process: 2Gi, limit: 2560Mi } }
cluster:
  nodes: [{ count: 4, cpu: 2, memory: 4Gi }]
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#failed-deployment"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let rollouts = advised.plan.cluster.iter().flat_map(|cluster| &cluster.rollouts);
    rollouts
        .filter(|rollout| rollout.pace == Pace::Stuck)
        .map(|rollout| {
            let message = release_stuck(&rollout.service, rollout.message.as_deref());
            let span = advised.at(&FieldPath::of_service(&rollout.service, service_field!("replicas")));
            Finding::warning(&RULE, span, message)
                .help("Run fewer replicas, lower the request of each, or add a node")
                .cite()
        })
        .collect()
}

/// Why is in the scheduler's words.
fn release_stuck(service: &Name, why: Option<&str>) -> Message {
    let why = why.map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
    message!(
        "A new release of `{service}` cannot proceed, since there is no room for one more of its pods{why}",
        service
    )
}
