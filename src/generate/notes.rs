//! Why each line of a YAML file is there: origins noted at the paths of its values.

use super::artifact::{Artifact, DOCUMENT_START, Origin};
use crate::yaml::{Segment, to_yaml};
use serde::Serialize;
use std::collections::BTreeMap;

/// Origins of a document's values. What has none of its own has that of the value around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Notes {
    origin: Option<Origin>,
    below: BTreeMap<Segment, Notes>,
}

/// Lines of a file, each with its origin.
pub type Lines = Vec<(String, Option<Origin>)>;

/// The path of a value: `path!["spec", "containers", 0, "name"]`.
macro_rules! value_path {
    ($($segment:expr),* $(,)?) => { [$($crate::yaml::Segment::from($segment)),*] };
}
// Under another name, since `path` is an attribute of the language too.
pub(super) use value_path as path;

/// A YAML file of several documents, each as [`Notes::lines`] writes it.
pub fn yaml_artifact(path: impl Into<String>, documents: impl IntoIterator<Item = Lines>) -> Artifact {
    let mut lines = Lines::new();
    for document in documents {
        if !lines.is_empty() {
            let origin = document.first().and_then(|(_, origin)| origin.clone());
            lines.push((DOCUMENT_START.to_owned(), origin));
        }
        lines.extend(document);
    }
    Artifact::from_lines(path, lines)
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
        Self { origin: self.origin.map(change), below: below.collect() }
    }

    /// The lines of `value` as YAML, each with the origin noted nearest to it.
    pub fn lines(&self, value: &impl Serialize) -> Lines {
        let written = to_yaml(value);
        written.text.lines().zip(&written.lines).map(|(line, path)| (line.to_owned(), self.nearest(path))).collect()
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
            let reason = |origin: Option<Origin>| origin.map(|origin| origin.reason).unwrap_or_default();
            notes.lines(&value).into_iter().map(|(line, origin)| (line.trim().to_owned(), reason(origin))).collect()
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
        let document =
            |name: &str| Notes::new(Origin::new(name, "a document")).lines(&serde_json::json!({ "a": name }));
        let artifact = yaml_artifact("k8s/x.yaml", [document("one"), document("two")]);
        assert_eq!(artifact.text, "a: one\n---\na: two\n");
        assert!(artifact.lines().all(|(_, origin)| origin.is_some()));
    }
}
