//! From the document as written to the checked topology.
//!
//! Nothing stops at the first mistake: what is wrong becomes a finding at its place, and gives way to the default, or,
//! where there is none, to nothing.

mod build;
mod catalog;
mod check;
mod code_files;
mod command;
mod environments;
mod external;
mod image;
mod links;
mod machines;
mod memory;
mod program;
mod queue;
mod service;
mod targets;
mod variables;
mod written_command;

use super::document::Document;
use super::{Duration, Name, Topology, defaults};
use crate::finding::{Finding, Findings};
use crate::text::Span;
use crate::yaml::Field;
use build::Builds;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use targets::Targets;

/// The help for a list that is longer than its bound.
const ONLY_FIRST_USED: &str = "Only the first are used";

/// The most services that one document can have.
pub const MAX_SERVICES: usize = 1000;
/// The most replicas of one service.
pub const MAX_REPLICAS: u32 = 10_000;
/// The most processes in one container.
pub const MAX_WORKERS: u32 = 256;
/// The most nodes of one cluster: Kubernetes' own
/// (<https://kubernetes.io/docs/setup/best-practices/cluster-large/>).
pub const MAX_NODES: u32 = 5000;
/// The most zones that machines are spread over.
pub const MAX_ZONES: u32 = 10;
/// The most machines that one document can offer to buy.
pub const MAX_MACHINES: usize = 50;
/// The most variables, secrets, steps or folders that one service can list.
pub const MAX_ENTRIES: usize = 500;
/// The most steps before the start of one service. Each can become a container with all variables of the service, so
/// that more would make megabytes of files from a page of text.
pub const MAX_STEPS: usize = 10;
/// The longest that a start or an end can take.
const HOUR: Duration = Duration::from_millis(3_600_000);

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
        let message = format!("Version {version} of the document is not known");
        report.add(Finding::error("wrong-value", span, message).help("Write `version: 1`, or leave it out"));
    }
    let name = report.name(&document.name).unwrap_or_else(|| Name::known(defaults::NAME));
    let targets = Targets::resolve(document, &name, report);
    let copies = 1 + document.environments.get().map_or(0, |environments| environments.len().min(MAX_ENVIRONMENTS));
    let mut builds = Builds::default();
    let mut services = Vec::new();
    let mut written = Vec::new();
    if let Some((entries, span)) = given(&document.services) {
        if entries.len() > MAX_SERVICES {
            let message =
                format!("{} services are more than the {MAX_SERVICES} that one document can have", entries.len());
            report.add(Finding::error("too-many", span, message).help("Only the first are used; split the document"));
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
                let message = format!(
                    "`{}` is no DNS label, and the nearest, `{name}`, is another service's name",
                    shortened(&entry.key)
                );
                let finding = Finding::error("duplicate-name", entry.key_span, message);
                report.add(finding.help("Give it another name"));
                continue;
            }
            let Some(name) = report.checked_name(&entry.key, entry.key_span) else { continue };
            if targets.cluster.as_ref().is_some_and(|cluster| is_the_clusters_own(&name, &cluster.namespace)) {
                let message = format!("The namespace `default` has a `{name}` already, which is the cluster's own");
                let finding = Finding::error("duplicate-name", entry.key_span, message);
                report.add(finding.help("Give the service another name, or the cluster another `namespace`"));
                continue;
            }
            written_bytes += service::written_bytes(service) * copies;
            if written_bytes > MAX_WRITTEN {
                let message = format!("With `{name}`, the files would be too large to follow what you type");
                let finding = Finding::error("too-many", entry.key_span, message);
                report.add(finding.help(
                    "This service and those after it are left out; let them have fewer variables, steps or needs, or \
                     split the document",
                ));
                break;
            }
            names.insert(name.clone());
            let source = service::Source { name, key_span: entry.key_span, service };
            if let Some(resolved) = service::resolve(&source, &targets, &mut builds, services.len(), report) {
                services.push(resolved);
                written.push(source);
            }
        }
    }
    links::resolve(&mut services, &written, document, &targets, report);
    service::size(&mut services, &written, &targets);
    let builds = builds.finish(&name, &mut services);
    variables::limit_garbage(&builds, &mut services);
    Topology {
        name,
        builds,
        services,
        server: targets.server,
        cluster: targets.cluster,
        machines: machines::resolve(&document.machines, report),
        traffic: targets.traffic,
        environments: Vec::new(),
    }
}

/// Whether a service's objects would change those by which the whole cluster works: the Service of its API, and the
/// account of every pod that names none.
fn is_the_clusters_own(service: &Name, namespace: &Name) -> bool {
    namespace.as_str() == "default" && ["kubernetes", "default"].contains(&service.as_str())
}

/// The value of a field and its place, if the field was given and could be read.
fn given<T>(field: &Field<T>) -> Option<(&T, Span)> {
    field.get().zip(field.span())
}

/// Collects findings while the document is resolved.
#[derive(Default)]
struct Report {
    findings: Findings,
}

impl Report {
    fn add(&mut self, finding: Finding) {
        self.findings.push(|| finding);
    }

    /// Adds a finding that takes work to make, unless there are enough already.
    fn add_with(&mut self, make: impl FnOnce() -> Finding) {
        self.findings.push(make);
    }

    /// The field as a name, if it is given and is one.
    fn name(&mut self, field: &Field<String>) -> Option<Name> {
        let (text, span) = given(field)?;
        self.checked_name(text, span)
    }

    /// `text` as a name; else a finding, and the nearest name if there is one.
    fn checked_name(&mut self, text: &str, span: Span) -> Option<Name> {
        if let Some(name) = Name::new(text) {
            return Some(name);
        }
        let nearest = Name::nearest(text);
        let mut finding = Finding::error("not-a-dns-label", span, format!("`{}` is no DNS label", shortened(text)))
            .help("Use a letter first, then a-z, 0-9 and `-`, 63 characters at most: others reach it under this name")
            .link("https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names");
        if let Some(nearest) = &nearest {
            finding = finding.replace_by(format!("Rename to `{nearest}`"), nearest.as_str());
        }
        self.add(finding);
        nearest
    }

    /// The field if it is given and `holds`; else a finding where it is given, which says what is `wrong`, and nothing.
    fn text<'a>(
        &mut self,
        field: &'a Field<String>,
        holds: impl Fn(&str) -> bool,
        wrong: fn(&str) -> String,
        help: &str,
    ) -> Option<&'a str> {
        let (text, span) = given(field)?;
        if holds(text) {
            return Some(text);
        }
        self.add(Finding::error("wrong-value", span, wrong(&shortened(text))).help(help));
        None
    }

    /// The field if it is given and lies in `range`; else a finding where it is given, which says what is `wrong`, and
    /// nothing.
    fn number<T>(&mut self, field: &Field<T>, range: RangeInclusive<T>, wrong: fn(T) -> String) -> Option<T>
    where
        T: Copy + PartialOrd + Into<u64>,
    {
        let (number, span) = given(field)?;
        if range.contains(number) {
            return Some(*number);
        }
        let (lowest, highest): (u64, u64) = ((*range.start()).into(), (*range.end()).into());
        let help = format!("Write a number from {lowest} to {highest}");
        self.add(Finding::error("out-of-range", span, wrong(*number)).help(help));
        None
    }

    /// The field if it is given and more than nothing; else a finding where it is given, which says what is `wrong`, and
    /// nothing.
    fn positive<T: Copy + PartialEq + Default>(&mut self, field: &Field<T>, wrong: &str) -> Option<T> {
        let (amount, span) = given(field)?;
        if *amount != T::default() {
            return Some(*amount);
        }
        self.add(Finding::error("out-of-range", span, wrong).help("Write more than 0, or leave it out"));
        None
    }

    /// The field if it is given and is an hour at most; else a finding where it is given, and nothing.
    fn up_to_an_hour(&mut self, field: &Field<Duration>) -> Option<Duration> {
        let (time, span) = given(field)?;
        if *time <= HOUR {
            return Some(*time);
        }
        let message = format!("{time} are longer than the hour that can be planned with");
        self.add(Finding::error("out-of-range", span, message).help("Write a time from 0 up to an hour (`1h`)"));
        None
    }

    /// The given entries of a list, at most [`MAX_ENTRIES`], with their places. What says that they are `too_many` is
    /// told their number and the most.
    fn entries<'a, T>(
        &mut self,
        field: &'a Field<Vec<Field<T>>>,
        too_many: fn(usize, usize) -> String,
    ) -> Vec<(&'a T, Span)> {
        let Some((entries, span)) = given(field) else { return Vec::new() };
        self.at_most_entries(entries.len(), span, too_many);
        entries.iter().take(MAX_ENTRIES).filter_map(given).collect()
    }

    fn at_most_entries(&mut self, count: usize, span: Span, too_many: fn(usize, usize) -> String) {
        if count > MAX_ENTRIES {
            let message = too_many(count, MAX_ENTRIES);
            self.add(Finding::error("too-many", span, message).help(ONLY_FIRST_USED));
        }
    }

    /// Says that a field that was given changes nothing here.
    fn no_effect<T>(&mut self, field: &Field<T>, message: &str, help: &str) {
        if let Some((_, span)) = given(field) {
            self.add(Finding::warning("no-effect", span, message).help(help));
        }
    }
}

fn connections_out_of_range(connections: u32) -> String {
    format!("{connections} connections is out of range")
}

/// `text` short enough to stand in a sentence, without line breaks.
fn shortened(text: &str) -> String {
    let clean = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    let mut short: String = text.chars().take(60).map(clean).collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// A service that is named at `span` and does not exist: offers the nearest of `names`, or else says how to `help`.
fn unknown_service<'a>(name: &str, span: Span, names: impl Iterator<Item = &'a Name>, help: &str) -> Finding {
    let finding = Finding::error("unknown-service", span, format!("There is no service `{}`", shortened(name)));
    match nearest(name, names) {
        Some(nearest) => finding
            .help(format!("Did you mean `{nearest}`?"))
            .replace_by(format!("Replace by `{nearest}`"), nearest.as_str()),
        None => finding.help(help),
    }
}

/// The name of `names` that is spelled most like `text`, if one is near.
fn nearest<'a>(text: &str, names: impl Iterator<Item = &'a Name>) -> Option<&'a Name> {
    if text.len() > 63 {
        return None;
    }
    names
        .map(|name| (strsim::damerau_levenshtein(text, name.as_str()), name))
        .filter(|(distance, name)| *distance <= 1 + name.as_str().len() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}
