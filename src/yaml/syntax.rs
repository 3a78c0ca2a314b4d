//! What is wrong with a text that is not YAML, in plain words.

use super::tree::shorten;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::rules;
use crate::text::Span;

const PUT_IN_QUOTES: &str = "Put it in quotes";
const WRITE_A_SPACE: &str = "Write a space";
const TAB: &str = "A tab cannot stand here";
const PUT_TEXT_IN_QUOTES: &str = "Put the text in quotes";
const DELETE_IT: &str = "Delete it";

/// Mistakes that need no more than a look at where they are: what the parser says of them, what we say, and how to mend
/// them.
const SIMPLE: &[(&str, &str, &str)] = &[
    (
        "block sequence entries are not allowed",
        "A list cannot start behind a key",
        "Start it on the next line, or write it in brackets: `[a, b]`",
    ),
    ("misplaced bracket", "No bracket is open that this one could close", "Take it out, or put the text in quotes"),
    (
        "invalid trailing content after double-quoted scalar",
        "The text goes on behind its closing quote",
        "Put all of it in quotes; a quote in it is written `''` in single and `\\\"` in double quotes",
    ),
    (
        "comment intercepting the multiline text",
        "The text before this comment goes on in the next line",
        "Put the comment above the text",
    ),
    (
        "while scanning a block scalar, did not find expected comment or line break",
        "What follows `|` or `>` starts on the next line",
        "Start a new line here, or put the text in quotes",
    ),
    ("wrongly indented line in block scalar", "This line is indented less than its text", "Indent it like the others"),
    ("found unprintable character", "Here is a NUL character", DELETE_IT),
    ("byte order mark", "Here is a byte order mark, which may only stand at the very start", DELETE_IT),
    ("the handle wasn't declared", "A text that starts with `!` is a tag", PUT_TEXT_IN_QUOTES),
    ("tag", "A text that starts with `!` is a tag, and this is none", PUT_TEXT_IN_QUOTES),
    ("anchor or alias", "A text that starts with `&` or `*` has a meaning of its own", PUT_TEXT_IN_QUOTES),
    ("invalid indentation for anchor", "An anchor stands before the value that it names", "Indent it like the value"),
    ("document end marker", "Nothing may follow `...` on its line", "Take it out"),
    ("directive", "Lines that start with `%` are for YAML itself", "Take the line out"),
    ("tabs disallowed", TAB, WRITE_A_SPACE),
    ("valid YAML whitespace", TAB, WRITE_A_SPACE),
];

/// Says what the parser's error `info` at byte `at` is about; `open` is where the innermost bracket was opened, if the
/// parser told so.
pub(super) fn explain(text: &str, info: &str, at: usize, open: Option<usize>) -> Finding {
    let place = Place { text, at: at.min(text.len()) };
    let found = if let Some(tab) = place.tab(info) {
        tab
    } else if info.contains("unexpected character") || info.contains("unknown anchor") {
        place.needs_quotes(info)
    } else if info.contains(" quoted scalar") {
        place.quoted(info)
    } else if let Some(simple) = SIMPLE.iter().find(|(said, ..)| info.contains(said)) {
        let (_, message, help) = *simple;
        error(place.word(), message).help(help)
    } else if let Some(bracket) = place.bracket(info, open) {
        bracket
    } else {
        place.line(info)
    };
    found.cite()
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
    fn tab(&self, info: &str) -> Option<Finding> {
        let lines = if info.contains("tab") { 2 } else { 1 };
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

    /// A plain text that starts with a character that means something else.
    fn needs_quotes(&self, info: &str) -> Finding {
        let word = self.slice(self.word());
        if info.contains("unknown anchor") {
            let name = word.trim_start_matches('*');
            let message = message!("Nothing before this is named `&{name}`", name = shorten(name));
            let alias = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
            let quote = if alias { None } else { self.quote(self.at) };
            let found = self.quoted_or(quote, message);
            return found.help("Name it, or put the text in quotes if it only starts with `*`");
        }
        let character = word.chars().next().unwrap_or_default();
        let message = message!("A text cannot start with `{character}`", character);
        let quote = self.quote(self.at);
        self.quoted_or(quote, message).help(PUT_IN_QUOTES)
    }

    /// Makes the finding that offers quotes, or else one about the word.
    fn quoted_or(&self, quote: Option<impl FnOnce(Message) -> Finding>, message: Message) -> Finding {
        match quote {
            Some(quote) => quote(message),
            None => error(self.word(), message),
        }
    }

    /// Quotes the rest of the line from `from` on, if it is one plain text.
    fn quote(&self, from: usize) -> Option<impl FnOnce(Message) -> Finding> {
        let rest = self.slice(Span::new(from, self.line_end(from))).trim_end();
        let plain = !rest.is_empty() && !rest.contains(['\'', '"', '\\', '[', ']', '{', '}']) && !rest.contains(" #");
        let (span, quoted) = (Span::new(from, from + rest.len()), format!("\"{rest}\""));
        plain.then_some(move |message: Message| error(span, message).replace_by(PUT_IN_QUOTES, quoted))
    }

    /// A text in quotes that has no end, or a wrong escape in it.
    fn quoted(&self, info: &str) -> Finding {
        if !(info.contains("escape") || info.contains("hexadecimal")) {
            let quote = Span::new(self.at, (self.at + 1).min(self.text.len()));
            return error(quote, "This quote is never closed")
                .help("Close it where the text ends; further lines of the text must be indented");
        }
        let span = self.escape().unwrap_or(Span::new(self.at, (self.at + 1).min(self.text.len())));
        error(span, message!("`{escape}` means nothing in double quotes", escape = self.slice(span)))
            .help("Write a backslash twice, or use single quotes")
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
    fn bracket(&self, info: &str, open: Option<usize>) -> Option<Finding> {
        let flow = ["flow", "':' indicator", "plain scalar", "node content", "precede any of"];
        if !flow.iter().any(|said| info.contains(said)) && open.is_none() {
            return None;
        }
        let open = open.or_else(|| self.open_bracket())?;
        let (opened, closed) = if self.text.as_bytes().get(open) == Some(&b'[') { ('[', ']') } else { ('{', '}') };
        if self.line_end(open) < self.at || self.at == self.text.len() {
            let finding = error(Span::new(open, open + 1), message!("This `{opened}` is never closed", opened));
            return Some(
                finding.help(format!("Write `{closed}` where it ends, or put the text in quotes if it is no bracket")),
            );
        }
        Some(error(self.word(), message!("A comma or `{closed}` is missing before this", closed)))
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
    fn line(&self, info: &str) -> Finding {
        let colon = info.contains("mapping values are not allowed") || info.contains("simple key");
        if colon {
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
            if info.contains("simple key") {
                return error(before, "This key has no colon behind it").help("Write `key: value`");
            }
            return error(self.key(), "This is indented deeper than the line before, which has its value already")
                .help("Indent both alike");
        }
        if self.content_start(self.at) == self.at && self.at < self.text.len() {
            let message = match info {
                info if info.contains("'-' indicator") => {
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

    /// The word from here on, at least one character.
    fn word(&self) -> Span {
        let rest = &self.text[self.at..];
        let ends = |character: char| character.is_whitespace() || ",[]{}".contains(character);
        let length = rest.find(ends).unwrap_or(rest.len());
        let first = rest.chars().next().filter(|first| !matches!(first, '\r' | '\n')).map_or(0, char::len_utf8);
        Span::new(self.at, self.at + length.max(first))
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
