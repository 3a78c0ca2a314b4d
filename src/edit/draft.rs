//! A text on its way through several small changes, each of which is proved before the next.

use super::render::Style;
use super::source::Source;
use super::{Refusal, model};
use crate::finding::Finding;
use crate::sorting;
use crate::text::{Edit, Span, apply};
use crate::yaml::{Node, Segment, parse};

/// The text so far, its tree, and what of it is as it was.
pub(super) struct Draft {
    length: usize,
    pieces: Vec<Piece>,
    pub text: String,
    pub root: Node,
    findings: Vec<Finding>,
}

/// A part of the text.
#[derive(Debug, Clone)]
enum Piece {
    /// As it was.
    Kept(Span),
    New(String),
}

impl Piece {
    fn length(&self) -> usize {
        match self {
            Self::Kept(span) => span.end - span.start,
            Self::New(text) => text.len(),
        }
    }

    fn part(&self, start: usize, end: usize) -> Self {
        match self {
            Self::Kept(span) => Self::Kept(Span::new(span.start + start, span.start + end)),
            Self::New(text) => Self::New(text[start..end].to_owned()),
        }
    }
}

impl Draft {
    pub fn new(text: &str) -> Result<Self, Refusal> {
        let parsed = parse(text);
        let why = || parsed.findings.first().map_or_else(String::new, |finding| finding.message.to_string());
        let Some(root) = parsed.root else { return Err(Refusal::Unreadable { why: why() }) };
        let pieces = vec![Piece::Kept(Span::new(0, text.len()))];
        Ok(Self { length: text.len(), pieces, text: text.to_owned(), root, findings: parsed.findings })
    }

    pub fn source(&self) -> Source<'_> {
        Source(&self.text)
    }

    pub fn style(&self) -> Style {
        Style::of(self.source(), &self.root)
    }

    /// Makes `edits`, if they make the text say `expected` and nothing else; `path` is what is changed.
    pub fn change(&mut self, mut edits: Vec<Edit>, expected: &Node, path: &[Segment]) -> Result<(), Refusal> {
        sorting::sort_by_key(&mut edits, |edit| edit.span);
        let text = apply(&self.text, &edits);
        let parsed = parse(&text);
        match parsed.root {
            Some(root) if model::same_document(&root, expected) && parsed.findings.len() <= self.findings.len() => {
                for edit in edits.into_iter().rev() {
                    self.pieces = spliced(&self.pieces, edit);
                }
                (self.text, self.root, self.findings) = (text, root, parsed.findings);
                Ok(())
            }
            _ if has_aliases(self.source(), &self.root) => Err(Refusal::Repeated(path.to_vec())),
            _ => Err(Refusal::Unusual(path.to_vec())),
        }
    }

    /// All changes together, as edits of the text that there was first.
    pub fn into_edits(self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let (mut at, mut new) = (0, String::new());
        for piece in self.pieces.into_iter().chain([Piece::Kept(Span::new(self.length, self.length))]) {
            match piece {
                Piece::New(text) => new.push_str(&text),
                Piece::Kept(span) => {
                    if span.start > at || !new.is_empty() {
                        edits.push(Edit { span: Span::new(at, span.start), text: std::mem::take(&mut new) });
                    }
                    at = span.end;
                }
            }
        }
        edits
    }
}

/// The pieces after an edit of the text that they make.
fn spliced(pieces: &[Piece], edit: Edit) -> Vec<Piece> {
    let (mut before, mut after, mut at) = (Vec::new(), Vec::new(), 0);
    for piece in pieces {
        let end = at + piece.length();
        let first = edit.span.start.clamp(at, end);
        let last = edit.span.end.clamp(at, end);
        if first > at {
            before.push(piece.part(0, first - at));
        }
        if last < end {
            after.push(piece.part(last - at, end - at));
        }
        at = end;
    }
    before.push(Piece::New(edit.text));
    before.extend(after);
    before
}

fn has_aliases(source: Source, node: &Node) -> bool {
    source.is_alias(node)
        || node.items().iter().any(|item| has_aliases(source, item))
        || node.entries().iter().any(|entry| entry.merged || has_aliases(source, &entry.value))
}
