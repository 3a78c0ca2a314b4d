//! `memory-grows`: by what the document says, a container grows to its limit within a day, and is killed there.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::service_field;
use crate::plan::durations::roughly;
use crate::quantity::Memory;
use crate::rule::{Example, Explanation, Rule};
use crate::topology::{Name, Service, WorkerRenewal};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "memory-grows",
    Explanation {
        title: "A leak fills the container within a day",
        why: "By its `memory.growth`, the container reaches its limit within a day and is killed there, at a moment \
              that nobody chose. A higher limit only delays it. Find what keeps the memory; until then let workers \
              end themselves after a number of requests or tasks, so that they are replaced one at a time.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 100Mi, limit: 200Mi, growth: 20Mi } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { process: 100Mi, limit: 200Mi, growth: 1Mi } }
",
        ),
    },
    Some(
        "https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#how-pods-with-resource-limits-are-run",
    ),
);

const DAY_SECONDS: u64 = 24 * 3600;

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (service, plan) in advised.services() {
        let Some(growth) = plan.container.growth.as_ref().filter(|growth| growth.full_after_seconds < DAY_SECONDS)
        else {
            continue;
        };
        let every = growth.full_after_seconds.max(1);
        let message = memory_grows(&service.name, service.workers, service.memory.growth, every);
        let finding = Finding::warning(&RULE, advised.at(&service.field(service_field!("memory.growth"))), message);
        findings.push(finding.help(help(service)).cite());
    }
    findings
}

fn memory_grows(service: &Name, workers: u32, growth: Memory, full_after_seconds: u64) -> Message {
    let each = if workers == 1 { String::new() } else { format!("{workers} × ") };
    message!(
        "A container of `{service}` grows by {workers}{growth} an hour, and is killed about every {full_after_seconds}",
        service,
        workers = workers => each,
        growth,
        full_after_seconds = full_after_seconds => roughly(*full_after_seconds)
    )
}

fn help(service: &Service) -> String {
    match service.kind.worker_renewal {
        Some(WorkerRenewal::Variable(variable)) => renew_workers_by_variable(variable),
        Some(WorkerRenewal::CelerySetting(setting)) => format!(
            "Find what holds the memory; until then Celery's `{setting}` restarts workers before they are killed"
        ),
        None => "Find what holds the memory; a higher limit only delays the kill".to_owned(),
    }
}

/// Where a variable of the environment makes workers end themselves: the variable with its value.
fn renew_workers_by_variable(variable: &str) -> String {
    format!("Find what holds the memory; until then `{variable}` in `env` restarts workers before they are killed")
}
