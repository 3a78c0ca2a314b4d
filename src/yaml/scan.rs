//! What the parser reads from, and how its places become bytes.

use saphyr_parser::input::{SkipTabs, is_break, is_breakz};
use saphyr_parser::{Input, StrInput};
use std::cell::{Cell, RefCell};

/// The text as `saphyr-parser` reads it, changed in two ways.
///
/// It is cut short where brackets nest too deep or hold too much. The parser keeps all tokens of an outermost `[…]` or
/// `{…}` before it tells of any (that may yet turn out to be a key), and looks through every open bracket at each:
/// `[[[[…` takes it quadratic time, and a bound on its events comes too late.
///
/// And lines in brackets are indented further, because the parser refuses what other readers take, and people write: a
/// `]` below the key that its `[` belongs to.
///
/// So brackets are counted here. They are told from brackets in texts by the call that follows them: only after an
/// indicator does the parser skip blanks up to the end of the line.
pub(super) struct Guarded<'a> {
    rest: StrInput<'a>,
    /// Bytes of the text before the next character.
    at: usize,
    /// Characters that were read, and those of the line; with the spaces that were put in.
    index: usize,
    column: usize,
    /// Spaces that are put in before the next character.
    spaces: usize,
    last: char,
    depth: usize,
    values: usize,
    /// The column of the outermost open bracket, if any.
    outermost: usize,
    limits: Limits,
    log: &'a Log,
}

/// What [`Guarded`] lets through.
#[derive(Clone, Copy)]
pub(super) struct Limits {
    pub depth: usize,
    pub values: usize,
}

/// What [`Guarded`] did.
#[derive(Default)]
pub(super) struct Log {
    /// Where it cut the text.
    pub stopped: Cell<Option<Stopped>>,
    spaces: RefCell<Vec<Spaces>>,
}

/// Which limit was met, with the byte at which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    Deep(usize),
    Many(usize),
}

/// Spaces that were put in.
struct Spaces {
    /// The character read before which they are.
    start: usize,
    count: usize,
    /// How many there are before these.
    before: usize,
}

impl Log {
    /// The character of the text itself that was read as number `index`.
    fn written(&self, index: usize) -> usize {
        let spaces = self.spaces.borrow();
        let later = spaces.partition_point(|spaces| spaces.start <= index);
        match later.checked_sub(1).and_then(|last| spaces.get(last)) {
            Some(last) => index - last.before - last.count.min(index - last.start),
            None => index,
        }
    }

    fn put_in(&self, start: usize, count: usize) {
        let mut spaces = self.spaces.borrow_mut();
        let before = spaces.last().map_or(0, |last| last.before + last.count);
        spaces.push(Spaces { start, count, before });
    }
}

impl<'a> Guarded<'a> {
    /// The most by which a line is indented further, so that a long text of short lines does not take long.
    const MAX_SPACES: usize = 128;

    pub fn new(text: &'a str, limits: Limits, log: &'a Log) -> Self {
        let rest = StrInput::new(text);
        let (at, index, column, spaces, depth, values, outermost) = (0, 0, 0, 0, 0, 0, 0);
        Self { rest, at, index, column, spaces, last: '\0', depth, values, outermost, limits, log }
    }

    fn count(&mut self) {
        match self.last {
            '[' | '{' => {
                if self.depth == 0 {
                    self.outermost = self.column.saturating_sub(1);
                }
                self.depth += 1;
                self.values += 1;
            }
            ']' | '}' => self.depth = self.depth.saturating_sub(1),
            ',' => self.values += 1,
            _ => {}
        }
        self.last = '\0';
        let here = self.at.saturating_sub(1);
        if self.depth > self.limits.depth {
            self.stop(Stopped::Deep(here));
        } else if self.values > self.limits.values {
            self.stop(Stopped::Many(here));
        }
    }

    fn stop(&mut self, why: Stopped) {
        self.log.stopped.set(Some(why));
        self.rest = StrInput::new("");
        self.spaces = 0;
    }

    /// At the start of a line: puts in spaces if it stands in brackets. A line `---` ends the document even there.
    fn start_line(&mut self) {
        self.column = 0;
        self.rest.lookahead(4);
        if self.depth > 0 && !self.rest.next_is_document_indicator() {
            self.spaces = self.outermost.min(Self::MAX_SPACES);
            if self.spaces > 0 {
                self.log.put_in(self.index, self.spaces);
            }
        }
    }
}

impl Input for Guarded<'_> {
    fn lookahead(&mut self, count: usize) {
        self.rest.lookahead(count);
    }

    fn buflen(&self) -> usize {
        // The text is all there, and past its end there is NUL: whatever is asked for is there.
        self.rest.buflen().max(4)
    }

    fn bufmaxlen(&self) -> usize {
        self.rest.bufmaxlen()
    }

    fn raw_read_ch(&mut self) -> char {
        let read = self.peek();
        self.skip();
        read
    }

    fn raw_read_non_breakz_ch(&mut self) -> Option<char> {
        let read = self.peek_opt().filter(|read| !is_breakz(*read) && *read != '\u{FEFF}')?;
        self.skip();
        Some(read)
    }

    fn skip(&mut self) {
        self.index += 1;
        self.column += 1;
        if self.spaces > 0 {
            self.spaces -= 1;
            self.last = ' ';
            return;
        }
        self.last = self.rest.peek();
        self.at += self.rest.peek_opt().map_or(0, char::len_utf8);
        self.rest.skip();
        if is_break(self.last) && !(self.last == '\r' && self.rest.peek() == '\n') {
            self.start_line();
        }
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.skip();
        }
    }

    fn peek(&self) -> char {
        if self.spaces > 0 { ' ' } else { self.rest.peek() }
    }

    fn peek_nth(&self, n: usize) -> char {
        if n < self.spaces { ' ' } else { self.rest.peek_nth(n - self.spaces) }
    }

    fn peek_opt(&self) -> Option<char> {
        if self.spaces > 0 { Some(' ') } else { self.rest.peek_opt() }
    }

    fn skip_ws_to_eol(&mut self, tabs: SkipTabs) -> (usize, Result<SkipTabs, &'static str>) {
        self.count();
        let (mut blanks, mut tab, mut space) = (0, false, false);
        loop {
            match self.peek() {
                ' ' => space = true,
                '\t' if tabs == SkipTabs::Yes => tab = true,
                '#' if space || tab => {
                    return (blanks + self.skip_while_non_breakz(), Ok(SkipTabs::Result(tab, space)));
                }
                '#' => return (blanks, Err("comments must be separated from other tokens by whitespace")),
                _ => return (blanks, Ok(SkipTabs::Result(tab, space))),
            }
            self.skip();
            blanks += 1;
        }
    }
}

/// Finds the byte of the n-th character that was read, without walking the text again for each.
pub(super) struct Characters<'a> {
    text: &'a str,
    log: &'a Log,
    /// The byte of every [`Self::STEP`]th character.
    marks: Vec<usize>,
}

impl<'a> Characters<'a> {
    const STEP: usize = 64;

    pub fn new(text: &'a str, log: &'a Log) -> Self {
        Self { text, log, marks: text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect() }
    }

    /// The byte of character `index`, counted from 0 as the parser does; past the end, the end.
    pub fn byte(&self, index: usize) -> usize {
        let index = self.log.written(index);
        let Some(mark) = self.marks.get(index / Self::STEP) else { return self.text.len() };
        let rest = self.text.get(*mark..).unwrap_or_default();
        rest.char_indices().nth(index % Self::STEP).map_or(self.text.len(), |(at, _)| mark + at)
    }
}

/// The byte after blanks, line breaks and comments from `at` on.
pub(super) fn skip_blank(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(b' ' | b'\t' | b'\r' | b'\n') => at += 1,
            Some(b'#') => at += line_length(&bytes[at..]),
            Some(0xEF) if text[at..].starts_with('\u{FEFF}') => at += '\u{FEFF}'.len_utf8(),
            _ => return at,
        }
    }
}

/// The byte after what may stand before a document without `---`: lines that end a document (`...`).
pub(super) fn skip_document_ends(text: &str) -> usize {
    let mut at = skip_blank(text, 0);
    while let (before, [b'.', b'.', b'.', rest @ ..]) = text.as_bytes().split_at(at)
        && matches!(before, [] | [.., b'\n' | b'\r'] | [.., 0xEF, 0xBB, 0xBF])
        && matches!(rest, [] | [b' ' | b'\t' | b'\r' | b'\n', ..])
    {
        at = skip_blank(text, at + 3);
    }
    at
}

/// The byte after an anchor, a tag, or both, as many as `count`, from `at` on, and after what is blank behind each.
pub(super) fn skip_properties(text: &str, mut at: usize, count: usize) -> usize {
    let bytes = text.as_bytes();
    for _ in 0..count {
        if !matches!(bytes.get(at), Some(b'&' | b'!')) {
            break;
        }
        let verbatim = bytes[at..].starts_with(b"!<");
        let ends = |byte: &u8| match byte {
            b' ' | b'\t' | b'\r' | b'\n' => true,
            b',' | b'[' | b']' | b'{' | b'}' => !verbatim,
            _ => false,
        };
        let length = bytes[at..].iter().position(ends).unwrap_or(bytes.len() - at);
        at = skip_blank(text, at + length);
    }
    at
}

/// The byte after the quoted text that starts at `at`.
pub(super) fn quoted_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    let quote = bytes.get(at).copied().unwrap_or_default();
    let mut next = at + 1;
    while let Some(byte) = bytes.get(next) {
        match byte {
            b'\\' if quote == b'"' => next += 2,
            b'\'' if quote == b'\'' && bytes.get(next + 1) == Some(&b'\'') => next += 2,
            byte if *byte == quote => return next + 1,
            _ => next += 1,
        }
    }
    text.len()
}

fn line_length(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use saphyr_parser::Parser;

    #[test]
    fn characters_are_found_in_bytes() {
        let (text, log) = ("aé\u{1F600}".repeat(100), Log::default());
        let characters = Characters::new(&text, &log);
        for (index, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.byte(index), at);
        }
        for past in [300, 301, usize::MAX] {
            assert_eq!(characters.byte(past), text.len());
        }
        assert_eq!(Characters::new("", &log).byte(0), 0);
    }

    #[test]
    fn spaces_that_were_put_in_are_left_out() {
        let log = Log::default();
        log.put_in(2, 3);
        log.put_in(6, 2);
        let written: Vec<_> = (0..10).map(|index| log.written(index)).collect();
        assert_eq!(written, [0, 1, 2, 2, 2, 2, 3, 3, 3, 4]);
    }

    #[test]
    fn brackets_are_counted_and_those_in_texts_are_not() {
        for (text, expected) in [
            ("[[a]]", None),
            ("[a, [[b]]]", Some(Stopped::Deep(5))),
            ("{a: {b: {c: d}}}", Some(Stopped::Deep(8))),
            ("é: [\na, [\n[b]]]", Some(Stopped::Deep(11))),
            ("[a, b, c]", None),
            ("[a, b, c, d]", Some(Stopped::Many(8))),
            ("- '[[[[,,,,'\n- \"[[[[,,,,\"\n- a[[[[,,,,\n- |\n  [[[[,,,,\n- # [[[[,,,,\n", None),
            ("[]: []\n? {}\n- []", None),
        ] {
            let log = Log::default();
            Parser::new(Guarded::new(text, Limits { depth: 2, values: 3 }, &log))
                .take_while(Result::is_ok)
                .for_each(drop);
            assert_eq!(log.stopped.get(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_the_parser_takes_is_taken_alike(text in "[-a-cé:,\\[\\]{}#&*!|>'\"?\\\\ \t\r\n]{0,60}") {
            let unchanged: Result<Vec<_>, _> = Parser::new_from_str(&text).take(200).collect();
            if let Ok(unchanged) = unchanged {
                let log = Log::default();
                let guarded = Parser::new(Guarded::new(&text, Limits { depth: 99, values: 99 }, &log)).take(200);
                let guarded: Result<Vec<_>, _> = guarded.collect();
                let guarded = guarded.map_err(|error| TestCaseError::fail(error.to_string()))?;
                prop_assert_eq!(guarded.len(), unchanged.len());
                for ((event, span), (expected, place)) in guarded.into_iter().zip(unchanged) {
                    prop_assert_eq!(event, expected);
                    prop_assert_eq!(log.written(span.start.index()), place.start.index());
                }
            }
        }
    }
}
