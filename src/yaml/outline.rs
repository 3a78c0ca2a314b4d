//! The shape of a text while somebody types it: keys, values and items with their places, whether or not it is valid YAML.
//!
//! [`parse`](super::parse) refuses a text at its first mistake, and resolves aliases, merge keys and repeated keys. An editor
//! needs neither: it needs to know what stands where, also below an open bracket and in a key that is there twice. So
//! [`outline`] follows the structure that YAML gives every valid text, which a test compares with [`parse`](super::parse), and
//! goes on where that one stops:
//!
//! - Content that is indented further than its neighbours belongs to the value before it.
//! - A line without a colon in a map is a key without a value.
//! - A bracket or quote that is never closed ends before the next line that is not indented further than its key.

use super::tree::MAX_DEPTH;
use crate::text::Span;
use std::borrow::Cow;
use std::cell::Cell;

/// How many bytes are read again, at most, because a bracket turned out to be open: a text of many open brackets must not
/// take quadratic time.
const MAX_READ_AGAIN: usize = 4 << 20;

/// A value as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The value itself, with its quotes or brackets; empty where nothing is written.
    pub span: Span,
    /// The value with its anchor and tag.
    pub outer: Span,
    /// What it is.
    pub shape: Shape,
}

/// What a [`Part`] is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Nothing is written.
    Empty,
    /// Text without quotes.
    Plain,
    /// Text in quotes.
    Quoted,
    /// Text behind `|` or `>`.
    Block,
    /// A reference to an anchor.
    Alias,
    /// A map.
    Mapping(Vec<Pair>),
    /// A list.
    Sequence(Vec<Part>),
}

/// A key of a map with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    /// The key; empty where only a colon is written.
    pub key: Part,
    /// The offset of the colon, if there is one.
    pub colon: Option<usize>,
    /// The value.
    pub value: Part,
}

/// Reads the shape of the first document of `text`; nothing if that has no content. Never fails.
pub fn outline(text: &str) -> Option<Part> {
    let mut reader = Reader::new(text);
    reader.skip_blank();
    if reader.is_done() {
        return None;
    }
    let mut root = reader.block(-1, Start::Line);
    while reader.skip_blank() {
        let more = reader.block(-1, Start::Line);
        root.add(more, text);
    }
    Some(root)
}

impl Part {
    /// The pairs of a map; none of anything else.
    pub fn pairs(&self) -> &[Pair] {
        if let Shape::Mapping(pairs) = &self.shape { pairs } else { &[] }
    }

    /// The items of a list; none of anything else.
    pub fn items(&self) -> &[Part] {
        if let Shape::Sequence(items) = &self.shape { items } else { &[] }
    }

    /// Whether it is text on one line or several, without brackets.
    pub fn is_text(&self) -> bool {
        matches!(self.shape, Shape::Plain | Shape::Quoted | Shape::Block)
    }

    /// The text of plain or quoted text in `text`, the whole it was read from.
    pub fn text<'t>(&self, text: &'t str) -> Option<Cow<'t, str>> {
        let written = text.get(self.span.start..self.span.end)?;
        match self.shape {
            Shape::Plain => Some(Cow::Borrowed(written)),
            Shape::Quoted => {
                let quote = written.chars().next()?;
                let inner = written.get(1..).unwrap_or_default();
                let inner = inner.strip_suffix(quote).unwrap_or(inner);
                Some(match quote {
                    '\'' => inner.replace("''", "'").into(),
                    _ if inner.contains('\\') => {
                        let read = super::parse(written).root.and_then(|node| node.text().map(str::to_owned));
                        read.map_or(Cow::Borrowed(inner), Cow::Owned)
                    }
                    _ => inner.into(),
                })
            }
            _ => None,
        }
    }

    fn empty(at: usize) -> Self {
        Self { span: Span::new(at, at), outer: Span::new(at, at), shape: Shape::Empty }
    }

    fn new(start: usize, end: usize, shape: Shape) -> Self {
        Self { span: Span::new(start, end), outer: Span::new(start, end), shape }
    }

    /// Takes in content that stands where none is expected: it goes on with the collection, or replaces text by one. Text as
    /// far left as a map, on the line above, is a key of it that lacks its colon.
    fn add(&mut self, more: Self, text: &str) {
        let column = |part: &Self| part.span.start - text[..part.span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let key = matches!((&self.shape, &more.shape), (Shape::Plain, Shape::Mapping(_))).then(|| self.clone());
        let key = key.filter(|key| column(key) == column(&more));
        match (&mut self.shape, more.shape) {
            (Shape::Mapping(pairs), Shape::Mapping(more)) => pairs.extend(more),
            (Shape::Sequence(items), Shape::Sequence(more)) => items.extend(more),
            (Shape::Mapping(_) | Shape::Sequence(_), _) => {}
            (shape, Shape::Mapping(mut pairs)) => {
                pairs.splice(0..0, key.map(|key| Pair { value: Self::empty(key.outer.end), key, colon: None }));
                *shape = Shape::Mapping(pairs);
            }
            (shape, more @ Shape::Sequence(_)) => *shape = more,
            _ => return,
        }
        self.span.end = self.span.end.max(more.outer.end);
        self.outer.end = self.outer.end.max(more.outer.end);
    }
}

impl Pair {
    /// From the key to the end of the value.
    pub fn span(&self) -> Span {
        let colon = self.colon.map_or(0, |colon| colon + 1);
        Span::new(self.key.outer.start, self.key.outer.end.max(colon).max(self.value.outer.end))
    }
}

/// Where a value in a block starts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Start {
    /// At the first content of a line, or behind a dash: a map or list may start here.
    Line,
    /// Behind a key on its line: lists and maps start on the next line, and lists may stand as far left as the key.
    Key,
}

/// Where brackets end that are not closed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// They are closed, or it is not known yet that they are not.
    Never,
    /// Before a line that is not indented further than `parent`, below that of `start`.
    Below { parent: isize, start: usize },
}

struct Reader<'a> {
    text: &'a str,
    /// The first document.
    bytes: &'a [u8],
    at: usize,
    /// Where the line of `at` starts.
    line: usize,
    depth: usize,
    open: Open,
    /// How many bytes may still be read again.
    read_again: usize,
    /// A place in a line, and the end of that.
    known_line: Cell<(usize, usize)>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let (start, end) = first_document(text);
        let line = text[..start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
        let bytes = &text.as_bytes()[..end];
        let (open, read_again, known_line) = (Open::Never, MAX_READ_AGAIN, Cell::new((1, 0)));
        Self { text, bytes, at: start, line, depth: 0, open, read_again, known_line }
    }

    fn is_done(&self) -> bool {
        self.at >= self.bytes.len()
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn here(&self) -> Option<u8> {
        self.byte(self.at)
    }

    fn column(&self) -> isize {
        column(self.line, self.at)
    }

    /// Whether a line or the document ends at `at`.
    fn is_break(&self, at: usize) -> bool {
        matches!(self.byte(at), None | Some(b'\n' | b'\r'))
    }

    fn is_blank(&self, at: usize) -> bool {
        self.is_break(at) || matches!(self.byte(at), Some(b' ' | b'\t'))
    }

    fn is_comment(&self, at: usize) -> bool {
        self.byte(at) == Some(b'#') && (at == 0 || self.is_blank(at - 1))
    }

    /// Whether nothing but a comment follows on the line.
    fn is_line_end(&self) -> bool {
        self.is_break(self.at) || self.is_comment(self.at)
    }

    /// Whether an indicator such as `- ` stands here.
    fn is_indicator(&self, indicator: u8) -> bool {
        self.here() == Some(indicator) && self.is_blank(self.at + 1)
    }

    fn skip_spaces(&mut self) {
        while matches!(self.here(), Some(b' ' | b'\t')) {
            self.at += 1;
        }
    }

    fn skip_break(&mut self) {
        if self.here() == Some(b'\r') && self.byte(self.at + 1) == Some(b'\n') {
            self.at += 1;
        }
        self.at += 1;
        self.line = self.at;
    }

    /// Goes to the next content, over blanks, line breaks and comments; false at the end.
    fn skip_blank(&mut self) -> bool {
        loop {
            self.skip_spaces();
            if self.is_comment(self.at) {
                self.at = self.line_end(self.at);
            }
            match self.here() {
                None => return false,
                Some(b'\n' | b'\r') => self.skip_break(),
                Some(_) => return true,
            }
        }
    }

    /// The end of the line of `at`. Looked up once for the rest of a line: one line may hold a whole text.
    fn line_end(&self, at: usize) -> usize {
        let (from, end) = self.known_line.get();
        if (from..=end).contains(&at) {
            return end;
        }
        let rest = self.bytes.get(at..).unwrap_or_default();
        let length = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r'));
        let end = length.map_or(self.bytes.len(), |length| at + length);
        self.known_line.set((at, end));
        end
    }

    /// The end of what is written from `start` up to `end`, without blanks.
    fn trimmed(&self, start: usize, end: usize) -> usize {
        let written = self.bytes.get(start..end).unwrap_or_default();
        start
            + written.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r')).map_or(0, |last| last + 1)
    }

    /// Skips anchors and tags and the blanks behind them; gives the end of the last, if there is any.
    fn properties(&mut self) -> Option<usize> {
        let mut end = None;
        while matches!(self.here(), Some(b'&' | b'!')) {
            let is_verbatim = self.byte(self.at + 1) == Some(b'<');
            let ends = |byte: &u8| match byte {
                b' ' | b'\t' | b'\n' | b'\r' => true,
                b',' | b'[' | b']' | b'{' | b'}' => !is_verbatim,
                _ => false,
            };
            let rest = &self.bytes[self.at..];
            self.at += rest.iter().position(ends).unwrap_or(rest.len());
            end = Some(self.at);
            self.skip_spaces();
        }
        end
    }

    /// The value that starts here and stands in a collection at the column `parent`. Takes at least a byte.
    fn block(&mut self, parent: isize, start: Start) -> Part {
        self.depth += 1;
        let part = if self.depth > MAX_DEPTH { self.give_up() } else { self.block_within(parent, start) };
        self.depth -= 1;
        part
    }

    /// Leaves the rest of a text that is nested too deep.
    fn give_up(&mut self) -> Part {
        let at = self.at;
        self.at = self.bytes.len();
        Part::empty(at)
    }

    fn block_within(&mut self, parent: isize, start: Start) -> Part {
        let (from, line) = (self.at, self.line);
        let properties = self.properties();
        if let Some(end) = properties
            && self.is_line_end()
        {
            let below = self.below(parent, end, start);
            return Part { outer: Span::new(from, below.outer.end.max(end)), ..below };
        }
        if start == Start::Line {
            if self.is_indicator(b'-') {
                return self.sequence();
            }
            let content = self.at;
            self.at = from;
            let column = self.column();
            if self.is_indicator(b'?') || self.is_indicator(b':') || self.key().is_some() {
                (self.at, self.line) = (from, line);
                return self.mapping(column);
            }
            (self.at, self.line) = (content, line);
        }
        let part = match self.here() {
            Some(b'[' | b'{') => self.outermost_flow(parent),
            Some(b'"' | b'\'') => self.quoted(parent),
            Some(b'|' | b'>') => self.block_text(parent),
            Some(b'*') => self.alias(),
            _ => self.plain(parent),
        };
        Part { outer: Span::new(from, part.span.end), ..part }
    }

    /// The value of which nothing stands on the line of its key or dash, behind which is `behind`.
    fn below(&mut self, parent: isize, behind: usize, start: Start) -> Part {
        if !self.skip_blank() {
            return Part::empty(behind);
        }
        let column = self.column();
        if column > parent {
            self.block(parent, Start::Line)
        } else if column == parent && start == Start::Key && self.is_indicator(b'-') {
            self.sequence()
        } else {
            Part::empty(behind)
        }
    }

    /// The list whose first dash is here.
    fn sequence(&mut self) -> Part {
        let (start, column) = (self.at, self.column());
        let mut items: Vec<Part> = Vec::new();
        loop {
            let behind = self.at + 1;
            self.at = behind;
            self.skip_spaces();
            items.push(if self.is_line_end() {
                self.below(column, behind, Start::Line)
            } else {
                self.block(column, Start::Line)
            });
            while self.skip_blank() && self.column() > column {
                let more = self.block(column, Start::Line);
                if let Some(last) = items.last_mut() {
                    last.add(more, self.text);
                }
            }
            if self.is_done() || self.column() < column || !self.is_indicator(b'-') {
                break;
            }
        }
        let end = items.last().map_or(start + 1, |item| item.outer.end);
        Part::new(start, end, Shape::Sequence(items))
    }

    /// The map whose first key is here.
    fn mapping(&mut self, column: isize) -> Part {
        let start = self.at;
        let mut pairs: Vec<Pair> = Vec::new();
        loop {
            pairs.push(self.pair(column));
            while self.skip_blank() && (self.column() > column || self.column() == column && self.is_indicator(b'-')) {
                let more = self.block(column, Start::Line);
                if let Some(last) = pairs.last_mut() {
                    last.value.add(more, self.text);
                }
            }
            if self.is_done() || self.column() < column {
                break;
            }
        }
        let end = pairs.last().map_or(start, |pair| pair.span().end);
        Part::new(start, end, Shape::Mapping(pairs))
    }

    fn pair(&mut self, column: isize) -> Pair {
        if self.is_indicator(b'?') {
            let behind = self.at + 1;
            self.at = behind;
            self.skip_spaces();
            let key = if self.is_line_end() {
                self.below(column, behind, Start::Line)
            } else {
                self.block(column, Start::Line)
            };
            if self.skip_blank() && self.column() == column && self.is_indicator(b':') {
                let colon = self.at;
                return Pair { key, colon: Some(colon), value: self.value(column, colon, Start::Line) };
            }
            let value = Part::empty(key.outer.end);
            return Pair { key, colon: None, value };
        }
        if self.is_indicator(b':') {
            let (key, colon) = (Part::empty(self.at), self.at);
            return Pair { key, colon: Some(colon), value: self.value(column, colon, Start::Key) };
        }
        if let Some((key, colon)) = self.key() {
            return Pair { key, colon: Some(colon), value: self.value(column, colon, Start::Key) };
        }
        let start = self.at;
        let end = self.trimmed(start, self.plain_end(start)).max(start + 1);
        self.at = end;
        Pair { key: Part::new(start, end, Shape::Plain), colon: None, value: Part::empty(end) }
    }

    /// The value behind the colon of a pair.
    fn value(&mut self, column: isize, colon: usize, start: Start) -> Part {
        self.at = colon + 1;
        self.skip_spaces();
        if self.is_line_end() { self.below(column, colon + 1, Start::Key) } else { self.block(column, start) }
    }

    /// The key that starts here, and its colon, if it has one on its line; it is then behind the key, else where it was.
    fn key(&mut self) -> Option<(Part, usize)> {
        let (from, line) = (self.at, self.line);
        self.properties();
        let start = self.at;
        let end = self.line_end(start);
        let found = match self.here() {
            Some(b'"' | b'\'') => {
                let quoted = self.closing_quote(start, end).map(|quote| quote + 1);
                quoted.map(|end| Part::new(start, end, Shape::Quoted))
            }
            Some(b'[' | b'{') => Some(self.outermost_flow(self.column())).filter(|part| part.span.end <= end),
            Some(b'*') => Some(self.alias()),
            Some(b'|' | b'>') | None => None,
            Some(_) => self.colon(start, end).map(|colon| {
                let shape = if colon == start { Shape::Empty } else { Shape::Plain };
                Part::new(start, self.trimmed(start, colon), shape)
            }),
        };
        if let Some(part) = found {
            self.at = part.span.end;
            self.skip_spaces();
            if self.is_indicator(b':') {
                return Some((Part { outer: Span::new(from, part.span.end), ..part }, self.at));
            }
        }
        (self.at, self.line) = (from, line);
        None
    }

    /// The first colon that ends a plain key, from `start` up to `end`.
    fn colon(&self, start: usize, end: usize) -> Option<usize> {
        let end = self.comment_start(start, end);
        (start..end).find(|at| self.byte(*at) == Some(b':') && self.is_blank(at + 1))
    }

    fn comment_start(&self, start: usize, end: usize) -> usize {
        (start + 1..end).find(|at| self.is_comment(*at)).unwrap_or(end)
    }

    /// The end of plain text on the line of `start`, with the blanks behind it.
    fn plain_end(&self, start: usize) -> usize {
        self.comment_start(start, self.line_end(start))
    }

    /// The closing quote of the text whose opening one is at `start`, if it comes before `end`.
    fn closing_quote(&self, start: usize, end: usize) -> Option<usize> {
        let quote = self.byte(start)?;
        let mut at = start + 1;
        while at < end {
            match self.bytes[at] {
                b'\\' if quote == b'"' => at += 2,
                b'\'' if quote == b'\'' && self.byte(at + 1) == Some(b'\'') => at += 2,
                byte if byte == quote => return Some(at),
                _ => at += 1,
            }
        }
        None
    }

    fn alias(&mut self) -> Part {
        let start = self.at;
        while !self.is_blank(self.at) && !matches!(self.here(), Some(b',' | b'[' | b']' | b'{' | b'}')) {
            self.at += 1;
        }
        Part::new(start, self.at, Shape::Alias)
    }

    /// Text in quotes, which goes on over lines that are indented further than `parent`; without a closing quote there it
    /// ends with its first line.
    fn quoted(&mut self, parent: isize) -> Part {
        let start = self.at;
        let first = self.line_end(start);
        let quote = self.here();
        let mut at = start + 1;
        let end = loop {
            match self.byte(at) {
                Some(b'\\') if quote == Some(b'"') && !self.is_break(at + 1) => at += 2,
                Some(b'\'') if quote == Some(b'\'') && self.byte(at + 1) == quote => at += 2,
                byte if byte == quote => break at + 1,
                Some(b'\n' | b'\r') if self.read_again > 0 => match self.continuation(at, parent) {
                    Some(next) => at = next,
                    None => break self.without_quote(start, at, first),
                },
                None | Some(b'\n' | b'\r') => break self.without_quote(start, at, first),
                Some(_) => at += 1,
            }
        };
        self.go_to(end);
        Part::new(start, end, Shape::Quoted)
    }

    /// The end of text without a closing quote, which was looked for up to `at`.
    fn without_quote(&mut self, start: usize, at: usize, first: usize) -> usize {
        self.read_again = self.read_again.saturating_sub(at - first);
        self.trimmed(start, first)
    }

    /// The first content below the line that ends at `end`, if it is indented further than `parent`.
    fn continuation(&self, end: usize, parent: isize) -> Option<usize> {
        let mut at = end;
        while at < self.bytes.len() {
            at += if self.bytes[at..].starts_with(b"\r\n") { 2 } else { 1 };
            let line = at;
            while matches!(self.byte(at), Some(b' ' | b'\t')) {
                at += 1;
            }
            if !self.is_break(at) {
                return (column(line, at) > parent).then_some(at);
            }
        }
        None
    }

    /// Goes on to `at`, which may be on a later line.
    fn go_to(&mut self, at: usize) {
        let passed = &self.bytes[self.at.min(at)..at];
        if let Some(last) = passed.iter().rposition(|byte| matches!(byte, b'\n' | b'\r')) {
            self.line = self.at.min(at) + last + 1;
        }
        self.at = at;
    }

    /// Text behind `|` or `>`: the lines that are indented further than `parent`, and as far as the first of them.
    fn block_text(&mut self, parent: isize) -> Part {
        let start = self.at;
        let header = self.line_end(start);
        let mut end = self.trimmed(start, self.comment_start(start, header));
        let digit = self.bytes[start..end].iter().find(|byte| matches!(byte, b'1'..=b'9'));
        let mut least = digit.map_or(parent + 1, |digit| parent.max(0) + isize::from(digit - b'0'));
        let mut is_first = digit.is_none();
        self.at = header;
        while !self.is_done() {
            let (before, line) = (self.at, self.line);
            self.skip_break();
            while self.here() == Some(b' ') {
                self.at += 1;
            }
            let column = self.column();
            if self.is_break(self.at) {
                continue;
            }
            if column < least {
                (self.at, self.line) = (before, line);
                break;
            }
            if is_first {
                (least, is_first) = (column, false);
            }
            let content = self.at;
            self.at = self.line_end(content);
            end = self.trimmed(content, self.at);
        }
        Part::new(start, end, Shape::Block)
    }

    /// Plain text with the lines that continue it.
    fn plain(&mut self, parent: isize) -> Part {
        let from = self.at;
        let mut end = self.plain_end(from);
        let mut last = self.trimmed(from, end).max(from + self.character(from));
        loop {
            let is_commented = end < self.line_end(end);
            let next = if is_commented { None } else { self.continuation(end, parent) };
            // A line with a key ends it: no valid text has one there.
            let Some(next) =
                next.filter(|next| self.byte(*next) != Some(b'#') && self.colon(*next, self.line_end(*next)).is_none())
            else {
                break;
            };
            end = self.plain_end(next);
            last = self.trimmed(next, end).max(next + 1);
        }
        self.go_to(last);
        Part::new(from, last, Shape::Plain)
    }

    /// The length of the character at `at`.
    fn character(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
    }
}

/// The column of `at` on the line that starts at `line`.
#[expect(clippy::cast_possible_wrap, reason = "texts are shorter than half of the address space")]
fn column(line: usize, at: usize) -> isize {
    (at - line) as isize
}

/// Where the first document starts, behind directives and `---`, and where it ends.
fn first_document(text: &str) -> (usize, usize) {
    let is_marker = |line: &str, marker: &str| {
        line.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
    };
    let mut start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let (mut at, mut is_started) = (start, false);
    for line in text[start..].split_inclusive(['\n', '\r']) {
        let next = at + line.len();
        if is_marker(line, "...") || (is_started && is_marker(line, "---")) {
            if is_started {
                return (start, at);
            }
            start = next;
        } else if is_marker(line, "---") {
            (start, is_started) = (at + 3, true);
        } else if line.starts_with('%') && !is_started {
            start = next;
        } else if !is_started && !line.trim_start().is_empty() && !line.trim_start().starts_with('#') {
            is_started = true;
        }
        at = next;
    }
    (start, text.len())
}

/// Collections in brackets.
impl Reader<'_> {
    /// The outermost bracket: read as if it were closed, and, if it is not, again with bounds.
    fn outermost_flow(&mut self, parent: isize) -> Part {
        let (start, line) = (self.at, self.line);
        if self.read_again > 0 {
            self.open = Open::Never;
            let (part, is_closed) = self.flow();
            if is_closed {
                return part;
            }
            self.read_again = self.read_again.saturating_sub(self.at - start);
            (self.at, self.line) = (start, line);
        }
        self.open = Open::Below { parent, start };
        let (part, _) = self.flow();
        self.open = Open::Never;
        part
    }

    /// The column that text in brackets has to be indented further than.
    fn flow_parent(&self) -> isize {
        match self.open {
            Open::Never => -1,
            Open::Below { parent, .. } => parent,
        }
    }

    /// Goes to the next content of what stands in brackets; false where it ends without being closed.
    fn skip_blank_in_flow(&mut self) -> bool {
        let (before, line) = (self.at, self.line);
        let is_over = !self.skip_blank()
            || match self.open {
                Open::Never => false,
                Open::Below { parent, start } => {
                    self.line > start && self.column() <= parent && !matches!(self.here(), Some(b']' | b'}'))
                }
            };
        if is_over {
            (self.at, self.line) = (before, line);
        }
        !is_over
    }

    /// The list or map whose opening bracket is here, and whether it is closed.
    fn flow(&mut self) -> (Part, bool) {
        let start = self.at;
        let is_map = self.here() == Some(b'{');
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            self.at = self.bytes.len();
        }
        let (mut pairs, mut items) = (Vec::new(), Vec::new());
        let is_closed = loop {
            if !self.skip_blank_in_flow() {
                break false;
            }
            match self.here() {
                Some(b']' | b'}') => {
                    self.at += 1;
                    break true;
                }
                Some(b',') => self.at += 1,
                _ if is_map => pairs.push(self.flow_pair()),
                _ => items.push(self.flow_item()),
            }
        };
        self.depth -= 1;
        let end = if is_closed { self.at } else { self.trimmed(start, self.at) };
        let shape = if is_map { Shape::Mapping(pairs) } else { Shape::Sequence(items) };
        (Part::new(start, end, shape), is_closed)
    }

    fn flow_pair(&mut self) -> Pair {
        if self.is_indicator(b'?') {
            self.at += 1;
            if !self.skip_blank_in_flow() || matches!(self.here(), Some(b',' | b']' | b'}')) {
                let empty = Part::empty(self.at);
                return Pair { key: empty.clone(), colon: None, value: empty };
            }
        }
        let key = if self.is_colon(false) { Part::empty(self.at) } else { self.flow_value(true) };
        self.flow_pair_of(key)
    }

    /// The pair whose key has been read.
    fn flow_pair_of(&mut self, key: Part) -> Pair {
        let (after, line) = (self.at, self.line);
        let may_touch = !matches!(key.shape, Shape::Plain | Shape::Alias | Shape::Empty);
        if !self.skip_blank_in_flow() || !self.is_colon(may_touch) {
            (self.at, self.line) = (after, line);
            let value = Part::empty(key.outer.end);
            return Pair { key, colon: None, value };
        }
        let colon = self.at;
        self.at += 1;
        let (behind, line) = (self.at, self.line);
        let is_written = self.skip_blank_in_flow() && !matches!(self.here(), Some(b',' | b']' | b'}'));
        let value = if is_written {
            self.flow_value(false)
        } else {
            (self.at, self.line) = (behind, line);
            Part::empty(behind)
        };
        Pair { key, colon: Some(colon), value }
    }

    /// Whether a colon stands here that ends a key; behind quotes and brackets a value may touch it.
    fn is_colon(&self, may_touch: bool) -> bool {
        let ends = || self.is_blank(self.at + 1) || self.is_flow_indicator(self.at + 1);
        self.here() == Some(b':') && (may_touch || ends())
    }

    fn is_flow_indicator(&self, at: usize) -> bool {
        matches!(self.byte(at), Some(b',' | b'[' | b']' | b'{' | b'}'))
    }

    /// An item of a list: a value, or a pair that stands without brackets of its own.
    fn flow_item(&mut self) -> Part {
        let pair = if self.is_indicator(b'?') || self.is_colon(false) {
            self.flow_pair()
        } else {
            let value = self.flow_value(false);
            let pair = self.flow_pair_of(value);
            if pair.colon.is_none() {
                return pair.key;
            }
            pair
        };
        let Span { start, end } = pair.span();
        Part::new(start, end, Shape::Mapping(vec![pair]))
    }

    /// The value or key that starts here. Takes at least a byte.
    fn flow_value(&mut self, is_key: bool) -> Part {
        let from = self.at;
        if let Some(end) = self.properties() {
            let is_written =
                self.skip_blank_in_flow() && !matches!(self.here(), Some(b',' | b']' | b'}')) && !self.is_colon(false);
            if !is_written {
                return Part { outer: Span::new(from, end), ..Part::empty(end) };
            }
        }
        let part = match self.here() {
            Some(b'[' | b'{') => self.flow().0,
            Some(b'"' | b'\'') => self.quoted(self.flow_parent()),
            Some(b'*') => self.alias(),
            _ => self.flow_plain(is_key),
        };
        Part { outer: Span::new(from, part.span.end), ..part }
    }

    /// Plain text in brackets. A key may go on over lines; a value ends before a line that has a key.
    fn flow_plain(&mut self, is_key: bool) -> Part {
        let start = self.at;
        let mut last = start + self.character(start);
        self.at = last;
        loop {
            while !self.is_break(self.at)
                && !self.is_flow_indicator(self.at)
                && !self.is_colon(false)
                && !self.is_comment(self.at)
            {
                self.at += 1;
            }
            last = self.trimmed(start, self.at).max(last);
            if !self.is_break(self.at) || self.is_done() {
                break;
            }
            let (at, line) = (self.at, self.line);
            let goes_on = !self.is_comment_below()
                && self.skip_blank_in_flow()
                && !self.is_flow_indicator(self.at)
                && !self.is_colon(false)
                && (is_key || self.colon(self.at, self.line_end(self.at)).is_none());
            if !goes_on {
                (self.at, self.line) = (at, line);
                break;
            }
        }
        self.at = last;
        Part::new(start, last, Shape::Plain)
    }

    /// Whether the next line with content is a comment.
    fn is_comment_below(&self) -> bool {
        self.continuation(self.at, -1).is_some_and(|next| self.byte(next) == Some(b'#'))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Node, Value, parse};
    use proptest::prelude::*;

    /// The places of keys and values, in the order of the text, each with the place of its collection's bracket or dash.
    fn of_outline(text: &str, part: &Part, found: &mut Vec<(usize, String)>) {
        let shown = |kind: &str, span: Span| (span.start, format!("{kind} {:?}", &text[span.start..span.end]));
        match &part.shape {
            Shape::Mapping(pairs) => {
                found.push(shown("map", part.span));
                for pair in pairs {
                    found.push(shown("key", pair.key.span));
                    of_outline(text, &pair.value, found);
                }
            }
            Shape::Sequence(items) => {
                found.push(shown("list", part.span));
                for item in items {
                    of_outline(text, item, found);
                }
            }
            // Where nothing is written, the two differ in what counts as behind an anchor.
            Shape::Empty => {}
            _ => found.push(shown("text", part.span)),
        }
    }

    fn of_tree(text: &str, node: &Node, found: &mut Vec<(usize, String)>) {
        let shown = |kind: &str, span: Span| (span.start, format!("{kind} {:?}", &text[span.start..span.end]));
        let is_alias = text[node.span.start..].starts_with('*');
        match &node.value {
            _ if is_alias => found.push(shown("text", node.span)),
            Value::Mapping(entries) => {
                found.push(shown("map", node.span));
                for entry in entries {
                    found.push(shown("key", entry.key_span));
                    of_tree(text, &entry.value, found);
                }
            }
            Value::Sequence(items) => {
                found.push(shown("list", node.span));
                for item in items {
                    of_tree(text, item, found);
                }
            }
            _ if node.span.start == node.span.end => {}
            _ => found.push(shown("text", node.span)),
        }
    }

    /// What both make of a text, if it is valid, and if no key of it is repeated, merged or no text: the tree lacks those.
    fn both(text: &str) -> Option<(Vec<String>, Vec<String>)> {
        let parsed = parse(text);
        let root = parsed.root.filter(|_| !text.contains("<<"))?;
        if parsed.findings.iter().any(|finding| ["repeated-key", "wrong-key"].contains(&finding.rule.id)) {
            return None;
        }
        let (mut expected, mut actual) = (Vec::new(), Vec::new());
        of_tree(text, &root, &mut expected);
        if let Some(part) = outline(text) {
            of_outline(text, &part, &mut actual);
        }
        let texts =
            |found: Vec<(usize, String)>| found.into_iter().map(|(at, shown)| format!("{at} {shown}")).collect();
        Some((texts(expected), texts(actual)))
    }

    fn agree(text: &str) {
        let (expected, actual) = both(text).expect(text);
        assert_eq!(actual, expected, "{text}");
    }

    #[test]
    fn the_shape_of_a_valid_text_is_that_of_its_tree() {
        for text in [
            "a: b",
            "\u{FEFF}a: b\n",
            "# \u{e9}\n\u{e9}: \"\u{fc}\" # \u{f6}\n\u{df}: 'it''s'\t\n",
            "a: 1\r\nb:\r\n  - x\r\n  - y\r\nc: d\r\n",
            "a:\n- b\n- - c\n  - d\n",
            "a:\n  # why\n  b: 1\n\n# end\nc: 2",
            "a:\t[ 1 , 2 ] # x\n",
            "a: [\n  1,\n  {b: c}, # x\n]\n",
            "a: {b, \"c\":d, ? e : f, g: }",
            "a:\n  b: [\n    \"\u{e9}\",\n  ]\n  c: [\n  ] # x\n",
            "- a: [\r\nb,\r\n'c\r\nd']\r\n- {\r\n}",
            "[a: b, c]",
            "a: |  # x\n  \u{e9}\n   b\n\nc: >-\n\n  d\n",
            "- |\n | x\n- >\n- |+\n\n",
            "a: &x !!map\n  b: !!str &y 1\nc: *x\n",
            "a: one\n  two\nb: \"one\n  two\" \n",
            "? a\n: b\n? c\n",
            "--- # x\na: b\n...\n",
            "%YAML 1.2\n%\u{c9} \u{f6}\n--- {a: b}\n",
            "a: \"\\\"]\\\\\"\nb: \"\"\n",
            "a: !!str\nb: &x\nc: 3",
            "a: 1\n---\na: 2\n",
            "a: b\n  - c\n",
            "- &a b: c\n  d: e\n",
            "- - - a\n    - b\n  - c\n- d\n",
            "a: http://x/#y\nb: 12:30\nc: {d: e:f, g: 'h'}\n",
            "a: {b\n c: d}\n",
            "",
            "# nothing\n",
            "text\n",
        ] {
            agree(text);
        }
    }

    #[test]
    fn what_is_broken_ends_where_its_lines_do() {
        let paths = |text: &str| {
            fn walk(text: &str, part: &Part, path: &str, found: &mut Vec<String>) {
                for pair in part.pairs() {
                    let path = format!("{path}.{}", pair.key.text(text).unwrap_or_default());
                    found.push(path.clone());
                    walk(text, &pair.value, &path, found);
                }
                for (index, item) in part.items().iter().enumerate() {
                    walk(text, item, &format!("{path}.{index}"), found);
                }
            }
            let mut found = Vec::new();
            walk(text, &outline(text).unwrap(), "", &mut found);
            found.join(" ")
        };
        for (text, expected) in [
            ("a: { b: 1\nc: 2\n", ".a .a.b .c"),
            ("a:\n  b: [x, { c: 1\n  d: 2\n", ".a .a.b .a.b.1.c .a.d"),
            ("a:\n  b: { c: 1,\n    d: 2\n  e: 3\n", ".a .a.b .a.b.c .a.b.d .a.e"),
            ("a: \"b\nc: \"d\"\n", ".a .c"),
            ("a: [\"b]\nc: 1\n", ".a .c"),
            ("a:\n  b\n  c: 1\n", ".a .a.b .a.c"),
            ("a:\n  b: 1\n  c\n  d: 1\n", ".a .a.b .a.c .a.d"),
            ("a:\n  b: 1\n    c: 2\nd: 3\n", ".a .a.b .a.b.c .d"),
            ("a:\n    b: 1\n  c: 2\n", ".a .a.b .a.c"),
            ("  a: 1\nb: 2\n", ".a .b"),
            ("a: 1\n- b: 2\nc: 3\n", ".a .a.0.b .c"),
            ("a: ]\nb: }\n", ".a .b"),
            ("a: { b: 1\n  c: 2 }\n", ".a .a.b .a.c"),
            ("a: 1\na: 2\n<<: *x\n", ".a .a .<<"),
            ("a: @b\nc: `d\n", ".a .c"),
        ] {
            assert_eq!(paths(text), expected, "{text}");
        }
    }

    #[test]
    fn hostile_texts_end_soon() {
        for piece in [
            "[",
            "{",
            "]",
            "[{",
            "{a: ",
            "- ",
            "? ",
            ": ",
            "a: ",
            "a\n",
            "\"",
            "'",
            "\"\\",
            "|\n",
            "- |\n",
            "&a ",
            "*a ",
            "!<",
            "---\n",
            "a: [\n",
            "a: [\"\n",
            "a: \"\n",
            "a: '\n  b\n",
            "a: { b\n",
            " a:\n",
            "- [\n  {\n",
            "#",
            "'' ",
            "\"\" ",
            "[] ",
            "[a\n\n",
            "\r",
            "\0",
            "[\n",
        ] {
            let text = piece.repeat(crate::yaml::tree::MAX_TEXT / 8 / piece.len());
            let start = std::time::Instant::now();
            drop(outline(&text));
            assert!(start.elapsed().as_secs() < 10, "{piece:?}");
        }
    }

    proptest! {
        #[test]
        fn the_shape_of_any_valid_text_is_that_of_its_tree(pieces in prop::collection::vec(prop::sample::select(&[
            "a", "b", "\u{e9}", "x y", "\"q\"", "'q'", "|", ">", "|-\n", ">+\n", "&a ", "*a ", "!t ", "!!str ", "- ", "-", "? ",
            ": ", ":", "[", "]", "{", "}", ", ", ",", " #c\n", " ", "  ", "\n", "\n  ", "\n    ", "\r\n", "---", "1", "~", "a: ",
            "b: ", "\na: ", "\n  c: ", "\n- ", "\n  - ",
        ][..]), 0..16)) {
            let text = pieces.concat();
            if let Some((expected, actual)) = both(&text) {
                prop_assert_eq!(actual, expected, "{}", text);
            }
        }
    }
}
