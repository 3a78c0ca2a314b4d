//! `limit-under-need`: a container needs more memory than its limit lets it have.
//!
//! Past the limit, the kernel kills it. Docker then leaves it to the restart policy, Kubernetes reports `OOMKilled`.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::service_field;
use crate::plan::Utilisation;
use crate::plan::figures::pair;
use crate::quantity::Memory;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::Name;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "limit-under-need",
    Explanation {
        title: "A memory limit below the need",
        why: "A container that reaches its memory limit is killed: Kubernetes reports `OOMKilled`, Docker applies \
              the restart policy. When the need of its processes and requests is above the limit, this happens under \
              normal load, again and again, and cuts off every request in flight. Raise the limit to the recommended \
              figure, or reduce workers or memory per request.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 200Mi, limit: 128Mi } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 200Mi, limit: 320Mi } }
",
        ),
    },
    Some(
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run",
    ),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, _) in advised.services().filter(|(_, plan)| plan.container.utilisation == Utilisation::Over) {
        let message = limit_under_need(&service.name, service.memory.need(), service.memory.limit);
        let span = advised.at(&service.field(service_field!("memory.limit")));
        findings.push(Advised::raise_limit(service, Finding::error(&RULE, span, message).cite()));
    }
    findings
}

fn limit_under_need(service: &Name, need: Memory, limit: Memory) -> Message {
    let shown = pair(need, limit);
    message!(
        "A container of `{service}` needs {need} and is killed at {limit}",
        service,
        need = need => shown.0,
        limit = limit => shown.1
    )
}
