//! Lines, columns and comments of a text.

use crate::yaml::{Node, Value};

/// A text, asked about what stands around a byte.
#[derive(Clone, Copy)]
pub(super) struct Source<'a>(pub &'a str);

impl<'a> Source<'a> {
    pub fn slice(self, start: usize, end: usize) -> &'a str {
        self.0.get(start..end).unwrap_or_default()
    }

    pub fn line_start(self, at: usize) -> usize {
        self.slice(0, at).rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// Where the line of `at` ends, before its line break.
    pub fn line_end(self, at: usize) -> usize {
        let end = self.0[at..].find('\n').map_or(self.0.len(), |length| at + length);
        if self.slice(at, end).ends_with('\r') { end - 1 } else { end }
    }

    /// Where the line after that of `at` starts; the end of the text, if there is none.
    pub fn next_line(self, at: usize) -> usize {
        self.0[at..].find('\n').map_or(self.0.len(), |length| at + length + 1)
    }

    /// What stands on its line before `at`.
    pub fn before(self, at: usize) -> &'a str {
        self.slice(self.line_start(at), at)
    }

    /// What stands on its line from `at` on.
    pub fn after(self, at: usize) -> &'a str {
        self.slice(at, self.line_end(at))
    }

    /// How many characters stand before `at` on its line.
    pub fn column(self, at: usize) -> usize {
        self.before(at).trim_start_matches('\u{FEFF}').chars().count()
    }

    pub fn starts_line(self, at: usize) -> bool {
        self.before(at).trim_start_matches('\u{FEFF}').trim().is_empty()
    }

    /// Whether nothing but blanks, or a comment, stands on the line from `at` on.
    pub fn ends_line(self, at: usize) -> bool {
        let rest = self.after(at).trim();
        rest.is_empty() || rest.starts_with('#')
    }

    pub fn newline(self) -> &'static str {
        let first = self.0.find('\n').unwrap_or(0);
        if self.slice(0, first).ends_with('\r') { "\r\n" } else { "\n" }
    }

    fn is_blank_line(self, at: usize) -> bool {
        self.slice(self.line_start(at), self.line_end(at)).trim().is_empty()
    }

    /// The column of the comment that is all there is on the line of `at`.
    fn comment_column(self, at: usize) -> Option<usize> {
        let line = self.slice(self.line_start(at), self.line_end(at));
        let comment = line.trim_start();
        comment.starts_with('#').then(|| line.chars().count() - comment.chars().count())
    }

    /// Where the comments start that stand right above `line` (the start of a line) and as far in as what they are about.
    /// What starts the text is about all of it.
    pub fn comments_above(self, line: usize, column: usize) -> usize {
        let mut start = line;
        while start > 0 && self.comment_column(start - 1) == Some(column) {
            start = self.line_start(start - 1);
        }
        if start == 0 && line > 0 { line } else { start }
    }

    /// Where the comments end that stand right below the line of `end`, at least as far in as `column`.
    pub fn comments_below(self, mut end: usize, column: usize) -> usize {
        loop {
            let next = self.next_line(end);
            match self.comment_column(next) {
                Some(comment) if next > end && next < self.0.len() && comment >= column => end = self.line_end(next),
                _ => return end,
            }
        }
    }

    /// The start of the blank lines above `line`, the start of a line.
    pub fn blanks_above(self, line: usize) -> usize {
        let mut start = line;
        while start > 0 && self.is_blank_line(start - 1) {
            start = self.line_start(start - 1);
        }
        start
    }

    /// The end of the blank lines from `line`, the start of a line, on.
    pub fn blanks_below(self, line: usize) -> usize {
        let mut end = line;
        while end < self.0.len() && self.is_blank_line(end) {
            end = self.next_line(end);
        }
        end
    }

    /// Whether a blank line stands between two bytes.
    pub fn has_blank_line(self, start: usize, end: usize) -> bool {
        let lines = self.slice(start, end).split('\n').collect::<Vec<_>>();
        lines.len() > 2 && lines[1..lines.len() - 1].iter().any(|line| line.trim().is_empty())
    }

    /// Whether a value is an alias: no other starts with a star.
    pub fn is_alias(self, node: &Node) -> bool {
        self.0[node.span.start..].starts_with('*')
    }

    /// Whether a list or map stands in brackets.
    pub fn is_flow(self, node: &Node) -> bool {
        matches!(node.value, Value::Sequence(_) | Value::Mapping(_))
            && self.0[node.span.start..].starts_with(['[', '{'])
    }

    /// Whether a list or map is written by indentation.
    pub fn is_block(self, node: &Node) -> bool {
        matches!(node.value, Value::Sequence(_) | Value::Mapping(_)) && !self.is_flow(node) && !self.is_alias(node)
    }

    /// The end of the last line of `node`, with the blank lines that it keeps as a part of its text (`|+`).
    pub fn last_line_end(self, node: &Node) -> usize {
        let end = self.line_end(node.span.end);
        let last = deepest_last(node);
        let header = self.slice(last.span.start, self.line_end(last.span.start));
        let keeps = header.starts_with(['|', '>']) && header.split('#').next().unwrap_or_default().contains('+');
        let below = if keeps { self.blanks_below(self.next_line(end)) } else { 0 };
        if below > self.next_line(end) { self.line_end(below - 1) } else { end }
    }
}

fn deepest_last(node: &Node) -> &Node {
    let last = match &node.value {
        Value::Sequence(items) => items.last(),
        Value::Mapping(entries) => entries.iter().map(|entry| &entry.value).max_by_key(|value| value.span.end),
        _ => None,
    };
    // What an alias repeats stands elsewhere.
    match last.filter(|last| last.span.start >= node.span.start && last.span.end <= node.span.end) {
        Some(last) => deepest_last(last),
        None => node,
    }
}
