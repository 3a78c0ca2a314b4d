//! What the parser reads from, and how its places become bytes.

use saphyr_parser::input::SkipTabs;
use saphyr_parser::{Input, StrInput};
use std::cell::Cell;

/// The text as `saphyr-parser` reads it, cut short where brackets nest too deep or hold too much.
///
/// The parser keeps all tokens of an outermost `[…]` or `{…}` before it tells of any (that may yet turn out to be a
/// key), and looks through every open bracket at each: `[[[[…` takes it quadratic time, and a bound on its events comes
/// too late. So brackets are counted here. They are told from brackets in texts by the call that follows them: only
/// after an indicator does the parser skip blanks up to the end of the line.
pub(super) struct Guarded<'a> {
    rest: StrInput<'a>,
    /// Bytes up to the next character.
    at: usize,
    last: char,
    depth: usize,
    values: usize,
    limits: Limits<'a>,
}

/// What [`Guarded`] lets through, and where it stopped.
#[derive(Clone, Copy)]
pub(super) struct Limits<'a> {
    pub depth: usize,
    pub values: usize,
    pub stopped: &'a Cell<Option<Stopped>>,
}

/// Which limit was met, with the byte at which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stopped {
    Deep(usize),
    Many(usize),
}

impl<'a> Guarded<'a> {
    pub fn new(text: &'a str, limits: Limits<'a>) -> Self {
        Self { rest: StrInput::new(text), at: 0, last: '\0', depth: 0, values: 0, limits }
    }

    fn count(&mut self) {
        match self.last {
            '[' | '{' => {
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
        self.limits.stopped.set(Some(why));
        self.rest = StrInput::new("");
    }
}

impl Input for Guarded<'_> {
    fn lookahead(&mut self, count: usize) {
        self.rest.lookahead(count);
    }

    fn buflen(&self) -> usize {
        // The text is all there, and past its end there is NUL: whatever was asked for is there.
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
        let read = self.rest.raw_read_non_breakz_ch();
        self.at += read.map_or(0, char::len_utf8);
        read
    }

    fn skip(&mut self) {
        self.last = self.rest.peek();
        self.at += self.rest.peek_opt().map_or(0, char::len_utf8);
        self.rest.skip();
    }

    fn skip_n(&mut self, count: usize) {
        for _ in 0..count {
            self.skip();
        }
    }

    fn peek(&self) -> char {
        self.rest.peek()
    }

    fn peek_nth(&self, n: usize) -> char {
        self.rest.peek_nth(n)
    }

    fn peek_opt(&self) -> Option<char> {
        self.rest.peek_opt()
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

/// Finds the byte of the n-th character, without walking the text again for each.
pub(super) struct Characters<'a> {
    text: &'a str,
    /// The byte of every [`Self::STEP`]th character.
    marks: Vec<usize>,
}

impl<'a> Characters<'a> {
    const STEP: usize = 64;

    pub fn new(text: &'a str) -> Self {
        Self { text, marks: text.char_indices().step_by(Self::STEP).map(|(at, _)| at).collect() }
    }

    /// The byte of character `index`, counted from 0; past the end, the end.
    pub fn byte(&self, index: usize) -> usize {
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
        let text = "aé\u{1F600}".repeat(100);
        let characters = Characters::new(&text);
        for (index, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(characters.byte(index), at);
        }
        for past in [300, 301, usize::MAX] {
            assert_eq!(characters.byte(past), text.len());
        }
        assert_eq!(Characters::new("").byte(0), 0);
    }

    #[test]
    fn brackets_are_counted_and_those_in_texts_are_not() {
        for (text, expected) in [
            ("[[a]]", None),
            ("[a, [[b]]]", Some(Stopped::Deep(5))),
            ("{a: {b: {c: d}}}", Some(Stopped::Deep(8))),
            ("[a, b, c]", None),
            ("[a, b, c, d]", Some(Stopped::Many(8))),
            ("- '[[[[,,,,'\n- \"[[[[,,,,\"\n- a[[[[,,,,\n- |\n  [[[[,,,,\n- # [[[[,,,,\n", None),
            ("[]: []\n? {}\n- []", None),
        ] {
            let stopped = Cell::new(None);
            let limits = Limits { depth: 2, values: 3, stopped: &stopped };
            Parser::new(Guarded::new(text, limits)).take_while(Result::is_ok).for_each(drop);
            assert_eq!(stopped.get(), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn the_guard_changes_nothing(text in "[-a-cé:,\\[\\]{}#&*!|>'\"?\\\\ \t\r\n]{0,60}") {
            let stopped = Cell::new(None);
            let limits = Limits { depth: 99, values: 99, stopped: &stopped };
            let events = |limit: usize| Parser::new_from_str(&text).take(limit).take_while(Result::is_ok).collect::<Vec<_>>();
            let guarded: Vec<_> = Parser::new(Guarded::new(&text, limits)).take(200).take_while(Result::is_ok).collect();
            prop_assert_eq!(guarded, events(200));
            prop_assert_eq!(stopped.get(), None);
        }
    }
}
