//! From the document as written to the checked topology.
//!
//! Nothing stops at the first mistake: what is wrong becomes a finding at its place, and gives way to the default, or,
//! where there is none, to nothing.

mod build;
mod environments;
mod image;
mod instance;
mod links;
mod machines;
mod managed;
mod memory;
mod service;
mod targets;
mod variables;

use super::document::Document;
use super::{Name, Topology, defaults, system};
use crate::finding::Finding;
use crate::input::{MAX_ENTRIES, MAX_WORKERS, ONLY_FIRST_USED, Report, check, given, shortened, unknown_service};
use crate::message::message;
use crate::rules;
use build::Builds;
use std::collections::BTreeSet;
use targets::Targets;

/// The most services that one document can have.
pub const MAX_SERVICES: usize = 1000;
/// The most replicas of one service.
pub const MAX_REPLICAS: u32 = 10_000;
/// The most nodes of one cluster: Kubernetes' own
/// (<https://kubernetes.io/docs/setup/best-practices/cluster-large/>).
pub const MAX_NODES: u32 = 5000;
/// The most pods of one node: more than any cloud allows.
pub const MAX_PODS_OF_A_NODE: u32 = 1000;
/// The most zones that machines are spread over.
pub const MAX_ZONES: u32 = 10;
/// The most machines that one document can offer to buy.
pub const MAX_MACHINES: usize = 50;
/// The most steps before the start of one service. Each can become a container with all variables of the service, so
/// that more would make megabytes of files from a page of text.
pub const MAX_STEPS: usize = 10;

/// The most environments of one document.
pub const MAX_ENVIRONMENTS: usize = 10;

/// The most bytes, roughly, of what the services of one document become. The files are worked out at every keystroke,
/// and a page of text can ask for thousands of containers with hundreds of variables each.
const MAX_WRITTEN: usize = 8 << 20;

/// What came of a document.
pub struct Resolved {
    /// All of it that is well defined.
    pub topology: Topology,
    /// What is wrong with the rest.
    pub findings: Vec<Finding>,
}

/// Checks `document` and fills in the defaults.
pub fn resolve(document: &Document) -> Resolved {
    let mut report = Report::default();
    let mut topology = topology(document, &mut report);
    topology.environments = environments::resolve(document, &topology, &mut report);
    Resolved { topology, findings: report.findings.into_vec() }
}

/// The topology without its environments.
fn topology(document: &Document, report: &mut Report) -> Topology {
    if let Some((version, span)) = given(&document.version)
        && *version != defaults::VERSION
    {
        let message = message!("Version {version} of the document is not known", version);
        report
            .add(Finding::error(&rules::wrong_value::RULE, span, message).help("Write `version: 1`, or leave it out"));
    }
    let name = report.name(&document.name).unwrap_or_else(|| Name::known(defaults::NAME));
    let mut targets = Targets::resolve(document, &name, report);
    let copies = 1 + document.environments.get().map_or(0, |environments| environments.len().min(MAX_ENVIRONMENTS));
    let mut builds = Builds::default();
    let mut services = Vec::new();
    let mut managed = Vec::new();
    let mut written = Vec::new();
    let mut memory_variables = Vec::new();
    if let Some((entries, span)) = given(&document.services) {
        if entries.len() > MAX_SERVICES {
            let message = message!(
                "{count} services are more than the {most} that one document can have",
                count = entries.len(),
                most = MAX_SERVICES
            );
            report.add(
                Finding::error(&rules::too_many::RULE, span, message)
                    .help("Only the first are used; split the document"),
            );
        }
        let mut names = BTreeSet::new();
        let mut written_bytes = 0;
        for entry in entries.iter().take(MAX_SERVICES) {
            let Some(service) = entry.value.get() else { continue };
            let is_taken = |name: &Name| {
                names.contains(name) || name.as_str() != entry.key && entries.get(name.as_str()).is_some()
            };
            let name = Name::new(&entry.key).or_else(|| Name::nearest(&entry.key));
            if let Some(name) = name.filter(is_taken) {
                let message = message!(
                    "`{written}` is no DNS label, and the nearest, `{name}`, is another service's name",
                    written = shortened(&entry.key),
                    name
                );
                let finding = Finding::error(&rules::duplicate_name::RULE, entry.key_span, message);
                report.add(finding.help("Give it another name"));
                continue;
            }
            let Some(name) = report.checked_name(&entry.key, entry.key_span) else { continue };
            if targets.cluster.as_ref().is_some_and(|cluster| is_the_clusters_own(&name, &cluster.namespace)) {
                let finding = Finding::error(
                    &rules::duplicate_name::RULE,
                    entry.key_span,
                    message!("The namespace `default` has a `{name}` already, which is the cluster's own", name),
                );
                report.add(finding.help("Give the service another name, or the cluster another `namespace`"));
                continue;
            }
            written_bytes += service::written_bytes(service) * copies;
            if written_bytes > MAX_WRITTEN {
                let finding = Finding::error(
                    &rules::too_many::RULE,
                    entry.key_span,
                    message!("With `{name}`, the files would be too large to follow what you type", name),
                );
                report.add(finding.help(
                    "This service and those after it are left out; let them have fewer variables, \
                                         steps or needs, or split the document",
                ));
                break;
            }
            names.insert(name.clone());
            let source = service::Source { name, key_span: entry.key_span, service };
            let Some((program, image)) = service::program(&source, report) else { continue };
            if let Some(external) = managed::is_asked_for(service) {
                managed.extend(managed::resolve(&source, program, external, report));
                continue;
            }
            memory_variables.push(program.memory_variable);
            services.push(service::resolve(&source, program, image, &targets, (&mut builds, services.len()), report));
            written.push(source);
        }
    }
    links::resolve(&mut services, &managed, &written, document, &targets, report);
    service::size(&mut services, &written, &targets);
    if let Some(cluster) = &mut targets.cluster {
        system::count(cluster, &services);
    }
    let builds = builds.finish(&name, &mut services);
    variables::tell_limits(&memory_variables, &mut services);
    let beside = machines::beside(&document.machines, &targets);
    Topology {
        name,
        builds,
        services,
        managed,
        server: targets.server,
        cluster: targets.cluster,
        machines: machines::resolve(&document.machines, beside, report),
        beside,
        traffic: targets.traffic,
        environments: Vec::new(),
    }
}

/// Whether a service's objects would change those by which the whole cluster works: the Service of its API, and the
/// account of every pod that names none.
fn is_the_clusters_own(service: &Name, namespace: &Name) -> bool {
    namespace.as_str() == "default" && ["kubernetes", "default"].contains(&service.as_str())
}
