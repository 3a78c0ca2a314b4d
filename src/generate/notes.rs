//! Why each line of a YAML file is there: origins noted at the paths of its values.

use crate::artifact::{Artifact, DOCUMENT_START, Draft, Origin};
use crate::sorting;
use crate::yaml::{Along, Segment, to_yaml_along, value_along};
use serde::Serialize;
use serde_yaml::Value;
use std::collections::BTreeMap;

/// Origins of a document's values. What has none of its own has that of the value around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    origin: Option<Origin>,
    below: BTreeMap<Segment, Notes>,
}

/// A document of a file, each of its lines with its origin.
pub struct Document<'a> {
    text: String,
    origins: Vec<Option<&'a Origin>>,
}

/// The path of a value: `path!["spec", "containers", 0, "name"]`.
macro_rules! value_path {
    ($($segment:expr),* $(,)?) => { [$($crate::yaml::Segment::from($segment)),*] };
}
// Under another name, since `path` is an attribute of the language too.
pub(super) use value_path as path;

/// A YAML file of several documents, each as [`Notes::document`] writes it.
pub fn yaml_artifact<'a>(path: impl Into<String>, documents: impl IntoIterator<Item = Document<'a>>) -> Artifact {
    let mut draft = Draft::new(path);
    for (index, Document { text, origins }) in documents.into_iter().enumerate() {
        if index > 0 {
            draft.line(DOCUMENT_START, origins.first().copied().flatten());
        }
        for (line, origin) in text.lines().zip(origins) {
            draft.line(line, origin);
        }
    }
    draft.artifact()
}

impl Notes {
    /// Notes of a document that is there because of `origin`.
    pub fn new(origin: Origin) -> Self {
        Self { origin: Some(origin), below: BTreeMap::new() }
    }

    /// Notes where the value at `path` comes from.
    pub fn at(&mut self, path: impl IntoIterator<Item = Segment>, origin: Origin) {
        self.entry(path).origin = Some(origin);
    }

    /// Takes over the notes of the value at `path`, made with paths that start there.
    pub fn nest(&mut self, path: impl IntoIterator<Item = Segment>, notes: Self) {
        *self.entry(path) = notes;
    }

    /// The notes with every origin as `change` makes it.
    #[must_use]
    pub fn map(self, change: &impl Fn(Origin) -> Origin) -> Self {
        let below = self.below.into_iter().map(|(segment, notes)| (segment, notes.map(change)));
        Self { origin: self.origin.map(change), below: sorting::map(below) }
    }

    /// `value` as YAML, each line with the origin noted nearest to it.
    pub fn document(&self, value: &impl Serialize) -> Document<'_> {
        let mut nearest = Nearest::new(self);
        let text = to_yaml_along(value, &mut nearest);
        Document { text, origins: nearest.lines }
    }

    /// The same of what serde has made a value of before.
    pub fn document_of(&self, value: &Value) -> Document<'_> {
        let mut nearest = Nearest::new(self);
        let text = value_along(value, &mut nearest);
        Document { text, origins: nearest.lines }
    }

    fn entry(&mut self, path: impl IntoIterator<Item = Segment>) -> &mut Self {
        path.into_iter().fold(self, |notes, segment| notes.below.entry(segment).or_default())
    }

    /// The origin noted nearest to the value at `path`.
    pub fn nearest(&self, path: &[Segment]) -> Option<Origin> {
        let mut notes = self;
        let mut nearest = self.origin.as_ref();
        for segment in path {
            let Some(below) = notes.below.get(segment) else { break };
            notes = below;
            nearest = notes.origin.as_ref().or(nearest);
        }
        nearest.cloned()
    }
}

/// Looks up the notes of each value once, and not for each of its lines.
struct Nearest<'a> {
    /// The value that the writer is at, and those around it: its notes, and the origin noted nearest to it.
    around: Vec<(Option<&'a Notes>, Option<&'a Origin>)>,
    lines: Vec<Option<&'a Origin>>,
}

impl<'a> Nearest<'a> {
    fn new(notes: &'a Notes) -> Self {
        Self { around: vec![(Some(notes), notes.origin.as_ref())], lines: Vec::new() }
    }

    fn here(&self) -> (Option<&'a Notes>, Option<&'a Origin>) {
        self.around.last().copied().unwrap_or_default()
    }
}

impl Along for Nearest<'_> {
    fn enter(&mut self, step: &Segment) {
        let (notes, origin) = self.here();
        let notes = notes.and_then(|notes| notes.below.get(step));
        self.around.push((notes, notes.and_then(|notes| notes.origin.as_ref()).or(origin)));
    }

    fn leave(&mut self) {
        self.around.pop();
    }

    fn line(&mut self) {
        self.lines.push(self.here().1);
    }
}

impl From<&str> for Segment {
    fn from(key: &str) -> Self {
        Self::Key(key.to_owned())
    }
}

impl From<usize> for Segment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_the_origin_noted_nearest_to_it() {
        let value = serde_json::json!({ "kind": "Job", "spec": { "args": ["a", "b"], "replicas": 2 } });
        let mut notes = Notes::new(Origin::new("services", "root"));
        notes.at(path!["spec", "args", 1], Origin::new("services.api", "second"));
        let mut spec = Notes::new(Origin::new("services.api", "spec"));
        spec.at(path!["replicas"], Origin::new("services.api.replicas", "replicas"));
        let mut nested = notes.clone();
        nested.nest(path!["spec"], spec);

        let reasons = |notes: &Notes| -> Vec<(String, String)> {
            let Document { text, origins } = notes.document(&value);
            let reason = |origin: Option<&Origin>| origin.map(|origin| origin.reason.clone()).unwrap_or_default();
            text.lines().zip(origins).map(|(line, origin)| (line.trim().to_owned(), reason(origin))).collect()
        };
        let expected = |rows: [(&str, &str); 6]| rows.map(|(line, reason)| (line.to_owned(), reason.to_owned()));
        assert_eq!(
            reasons(&notes),
            expected([
                ("kind: Job", "root"),
                ("spec:", "root"),
                ("args:", "root"),
                ("- a", "root"),
                ("- b", "second"),
                ("replicas: 2", "root"),
            ])
        );
        assert_eq!(
            reasons(&nested),
            expected([
                ("kind: Job", "root"),
                ("spec:", "spec"),
                ("args:", "spec"),
                ("- a", "spec"),
                ("- b", "spec"),
                ("replicas: 2", "replicas"),
            ])
        );
    }

    #[test]
    fn documents_are_parted_and_every_line_has_an_origin() {
        let names = ["one", "two"];
        let notes = names.map(|name| Notes::new(Origin::new(name, "a document")));
        let documents = notes.iter().zip(names).map(|(notes, name)| notes.document(&serde_json::json!({ "a": name })));
        let artifact = yaml_artifact("k8s/x.yaml", documents);
        assert_eq!(artifact.text, "a: one\n---\na: two\n");
        assert!(artifact.lines().all(|(_, origin)| origin.is_some()));
    }
}
