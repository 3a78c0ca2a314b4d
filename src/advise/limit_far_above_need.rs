//! `limit-far-above-need`: a container needs less than half of its limit, so that memory is paid for and not used.
//!
//! Only where the need is the person's own figure, or a measured one: a usual figure for an unknown image says little, and
//! databases make use of whatever they get.

use super::{Advised, limit_used_badly};
use crate::finding::Finding;
use crate::model::service_field;
use crate::plan::Utilisation;
use crate::quantity::Memory;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::{FigureSource, Provenance, Service};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "limit-far-above-need",
    Explanation {
        title: "A memory limit far above the need",
        why: "Memory that is set aside for a container is not available to others, and the cluster or server has to \
              be larger for it. A container that needs less than half of its limit pays for memory that it does not \
              use. Lower the limit to the recommended figure. This is said only where the need is measured or given \
              in the document.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 100Mi, limit: 1Gi } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 100Mi, limit: 160Mi } }
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization"),
);

/// The least saving that is reported.
const LEAST_SAVED: Memory = Memory::from_mib(64);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, plan) in advised.services().filter(|(service, _)| is_known(service)) {
        let limit = service.memory.recommended_limit();
        let is_low = plan.container.utilisation == Utilisation::Low;
        let is_worth_it = service.memory.limit - limit >= LEAST_SAVED;
        if !is_low || service.memory.limit_source != FigureSource::Given || !is_worth_it {
            continue;
        }
        let message = limit_used_badly(&service.name, plan.container.need_percent);
        let finding = Finding::info(&RULE, advised.at(&service.field(service_field!("memory.limit"))), message).cite();
        let finding = finding
            .help(format!("Lower the limit to {limit}: nothing else can use the memory that is reserved for it"));
        findings.push(finding.replace_by(format!("Lower the limit to {limit}"), limit.kubernetes()));
    }
    findings
}

fn is_known(service: &Service) -> bool {
    let memory = &service.memory;
    let is_known = memory.process_source == FigureSource::Given || memory.process_like.is_some();
    is_known && service.kind.provenance != Provenance::Official
}
