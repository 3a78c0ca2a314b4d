//! Documents in the styles that people write: brackets or lines, narrow or wide, with comments and blank lines, and any
//! of their line breaks.

use plimsoll::yaml::{Segment, scalar};
use serde_json::Value;

/// A text, and what its lines are about.
#[derive(Debug)]
pub struct Styled {
    /// The text.
    pub text: String,
    /// The path of the innermost value that each line starts; of a comment, the path of what it is about, whether it
    /// stands above it or behind it.
    pub lines: Vec<Vec<Segment>>,
}

/// Writes `document`; `choices` say how, and are drawn on in turn.
pub fn styled(document: &Value, choices: &[u8]) -> Styled {
    let mut writer = Writer {
        choices,
        drawn: 0,
        comments: 0,
        step: 2,
        newline: "\n",
        styled: Styled { text: String::new(), lines: Vec::new() },
    };
    writer.step = if writer.one_in(3) { 4 } else { 2 };
    writer.newline = if writer.one_in(4) { "\r\n" } else { "\n" };
    if writer.one_in(2) {
        writer.comment(&[], 0);
    }
    writer.block(document, &[], 0);
    if writer.one_in(5) {
        let end = writer.styled.text.len() - writer.newline.len();
        writer.styled.text.truncate(end);
    }
    writer.styled
}

struct Writer<'c> {
    choices: &'c [u8],
    drawn: usize,
    comments: usize,
    step: usize,
    newline: &'static str,
    styled: Styled,
}

impl Writer<'_> {
    fn one_in(&mut self, count: usize) -> bool {
        self.drawn += 1;
        let (round, index) = (self.drawn / self.choices.len(), self.drawn % self.choices.len());
        (usize::from(self.choices[index]) + round).is_multiple_of(count)
    }

    fn line(&mut self, path: &[Segment]) {
        self.styled.text.push_str(self.newline);
        self.styled.lines.push(path.to_vec());
    }

    fn words(&mut self) -> String {
        self.comments += 1;
        format!("# note {} \t: é [", self.comments)
    }

    fn comment(&mut self, path: &[Segment], indent: usize) {
        let words = self.words();
        self.styled.text.push_str(&" ".repeat(indent));
        self.styled.text.push_str(&words);
        self.line(path);
    }

    fn end(&mut self, path: &[Segment]) {
        if self.one_in(5) {
            let words = self.words();
            self.styled.text.push_str("  ");
            self.styled.text.push_str(&words);
        }
        self.line(path);
    }

    /// The parts of a list or map, each from a line of its own on.
    fn block(&mut self, value: &Value, path: &[Segment], indent: usize) {
        for (index, (step, item)) in parts(value).into_iter().enumerate() {
            let path = [path, std::slice::from_ref(&step)].concat();
            if index > 0 && path.len() < 3 && self.one_in(2) {
                self.line(&path);
            }
            if self.one_in(5) && !(index == 0 && path.len() == 1) {
                self.comment(&path, indent);
            }
            self.styled.text.push_str(&" ".repeat(indent));
            self.part(&step, item, &path, indent);
        }
    }

    fn part(&mut self, step: &Segment, item: &Value, path: &[Segment], indent: usize) {
        let in_lines = !is_flat(item) && !self.one_in(3);
        match step {
            Segment::Key(key) => {
                let key = self.text(key);
                self.styled.text.push_str(&key);
                self.styled.text.push(':');
                if in_lines {
                    self.end(path);
                    let further = if item.is_array() && self.one_in(2) { 0 } else { self.step };
                    return self.block(item, path, indent + further);
                }
                self.styled.text.push(' ');
            }
            Segment::Index(_) => {
                self.styled.text.push_str("- ");
                if in_lines {
                    for (index, (step, item)) in parts(item).into_iter().enumerate() {
                        let path = [path, std::slice::from_ref(&step)].concat();
                        if index > 0 {
                            self.styled.text.push_str(&" ".repeat(indent + 2));
                        }
                        self.part(&step, item, &path, indent + 2);
                    }
                    return;
                }
            }
        }
        let text = self.inline(item);
        self.styled.text.push_str(&text);
        self.end(path);
    }

    fn text(&mut self, text: &str) -> String {
        if !text.contains(|character: char| character.is_control() || character as u32 > 0x7E) && self.one_in(4) {
            return format!("'{}'", text.replace('\'', "''"));
        }
        scalar(text).into_owned()
    }

    fn inline(&mut self, value: &Value) -> String {
        let blank = if self.one_in(2) { " " } else { "" };
        match value {
            Value::String(text) => self.text(text),
            Value::Array(items) => {
                let items: Vec<String> = items.iter().map(|item| self.inline(item)).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
            Value::Object(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}: {}", scalar(key), self.inline(value))).collect();
                format!("{{{blank}{}{blank}}}", entries.join(", "))
            }
            value => value.to_string(),
        }
    }
}

fn is_flat(value: &Value) -> bool {
    match value {
        Value::Array(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        _ => true,
    }
}

fn parts(value: &Value) -> Vec<(Segment, &Value)> {
    match value {
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (Segment::Index(index), item)).collect(),
        Value::Object(entries) => entries.iter().map(|(key, value)| (Segment::Key(key.clone()), value)).collect(),
        _ => Vec::new(),
    }
}
