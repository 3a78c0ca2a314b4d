//! New values as text, in the document's own style.

use super::Value;
use super::source::Source;
use crate::yaml::write::{double_quoted, single_quoted};
use crate::yaml::{Node, Value as Written, scalar};

/// How a document is written.
#[derive(Clone, Copy)]
pub(super) struct Style {
    pub newline: &'static str,
    /// How much further in each level stands.
    pub step: usize,
    /// Whether short lists stand in brackets.
    pub flow_lists: bool,
}

impl Style {
    pub fn of(source: Source, root: &Node) -> Self {
        let mut lists = (0, 0);
        count_lists(source, root, &mut lists);
        let nested = root.entries().iter().find(|entry| source.is_block(&entry.value) && !entry.merged);
        let step = nested.map(|entry| source.column(entry.value.span.start)).filter(|step| (1..=8).contains(step));
        Self { newline: source.newline(), step: step.unwrap_or(2), flow_lists: lists.0 >= lists.1 }
    }

    /// The value as it stands below a key that is written by indentation: on the key's line if `None`.
    pub fn below_key(self, value: &Value, indent: usize) -> Option<String> {
        self.is_block(value).then(|| self.block(value, indent))
    }

    /// A list or map by indentation; its first line is not indented, further ones are by `indent`.
    pub fn block(self, value: &Value, indent: usize) -> String {
        let mut text = String::new();
        self.write_block(&mut text, value, indent);
        text
    }

    fn is_block(self, value: &Value) -> bool {
        match value {
            Value::Map(entries) => !entries.is_empty(),
            Value::List(items) => !(items.is_empty() || self.flow_lists && items.iter().all(Value::is_scalar)),
            _ => false,
        }
    }

    fn write_block(self, into: &mut String, value: &Value, indent: usize) {
        match value {
            Value::Map(entries) if !entries.is_empty() => {
                for (index, (key, value)) in entries.iter().enumerate() {
                    self.start(into, index, indent);
                    into.push_str(&self.entry(key, value, indent));
                }
            }
            Value::List(items) if self.is_block(value) => {
                for (index, item) in items.iter().enumerate() {
                    self.start(into, index, indent);
                    into.push_str("- ");
                    self.write_block(into, item, indent + 2);
                }
            }
            value => into.push_str(&inline(value)),
        }
    }

    fn start(self, into: &mut String, index: usize, indent: usize) {
        if index > 0 {
            into.push_str(&self.new_line(indent));
        }
    }

    /// A key and its value where the key stands `indent` in.
    pub fn entry(self, key: &str, value: &Value, indent: usize) -> String {
        let key = scalar(key);
        match self.below_key(value, indent + self.step) {
            None => format!("{key}: {}", inline(value)),
            Some(lines) => format!("{key}:{}{lines}", self.new_line(indent + self.step)),
        }
    }

    /// A line break, and the blanks at the start of the next line.
    pub fn new_line(self, indent: usize) -> String {
        format!("{}{}", self.newline, " ".repeat(indent))
    }
}

/// How many lists of single values stand in brackets, and how many by indentation.
fn count_lists(source: Source, node: &Node, lists: &mut (usize, usize)) {
    let is_list = matches!(&node.value, Written::Sequence(items) if items.iter().any(|item| item.text().is_some()));
    if is_list && source.is_flow(node) {
        lists.0 += 1;
    } else if is_list && source.is_block(node) {
        lists.1 += 1;
    }
    if !source.is_alias(node) {
        node.items().iter().for_each(|item| count_lists(source, item, lists));
        let own = node.entries().iter().filter(|entry| !entry.merged);
        own.for_each(|entry| count_lists(source, &entry.value, lists));
    }
}

/// A value on one line.
pub(super) fn inline(value: &Value) -> String {
    match value {
        Value::Text(text) => scalar(text).into_owned(),
        Value::List(items) => format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| flow_entry(key, value));
            format!("{{ {} }}", entries.collect::<Vec<_>>().join(", "))
        }
        value => value.literal(),
    }
}

/// A key and its value in brackets.
pub(super) fn flow_entry(key: &str, value: &Value) -> String {
    format!("{}: {}", scalar(key), inline(value))
}

/// A text in the quotes that stand there now.
pub(super) fn requoted(old: &str, text: &str) -> String {
    match old.chars().next() {
        Some('"') => double_quoted(text),
        Some('\'') => single_quoted(text).unwrap_or_else(|| double_quoted(text)),
        _ => scalar(text).into_owned(),
    }
}
