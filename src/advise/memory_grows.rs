//! `memory-grows`: by what the document says, a container grows to its limit within a day, and is killed there.

use super::Advised;
use crate::finding::Finding;
use crate::plan::hours;
use crate::topology::{Kind, PythonServer, Service, WebApp};

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
        let workers = if service.workers == 1 { String::new() } else { format!("{} × ", service.workers) };
        let message = format!(
            "A container of `{}` grows by {workers}{} an hour, and is killed about every {}",
            service.name,
            service.memory.growth,
            hours(growth.full_after_seconds.max(1))
        );
        let finding = Finding::warning(RULE, advised.at(&service.field("memory.growth")), message);
        findings.push(finding.help(help(service)).link(LINK));
    }
    findings
}

fn help(service: &Service) -> String {
    let renewed = match &service.kind {
        Kind::Web { app: WebApp::Python { server: PythonServer::Gunicorn { .. }, .. }, .. } => {
            "`GUNICORN_CMD_ARGS: --max-requests 1000 --max-requests-jitter 100` in `env`"
        }
        Kind::Web { app: WebApp::Python { server: PythonServer::Uvicorn, .. }, .. } => {
            "`UVICORN_LIMIT_MAX_REQUESTS: 10000` in `env`"
        }
        Kind::Celery { .. } => "Celery's `worker_max_memory_per_child`",
        _ => return "Find what keeps the memory; a higher limit only makes it later".to_owned(),
    };
    format!("Find what keeps the memory; until then {renewed} starts workers anew before they are killed")
}
