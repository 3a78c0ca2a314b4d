//! `limit-under-need`: a container needs more memory than its limit lets it have.
//!
//! Past the limit, the kernel kills it. Docker then leaves it to the restart policy, Kubernetes reports `OOMKilled`.

use super::Advised;
use crate::finding::Finding;
use crate::plan::Utilisation;
use crate::plan::figures::pair;
use crate::quantity::Memory;
use crate::topology::Name;

const RULE: &str = "limit-under-need";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, _) in advised.services().filter(|(_, plan)| plan.container.utilisation == Utilisation::Over) {
        let message = limit_under_need(&service.name, service.memory.need(), service.memory.limit);
        let span = advised.at(&service.field("memory.limit"));
        findings.push(Advised::raise_limit(service, Finding::error(RULE, span, message).link(LINK)));
    }
    findings
}

fn limit_under_need(service: &Name, need: Memory, limit: Memory) -> String {
    let (need, limit) = pair(need, limit);
    format!("A container of `{service}` needs {need} and is killed at {limit}")
}
