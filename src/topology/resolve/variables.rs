//! The variables and the secrets of a service: the document's, and what the kind asks for. The person's own word comes
//! first.

use super::super::document::SecretsAs;
use super::super::{SECRETS_FOLDER, Service, Variable, VariableValue};
use super::service::Source;
use super::{MAX_ENTRIES, Report, check, given, shortened};
use crate::finding::Finding;
use crate::kinds::program::{MemoryVariable, Profile, Provenance};
use crate::message::message;
use crate::model::{FieldPath, service_field};
use crate::rules;
use crate::text::Span;

/// The variables, and the keys of the secrets that are files.
pub fn resolve(
    source: &Source,
    kind: &Profile,
    of_the_kind: Vec<Variable>,
    report: &mut Report,
) -> (Vec<Variable>, Vec<String>) {
    let as_files = source.service.secrets_as.get() == Some(&SecretsAs::Files);
    let mut names = Names::default();
    let mut variables = plain(source, &mut names, report);
    let mut files = Vec::new();
    for (name, span) in report.entries(&source.service.secrets, |count: usize, most: usize| {
        message!("{count} secrets are more than the {most} that one service can have", count, most)
    }) {
        if !names.take(name, span, report) {
            continue;
        }
        if as_files {
            files.push(name.clone());
        } else {
            let field = FieldPath::of_service(&source.name, service_field!("secrets"));
            variables.push(Variable {
                name: name.clone(),
                value: VariableValue::Secret { key: name.clone() },
                field,
                reason: None,
            });
        }
    }
    let takes_files = as_files && kind.reads_secret_files;
    if as_files && kind.provenance == Provenance::Official && !takes_files && source.service.secrets.is_absent() {
        let message = message!("{kind} reads no secret from a file", kind = kind.product);
        report.no_effect(&source.service.secrets_as, message, "Remove `secrets_as`");
    }
    for variable in of_the_kind.into_iter().filter(|variable| !names.has(&variable.name)) {
        match variable.value {
            VariableValue::Secret { key } if takes_files => {
                variables.push(Variable {
                    name: format!("{}_FILE", variable.name),
                    value: VariableValue::Plain(format!("{SECRETS_FOLDER}/{key}")),
                    field: FieldPath::of_service(&source.name, service_field!("secrets_as")),
                    reason: Some("The image reads the password from this file"),
                });
                files.push(key);
            }
            _ => variables.push(variable),
        }
    }
    (variables, files)
}

/// Tells the runtimes that ask for it how much memory they have, now that the limits are known.
pub fn tell_limits(variables: &[Option<MemoryVariable>], services: &mut [Service]) {
    for (variable, service) in variables.iter().zip(services) {
        let Some(variable) = variable else { continue };
        if service.env.iter().any(|other| other.name == variable.name) {
            continue;
        }
        service.env.push(Variable {
            name: variable.name.to_owned(),
            value: VariableValue::Plain((variable.value)(service.memory.limit, service.workers)),
            field: service.field(service_field!("memory.limit")),
            reason: Some(variable.reason),
        });
    }
}

fn plain(source: &Source, names: &mut Names, report: &mut Report) -> Vec<Variable> {
    let mut variables = Vec::new();
    let Some((entries, span)) = given(&source.service.env) else { return variables };
    report.at_most_entries(entries.len(), span, |count: usize, most: usize| {
        message!("{count} variables are more than the {most} that one service can have", count, most)
    });
    for entry in entries.iter().take(MAX_ENTRIES) {
        let Some((value, value_span)) = given(&entry.value) else { continue };
        if value.contains('\0') {
            let finding =
                Finding::error(&rules::wrong_value::RULE, value_span, "A variable cannot hold the character NUL");
            report.add(finding.help("Remove `\\0`"));
        } else if names.take(&entry.key, entry.key_span, report) {
            variables.push(Variable {
                name: entry.key.clone(),
                value: VariableValue::Plain(value.clone()),
                field: FieldPath::of_service(&source.name, service_field!("env")).entry(&entry.key),
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
            let finding = Finding::error(
                &rules::wrong_value::RULE,
                span,
                message!("`{name}` is no name of a variable", name = shortened(name)),
            );
            report.add(finding.help("Use letters, digits and `_`, a letter or `_` first"));
            return false;
        }
        if self.has(name) {
            let finding = Finding::error(&rules::duplicate_name::RULE, span, message!("`{name}` is given twice", name));
            report.add(finding.help("Keep it in `env` or in `secrets`, once"));
            return false;
        }
        self.0.push(name.to_owned());
        true
    }
}
