//! The way through a tree to what is to be changed.

use super::Refusal;
use super::source::Source;
use crate::yaml::{Entry, Node, Segment, Value};

/// The nodes on the way to a path, as far as they are there.
pub(super) struct Place<'n> {
    /// The document, and what each step leads to.
    nodes: Vec<&'n Node>,
    /// The entry that the last node is the value of.
    pub entry: Option<&'n Entry>,
    /// Whether one of the nodes stands in brackets, the last one apart.
    pub in_flow: bool,
}

impl<'n> Place<'n> {
    /// Goes along `path` up to the first step that leads nowhere.
    pub fn find(source: Source, root: &'n Node, path: &[Segment]) -> Result<Self, Refusal> {
        let (mut nodes, mut entry, mut in_flow) = (vec![root], None, false);
        for (depth, step) in path.iter().enumerate() {
            let node = nodes[nodes.len() - 1];
            let here = || path[..depth].to_vec();
            if source.is_alias(node) {
                return Err(Refusal::Alias(here()));
            }
            if entry.is_some_and(|entry: &Entry| entry.merged) {
                return Err(Refusal::Merged(here()));
            }
            let (next, its_entry) = match (&node.value, step) {
                (Value::Mapping(_), Segment::Key(key)) => {
                    let entry = node.entry(key);
                    (entry.map(|entry| &entry.value), entry)
                }
                (Value::Sequence(items), Segment::Index(index)) => (items.get(*index), None),
                (Value::Null, _) => (None, None),
                (_, Segment::Key(_)) => return Err(Refusal::NotAMap(here())),
                (_, Segment::Index(_)) => return Err(Refusal::NotAList(here())),
            };
            let Some(next) = next else { break };
            in_flow |= source.is_flow(node);
            entry = its_entry;
            nodes.push(next);
        }
        Ok(Self { nodes, entry, in_flow })
    }

    /// How many steps of the path lead to something.
    pub fn steps(&self) -> usize {
        self.nodes.len() - 1
    }

    /// What the last of these steps leads to.
    pub fn node(&self) -> &'n Node {
        self.nodes[self.nodes.len() - 1]
    }

    /// The list or map that this stands in; of the document, itself.
    pub fn parent(&self) -> &'n Node {
        self.nodes[self.nodes.len().saturating_sub(2)]
    }
}

/// A way to what is there, and is written there.
pub(super) fn written<'n>(source: Source, root: &'n Node, path: &[Segment]) -> Result<Place<'n>, Refusal> {
    let place = Place::find(source, root, path)?;
    if place.steps() < path.len() {
        return Err(Refusal::NotThere(path.to_vec()));
    }
    if place.entry.is_some_and(|entry| entry.merged) {
        return Err(Refusal::Merged(path.to_vec()));
    }
    Ok(place)
}

/// Those entries of a map that are written in it, in the order of the text.
pub(super) fn own_entries(map: &Node) -> Vec<&Entry> {
    map.entries().iter().filter(|entry| !entry.merged).collect()
}

/// The byte behind the colon of an entry.
pub(super) fn after_colon(source: Source, entry: &Entry) -> Option<usize> {
    let between = source.slice(entry.key_span.end, entry.value.span.start);
    between.find(':').map(|colon| entry.key_span.end + colon + 1)
}
