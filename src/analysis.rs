//! From text to everything that follows from it.

use crate::advise::advise;
use crate::agree::{Agreement, Disagreement};
use crate::finding::{Finding, Findings};
use crate::generate::{self, Artifact};
use crate::message::message;
use crate::plan::{self, Plan};
use crate::progress::Progress;
use crate::rules;
use crate::sorting;
use crate::text::Span;
use crate::topology::{self, Environment, Topology};
use crate::yaml::{self, Node, Value};

/// What came of a text.
pub struct Analysis {
    /// What is wrong, or worth knowing, in the order of the text.
    pub findings: Vec<Finding>,
    /// What is well defined. Nothing, if the text cannot be read at all.
    pub outputs: Option<Outputs>,
}

/// What follows from a document.
pub struct Outputs {
    /// The checked topology.
    pub topology: Topology,
    /// What it takes and where it lands.
    pub plan: Plan,
}

impl Outputs {
    /// The files, in the order in which a person reads them. They take as long to make as the rest.
    pub fn artifacts(&self) -> Vec<Artifact> {
        generate::artifacts(&self.topology)
    }
}

/// Reads `text` and works out all that follows from it. The same text gives the same result everywhere.
///
/// Environments are a part of the files; the plan, and the advice, are about the document as such. A mistake is a finding
/// at its place, and everything else is worked out all the same:
///
/// ```
/// let text = "services: { db: { postgres: {}, replicas: many } }";
/// let analysis = plimsoll::analyze(text);
/// let finding = &analysis.findings[0];
/// assert_eq!(finding.rule.id, "wrong-type");
/// assert_eq!(&text[finding.span.start..finding.span.end], "many");
/// assert!(analysis.outputs.is_some());
/// ```
pub fn analyze(text: &str) -> Analysis {
    analyze_with(text, usize::MAX, &mut |_| {})
}

/// The same, but of the pods of a [`plan::Placement`] only the first so many are `listed`; and tells now and then how far it
/// is, for texts that take long.
pub fn analyze_with(text: &str, listed: usize, progress: &mut Progress) -> Analysis {
    analysis(text, None, listed, progress)
}

/// Reads `text` and works out all that follows for one of its environments. A finding says so if there is none of that
/// name.
///
/// ```
/// let text = "services: { api: { python: {} } }\ncluster: {}\n\
///             environments: { staging: {}, production: { services: { api: { replicas: 3 } } } }";
/// let production = plimsoll::analyze_environment(text, "production").outputs.expect("the document can be read");
/// assert_eq!(production.topology.services[0].replicas.steady(), 3);
/// ```
pub fn analyze_environment(text: &str, name: &str) -> Analysis {
    analysis(text, Some(name), usize::MAX, &mut |_| {})
}

/// The checked topology that `text` describes; nothing if it cannot be read at all.
pub fn topology_of(text: &str) -> Option<Topology> {
    let root = yaml::parse(text).root?;
    let (document, _) = yaml::read(&root);
    Some(topology::resolve(&document?).topology)
}

fn analysis(text: &str, environment: Option<&str>, listed: usize, progress: &mut Progress) -> Analysis {
    let parsed = yaml::parse(text);
    let mut findings = parsed.findings;
    let outputs = parsed.root.as_ref().and_then(|root| {
        let (document, mistakes) = yaml::read(root);
        findings.extend(mistakes);
        let resolved = topology::resolve(&document?);
        findings.extend(resolved.findings);
        let topology = match environment {
            None => resolved.topology,
            Some(name) => match named(resolved.topology, name) {
                Ok(topology) => topology,
                Err(help) => {
                    let span = locate(root, "environments");
                    let message = message!("There is no environment `{name}`", name);
                    let finding = Finding::error(&rules::unknown_environment::RULE, span, message);
                    findings.push(finding.help(help));
                    return None;
                }
            },
        };
        let plan = plan::plan_with(&topology, listed, progress);
        findings.extend(advise(&topology, &plan, &|path| locate_in(root, environment, path)));
        Some(Outputs { topology, plan })
    });
    let mut findings = gravest(findings);
    if let Some(root) = &parsed.root {
        name_fields(&mut findings, root);
    }
    Analysis { findings, outputs }
}

/// Notes at which fields the findings are.
fn name_fields(findings: &mut [Finding], root: &Node) {
    for finding in findings {
        finding.field = root.path_at(finding.span);
    }
}

/// The topology of an environment; else what helps.
fn named(mut topology: Topology, name: &str) -> Result<Topology, String> {
    let found = topology.environments.iter().position(|environment| environment.name.as_str() == name);
    let found = found.ok_or_else(|| not_there_help(&topology.environments))?;
    Ok(topology.environments.swap_remove(found).topology)
}

/// The help for an environment that does not exist.
fn not_there_help(environments: &[Environment]) -> String {
    let names: Vec<String> = environments.iter().map(|environment| format!("`{}`", environment.name)).collect();
    match names.as_slice() {
        [] => "The document names no `environments`".to_owned(),
        names => format!("Those of the document are {}", names.join(" and ")),
    }
}

/// What is to be said where the files of a document do not agree, at the places that their lines come from.
pub fn disagreements(text: &str, agreement: &Agreement) -> Vec<Finding> {
    let root = yaml::parse(text).root;
    let mut findings = Findings::default();
    for Disagreement { message, field } in &agreement.disagreements {
        findings.push(|| {
            let span = root.as_ref().map(|root| locate(root, field)).unwrap_or_default();
            Finding::error(&rules::files_disagree::RULE, span, message.as_str()).help(
                "All files follow from one document, so this is a mistake of Plimsoll: report it with the document",
            )
        });
    }
    let mut findings = findings.into_vec();
    if let Some(root) = &root {
        name_fields(&mut findings, root);
    }
    findings
}

/// As many findings as are told of one document, the gravest, in the order of the text.
fn gravest(mut findings: Vec<Finding>) -> Vec<Finding> {
    sorting::sort_by_key(&mut findings, |finding| (finding.severity, finding.span));
    let mut told = Findings::default();
    for finding in findings {
        told.push(|| finding);
    }
    let mut told = told.into_vec();
    sorting::sort_by_key(&mut told, |finding| (finding.span, finding.severity));
    told
}

/// Where a path such as `services.api.memory.limit` stands: its value, or its key where the value is a list or map. Of
/// a path that is not written, as far as it is.
fn locate(root: &Node, path: &str) -> Span {
    let steps: Vec<&str> = path.split('.').collect();
    (1..=steps.len())
        .rev()
        .find_map(|length| {
            let (key, node) = root.at(&steps[..length])?;
            let is_scalar = !matches!(node.value, Value::Null | Value::Sequence(_) | Value::Mapping(_));
            Some(if is_scalar && length == steps.len() { node.span } else { key })
        })
        .unwrap_or_default()
}

/// Where a path stands: in the environment, if that says something of it.
fn locate_in(root: &Node, environment: Option<&str>, path: &str) -> Span {
    let own = environment.map(|name| format!("environments.{name}.{path}"));
    let own = own.filter(|own| root.at(&own.split('.').collect::<Vec<_>>()).is_some());
    locate(root, own.as_deref().unwrap_or(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_on_an_environment_points_at_what_that_says() {
        let text = "services: { api: { python: {}, replicas: 2, memory: { limit: 1Mi } } }\ncluster: {}\n\
                    environments:\n  a: {}\n  b: { services: { api: { memory: { limit: 2Mi } } } }\n";
        let found = |environment: &str| -> Vec<(&str, String)> {
            let analysis = analyze_environment(text, environment);
            let found = analysis.findings.into_iter().filter(|finding| finding.rule.id != "rollout-stuck");
            found.map(|finding| (finding.rule.id, text[finding.span.start..finding.span.end].to_owned())).collect()
        };
        assert_eq!(found("a"), [("limit-under-need", "1Mi".to_owned())]);
        assert_eq!(found("b"), [("limit-under-need", "2Mi".to_owned())]);
    }

    #[test]
    fn an_environment_that_is_not_there_is_a_finding() {
        let analysis = analyze_environment("services: {}\ncluster: {}\nenvironments: { a: {}, b: {} }\n", "c");
        assert!(analysis.outputs.is_none());
        let found: Vec<_> = analysis.findings.iter().map(|one| (one.rule.id, one.help.as_deref())).collect();
        assert_eq!(found, [("unknown-environment", Some("Those of the document are `a` and `b`"))]);
    }

    #[test]
    fn a_disagreement_is_told_where_its_lines_come_from() {
        let text = "services:\n  api: { python: {}, port: 3000 }\n";
        let outputs = analyze(text).outputs.unwrap();
        let mut artifacts = outputs.artifacts();
        let compose = artifacts.iter_mut().find(|file| file.path == "compose.yaml").unwrap();
        compose.text = compose.text.replace(":3000:3000", ":3000:3001");
        let findings = disagreements(text, &crate::agree::agree(&artifacts, &outputs.plan));
        assert_eq!(findings.len(), 1, "{findings:?}");
        let Finding { span, message, .. } = &findings[0];
        assert_eq!(&text[span.start..span.end], "api");
        assert!(message.starts_with("The files differ in the port of `api`: "), "{message}");
    }

    #[test]
    fn findings_know_their_fields() {
        let text = "services:\n  api: { python: {}, needs: [db, x], memory: { limit: 1Mi }, \"pyhton\": 1 }\n  db: { postgres: {} }\n";
        let mut found: Vec<_> =
            analyze(text).findings.into_iter().map(|finding| (finding.rule.id, finding.field)).collect();
        found.retain(|(rule, _)| ["unknown-service", "limit-under-need", "unknown-key"].contains(rule));
        let expected = [
            ("unknown-service", "services.api.needs.1"),
            ("limit-under-need", "services.api.memory.limit"),
            ("unknown-key", "services.api.pyhton"),
        ];
        assert_eq!(found, expected.map(|(rule, field)| (rule, field.to_owned())));
        assert_eq!(analyze("services: [").findings[0].field, "");
    }

    #[test]
    fn paths_are_found_as_far_as_they_are_written() {
        let text = "services:\n  api: { memory: { limit: 256Mi }, env: {} }\ncluster: { nodes: [{ count: 3 }] }\n";
        let root = yaml::parse(text).root.unwrap();
        let cases = [
            ("services.api.memory.limit", "256Mi"),
            ("services.api.memory.process", "memory"),
            ("services.api.env", "env"),
            ("services.web.port", "services"),
            ("cluster.nodes.0.count", "3"),
            ("traffic.peak", ""),
        ];
        for (path, written) in cases {
            let span = locate(&root, path);
            assert_eq!(&text[span.start..span.end], written, "{path}");
        }
    }
}
