//! `limit-near-need`: a container needs more than 90 percent of its limit, so that little is left for the
//! unexpected.

use super::{Advised, limit_used_badly};
use crate::finding::Finding;
use crate::plan::Utilisation;

const RULE: &str = "limit-near-need";
const LINK: &str = "https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, plan) in advised.services().filter(|(_, plan)| plan.container.utilisation == Utilisation::High) {
        let message = limit_used_badly(&service.name, plan.container.need_percent);
        let span = advised.at(&service.field("memory.limit"));
        findings.push(Advised::raise_limit(service, Finding::warning(RULE, span, message).link(LINK)));
    }
    findings
}
