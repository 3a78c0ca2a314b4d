//! YAML files, read back with the line of every value.

use super::ledger::Place;
use crate::generate::Artifact;
use crate::text::LineIndex;
use crate::yaml::{Node, parse_own};

/// One document of a file.
pub struct Document<'a> {
    path: &'a str,
    /// The line of the file on which it starts, from 0.
    first_line: usize,
    lines: LineIndex<'a>,
    root: Node,
}

/// A value, and where it stands.
#[derive(Clone, Copy)]
pub struct Located<'a> {
    document: &'a Document<'a>,
    /// What it is.
    pub node: &'a Node,
    /// The byte at which its key starts; its own, if it has none.
    start: usize,
}

/// The documents of a file; of one that cannot be read, the place.
pub fn documents(artifact: &Artifact) -> Result<Vec<Document<'_>>, Place<'_>> {
    let mut documents = Vec::new();
    let mut first_line = 0;
    for text in parted(&artifact.text) {
        let Some(root) = parse_own(text).root else {
            return Err(Place { path: &artifact.path, line: Some(first_line) });
        };
        documents.push(Document { path: &artifact.path, first_line, lines: LineIndex::new(text), root });
        first_line += text.lines().count() + 1;
    }
    Ok(documents)
}

/// The texts between lines that are `---`. No line of a text of ours is one, since they are all indented.
fn parted(text: &str) -> Vec<&str> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    for line in text.split_inclusive('\n') {
        if line == "---\n" {
            parts.push(&text[start..at]);
            start = at + line.len();
        }
        at += line.len();
    }
    parts.push(&text[start..]);
    parts
}

impl<'a> Document<'a> {
    /// The whole document.
    pub fn root(&'a self) -> Located<'a> {
        Located { document: self, node: &self.root, start: self.root.span.start }
    }
}

impl<'a> Located<'a> {
    /// The value that `path` leads to, from map to map, and by number into lists.
    pub fn at(self, path: &[&str]) -> Option<Self> {
        let (key, node) = self.node.at(path)?;
        Some(Self { node, start: key.start, ..self })
    }

    /// The text at `path`.
    pub fn text(self, path: &[&str]) -> Option<&'a str> {
        self.at(path)?.node.text()
    }

    /// The text at `path`, or `default`.
    pub fn text_or(self, path: &[&str], default: &'a str) -> &'a str {
        self.text(path).unwrap_or(default)
    }

    /// The items of the list at `path`; none where there is no list.
    pub fn items(self, path: &[&str]) -> impl Iterator<Item = Self> + use<'a> {
        let list = if path.is_empty() { Some(self) } else { self.at(path) };
        let document = self.document;
        let items = list.map(|list| list.node.items()).unwrap_or_default();
        items.iter().map(move |node| Self { document, node, start: node.span.start })
    }

    /// The texts of the list at `path`.
    pub fn texts(self, path: &[&str]) -> Option<Vec<String>> {
        let list = self.at(path)?;
        Some(list.items(&[]).filter_map(|item| item.node.text()).map(str::to_owned).collect())
    }

    /// The entries of the map at `path`; none where there is no map.
    pub fn entries(self, path: &[&str]) -> impl Iterator<Item = (&'a str, Self)> + use<'a> {
        let map = if path.is_empty() { Some(self) } else { self.at(path) };
        let document = self.document;
        let entries = map.map(|map| map.node.entries()).unwrap_or_default();
        entries
            .iter()
            .map(move |entry| (entry.key.as_str(), Self { document, node: &entry.value, start: entry.key_span.start }))
    }

    /// The place of the value at `path`, or of this one where there is none.
    pub fn place_of(self, path: &[&str]) -> Place<'a> {
        self.at(path).unwrap_or(self).place()
    }

    /// Where it stands.
    pub fn place(self) -> Place<'a> {
        let document = self.document;
        let line = document.lines.position(self.start).line - 1;
        Place { path: document.path, line: Some(document.first_line + line) }
    }
}
