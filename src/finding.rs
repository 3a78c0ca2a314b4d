//! What Plimsoll has to say about a document: what, where, why, and how to mend it.

use crate::text::{Edit, LineIndex, Position, Span};
use serde::{Deserialize, Serialize};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was written cannot be used as it stands.
    Error,
    /// It works, and will hurt.
    Warning,
    /// Worth knowing.
    Info,
}

impl Severity {
    /// As it is written in messages: `error`, `warning` or `info`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Info => "info",
        }
    }
}

/// One thing that a person should know about their document.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's stable id, such as `unknown-key`.
    pub rule: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// The exact value (or key) in the text.
    pub span: Span,
    /// The document's path of what stands there, such as `services.api.replicas`; empty where that is no field, and until
    /// the whole document is known.
    pub field: String,
    /// What is wrong, in a sentence without a final full stop; then how to mend it, if that is known.
    pub message: String,
    /// How to mend it, in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where the rule comes from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'static str>,
    /// A change of the text that mends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// A finding, and where a person finds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Located<'a> {
    /// Where it starts.
    pub start: Position,
    /// Where it ends.
    pub end: Position,
    /// What it is.
    #[serde(flatten)]
    pub finding: &'a Finding,
}

/// `findings`, which are about `text`, with their lines and columns.
pub fn locate<'a>(text: &str, findings: &'a [Finding]) -> Vec<Located<'a>> {
    let index = LineIndex::new(text);
    let place = |offset| index.position(offset);
    let locate =
        |finding: &'a Finding| Located { start: place(finding.span.start), end: place(finding.span.end), finding };
    findings.iter().map(locate).collect()
}

/// A change of the text that answers a finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// What the button says: `Replace by "replicas"`.
    pub title: String,
    /// The changes, none overlapping another, in the order of the text.
    pub edits: Vec<Edit>,
}

impl Finding {
    /// A finding that makes what was written unusable.
    pub fn error(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, rule, span, message)
    }

    /// A finding about something that works and will hurt.
    pub fn warning(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, rule, span, message)
    }

    /// A finding worth knowing.
    pub fn info(rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self::new(Severity::Info, rule, span, message)
    }

    fn new(severity: Severity, rule: &'static str, span: Span, message: impl Into<String>) -> Self {
        Self { rule, severity, span, field: String::new(), message: message.into(), help: None, link: None, fix: None }
    }

    /// Says how to mend it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Names the source of the rule.
    #[must_use]
    pub fn link(mut self, link: &'static str) -> Self {
        self.link = Some(link);
        self
    }

    /// Offers to replace what stands at the finding's place by `text`.
    #[must_use]
    pub fn replace_by(mut self, title: impl Into<String>, text: impl Into<String>) -> Self {
        self.fix = Some(Fix { title: title.into(), edits: vec![Edit { span: self.span, text: text.into() }] });
        self
    }
}

/// How many findings are told of one document; one more says that there are others.
pub const MAX_FINDINGS: usize = 200;

/// A list of findings that a hostile document cannot make grow without end: at most [`MAX_FINDINGS`], and the one that
/// says so.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    told: Vec<Finding>,
    /// The gravest severity of those that are left out, and the place of the first of them.
    untold: Option<(Severity, Span)>,
}

impl Findings {
    /// Adds what `make` says, unless there is enough already.
    pub fn push(&mut self, make: impl FnOnce() -> Finding) {
        match self.untold {
            None if self.told.len() < MAX_FINDINGS => self.told.push(make()),
            None => {
                let finding = make();
                self.untold = Some((finding.severity, finding.span));
            }
            // Nothing is graver, so what it is need not be known.
            Some((Severity::Error, _)) => {}
            Some((severity, span)) => self.untold = Some((severity.min(make().severity), span)),
        }
    }

    /// Whether the same has been told already.
    pub fn contains(&self, finding: &Finding) -> bool {
        self.told.contains(finding)
    }

    /// The findings in the order in which they were made.
    pub fn into_vec(self) -> Vec<Finding> {
        let mut findings = self.told;
        findings.extend(self.untold.map(|(severity, span)| {
            let more = format!("There are more findings than these {MAX_FINDINGS}");
            Finding::new(severity, "too-many-findings", span, more).help("Mend these first")
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
                findings.push(|| Finding::new(*severity, "rule", Span::default(), ""));
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
            assert_eq!((more.len(), more[0].rule, more[0].severity), (1, "too-many-findings", severity));
        }
    }
}
