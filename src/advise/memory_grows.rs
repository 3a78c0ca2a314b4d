//! `memory-grows`: by what the document says, a container grows to its limit within a day, and is killed there.

use super::Advised;
use crate::finding::Finding;
use crate::topology::{Service, WorkerRenewal};
use crate::words::advice as words;

const RULE: &str = "memory-grows";
const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run";
const DAY_SECONDS: u64 = 24 * 3600;

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, plan) in advised.services() {
        let Some(growth) = plan.container.growth.as_ref().filter(|growth| growth.full_after_seconds < DAY_SECONDS)
        else {
            continue;
        };
        let every = growth.full_after_seconds.max(1);
        let message = words::memory_grows(&service.name, service.workers, service.memory.growth, every);
        let finding = Finding::warning(RULE, advised.at(&service.field("memory.growth")), message);
        findings.push(finding.help(help(service)).link(LINK));
    }
    findings
}

fn help(service: &Service) -> String {
    match service.kind.worker_renewal {
        Some(WorkerRenewal::Variable(variable)) => words::renew_workers_by_variable(variable),
        Some(WorkerRenewal::CelerySetting(setting)) => words::renew_workers_by_celery(setting),
        None => words::FIND_WHAT_GROWS.to_owned(),
    }
}
