//! The variables and the secrets of a service: the document's, and what the kind asks for. The person's own word comes
//! first.

use super::super::document::SecretsAs;
use super::super::{Build, SECRETS_FOLDER, Service, ServiceId, Stack, Variable, VariableValue};
use super::program::Program;
use super::service::Source;
use super::{MAX_ENTRIES, Report, check, given, shortened};
use crate::finding::Finding;
use crate::text::Span;

/// Where Node.js and Go programs look for the port that they listen on.
const PORT: &str = "PORT";
/// How much memory Go's garbage collector aims to stay under.
const GARBAGE_LIMIT: &str = "GOMEMLIMIT";

/// The variables, and the keys of the secrets that are files.
pub fn resolve(
    source: &Source,
    program: &Program,
    port: Option<u16>,
    report: &mut Report,
) -> (Vec<Variable>, Vec<String>) {
    let as_files = source.service.secrets_as.get() == Some(&SecretsAs::Files);
    let mut names = Names::default();
    let mut variables = plain(source, &mut names, report);
    let mut files = Vec::new();
    let too_many = |count, most| format!("{count} secrets are more than the {most} that one service can have");
    for (name, span) in report.entries(&source.service.secrets, too_many) {
        if !names.take(name, span, report) {
            continue;
        }
        if as_files {
            files.push(name.clone());
        } else {
            let field = format!("services.{}.secrets", source.name);
            variables.push(Variable {
                name: name.clone(),
                value: VariableValue::Secret { key: name.clone() },
                field,
                reason: None,
            });
        }
    }
    if let Program::Catalog(entry) = program {
        let takes_files = as_files && entry.kind.reads_secret_files();
        if as_files && !takes_files && source.service.secrets.is_absent() {
            let message = format!("{} reads no secret from a file", entry.kind.title());
            report.no_effect(&source.service.secrets_as, &message, "Remove `secrets_as`");
        }
        let of_the_kind = entry.variables(source.name.as_str());
        for variable in of_the_kind.into_iter().filter(|variable| !names.has(&variable.name)) {
            match variable.value {
                VariableValue::Secret { key } if takes_files => {
                    variables.push(Variable {
                        name: format!("{}_FILE", variable.name),
                        value: VariableValue::Plain(format!("{SECRETS_FOLDER}/{key}")),
                        field: format!("services.{}.secrets_as", source.name),
                        reason: Some("The image reads the password from this file"),
                    });
                    files.push(key);
                }
                _ => variables.push(variable),
            }
        }
    }
    if let Program::Node { .. } | Program::Go { .. } = program
        && let Some(port) = port.filter(|_| !names.has(PORT))
    {
        variables.push(Variable {
            name: PORT.to_owned(),
            value: VariableValue::Plain(port.to_string()),
            field: format!("services.{}.port", source.name),
            reason: Some("Where such programs look for the port by custom: this one has to listen on it, at 0.0.0.0"),
        });
    }
    (variables, files)
}

/// Tells the garbage collector of Go programs how much memory they have, as it does not know of the limit itself: the
/// tenth that is left is for what it does not see (<https://go.dev/doc/gc-guide#Memory_limit>).
pub fn limit_garbage(builds: &[Build], services: &mut [Service]) {
    for ServiceId(index) in
        builds.iter().filter(|build| matches!(build.stack, Stack::Go { .. })).flat_map(|build| &build.services)
    {
        let Some(service) = services.get_mut(*index) else { continue };
        if service.env.iter().any(|variable| variable.name == GARBAGE_LIMIT) {
            continue;
        }
        let limit = (service.memory.limit.bytes() / 10 * 9) >> 20;
        service.env.push(Variable {
            name: GARBAGE_LIMIT.to_owned(),
            value: VariableValue::Plain(format!("{}MiB", limit.max(1))),
            field: service.field("memory.limit"),
            reason: Some("Nine tenths of the limit: Go clears up before the kernel kills it"),
        });
    }
}

fn plain(source: &Source, names: &mut Names, report: &mut Report) -> Vec<Variable> {
    let mut variables = Vec::new();
    let Some((entries, span)) = given(&source.service.env) else { return variables };
    let too_many = |count, most| format!("{count} variables are more than the {most} that one service can have");
    report.at_most_entries(entries.len(), span, too_many);
    for entry in entries.iter().take(MAX_ENTRIES) {
        let Some((value, value_span)) = given(&entry.value) else { continue };
        if value.contains('\0') {
            let finding = Finding::error("wrong-value", value_span, "A variable cannot hold the character NUL");
            report.add(finding.help("Remove `\\0`"));
        } else if names.take(&entry.key, entry.key_span, report) {
            variables.push(Variable {
                name: entry.key.clone(),
                value: VariableValue::Plain(value.clone()),
                field: format!("services.{}.env.{}", source.name, entry.key),
                reason: None,
            });
        }
    }
    variables
}

/// The names that are taken.
#[derive(Default)]
struct Names(Vec<String>);

impl Names {
    fn has(&self, name: &str) -> bool {
        self.0.iter().any(|other| other == name)
    }

    /// Whether `name` can be had; a finding if not.
    fn take(&mut self, name: &str, span: Span, report: &mut Report) -> bool {
        if !check::is_variable_name(name) {
            let message = format!("`{}` is no name of a variable", shortened(name));
            let finding = Finding::error("wrong-value", span, message);
            report.add(finding.help("Use letters, digits and `_`, a letter or `_` first"));
            return false;
        }
        if self.has(name) {
            let finding = Finding::error("duplicate-name", span, format!("`{name}` is given twice"));
            report.add(finding.help("Keep it in `env` or in `secrets`, once"));
            return false;
        }
        self.0.push(name.to_owned());
        true
    }
}
