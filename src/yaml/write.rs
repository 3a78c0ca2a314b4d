//! YAML that every reader takes the same way.
//!
//! A text must stay a text for YAML 1.1 (`PyYAML`, Go, Ruby, Java) and for YAML 1.2: `on`, `1_000`, `12:30` and
//! `2026-11-23` are quoted, as is whatever any of them could take for something other than a text. What is hard to see
//! (control and format characters, blanks at the ends of lines) is written as escapes.
//!
//! `serde_yaml` makes a tree of the value and this writes it, since `serde_yaml`'s own writer knows YAML 1.2 only.

use serde::{Deserialize, Serialize};
use serde_yaml::Value;
use std::borrow::Cow;
use std::fmt::Write;

/// Goes with the writer from value to value, and hears of each line that it writes.
pub trait Along {
    /// From the value that it is at into one of its parts.
    fn enter(&mut self, step: &Segment);
    /// Back to the value around.
    fn leave(&mut self);
    /// A line ends: it shows the value that it is at, or the start or a part of that.
    fn line(&mut self);
}

/// Who wants the text alone.
impl Along for () {
    fn enter(&mut self, _: &Segment) {}
    fn leave(&mut self) {}
    fn line(&mut self) {}
}

/// A step from a map or list into one of its values.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Segment {
    /// The value of this key.
    Key(String),
    /// The item of this index, from 0.
    Index(usize),
}

/// Writes `value` as a YAML document.
///
/// Fields and entries keep the order in which serde gives them, and an enum's variant with a value is a map of one
/// entry. The types that we write cannot fail to serialize; of a type whose `Serialize` does, the text is a comment that
/// says so.
pub fn to_yaml(value: &(impl Serialize + ?Sized)) -> String {
    to_yaml_along(value, &mut ())
}

/// The same, with company.
pub fn to_yaml_along(value: &(impl Serialize + ?Sized), along: &mut dyn Along) -> String {
    match value_of(value) {
        Ok(value) => value_along(&value, along),
        Err(error) => {
            let mut writer = Writer::new(along);
            writer.text.push_str("# ");
            escape(&mut writer.text, &format!("Cannot be written: {error}"));
            writer.end_line();
            writer.text
        }
    }
}

/// The tree that serde makes of a value. Without its type, so that `serde_yaml` is compiled once and not for each of the
/// hundreds of types of Kubernetes' API.
pub(crate) fn value_of(value: &(impl Serialize + ?Sized)) -> serde_yaml::Result<Value> {
    serde_yaml::to_value(&value as &dyn erased_serde::Serialize)
}

/// The same of what serde has made a value of before.
pub(crate) fn value_along(value: &Value, along: &mut dyn Along) -> String {
    let mut writer = Writer::new(along);
    writer.value(value, 0, After::Start);
    writer.text
}

/// `text` as a value or key on one line, in or out of brackets: plain where all readers take that for this very text,
/// else in quotes.
pub fn scalar(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    if let Some(quoted) = single_quoted(text).filter(|_| text.contains(['"', '\\'])) {
        return Cow::Owned(quoted);
    }
    Cow::Owned(double_quoted(text))
}

/// `text` in double quotes, on one line.
pub(crate) fn double_quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    escape(&mut quoted, text);
    quoted.push('"');
    quoted
}

/// `text` in single quotes, if those can hold it on one line.
pub(crate) fn single_quoted(text: &str) -> Option<String> {
    let hidden = text.chars().any(|character| is_hidden(character) || character == '\n');
    (!hidden).then(|| format!("'{}'", text.replace('\'', "''")))
}

/// How many spaces each level is indented by.
const INDENT: usize = 2;
/// The longest key, in bytes, written without `?`; readers look no further than 1024 characters for the colon.
/// <https://yaml.org/spec/1.2.2/#rule-ns-s-implicit-yaml-key>
const LONGEST_KEY: usize = 512;

/// What stands before a value on its line.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    Start,
    Dash,
    Colon,
}

struct Writer<'a> {
    text: String,
    along: &'a mut dyn Along,
}

impl<'a> Writer<'a> {
    fn new(along: &'a mut dyn Along) -> Self {
        Self { text: String::new(), along }
    }

    fn end_line(&mut self) {
        self.text.push('\n');
        self.along.line();
    }

    fn indent(&mut self, mut indent: usize) {
        const BLANKS: &str = "                                ";
        while indent > 0 {
            let some = indent.min(BLANKS.len());
            self.text.push_str(&BLANKS[..some]);
            indent -= some;
        }
    }

    /// Writes `value` from the end of the line on; its further lines are indented by `indent`.
    fn value(&mut self, value: &Value, indent: usize, after: After) {
        match value {
            Value::Sequence(items) if !items.is_empty() => {
                self.block(items.iter().enumerate(), indent, after, |writer, (index, item)| {
                    writer.along.enter(&Segment::Index(index));
                    writer.text.push('-');
                    writer.value(item, indent + INDENT, After::Dash);
                });
            }
            Value::Mapping(entries) if !entries.is_empty() => {
                self.entries(entries.iter().map(|(key, value)| (key_text(key), value)), indent, after);
            }
            Value::Tagged(tagged) => {
                let variant = tagged.tag.to_string().trim_start_matches('!').to_owned();
                self.entries([(variant, &tagged.value)], indent, after);
            }
            value => {
                if after != After::Start {
                    self.text.push(' ');
                }
                match value {
                    Value::String(text) if is_block(text) => return self.lines_of(text, indent.max(INDENT)),
                    Value::String(text) => self.text.push_str(&scalar(text)),
                    Value::Sequence(_) => self.text.push_str("[]"),
                    Value::Mapping(_) => self.text.push_str("{}"),
                    value => self.text.push_str(&literal(value)),
                }
                self.end_line();
            }
        }
    }

    fn entries<'v>(&mut self, entries: impl IntoIterator<Item = (String, &'v Value)>, indent: usize, after: After) {
        self.block(entries, indent, after, |writer, (key, value)| {
            writer.key(&key, indent);
            writer.along.enter(&Segment::Key(key));
            writer.value(value, indent + INDENT, After::Colon);
        });
    }

    /// Writes the parts of a list or map, each on a line of its own; `part` enters it.
    fn block<T>(
        &mut self,
        parts: impl IntoIterator<Item = T>,
        indent: usize,
        after: After,
        part: impl Fn(&mut Self, T),
    ) {
        if after == After::Colon {
            self.end_line();
        }
        for (index, item) in parts.into_iter().enumerate() {
            match after {
                After::Dash if index == 0 => self.text.push(' '),
                _ => self.indent(indent),
            }
            part(self, item);
            self.along.leave();
        }
    }

    fn key(&mut self, key: &str, indent: usize) {
        let key = scalar(key);
        if key.len() > LONGEST_KEY {
            self.text.push_str("? ");
            self.text.push_str(&key);
            self.end_line();
            self.indent(indent);
        } else {
            self.text.push_str(&key);
        }
        self.text.push(':');
    }

    /// Writes a text of several lines as they are, behind a bar.
    fn lines_of(&mut self, text: &str, indent: usize) {
        self.text.push_str(if text.ends_with('\n') { "|" } else { "|-" });
        self.end_line();
        for line in text.lines() {
            if !line.is_empty() {
                self.indent(indent);
            }
            self.text.push_str(line);
            self.end_line();
        }
    }
}

/// A key is a text. What is none when it is given becomes one, as it is written.
fn key_text(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Number(_) => literal(key),
        key => to_yaml(key).trim_end().to_owned(),
    }
}

/// `null`, a truth, or a number, as it is written.
pub(crate) fn literal(value: &Value) -> String {
    match value {
        Value::Bool(truth) => truth.to_string(),
        Value::Number(number) => match number.as_f64().filter(|_| number.is_f64()) {
            Some(float) => float_text(float),
            None => number.to_string(),
        },
        _ => "null".to_owned(),
    }
}

/// Digits that YAML 1.1 and 1.2 both take for a float: 1.1 wants a point, and a sign in the exponent, so there is no
/// exponent. <https://yaml.org/type/float.html>
fn float_text(float: f64) -> String {
    let digits = float.to_string();
    if float.is_nan() {
        ".nan".to_owned()
    } else if float.is_infinite() {
        if float > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else if digits.contains('.') {
        digits
    } else {
        digits + ".0"
    }
}

/// Whether a text of several lines can be shown as such: nothing to escape, no blank at the start of the text or the
/// end of a line, and at most one newline at the end.
fn is_block(text: &str) -> bool {
    let lines = || text.strip_suffix('\n').unwrap_or(text).split('\n');
    text.contains('\n')
        && !text.starts_with([' ', '\n'])
        && lines().next_back().is_some_and(|line| !line.is_empty())
        && lines().all(|line| !line.ends_with(' ') && !line.contains(is_hidden))
}

/// Whether every reader takes the bare `text`, on one line, for this text: also in brackets, and as a key.
fn is_plain(text: &str) -> bool {
    let mut characters = text.chars();
    let starts = characters.next().is_some_and(|first| match first {
        '-' => characters.next().is_some_and(|second| second.is_ascii_alphanumeric() || second == '-'),
        first => first.is_alphanumeric() || "_/.$(+~".contains(first),
    });
    // Most texts are a word, in which nothing more has to be looked for.
    let is_word = || text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_/.-".contains(&byte));
    // Some parsers take a dash at the end of a list in brackets for the start of an item.
    let forbidden = |character| is_hidden(character) || "\n,[]{}".contains(character);
    let is_line = || {
        !text.ends_with([' ', ':'])
            && !text.contains(": ")
            && !text.contains(" #")
            && !text.ends_with(" -")
            && !text.contains(forbidden)
    };
    starts && (is_word() || is_line()) && !text.starts_with("---") && !text.starts_with("...") && !is_ambiguous(text)
}

/// Whether some reader could take the bare `text` for a truth, nothing, a number, a date or an operator.
///
/// These are the types of YAML 1.1, <https://yaml.org/type/>: `bool`, `null`, `int`, `float`, `timestamp`, `merge` and
/// `value`, and those of the core schema of YAML 1.2, <https://yaml.org/spec/1.2.2/#103-core-schema>. All of their
/// numbers and dates are made of digits, of the letters of hexadecimal digits, exponents, radixes and time zones, and
/// of a few signs, so any text made of these alone counts as one.
fn is_ambiguous(text: &str) -> bool {
    const WORDS: [&str; 12] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "<<", "="];
    let number = text.strip_prefix(['-', '+']).unwrap_or(text);
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        || [".inf", ".nan"].iter().any(|word| word.eq_ignore_ascii_case(number))
        || number.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && number.bytes().all(|byte| byte.is_ascii_hexdigit() || b"xXoO_.,:+-tTzZ ".contains(&byte))
}

/// Whether a character cannot be seen, or may not stand in YAML as it is
/// (<https://yaml.org/spec/1.2.2/#51-character-set>): controls but the newline, blanks but the space, and the marks
/// that change the direction of what is shown (<https://trojansource.codes>).
fn is_hidden(character: char) -> bool {
    let marks = matches!(
        character,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}'
            | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFF}' | '\u{E0000}'..='\u{10FFFF}'
    );
    !matches!(character, '\n' | ' ') && (marks || character.is_control() || character.is_whitespace())
}

/// Adds `text` as it stands in double quotes, <https://yaml.org/spec/1.2.2/#57-escaped-characters>.
fn escape(into: &mut String, text: &str) {
    for character in text.chars() {
        let code = u32::from(character);
        // Writing to a string cannot fail.
        let _ = match character {
            '"' | '\\' => write!(into, "\\{character}"),
            '\n' => into.write_str("\\n"),
            '\t' => into.write_str("\\t"),
            '\r' => into.write_str("\\r"),
            character if !is_hidden(character) => into.write_char(character),
            _ if code < 0x100 => write!(into, "\\x{code:02X}"),
            _ if code < 0x1_0000 => write!(into, "\\u{code:04X}"),
            _ => write!(into, "\\U{code:08X}"),
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Value as Read, parse};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    use to_yaml as yaml;

    /// The path of each line.
    #[derive(Default)]
    struct Paths {
        path: Vec<String>,
        lines: Vec<String>,
    }

    impl Along for Paths {
        fn enter(&mut self, step: &Segment) {
            self.path.push(match step {
                Segment::Key(key) => key.clone(),
                Segment::Index(index) => index.to_string(),
            });
        }

        fn leave(&mut self) {
            self.path.pop();
        }

        fn line(&mut self) {
            self.lines.push(self.path.join("."));
        }
    }

    #[test]
    fn texts_that_some_reader_would_not_take_for_texts_are_quoted() {
        for text in [
            "",
            "on",
            "off",
            "yes",
            "no",
            "Off",
            "YES",
            "y",
            "N",
            "true",
            "False",
            "null",
            "~",
            "=",
            "<<",
            "1_000",
            "12:30:45",
            "22:22",
            "1:2",
            "2026-11-23",
            "2026-11-23 10:00:00",
            "2001-12-14t21:59:43.10-05:00",
            "2001-12-15 2:59:43.10",
            "2001-12-14 21:59:43.10 -5",
            "18",
            "-1",
            "+1",
            "0777",
            "0o17",
            "0x1F",
            "0b101",
            "1e3",
            "1E+3",
            ".5",
            "1.",
            "1.5",
            ".inf",
            "-.INF",
            ".NaN",
            "1,000",
            "190:20:30.15",
            "685_230.15",
            "- a",
            "-",
            "? a",
            ": a",
            "a: b",
            "a:",
            "a #b",
            "#a",
            "&a",
            "*a",
            "!a",
            "|",
            ">",
            "%a",
            "@a",
            "`a",
            "'a",
            "\"a",
            "[a",
            "{a",
            "a]",
            "a,b",
            " a",
            "a ",
            "---",
            "--- a",
            "...",
            "\ta",
            "a\tb",
            "é\u{85}",
            "\u{2028}",
            "\u{FEFF}",
            "a\u{202E}b",
            "\u{0}",
            "\u{7F}",
            "\r",
            "\u{A0}",
        ] {
            let written = yaml(text);
            assert!(written.starts_with(['"', '\'']), "{written}");
            assert!(written.bytes().all(|byte| byte == b'\n' || byte >= b' '), "{written:?}");
        }
    }

    #[test]
    fn plain_texts_stay_plain() {
        for text in [
            "api",
            "256Mi",
            "10Gi",
            "250m",
            "30s",
            "app.main:app",
            "ghcr.io/acme/api:1.4",
            "redis://cache:6379/0",
            "--reload",
            "-c",
            "/healthz",
            "pg_isready -U $POSTGRES_USER",
            "$(POD_IP)",
            "shop.example.com",
            "./run.sh",
            "~/x",
            "5432/tcp",
            "18-alpine",
            "é",
            "it's",
            "a#b",
            "kubernetes.io/hostname",
            "node",
            "yesterday",
            "nullable",
            "on-failure",
            "unless-stopped",
        ] {
            assert_eq!(yaml(text), format!("{text}\n"));
        }
    }

    #[test]
    fn quotes_are_the_ones_that_need_fewer_escapes() {
        for (text, written) in [
            ("8000:8000", "\"8000:8000\"\n"),
            ("\"a\": \\d", "'\"a\": \\d'\n"),
            ("'a' \"b\"", "'''a'' \"b\"'\n"),
            ("\"a\"\tb", "\"\\\"a\\\"\\tb\"\n"),
            ("\u{1}\u{2028}\u{E0001}", "\"\\x01\\u2028\\U000E0001\"\n"),
        ] {
            assert_eq!(yaml(text), written);
        }
    }

    #[test]
    fn every_line_knows_its_path() {
        #[derive(Serialize)]
        struct Service {
            image: &'static str,
            command: Vec<&'static str>,
            environment: BTreeMap<&'static str, &'static str>,
            volumes: Vec<Vec<BTreeMap<&'static str, u8>>>,
            script: &'static str,
            labels: BTreeMap<&'static str, u8>,
            ports: [u16; 0],
            weight: f64,
            whole: f64,
            off: Option<bool>,
        }
        let service = Service {
            image: "a:1",
            command: vec!["run", "--fast"],
            environment: BTreeMap::from([("FEATURE", "on"), ("no", "a")]),
            volumes: vec![vec![BTreeMap::from([("a", 1), ("b", 2)])], vec![]],
            script: "set -e\n\n  run # it\n",
            labels: BTreeMap::new(),
            ports: [],
            weight: 0.5,
            whole: 1e3,
            off: None,
        };
        let mut paths = Paths::default();
        let text = to_yaml_along(&BTreeMap::from([("api", service)]), &mut paths);
        let shown: Vec<(&str, &str)> = text.lines().zip(paths.lines.iter().map(String::as_str)).collect();
        let expected = [
            ("api:", "api"),
            ("  image: a:1", "api.image"),
            ("  command:", "api.command"),
            ("    - run", "api.command.0"),
            ("    - --fast", "api.command.1"),
            ("  environment:", "api.environment"),
            ("    FEATURE: \"on\"", "api.environment.FEATURE"),
            ("    \"no\": a", "api.environment.no"),
            ("  volumes:", "api.volumes"),
            ("    - - a: 1", "api.volumes.0.0.a"),
            ("        b: 2", "api.volumes.0.0.b"),
            ("    - []", "api.volumes.1"),
            ("  script: |", "api.script"),
            ("    set -e", "api.script"),
            ("", "api.script"),
            ("      run # it", "api.script"),
            ("  labels: {}", "api.labels"),
            ("  ports: []", "api.ports"),
            ("  weight: 0.5", "api.weight"),
            ("  whole: 1000.0", "api.whole"),
            ("  \"off\": null", "api.off"),
        ];
        assert_eq!(shown, expected);
        assert_eq!(paths.lines.len(), text.lines().count());
        assert_eq!(parse(&text).findings, []);
    }

    #[test]
    fn what_cannot_be_serialized_is_said_in_a_comment() {
        struct Refuses;

        impl Serialize for Refuses {
            fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
                Err(serde::ser::Error::custom("not today\nor tomorrow"))
            }
        }

        let mut paths = Paths::default();
        assert_eq!(to_yaml_along(&Refuses, &mut paths), "# Cannot be written: not today\\nor tomorrow\n");
        assert_eq!(paths.lines, [""]);
    }

    #[test]
    fn keys_that_are_no_texts_become_texts() {
        assert_eq!(yaml(&BTreeMap::from([(vec![1], 2)])), "\"- 1\": 2\n");
        assert_eq!(yaml(&BTreeMap::from([(8000, true)])), "\"8000\": true\n");
    }

    #[test]
    fn variants_with_values_are_maps() {
        #[derive(Serialize)]
        enum Handler {
            Sleep { seconds: u8 },
        }
        assert_eq!(yaml(&[Handler::Sleep { seconds: 5 }]), "- Sleep:\n    seconds: 5\n");
    }

    #[test]
    fn long_keys_are_marked() {
        let key = "k".repeat(2000);
        let text = yaml(&BTreeMap::from([(&key, BTreeMap::from([(&key, 1)]))]));
        assert_eq!(text, format!("? {key}\n:\n  ? {key}\n  : 1\n"));
        let root = parse(&text).root.unwrap();
        assert_eq!(root.get(&key).and_then(|node| node.get(&key)?.text()), Some("1"));
    }

    fn any_text() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(
            &[
                "a",
                "on",
                "1",
                "0x",
                "_",
                ":",
                ": ",
                " ",
                "  ",
                "\n",
                "\n\n",
                "\n  ",
                "#",
                " #",
                "-",
                "- ",
                "---",
                "...",
                "'",
                "\"",
                "\\",
                "\t",
                "\r",
                "\r\n",
                "{",
                "}",
                "[",
                "]",
                ",",
                "&",
                "*",
                "!",
                "|",
                ">",
                "%",
                "@",
                "`",
                "?",
                "? ",
                "=",
                "<<",
                "~",
                "\0",
                "\u{7F}",
                "\u{85}",
                "\u{A0}",
                "\u{2028}",
                "\u{2029}",
                "\u{FEFF}",
                "\u{FFFE}",
                "é",
                "\u{1F600}",
            ][..],
        );
        prop_oneof![prop::collection::vec(pieces, 0..12).prop_map(|pieces| pieces.concat()), any::<String>()]
    }

    proptest! {
        #[test]
        fn any_text_reads_back(key in any_text(), text in any_text(), other in any_text()) {
            let value = vec![BTreeMap::from([(key.clone(), vec![text.clone(), other.clone()])])];
            let mut paths = Paths::default();
            let written = to_yaml_along(&value, &mut paths);
            prop_assert_eq!(paths.lines.len(), written.split_terminator('\n').count());

            let theirs: Vec<BTreeMap<String, Vec<String>>> = serde_yaml::from_str(&written).unwrap();
            prop_assert_eq!(&theirs, &value);

            let parsed = parse(&written);
            prop_assert_eq!(&parsed.findings, &[]);
            let root = parsed.root.unwrap();
            let entry = &root.items()[0].entries()[0];
            prop_assert_eq!(&entry.key, &key);
            for (item, text) in entry.value.items().iter().zip([&text, &other]) {
                prop_assert_eq!(&item.value, &Read::String(text.clone()));
            }
        }

        #[test]
        fn a_scalar_reads_back_in_brackets(text in any_text()) {
            let line = format!("{{{0}: [{0}, {0}]}}", scalar(&text));
            prop_assert!(!line.contains('\n'));
            let parsed = parse(&line);
            prop_assert_eq!(&parsed.findings, &[]);
            let root = parsed.root.unwrap();
            prop_assert_eq!(&root.entries()[0].key, &text);
            for item in root.entries()[0].value.items() {
                prop_assert_eq!(&item.value, &Read::String(text.clone()));
            }
        }

        #[test]
        fn any_number_reads_back(float in any::<f64>(), int in any::<i64>()) {
            let root = parse(&yaml(&(float, int))).root.unwrap();
            prop_assert!(matches!(root.items()[0].value, Read::Float(read, _) if read.to_bits() == float.to_bits() || float.is_nan()));
            prop_assert!(matches!(root.items()[1].value, Read::Int(read, _) if read == int));
        }
    }
}
