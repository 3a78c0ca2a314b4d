//! A generated file, and per line why it is there.

use crate::lazy_decode::LazyDecode;
use crate::model::FieldPath;
use serde::{Deserialize, Serialize};

/// What parts the documents of a YAML file.
pub(crate) const DOCUMENT_START: &str = "---";
use rustc_hash::FxHashMap;
use std::borrow::Cow;

/// A generated file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Artifact {
    /// Its path below the output folder, with `/`, such as `k8s/api.yaml`.
    pub path: String,
    /// What it says: `\n` ends every line.
    pub text: String,
    why: LazyDecode<Why>,
}

/// Why a file says what it says.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Why {
    /// Where lines come from; lines share these.
    origins: Vec<Origin>,
    /// For each line of the file, an index into `origins`.
    lines: Vec<Option<usize>>,
}

/// Where a line comes from, and why it is there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Origin {
    /// The document's path of the field that made it, such as `services.api.memory.limit`.
    pub field: FieldPath,
    /// Why, in a sentence.
    pub reason: String,
    /// The documentation that recommends it.
    pub link: Option<Cow<'static, str>>,
}

impl Origin {
    /// What comes from `field`, for `reason`.
    pub fn new(field: impl Into<FieldPath>, reason: impl Into<String>) -> Self {
        Self { field: field.into(), reason: reason.into(), link: None }
    }

    /// Names the documentation that recommends it.
    #[must_use]
    pub fn link(mut self, link: &'static str) -> Self {
        self.link = Some(link.into());
        self
    }

    /// The lines of a comment that says all this.
    fn comments(&self) -> impl Iterator<Item = String> {
        let reason = self.reason.lines().map(|sentence| format!("{sentence} ({})", self.field));
        reason.chain(self.link.as_deref().map(str::to_owned))
    }
}

impl Artifact {
    /// A file of these lines, each with its origin.
    pub fn from_lines(path: impl Into<String>, lines: impl IntoIterator<Item = (String, Option<Origin>)>) -> Self {
        let lines: Vec<_> = lines.into_iter().collect();
        let mut draft = Draft::new(path);
        for (line, origin) in &lines {
            draft.line(line, origin.as_ref());
        }
        draft.artifact()
    }

    /// Where line `number` (from 0) comes from.
    pub fn origin(&self, number: usize) -> Option<&Origin> {
        let Why { origins, lines } = self.why.get();
        lines.get(number).copied().flatten().and_then(|index| origins.get(index))
    }

    /// The lines with their origins.
    pub fn lines(&self) -> impl Iterator<Item = (&str, Option<&Origin>)> {
        self.text.lines().enumerate().map(|(number, line)| (line, self.origin(number)))
    }

    /// The numbers (from 0) of the lines that come from the field at `path`, or from one below it.
    pub fn lines_from(&self, path: &str) -> impl Iterator<Item = usize> {
        let is_within =
            |field: &str| field.strip_prefix(path).is_some_and(|below| below.is_empty() || below.starts_with('.'));
        let Why { origins, lines } = self.why.get();
        let wanted: Vec<bool> = origins.iter().map(|origin| is_within(&origin.field)).collect();
        let lines = lines.iter().enumerate();
        lines.filter_map(move |(number, origin)| origin.is_some_and(|origin| wanted[origin]).then_some(number))
    }

    /// The text with each line's reason as a comment above it, said once in each of the file's documents.
    ///
    /// Every format that is generated takes `#` comments on lines of their own. A line that is a comment gets none, since
    /// a Dockerfile's `# syntax=` counts only as long as nothing stands before it
    /// (<https://docs.docker.com/reference/dockerfile/#parser-directives>).
    pub fn explained(&self) -> String {
        let mut text = String::with_capacity(self.text.len() * 2);
        let Why { origins, lines } = self.why.get();
        let mut said = vec![false; origins.len()];
        for (line, origin) in self.text.lines().zip(lines) {
            if line == DOCUMENT_START {
                said.fill(false);
            } else if let Some(index) = origin.filter(|index| !said[*index] && !line.starts_with('#')) {
                said[index] = true;
                let indent = &line[..line.len() - line.trim_start().len()];
                for comment in origins[index].comments() {
                    text.extend([indent, "# ", &comment, "\n"]);
                }
            }
            text.extend([line, "\n"]);
        }
        text
    }
}

/// A file in the making.
pub(crate) struct Draft<'a> {
    path: String,
    text: String,
    why: Why,
    /// The indices of the origins.
    known: FxHashMap<&'a Origin, usize>,
    /// The last line's origin, which the next one often has too.
    last: Option<(&'a Origin, usize)>,
}

impl<'a> Draft<'a> {
    /// A file without lines.
    pub fn new(path: impl Into<String>) -> Self {
        let (path, text, why) = (path.into(), String::new(), Why::default());
        Self { path, text, why, known: FxHashMap::default(), last: None }
    }

    /// Adds a line.
    pub fn line(&mut self, line: &str, origin: Option<&'a Origin>) {
        let index = origin.map(|origin| self.index(origin));
        self.text.push_str(line);
        self.text.push('\n');
        self.why.lines.push(index);
    }

    fn index(&mut self, origin: &'a Origin) -> usize {
        if let Some((_, index)) = self.last.filter(|(last, _)| std::ptr::eq(*last, origin)) {
            return index;
        }
        let origins = &mut self.why.origins;
        let index = *self.known.entry(origin).or_insert_with(|| {
            origins.push(origin.clone());
            origins.len() - 1
        });
        self.last = Some((origin, index));
        index
    }

    /// The file.
    pub fn artifact(self) -> Artifact {
        Artifact { path: self.path, text: self.text, why: self.why.into() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_the_lines_of_all_below_it() {
        let line = |field: Option<&str>| ("x".to_owned(), field.map(|field| Origin::new(field, "because")));
        let fields =
            [Some("services.api.memory"), None, Some("services.api.memory.limit"), Some("services.api.memory_x")];
        let artifact = Artifact::from_lines("a.yaml", fields.map(line));
        let lines = |path: &str| artifact.lines_from(path).collect::<Vec<_>>();
        assert_eq!(lines("services.api.memory"), [0, 2]);
        assert_eq!(lines("services.api.memory.limit"), [2]);
        assert_eq!(lines("services.api"), [0, 2, 3]);
        assert_eq!(lines("services.ap"), [0; 0]);
    }
}
