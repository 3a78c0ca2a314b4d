//! Findings: problems of a document, each with its place, its rule and, where possible, a fix.

use crate::message::Message;
use crate::message::message;
use crate::rule::Rule;
use crate::rules;
use crate::text::{Edit, LineIndex, Position, Span};
use serde::{Deserialize, Serialize};

/// The severity of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// The value cannot be used as it is written, or the deployment would not work.
    Error,
    /// The deployment works, but has a problem that will show.
    Warning,
    /// A remark or a possible improvement.
    Info,
}

impl Severity {
    /// Returns the name that messages use: `error`, `warning` or `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// A problem of a document, or a remark about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Finding {
    /// The id of the rule, such as `unknown-key`. `plimsoll explain RULE` explains it.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    pub rule: &'static Rule,
    /// The severity.
    pub severity: Severity,
    /// The bytes of the text that the finding is about: a value or a key.
    pub span: Span,
    /// The path of the field, such as `services.api.replicas`. Empty if the finding is not about a field, and until the whole
    /// document has been read.
    pub field: String,
    /// The problem, and the figures in it.
    #[serde(flatten)]
    pub message: Message,
    /// The remedy, in a sentence without a final full stop.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// A page of an original source that explains the problem.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
    /// An edit of the text that resolves the finding.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A finding with its lines and columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schema", schemars(rename = "Finding"))]
pub struct Located<'a> {
    /// The start of `span`.
    pub start: Position,
    /// The end of `span`.
    pub end: Position,
    /// The finding itself.
    #[serde(flatten)]
    pub finding: &'a Finding,
}

/// Adds lines and columns to `findings` about `text`.
pub fn locate<'a>(text: &str, findings: &'a [Finding]) -> Vec<Located<'a>> {
    let index = LineIndex::new(text);
    let place = |offset| index.position(offset);
    let locate =
        |finding: &'a Finding| Located { start: place(finding.span.start), end: place(finding.span.end), finding };
    findings.iter().map(locate).collect()
}

/// An edit of the text that resolves a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Fix {
    /// The label of its button, such as `Replace by replicas`.
    pub title: String,
    /// The edits in the order of the text, none overlapping another.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// Makes a finding of severity [`Severity::Error`].
    pub fn error(rule: &'static Rule, span: Span, message: impl Into<Message>) -> Self {
        Self::new(Severity::Error, rule, span, message)
    }

    /// Makes a finding of severity [`Severity::Warning`].
    pub fn warning(rule: &'static Rule, span: Span, message: impl Into<Message>) -> Self {
        Self::new(Severity::Warning, rule, span, message)
    }

    /// Makes a finding of severity [`Severity::Info`].
    pub fn info(rule: &'static Rule, span: Span, message: impl Into<Message>) -> Self {
        Self::new(Severity::Info, rule, span, message)
    }

    fn new(severity: Severity, rule: &'static Rule, span: Span, message: impl Into<Message>) -> Self {
        Self { rule, severity, span, field: String::new(), message: message.into(), help: None, link: None, fix: None }
    }

    /// Adds the remedy.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a link to the rule's source.
    #[must_use]
    pub fn cite(mut self) -> Self {
        self.link = self.rule.source;
        self
    }

    /// Adds a link to another source than the rule's.
    #[must_use]
    pub fn link(mut self, link: &'static str) -> Self {
        self.link = Some(link);
        self
    }

    /// Adds a fix that replaces the finding's span by `text`.
    #[must_use]
    pub fn replace_by(mut self, title: impl Into<String>, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { span: self.span, text: text.into() }] });
        self
    }
}

/// The most findings that are reported of one document. One more then says that there are others.
pub const MAX_FINDINGS: usize = 200;

/// A bounded list of findings: a hostile document gets at most [`MAX_FINDINGS`], and the one that says that there are
/// others.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    told: Vec<Finding>,
    /// The gravest severity of the omitted findings, and the place of the first of them.
    untold: Option<(Severity, Span)>,
}

impl Findings {
    /// Adds the finding that `make` returns, unless the list is full.
    pub fn push(&mut self, make: impl FnOnce() -> Finding) {
        match self.untold {
            None if self.told.len() < MAX_FINDINGS => self.told.push(make()),
            None => {
                let finding = make();
                self.untold = Some((finding.severity, finding.span));
            }
            // Nothing is graver than an error, so the finding need not be made.
            Some((Severity::Error, _)) => {}
            Some((severity, span)) => self.untold = Some((severity.min(make().severity), span)),
        }
    }

    /// Whether the list has an equal finding.
    pub fn contains(&self, finding: &Finding) -> bool {
        self.told.contains(finding)
    }

    /// Returns the findings in the order in which they were added.
    pub fn into_vec(self) -> Vec<Finding> {
        let mut findings = self.told;
        findings.extend(self.untold.map(|(severity, span)| {
            let more = message!("There are more findings than these {most}", most = MAX_FINDINGS);
            Finding::new(severity, &rules::too_many_findings::RULE, span, more).help("Mend these first")
        }));
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_out_is_as_grave_as_its_gravest() {
        let of = |severities: &[Severity]| {
            let mut findings = Findings::default();
            for severity in [Severity::Info; MAX_FINDINGS].iter().chain(severities) {
                findings.push(|| Finding::new(*severity, &rules::wrong_value::RULE, Span::default(), ""));
            }
            findings.into_vec().split_off(MAX_FINDINGS)
        };
        assert_eq!(of(&[]), []);
        for (untold, severity) in [
            (&[Severity::Info; 2][..], Severity::Info),
            (&[Severity::Info, Severity::Warning], Severity::Warning),
            (&[Severity::Info, Severity::Error, Severity::Warning], Severity::Error),
        ] {
            let more = of(untold);
            assert_eq!((more.len(), more[0].rule.id, more[0].severity), (1, "too-many-findings", severity));
        }
    }
}
