//! What is wrong with a text that is not YAML, in plain words.

use super::scan::pieces;
use super::tree::shorten;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::rules;
use crate::text::Span;
use granit_parser::ErrorKind;

const PUT_IN_QUOTES: &str = "Put it in quotes";
const WRITE_A_SPACE: &str = "Write a space";
const TAB: &str = "A tab cannot stand here";
const PUT_TEXT_IN_QUOTES: &str = "Put the text in quotes";
const DELETE_IT: &str = "Delete it";

/// How far the parser got before it met its error.
#[derive(Clone, Copy)]
pub(super) struct Read {
    /// The byte after the last value that it gave. It may have looked further than that.
    pub end: usize,
    /// Where the innermost bracket was opened that is still open.
    pub open: Option<usize>,
}

/// Explains the parser's error `kind` at byte `at`.
pub(super) fn explain(text: &str, kind: &ErrorKind, at: usize, read: Read) -> Finding {
    let place = Place { text, at: at.min(text.len()) };
    let found = if let Some(tab) = place.tab(kind) {
        tab
    } else if let Some((message, help)) = simple(kind) {
        error(place.word(), message).help(help)
    } else if let Some(text) = place.text(kind, read) {
        text
    } else if let Some(bracket) = place.bracket(kind, read) {
        bracket
    } else {
        place.line(kind)
    };
    found.cite()
}

/// The message and the help for mistakes that need no look at what surrounds them.
fn simple(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("A list cannot start behind a key", "Start it on the next line, or write it in brackets: `[a, b]`")
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("No bracket is open that this one could close", "Take it out, or put the text in quotes")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => (
            "The text goes on behind its closing quote",
            "Put all of it in quotes; a quote in it is written `''` in single and `\\\"` in double quotes",
        ),
        ErrorKind::CommentInterceptedScalar => {
            ("The text before this comment goes on in the next line", "Put the comment above the text")
        }
        ErrorKind::InvalidBlockScalarHeader | ErrorKind::ZeroBlockScalarIndent => {
            ("What follows `|` or `>` starts on the next line", "Start a new line here, or put the text in quotes")
        }
        ErrorKind::InvalidBlockScalarIndent => {
            ("This line is indented less than its text", "Indent it like the others")
        }
        ErrorKind::UnexpectedCharacter { character: '\0' } => ("Here is a NUL character", DELETE_IT),
        ErrorKind::BomInsideDocument => {
            ("Here is a byte order mark, which may only stand at the very start", DELETE_IT)
        }
        ErrorKind::UndeclaredTagHandle => ("A text that starts with `!` is a tag", PUT_TEXT_IN_QUOTES),
        ErrorKind::ExpectedTagBang
        | ErrorKind::InvalidGlobalTagCharacter
        | ErrorKind::InvalidTagTerminator
        | ErrorKind::MissingTagUri
        | ErrorKind::UnclosedVerbatimTag
        | ErrorKind::InvalidTagEscape
        | ErrorKind::InvalidTagUtf8LeadingByte
        | ErrorKind::InvalidTagUtf8TrailingByte
        | ErrorKind::InvalidTagUtf8 => ("A text that starts with `!` is a tag, and this is none", PUT_TEXT_IN_QUOTES),
        ErrorKind::MissingAnchorOrAliasName => {
            ("A text that starts with `&` or `*` has a meaning of its own", PUT_TEXT_IN_QUOTES)
        }
        ErrorKind::InvalidDocumentEnd => ("Nothing may follow `...` on its line", "Take it out"),
        ErrorKind::DuplicateVersionDirective
        | ErrorKind::DuplicateTagDirective
        | ErrorKind::ExpectedDocumentStart
        | ErrorKind::MissingDocumentEndBeforeDirective
        | ErrorKind::UnsupportedYamlMajorVersion
        | ErrorKind::InvalidDirectiveTerminator
        | ErrorKind::MissingYamlVersionSeparator
        | ErrorKind::MissingDirectiveName
        | ErrorKind::InvalidDirectiveName
        | ErrorKind::DirectiveByteLimitExceeded { .. }
        | ErrorKind::TooManyReservedDirectiveParams { .. }
        | ErrorKind::YamlVersionTooLong
        | ErrorKind::MissingYamlVersion
        | ErrorKind::ExpectedTagDirectiveBang
        | ErrorKind::InvalidTagDirectiveTerminator => {
            ("Lines that start with `%` are for YAML itself", "Take the line out")
        }
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabAtBlockScalarStart
        | ErrorKind::TabInIndentation
        | ErrorKind::TabInPlainScalar
        | ErrorKind::InvalidBlockEntryWhitespace
        | ErrorKind::InvalidMappingValueWhitespace => (TAB, WRITE_A_SPACE),
        _ => return None,
    })
}

fn error(span: Span, message: impl Into<Message>) -> Finding {
    Finding::error(&rules::yaml_syntax::RULE, span, message)
}

struct Place<'a> {
    text: &'a str,
    at: usize,
}

impl Place<'_> {
    /// A tab among the blanks at the start of the line, or of the next.
    fn tab(&self, kind: &ErrorKind) -> Option<Finding> {
        let lines = if simple(kind).is_some_and(|(message, _)| message == TAB) { 2 } else { 1 };
        let mut start = self.line_start(self.at);
        for _ in 0..lines {
            let line = self.text.get(start..)?;
            let blanks = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..blanks].find('\t') {
                let tabs = line[tab..].len() - line[tab..].trim_start_matches('\t').len();
                let finding = error(Span::new(start + tab, start + tab + tabs), "A tab cannot indent a line");
                let finding = finding.help("Indent with spaces");
                return Some(finding.replace_by("Replace by spaces", "  ".repeat(tabs)));
            }
            start += line.find('\n')? + 1;
        }
        None
    }

    /// A text that needs quotes, or whose quotes are wrong.
    fn text(&self, kind: &ErrorKind, read: Read) -> Option<Finding> {
        Some(match kind {
            ErrorKind::UnknownAnchor => self.unknown_anchor(),
            ErrorKind::UnexpectedCharacter { character } if character.is_ascii_graphic() => {
                let message = message!("A text cannot start with `{character}`", character);
                self.quoted_or(self.quote(self.at), message).help(PUT_IN_QUOTES)
            }
            ErrorKind::UnexpectedCharacter { character } => {
                let found = error(
                    self.character(),
                    message!(
                        "YAML does not allow the control character {character}",
                        character = *character => character.escape_unicode()
                    ),
                );
                found.help(format!("Delete it, or write it as `\\u{:04X}` in double quotes", u32::from(*character)))
            }
            ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar => Self::open_quote(self.at),
            ErrorKind::InvalidQuotedScalarIndent => Self::open_quote(self.quote_around(read.end)?),
            ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarHexEscape
            | ErrorKind::InvalidLowSurrogateHexEscape
            | ErrorKind::InvalidLowSurrogate
            | ErrorKind::MissingLowSurrogate
            | ErrorKind::UnpairedLowSurrogate
            | ErrorKind::InvalidUnicodeEscape => {
                let span = self.escape().unwrap_or(self.character());
                error(span, message!("`{escape}` means nothing in double quotes", escape = self.slice(span)))
                    .help("Write a backslash twice, or use single quotes")
            }
            _ => return None,
        })
    }

    fn unknown_anchor(&self) -> Finding {
        let name = self.slice(self.word()).trim_start_matches('*');
        let message = message!("Nothing before this is named `&{name}`", name = shorten(name));
        let alias = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        let quote = if alias { None } else { self.quote(self.at) };
        self.quoted_or(quote, message).help("Name it, or put the text in quotes if it only starts with `*`")
    }

    /// Makes the finding that offers quotes, or else one about the word.
    fn quoted_or(&self, quote: Option<impl FnOnce(Message) -> Finding>, message: Message) -> Finding {
        match quote {
            Some(quote) => quote(message),
            None => error(self.word(), message),
        }
    }

    fn open_quote(at: usize) -> Finding {
        error(Span::new(at, at + 1), "This quote is never closed")
            .help("Close it where the text ends; further lines of the text must be indented")
    }

    /// Where the quoted text starts that goes on here, from byte `from` on.
    fn quote_around(&self, from: usize) -> Option<usize> {
        let mut before = pieces(self.text, from).map(|(_, span)| span).take_while(|span| span.start < self.at);
        before.find(|span| self.at < span.end).map(|span| span.start)
    }

    /// Quotes the rest of the line from `from` on, if it is one plain text.
    fn quote(&self, from: usize) -> Option<impl FnOnce(Message) -> Finding> {
        let rest = self.slice(Span::new(from, self.line_end(from))).trim_end();
        let plain = !rest.is_empty() && !rest.contains(['\'', '"', '\\', '[', ']', '{', '}']) && !rest.contains(" #");
        let (span, quoted) = (Span::new(from, from + rest.len()), format!("\"{rest}\""));
        plain.then_some(move |message: Message| error(span, message).replace_by(PUT_IN_QUOTES, quoted))
    }

    /// The first escape that is none, in the double quotes that start here.
    fn escape(&self) -> Option<Span> {
        let mut characters = self.text.get(self.at..)?.char_indices();
        while let Some((start, character)) = characters.next() {
            if character != '\\' {
                continue;
            }
            let (next, escaped) = characters.next()?;
            let digits = match escaped {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                escaped if "0abt\tnvfre \"/\\N_LP\r\n".contains(escaped) => continue,
                _ => 0,
            };
            let after = self.at + next + escaped.len_utf8();
            let hex: &str = self.text.get(after..)?;
            let length = hex.bytes().take(digits).take_while(u8::is_ascii_hexdigit).count();
            let code = u32::from_str_radix(&hex[..length], 16).ok().and_then(char::from_u32);
            if length < digits || code.is_none() {
                return Some(Span::new(self.at + start, after + length));
            }
        }
        None
    }

    /// A list or map in brackets that is not closed, or misses a comma.
    fn bracket(&self, kind: &ErrorKind, read: Read) -> Option<Finding> {
        let (open, at) = match kind {
            ErrorKind::UnclosedFlowCollection { .. } => (self.at, self.text.len()),
            ErrorKind::MismatchedFlowCollectionEnd { .. } => (self.at, self.other_bracket().unwrap_or(self.text.len())),
            ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::ExpectedNodeContent
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::PlainScalarStartsWithDashFlowIndicator
            | ErrorKind::UnexpectedEndOfPlainScalar
            | ErrorKind::FlowMappingValueAdjacentCollection
            | ErrorKind::InvalidColonPlacement => (read.open.or_else(|| self.open_bracket())?, self.at),
            _ => (read.open?, self.at),
        };
        let (opened, closed) = if self.text.as_bytes().get(open) == Some(&b'[') { ('[', ']') } else { ('{', '}') };
        if self.line_end(open) < at || at == self.text.len() {
            let finding = error(Span::new(open, open + 1), message!("This `{opened}` is never closed", opened));
            return Some(
                finding.help(format!("Write `{closed}` where it ends, or put the text in quotes if it is no bracket")),
            );
        }
        Some(error(
            Place { text: self.text, at }.word(),
            message!("A comma or `{closed}` is missing before this", closed),
        ))
    }

    /// The first bracket behind the one that opens here that closes one of the other kind.
    fn other_bracket(&self) -> Option<usize> {
        let mut open = Vec::new();
        pieces(self.text, self.at).find_map(|(byte, Span { start: at, .. })| match byte {
            b'[' | b'{' => {
                open.push(byte);
                None
            }
            b']' => (open.pop() != Some(b'[')).then_some(at),
            b'}' => (open.pop() != Some(b'{')).then_some(at),
            _ => None,
        })
    }

    /// The nearest bracket before this that is not closed; in the last lines, and taking any bracket for one.
    fn open_bracket(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut closed = 0_usize;
        for at in (self.at.saturating_sub(4096)..self.at).rev() {
            match bytes.get(at) {
                Some(b']' | b'}') => closed += 1,
                Some(b'[' | b'{') if closed == 0 => return Some(at),
                Some(b'[' | b'{') => closed -= 1,
                _ => {}
            }
        }
        None
    }

    /// A colon, dash or indentation that does not fit.
    fn line(&self, kind: &ErrorKind) -> Finding {
        if *kind == ErrorKind::SimpleKeyExpected {
            let key = self.content();
            let found = self.missing_blank(key);
            return found.unwrap_or_else(|| error(key, "This key has no colon behind it").help("Write `key: value`"));
        }
        if *kind == ErrorKind::MappingValueNotAllowed {
            let line = Span::new(self.content_start(self.at), self.at);
            if let Some((key, _)) = self.slice(line).split_once(": ") {
                let value = line.start + key.len() + 1;
                let value = value + self.text[value..].len() - self.text[value..].trim_start_matches(' ').len();
                let message = "A second colon on this line cannot be told from a key's";
                let found = self.quoted_or(self.quote(value), message.into());
                return found.help("Put the text in quotes, or start a new line for a map");
            }
            let before = self.content_before(line.start);
            if let Some(missing) = self.missing_blank(before) {
                return missing;
            }
            return error(self.key(), "This is indented deeper than the line before, which has its value already")
                .help("Indent both alike");
        }
        if self.content_start(self.at) == self.at && self.at < self.text.len() {
            let message = match kind {
                ErrorKind::ExpectedBlockSequenceEntry => {
                    "This is neither an item of the list above, nor indented like a line above it"
                }
                _ => "This line is indented like none of the lines that it could belong to",
            };
            return error(self.key(), message).help("Indent it with as many spaces as its neighbours");
        }
        error(self.word(), "This belongs to nothing before it")
            .help("Put the whole text in quotes, or start a new line")
    }

    /// `key:value` or `-item`, where a blank is missing.
    fn missing_blank(&self, line: Span) -> Option<Finding> {
        let content = self.slice(line);
        let (sign, at) = match content.strip_prefix('-') {
            Some(item) if !item.starts_with([' ', '-']) => ("-", 0),
            _ => (":", content.find(':').filter(|at| !content[at + 1..].starts_with([' ', '/']))?),
        };
        (at + 1 < content.len()).then_some(())?;
        let message = if sign == "-" { "A dash needs a blank behind it" } else { "A colon needs a blank behind it" };
        let finding = error(Span::new(line.start + at, line.start + at + 1), message);
        Some(finding.help(format!("Write `{sign} `")).replace_by("Add a blank", format!("{sign} ")))
    }

    /// What stands on this line from here on.
    fn content(&self) -> Span {
        let line = self.slice(Span::new(self.at, self.line_end(self.at)));
        Span::new(self.at, self.at + line.trim_end().len())
    }

    /// What stands on the last line before `start` that is neither blank nor a comment.
    fn content_before(&self, start: usize) -> Span {
        let mut end = self.line_start(start);
        while end > 0 {
            let content = self.content_start(end - 1);
            let line = self.slice(Span::new(content, end)).trim_end();
            if !(line.is_empty() || line.starts_with('#')) {
                return Span::new(content, content + line.len());
            }
            end = self.line_start(end - 1);
        }
        self.word()
    }

    /// The character here, if it is one that is seen.
    fn character(&self) -> Span {
        let first = self.text[self.at..].chars().next().filter(|first| !matches!(first, '\r' | '\n'));
        Span::new(self.at, self.at + first.map_or(0, char::len_utf8))
    }

    /// The word from here on, at least one character.
    fn word(&self) -> Span {
        let rest = &self.text[self.at..];
        let ends = |character: char| character.is_whitespace() || ",[]{}".contains(character);
        let length = rest.find(ends).unwrap_or(rest.len());
        Span::new(self.at, self.character().end.max(self.at + length))
    }

    /// The key from the start of this line on, or else the word.
    fn key(&self) -> Span {
        let start = self.content_start(self.at);
        let line = self.slice(Span::new(start, self.line_end(self.at)));
        match line.split_once(": ").map(|(key, _)| key).or_else(|| line.trim_end().strip_suffix(':')) {
            Some(key) if !key.is_empty() => Span::new(start, start + key.len()),
            _ => self.word(),
        }
    }

    fn line_start(&self, at: usize) -> usize {
        self.slice(Span::new(0, at)).rfind('\n').map_or(0, |newline| newline + 1)
    }

    fn line_end(&self, at: usize) -> usize {
        self.text.get(at..).and_then(|rest| rest.find(['\r', '\n'])).map_or(self.text.len(), |length| at + length)
    }

    /// Where the blanks at the start of the line of `at` end.
    fn content_start(&self, at: usize) -> usize {
        let start = self.line_start(at);
        let line = self.slice(Span::new(start, self.text.len()));
        start + line.len() - line.trim_start_matches([' ', '\t']).len()
    }

    fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use crate::yaml::parse;

    #[test]
    fn mistakes_are_explained_where_they_are() {
        for (text, place, message, fixed) in [
            ("a:\n\tb: 1\n", "\t", "A tab cannot indent a line", "a:\n  b: 1\n"),
            ("a:\n  b: 1\n\tc: 2\n", "\t", "A tab cannot indent a line", "a:\n  b: 1\n  c: 2\n"),
            ("a:b\nc: d\n", ":", "A colon needs a blank behind it", "a: b\nc: d\n"),
            ("a: 1\nb\nc: 2\n", "b", "This key has no colon behind it", ""),
            ("- a\n-b\n- c: d\n", "-", "A dash needs a blank behind it", "- a\n- b\n- c: d\n"),
            ("a: 1\n b: 2\n", "b", "This is indented deeper than the line before, which has its value already", ""),
            ("a: é: c # d\n", ":", "A second colon on this line cannot be told from a key's", ""),
            ("é: b: c\n", "b: c", "A second colon on this line cannot be told from a key's", "é: \"b: c\"\n"),
            ("a:\n    b: 1\n  c: 2\n", "c", "This line is indented like none of the lines that it could belong to", ""),
            ("- a\nb: c\n", "b", "This is neither an item of the list above, nor indented like a line above it", ""),
            ("a: - b\n", "-", "A list cannot start behind a key", ""),
            ("a: \"x\nb: 1\n", "\"", "This quote is never closed", ""),
            ("a: 'x\n", "'", "This quote is never closed", ""),
            ("a: \"x\nb: \"y\"\n", "\"", "This quote is never closed", ""),
            ("a: it's\nb: 'x # y\nc: 'z'\n", "'", "This quote is never closed", ""),
            ("a: \"x\" y\n", "y", "The text goes on behind its closing quote", ""),
            ("a: 'it's'\n", "s'", "The text goes on behind its closing quote", ""),
            ("a: \"\\n\\q\"\n", "\\q", "`\\q` means nothing in double quotes", ""),
            ("a: \"\\u12\"\n", "\\u12", "`\\u12` means nothing in double quotes", ""),
            ("a: \"\\ud800\"\n", "\\ud800", "`\\ud800` means nothing in double quotes", ""),
            ("a: [1, 2\nb: 3\n", "[", "This `[` is never closed", ""),
            ("a: {x: 1\nb: 3\n", "{", "This `{` is never closed", ""),
            ("a: [1, 2", "[", "This `[` is never closed", ""),
            ("a: [1, [2]\n", "[", "This `[` is never closed", ""),
            ("a: [1}\n", "}", "A comma or `]` is missing before this", ""),
            ("a: [\"]\", {b: c}, it's }\n", "}", "A comma or `]` is missing before this", ""),
            ("a: [1,\n  2}\n", "[", "This `[` is never closed", ""),
            ("a: [\"b\" \"c\"]\n", "\"c\"", "The text goes on behind its closing quote", ""),
            ("a: ]\n", "]", "No bracket is open that this one could close", ""),
            ("a: *x  # y\n", "*x", "Nothing before this is named `&x`", ""),
            ("a: *.py\n", "*.py", "Nothing before this is named `&.py`", "a: \"*.py\"\n"),
            ("a: @b c\n", "@b c", "A text cannot start with `@`", "a: \"@b c\"\n"),
            ("a: `b`  # c\n", "`b`", "A text cannot start with ```", ""),
            ("a: %b\n", "%b", "A text cannot start with `%`", "a: \"%b\"\n"),
            ("a: |x\n  b\n", "|x", "What follows `|` or `>` starts on the next line", ""),
            ("a: b # c\n  d\n", "#", "The text before this comment goes on in the next line", ""),
            ("a: !x!y z\n", "!x!y", "A text that starts with `!` is a tag", ""),
            ("a: &\n", "&", "A text that starts with `&` or `*` has a meaning of its own", ""),
            ("a: 1\n\0", "\0", "Here is a NUL character", ""),
            ("a: \"b\u{1B}[1m\"\n", "\u{1B}", "YAML does not allow the control character \\u{1b}", ""),
            (
                "a: 1\n\u{FEFF}b: 2\n",
                "\u{FEFF}b:",
                "Here is a byte order mark, which may only stand at the very start",
                "",
            ),
        ] {
            let parsed = parse(text);
            assert_eq!(parsed.root, None, "{text}");
            let [finding] = parsed.findings.as_slice() else { panic!("{text}: {:?}", parsed.findings) };
            let found = (&text[finding.span.start..finding.span.end], finding.message.as_str());
            assert_eq!(found, (place, message), "{text}");
            let mended = finding.fix.as_ref().map_or(String::new(), |fix| {
                let edit = &fix.edits[0];
                [&text[..edit.span.start], &edit.text, &text[edit.span.end..]].concat()
            });
            assert_eq!(mended, fixed, "{text}");
            assert!(fixed.is_empty() || parse(&mended).findings.is_empty(), "{mended}");
        }
    }
}
