//! What the command prints.

use crate::input::{Analyzed, Failure};
use annotate_snippets::{AnnotationKind, Group, Level, Patch, Renderer, Snippet};
use anstream::stream::{IsTerminal, RawStream};
use anstream::{AutoStream, ColorChoice};
use clap::{Args, ValueEnum};
use plimsoll::agree::Agreement;
use plimsoll::finding::{Finding, Fix, Located, Severity, locate};
use plimsoll::text::{Edit, LineIndex, Position, Span};
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

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// `FILE:LINE:COL: severity: message [rule]`, with the help below
    Short,
    /// The line of the document, the place in it, the help, and the fix as a change of the line
    Full,
}

/// The option of every command that prints findings.
#[derive(Clone, Copy, Args)]
pub struct FormatOption {
    /// How to print findings [default: full on a terminal, else short]
    #[arg(long = "findings", value_name = "FORMAT")]
    format: Option<Format>,
}

/// Prints the findings as a person asked for, or as the stream that they go to can show them.
pub fn print_findings<S: RawStream + Write>(
    analyzed: &Analyzed,
    option: FormatOption,
    out: &mut S,
) -> Result<(), Failure> {
    let default = if out.is_terminal() { Format::Full } else { Format::Short };
    match option.format.unwrap_or(default) {
        Format::Short => print_short(analyzed, out),
        Format::Full => {
            let colour = AutoStream::choice(out) != ColorChoice::Never;
            let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
            print_full(analyzed, &renderer, out)
        }
    }
}

fn print_short(analyzed: &Analyzed, out: &mut impl Write) -> Result<(), Failure> {
    let index = LineIndex::new(&analyzed.text);
    for finding in &analyzed.findings {
        let Position { line, column } = index.position(finding.span.start);
        let severity = finding.severity.as_str();
        writeln!(out, "{}:{line}:{column}: {severity}: {} [{}]", analyzed.source, finding.message, finding.rule.id)?;
        if let Some(help) = &finding.help {
            writeln!(out, "    {help}")?;
        }
    }
    Ok(())
}

fn print_full(analyzed: &Analyzed, renderer: &Renderer, out: &mut impl Write) -> Result<(), Failure> {
    let source = analyzed.source.to_string();
    let index = LineIndex::new(&analyzed.text);
    for finding in &analyzed.findings {
        writeln!(out, "{}\n", renderer.render(&groups(&source, &analyzed.text, &index, finding)))?;
    }
    Ok(())
}

/// A finding at its line, and the fix as a change of its lines.
fn groups<'a>(source: &'a str, text: &'a str, index: &LineIndex, finding: &'a Finding) -> Vec<Group<'a>> {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let mut title = level.primary_title(finding.message.as_str()).id(finding.rule.id);
    if let Some(link) = finding.link {
        title = title.id_url(link);
    }
    let (lines, start, first) = lines_of(text, index, finding.span);
    let place = AnnotationKind::Primary.span(finding.span.start - start..finding.span.end - start);
    let snippet = Snippet::source(lines).path(source).line_start(first).annotation(place);
    let mut found = Group::with_title(title).element(snippet);
    if let Some(help) = &finding.help {
        found = found.element(Level::HELP.message(help));
    }
    if let Some(link) = finding.link {
        found = found.element(Level::NOTE.message(link));
    }
    let mut groups = vec![found];
    if let Some(Fix { title, edits }) = &finding.fix
        && let (Some(one), Some(other)) = (edits.first(), edits.last())
    {
        let (lines, start, first) = lines_of(text, index, Span::new(one.span.start, other.span.end));
        let patch = |edit: &'a Edit| Patch::new(edit.span.start - start..edit.span.end - start, &edit.text);
        let snippet = Snippet::source(lines).path(source).line_start(first).patches(edits.iter().map(patch));
        groups.push(Group::with_title(Level::HELP.secondary_title(title)).element(snippet));
    }
    groups
}

/// The lines that `span` lies on, where they start, and the number of the first.
fn lines_of<'a>(text: &'a str, index: &LineIndex, span: Span) -> (&'a str, usize, usize) {
    let start = text[..span.start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[span.end..].find('\n').map_or(text.len(), |newline| span.end + newline);
    (&text[start..end], start, index.position(start).line)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Source;
    use proptest::prelude::*;

    fn full(text: &str) -> String {
        let findings = plimsoll::analyze(text).findings;
        let analyzed = Analyzed { source: Source::Stdin, text: text.to_owned(), findings, outputs: None };
        let mut printed = Vec::new();
        assert!(print_full(&analyzed, &Renderer::plain(), &mut printed).is_ok());
        String::from_utf8_lossy(&printed).into_owned()
    }

    #[test]
    fn nothing_steers_the_terminal() {
        let printed = full("services:\n  \"\u{1B}[2Ja\": { python: {}, \u{202E}: 1 }\r\n");
        assert!(!printed.contains(['\u{1B}', '\u{202E}', '\r']), "{printed:?}");
    }

    proptest! {
        #[test]
        fn any_finding_can_be_shown(text in "(services:\n|  api:|  é: |\\{|\\}|\\[|replica: 2|\t|\r|\n|\"|: |- |python|ß|\u{0}){0,24}") {
            full(&text);
        }
    }
}
