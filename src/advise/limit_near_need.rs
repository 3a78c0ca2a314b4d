//! `limit-near-need`: a container needs more than 90 percent of its limit, so that little is left for the
//! unexpected.

use super::{Advised, limit_used_badly};
use crate::finding::Finding;
use crate::model::service_field;
use crate::plan::Utilisation;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "limit-near-need",
    Explanation {
        title: "A memory limit with hardly any reserve",
        why: "A container that needs more than 90 percent of its limit is one unusual request away from being \
              killed. Memory varies with traffic, library versions and the data of a day. Aim at 50 to 90 percent: \
              raise the limit to the recommended figure, or let the container need less.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 200Mi, limit: 210Mi } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 200Mi, limit: 320Mi } }
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, plan) in advised.services().filter(|(_, plan)| plan.container.utilisation == Utilisation::High) {
        let message = limit_used_badly(&service.name, plan.container.need_percent);
        let span = advised.at(&service.field(service_field!("memory.limit")));
        findings.push(Advised::raise_limit(service, Finding::warning(&RULE, span, message).cite()));
    }
    findings
}
