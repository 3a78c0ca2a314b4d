//! Places in a text (byte spans, and the line and column that a person reads), and lists of items in a sentence.

use serde::{Deserialize, Serialize};

/// A half-open range of bytes in the document's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Span {
    /// Byte offset of the first byte.
    pub start: usize,
    /// Byte offset after the last byte.
    pub end: usize,
}

impl Span {
    /// The bytes from `start` up to, and without, `end`.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }
}

/// A position as editors show it: line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in Unicode scalar values, from 1.
    pub column: usize,
}

/// Replaces the bytes of `span` by `text`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Edit {
    /// The bytes to replace. An empty span inserts.
    pub span: Span,
    /// The new text.
    pub text: String,
}

/// The text after `edits`, none of which overlaps another; they are in the order of the text.
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut edited = String::with_capacity(text.len());
    let mut at = 0;
    for Edit { span, text: new } in edits {
        edited.push_str(text.get(at..span.start).unwrap_or_default());
        edited.push_str(new);
        at = span.end;
    }
    edited.push_str(text.get(at..).unwrap_or_default());
    edited
}

/// Joins items as in a sentence, with `and` or `or` before the last: `a`, `a and b`, `a, b and c`.
pub(crate) fn listed(items: &[String], before_last: &str) -> String {
    match items.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {before_last} {last}", others.join(", ")),
        _ => items.concat(),
    }
}

/// The length of `text` in UTF-16 code units, as scripts and language servers count.
pub fn utf16_length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// The byte offset of an offset in UTF-16 code units; past the end, the end; inside a character, its start.
pub fn from_utf16(text: &str, offset: u32) -> usize {
    let mut left = offset as usize;
    for (at, character) in text.char_indices() {
        if left < character.len_utf16() {
            return at;
        }
        left -= character.len_utf16();
    }
    text.len()
}

/// Finds line and column of byte offsets, without scanning the text again for each.
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> LineIndex<'a> {
    /// Notes where each line of `text` starts.
    pub fn new(text: &'a str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1))
            .collect();
        Self { text, starts }
    }

    /// Line and column of `offset`; past the end, those of the end; inside a character, its own.
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.text.len());
        let line = self.starts.partition_point(|start| *start <= offset);
        let start = self.starts[line - 1];
        let column = self.text[start..].char_indices().take_while(|(at, _)| start + at < offset).count();
        let inside = !self.text.is_char_boundary(offset);
        Position { line, column: if inside { column } else { column + 1 } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_of_scripts_become_bytes() {
        let text = "a\u{e9}\u{1f6a2}b";
        for (units, byte) in [(0, 0), (1, 1), (2, 3), (3, 3), (4, 7), (5, 8), (9, 8)] {
            assert_eq!(from_utf16(text, units), byte, "{units}");
        }
        assert_eq!(utf16_length(text), 5);
    }

    #[test]
    fn columns_count_characters_not_bytes() {
        let index = LineIndex::new("a: é\nbé: x\n");
        for (offset, line, column) in [(0, 1, 1), (3, 1, 4), (4, 1, 4), (5, 1, 5), (6, 2, 1), (10, 2, 4), (99, 3, 1)] {
            assert_eq!(index.position(offset), Position { line, column }, "offset {offset}");
        }
    }
}
