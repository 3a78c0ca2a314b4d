//! A service that somebody else runs: a managed database, for example.

use super::super::document::{self, External};
use super::super::{ContainerMemory, FigureSource, HealthCheck, Kind, ProcessModel, Replicas, Service, defaults};
use super::program::Program;
use super::service::Source;
use super::{Report, check, given};
use crate::finding::Finding;
use crate::quantity::{Cpu, Memory};

/// The service, if the document says that somebody else runs it, and it is one that somebody can.
pub fn resolve(source: &Source, program: &Program, key: &'static str, report: &mut Report) -> Option<Service> {
    let written = source.service;
    let (external, span) = given(&written.external)?;
    let host = match external {
        External::No => return None,
        External::Somewhere => None,
        External::At(host) if check::is_host(host) => Some(host.clone()),
        External::At(_) => {
            let help = "Write it in lower case, such as `db.example.com`, or write `true`";
            report.add(Finding::error("wrong-value", span, "The host of an external service is a DNS name").help(help));
            None
        }
    };
    let Program::Catalog(entry) = program else {
        let finding = Finding::error("wrong-value", span, "Only a database or another catalog kind can be external");
        report.add(finding.help("Remove `external`; what lies elsewhere needs no service here, only a variable"));
        return None;
    };
    without_effect(written, report);
    Some(Service {
        name: source.name.clone(),
        image: entry.image(),
        kind: Kind::External {
            kind: entry.kind,
            host,
            database: entry.kind.holds_databases().then(|| entry.database.clone()),
            user: entry.kind.holds_databases().then(|| entry.user.clone()),
        },
        kind_key: key,
        command: None,
        port: Some(entry.kind.facts().port),
        publish: None,
        workers: defaults::WORKERS,
        replicas: Replicas::Fixed(0),
        memory: nothing(),
        cpu: Cpu::default(),
        cpu_per_request: None,
        startup: defaults::STARTUP,
        shutdown: defaults::SHUTDOWN,
        schedule: None,
        env: Vec::new(),
        secret_files: Vec::new(),
        before_start: Vec::new(),
        database_pool: None,
        max_connections: entry.max_connections.or(entry.kind.facts().max_connections),
        health: HealthCheck::None,
        needs: Vec::new(),
        public: None,
        outbound: false,
        storage: None,
        user: entry.run_as(),
        writable: Vec::new(),
    })
}

/// What would change a container, and there is none.
fn without_effect(written: &document::Service, report: &mut Report) {
    const MESSAGE: &str = "Somebody else runs this service";
    const HELP: &str = "Remove it, or `external`";
    report.no_effect(&written.replicas, MESSAGE, HELP);
    report.no_effect(&written.autoscale, MESSAGE, HELP);
    report.no_effect(&written.memory, MESSAGE, HELP);
    report.no_effect(&written.cpu, MESSAGE, HELP);
    report.no_effect(&written.startup, MESSAGE, HELP);
    report.no_effect(&written.shutdown, MESSAGE, HELP);
    report.no_effect(&written.env, MESSAGE, HELP);
    report.no_effect(&written.secrets, MESSAGE, HELP);
    report.no_effect(&written.secrets_as, MESSAGE, HELP);
    report.no_effect(&written.before_start, MESSAGE, HELP);
    report.no_effect(&written.health, MESSAGE, HELP);
    report.no_effect(&written.needs, MESSAGE, HELP);
    report.no_effect(&written.public, MESSAGE, HELP);
    report.no_effect(&written.publish, MESSAGE, HELP);
    report.no_effect(&written.outbound, MESSAGE, HELP);
    report.no_effect(&written.storage, MESSAGE, HELP);
    report.no_effect(&written.storage_path, MESSAGE, HELP);
    report.no_effect(&written.writable, MESSAGE, HELP);
}

/// The memory of no container.
fn nothing() -> ContainerMemory {
    ContainerMemory {
        supervisor: Memory::default(),
        shared: Memory::default(),
        workers: 0,
        process: Memory::default(),
        copied: Memory::default(),
        model: ProcessModel::Single,
        before_traffic: None,
        requests_in_flight: 0,
        per_request: Memory::default(),
        growth: Memory::default(),
        page_cache: Memory::default(),
        limit: Memory::default(),
        process_source: FigureSource::Catalog,
        process_like: None,
        limit_source: FigureSource::Derived,
    }
}
