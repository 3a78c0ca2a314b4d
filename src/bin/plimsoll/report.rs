//! What the command prints.

use crate::input::{Analyzed, Failure};
use plimsoll::agree::Agreement;
use plimsoll::finding::{Located, locate};
use plimsoll::text::{LineIndex, Position};
use serde::Serialize;
use std::io::Write;

/// What `check --json` prints of a document.
#[derive(Serialize)]
pub struct Checked<'a> {
    /// The document.
    file: String,
    /// In the order of the text.
    findings: Vec<Located<'a>>,
    /// What came of comparing its files; nothing, if there are none.
    agreement: Option<&'a Agreement>,
}

/// The findings with their lines and columns, and what came of comparing the files.
pub fn checked<'a>(analyzed: &'a Analyzed, agreement: Option<&'a Agreement>) -> Checked<'a> {
    let findings = locate(&analyzed.text, &analyzed.findings);
    Checked { file: analyzed.source.to_string(), findings, agreement }
}

/// Prints each finding as `FILE:LINE:COL: severity: message [rule-id]`, with what helps below.
pub fn print_findings(analyzed: &Analyzed, out: &mut impl Write) -> Result<(), Failure> {
    let index = LineIndex::new(&analyzed.text);
    for finding in &analyzed.findings {
        let Position { line, column } = index.position(finding.span.start);
        let severity = finding.severity.as_str();
        writeln!(out, "{}:{line}:{column}: {severity}: {} [{}]", analyzed.source, finding.message, finding.rule)?;
        if let Some(help) = &finding.help {
            writeln!(out, "    {help}")?;
        }
    }
    Ok(())
}

/// Prints on how much the files agree; where they do not, the findings have said so.
pub fn print_agreement(agreement: Option<&Agreement>, out: &mut impl Write) -> Result<(), Failure> {
    if let Some(agreement) = agreement.filter(|agreement| agreement.disagreements.is_empty()) {
        writeln!(out, "{} files agree on {} facts", agreement.files, agreement.facts)?;
    }
    Ok(())
}

/// Prints `value` as JSON that a person can read too.
pub fn print_json(value: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}
