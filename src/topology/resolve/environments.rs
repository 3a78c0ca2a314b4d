//! The environments: for each, the document with its changes, checked like any other.

use super::super::document::{Document, Environment as Written, Service, ServiceInEnvironment};
use super::super::{Environment, Name, Topology};
use super::{MAX_ENVIRONMENTS, ONLY_FIRST_USED, Report, given, topology, unknown_service};
use crate::finding::Finding;
use crate::message::message;
use crate::rules;
use crate::text::Span;
use crate::yaml::Field;

/// The environments of `document`, which as such has become `base`.
pub fn resolve(document: &Document, base: &Topology, report: &mut Report) -> Vec<Environment> {
    let Some((entries, span)) = given(&document.environments) else { return Vec::new() };
    if base.cluster.is_none() {
        report.no_effect(
            &document.environments,
            "Environments are the cluster's; Compose reads what differs from `.env`",
            "Add a `cluster`, or remove `environments`",
        );
        return Vec::new();
    }
    if entries.len() > MAX_ENVIRONMENTS {
        let message = message!(
            "{count} environments are more than the {most} there can be",
            count = entries.len(),
            most = MAX_ENVIRONMENTS
        );
        report.add(Finding::error(&rules::too_many::RULE, span, message).help(ONLY_FIRST_USED));
    }
    let mut environments: Vec<Environment> = Vec::new();
    for entry in entries.iter().take(MAX_ENVIRONMENTS) {
        let Some(written) = entry.value.get() else { continue };
        let Some(name) = report.checked_name(&entry.key, entry.key_span) else { continue };
        unknown_services(written, base, report);
        let topology = environment(document, (&name, entry.key_span), written, base, report);
        let environment = Environment { name, topology };
        if is_apart(&environment, &environments, entry.key_span, report) {
            environments.push(environment);
        }
    }
    environments
}

/// The topology of one environment. What is wrong with the document itself has been said once.
fn environment(
    document: &Document,
    name: (&Name, Span),
    written: &Written,
    base: &Topology,
    report: &mut Report,
) -> Topology {
    let changed = changed(document, name, written, base);
    let mut own = Report::default();
    let topology = topology(&changed, &mut own);
    for finding in own.findings.into_vec() {
        if !report.findings.contains(&finding) {
            report.add(finding);
        }
    }
    topology
}

/// Whether it shares neither its name nor its namespace with another; a host in two of them is worth a warning.
fn is_apart(environment: &Environment, others: &[Environment], span: Span, report: &mut Report) -> bool {
    let namespace =
        |environment: &Environment| environment.topology.cluster.as_ref().map(|cluster| cluster.namespace.clone());
    if let Some(other) =
        others.iter().find(|other| other.name == environment.name || namespace(other) == namespace(environment))
    {
        let message = message!(
            "`{environment}` would take the place of `{other}`",
            environment = environment.name,
            other = other.name
        );
        report.add(
            Finding::error(&rules::duplicate_name::RULE, span, message).help("Give each its own name and `namespace`"),
        );
        return false;
    }
    let hosts = |environment: &Environment| -> Vec<String> {
        let public = environment.topology.services.iter().filter_map(|service| service.public.as_ref());
        public.map(|public| public.host.clone()).collect()
    };
    let own = hosts(environment);
    let shared =
        others.iter().find_map(|other| Some((other, hosts(other).into_iter().find(|host| own.contains(host))?)));
    if let Some((other, host)) = shared {
        let message = message!(
            "`{other}` and `{environment}` claim the same host, `{host}`",
            other = other.name,
            environment = environment.name,
            host
        );
        let help = "Give each its own `public: { host: … }`, unless they run in different clusters";
        report.add(Finding::warning(&rules::duplicate_host::RULE, span, message).help(help));
    }
    true
}

fn unknown_services(written: &Written, base: &Topology, report: &mut Report) {
    let names = || base.all_services().map(|needed| base.name_of(needed));
    for entry in written.services.get().into_iter().flatten() {
        if names().any(|name| name.as_str() == entry.key) {
            continue;
        }
        report.add_with(|| {
            let names = names();
            unknown_service(
                &entry.key,
                entry.key_span,
                names,
                "Add it to the document's `services`; an environment changes what is there",
            )
        });
    }
}

/// The document with the changes of an environment, for the cluster only.
fn changed(document: &Document, (name, span): (&Name, Span), written: &Written, base: &Topology) -> Document {
    let mut changed = document.clone();
    changed.environments = Field::default();
    changed.server = Field::default();
    changed.cluster.change(|cluster| {
        cluster.namespace = match written.namespace.get() {
            Some(_) => written.namespace.clone(),
            None => Field::at(fitted(&base.name, name), span),
        };
    });
    if changed.services.get().is_some() {
        changed.services.change(|services| {
            for entry in written.services.get().into_iter().flatten() {
                if let (Some(service), Some(changes)) = (services.get_mut(&entry.key), entry.value.get())
                    && service.value.get().is_some()
                {
                    service.value.change(|service| change(service, changes));
                }
            }
        });
    }
    changed
}

/// `NAME-ENVIRONMENT`, as much of the name as fits a namespace.
fn fitted(base: &Name, environment: &Name) -> String {
    const LONGEST: usize = 63;
    let room = LONGEST.saturating_sub(environment.as_str().len() + 1);
    let base: String = base.as_str().chars().take(room).collect();
    match base.trim_end_matches('-') {
        "" => environment.as_str().to_owned(),
        base => format!("{base}-{environment}"),
    }
}

fn change(service: &mut Service, changes: &ServiceInEnvironment) {
    service.image.replace_with(&changes.image);
    // One says how many there are instead of the other.
    if !changes.replicas.is_absent() {
        service.replicas.replace_with(&changes.replicas);
        service.autoscale = Field::default();
    }
    if !changes.autoscale.is_absent() {
        service.autoscale.replace_with(&changes.autoscale);
        service.replicas = Field::default();
    }
    merge(&mut service.memory, &changes.memory, |own, memory| {
        own.process.replace_with(&memory.process);
        own.shared.replace_with(&memory.shared);
        own.copied.replace_with(&memory.copied);
        own.per_request.replace_with(&memory.per_request);
        own.growth.replace_with(&memory.growth);
        own.limit.replace_with(&memory.limit);
    });
    merge(&mut service.cpu, &changes.cpu, |own, cpu| {
        own.request.replace_with(&cpu.request);
        own.per_request.replace_with(&cpu.per_request);
    });
    merge(&mut service.public, &changes.public, |own, public| {
        own.host.replace_with(&public.host);
        own.tls.replace_with(&public.tls);
    });
    merge(&mut service.env, &changes.env, |own, env| {
        for entry in env {
            own.insert(entry.clone());
        }
    });
    service.storage.replace_with(&changes.storage);
}

/// Changes what is written, as far as the changes are; where nothing is, they stand for themselves, with their place.
fn merge<T: Clone + Default>(own: &mut Field<T>, changes: &Field<T>, change: impl FnOnce(&mut T, &T)) {
    match changes.get() {
        Some(changes) if own.get().is_some() => own.change(|own| change(own, changes)),
        _ => own.replace_with(changes),
    }
}
