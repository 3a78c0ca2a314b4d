//! What the command prints.

use crate::input::{Analyzed, Failure};
use plimsoll::finding::Finding;
use plimsoll::text::{LineIndex, Position};
use serde::Serialize;
use std::io::Write;

/// The findings of a document, as `check --json` prints them.
#[derive(Serialize)]
pub struct Findings<'a> {
    /// The document.
    file: String,
    /// In the order of the text.
    findings: Vec<Located<'a>>,
}

#[derive(Serialize)]
struct Located<'a> {
    start: Position,
    end: Position,
    #[serde(flatten)]
    finding: &'a Finding,
}

/// The findings with their lines and columns.
pub fn findings(analyzed: &Analyzed) -> Findings<'_> {
    let index = LineIndex::new(&analyzed.text);
    let locate = |finding| Located::new(finding, &index);
    Findings { file: analyzed.source.to_string(), findings: analyzed.findings.iter().map(locate).collect() }
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

/// Prints `value` as JSON that a person can read too.
pub fn print_json(value: &impl Serialize, out: &mut impl Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    writeln!(out)?;
    Ok(())
}

impl<'a> Located<'a> {
    fn new(finding: &'a Finding, index: &LineIndex) -> Self {
        Self { start: index.position(finding.span.start), end: index.position(finding.span.end), finding }
    }
}
