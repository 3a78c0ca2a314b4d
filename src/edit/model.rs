//! What a change means, apart from how it is written: what every edit of the text is compared with.

use super::{Path, Refusal, Value as New};
use crate::sorting;
use crate::text::Span;
use crate::yaml::{Entry, Node, Segment, Value};

/// The tree with `value` at `path`; missing maps and lists on the way are made.
pub(super) fn set(root: &Node, path: &[Segment], value: &New) -> Result<Node, Refusal> {
    let mut changed = root.clone();
    let mut node = &mut changed;
    for (depth, step) in path.iter().enumerate() {
        let place = || path[..depth].to_vec();
        node = match step {
            Segment::Key(key) => {
                let entries = entries_of(node).ok_or_else(|| Refusal::NotAMap(place()))?;
                let index = entries.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
                    entries.push(Entry { key: key.clone(), key_span: Span::default(), value: null(), merged: false });
                    entries.len() - 1
                });
                &mut entries[index].value
            }
            Segment::Index(index) => {
                let items = items_of(node).ok_or_else(|| Refusal::NotAList(place()))?;
                if *index == items.len() {
                    items.push(null());
                }
                items.get_mut(*index).ok_or_else(|| Refusal::NotThere(path.to_vec()))?
            }
        };
    }
    *node = new(value);
    Ok(changed)
}

/// The tree with one more item in the list at `path`, which stands at `index`.
pub(super) fn insert(root: &Node, path: &[Segment], index: usize, value: &New) -> Result<Node, Refusal> {
    let mut changed = root.clone();
    let list = find_mut(&mut changed, path)?;
    let items = items_of(list).ok_or_else(|| Refusal::NotAList(path.to_vec()))?;
    items.insert(index.min(items.len()), new(value));
    Ok(changed)
}

/// The tree without what stands at `path`.
pub(super) fn remove(root: &Node, path: &[Segment]) -> Result<Node, Refusal> {
    let not_there = || Refusal::NotThere(path.to_vec());
    let (last, parent) = path.split_last().ok_or_else(not_there)?;
    let mut changed = root.clone();
    match (&mut find_mut(&mut changed, parent)?.value, last) {
        (Value::Mapping(entries), Segment::Key(key)) => {
            let index = entries.iter().position(|entry| entry.key == *key).ok_or_else(not_there)?;
            entries.remove(index);
        }
        (Value::Sequence(items), Segment::Index(index)) if *index < items.len() => drop(items.remove(*index)),
        _ => return Err(not_there()),
    }
    Ok(changed)
}

/// The tree with another key for what stands at `path`.
pub(super) fn rename(root: &Node, path: &[Segment], to: &str) -> Result<Node, Refusal> {
    let not_there = || Refusal::NotThere(path.to_vec());
    let Some((Segment::Key(key), parent)) = path.split_last() else { return Err(not_there()) };
    let mut changed = root.clone();
    let map = find_mut(&mut changed, parent)?;
    if map.get(to).is_some() {
        return Err(Refusal::Taken(to.to_owned()));
    }
    let entries = entries_of(map).ok_or_else(not_there)?;
    let entry = entries.iter_mut().find(|entry| entry.key == *key).ok_or_else(not_there)?;
    to.clone_into(&mut entry.key);
    Ok(changed)
}

/// What stands at `path`.
pub(super) fn find<'n>(root: &'n Node, path: &[Segment]) -> Option<&'n Node> {
    path.iter().try_fold(root, |node, step| match step {
        Segment::Key(key) => node.get(key),
        Segment::Index(index) => node.items().get(*index),
    })
}

fn find_mut<'n>(root: &'n mut Node, path: &[Segment]) -> Result<&'n mut Node, Refusal> {
    let mut node = root;
    for step in path {
        let next = match (&mut node.value, step) {
            (Value::Mapping(entries), Segment::Key(key)) => {
                entries.iter_mut().find(|entry| entry.key == *key).map(|entry| &mut entry.value)
            }
            (Value::Sequence(items), Segment::Index(index)) => items.get_mut(*index),
            _ => None,
        };
        node = next.ok_or_else(|| Refusal::NotThere(path.to_vec()))?;
    }
    Ok(node)
}

/// The entries of a map, or of nothing, which is then one.
fn entries_of(node: &mut Node) -> Option<&mut Vec<Entry>> {
    if node.value == Value::Null {
        node.value = Value::Mapping(Vec::new());
    }
    if let Value::Mapping(entries) = &mut node.value { Some(entries) } else { None }
}

fn items_of(node: &mut Node) -> Option<&mut Vec<Node>> {
    if node.value == Value::Null {
        node.value = Value::Sequence(Vec::new());
    }
    if let Value::Sequence(items) = &mut node.value { Some(items) } else { None }
}

fn null() -> Node {
    Node { value: Value::Null, span: Span::default() }
}

/// A new value as what it is read as.
pub(super) fn new(value: &New) -> Node {
    let value = match value {
        New::Null => Value::Null,
        New::Bool(truth) => Value::Bool(*truth, value.literal()),
        New::Int(int) => Value::Int(*int, value.literal()),
        New::Float(number) => number.parse().map_or(Value::Null, |number| Value::Float(number, value.literal())),
        New::Text(text) => Value::String(text.clone()),
        New::List(items) => Value::Sequence(items.iter().map(new).collect()),
        New::Map(entries) => {
            let entry = |(key, value): &(String, New)| Entry {
                key: key.clone(),
                key_span: Span::default(),
                value: new(value),
                merged: false,
            };
            Value::Mapping(entries.iter().map(entry).collect())
        }
    };
    Node { value, span: Span::default() }
}

/// Whether two trees say the same: wherever it stands, and in whatever order a map has its keys. A document of nothing
/// is one of an empty map.
pub(super) fn same_document(one: &Node, other: &Node) -> bool {
    let is_empty = |node: &Node| match &node.value {
        Value::Null => true,
        Value::Mapping(entries) => entries.is_empty(),
        _ => false,
    };
    is_empty(one) && is_empty(other) || same(one, other)
}

/// Whether two values say the same.
pub(super) fn same(one: &Node, other: &Node) -> bool {
    match (&one.value, &other.value) {
        (Value::Null, Value::Null) => true,
        (Value::Bool(..), Value::Bool(..))
        | (Value::Int(..), Value::Int(..))
        | (Value::Float(..), Value::Float(..))
        | (Value::String(_), Value::String(_)) => one.text() == other.text(),
        (Value::Sequence(one), Value::Sequence(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Mapping(one), Value::Mapping(other)) => {
            let by_key = |entries: &'_ [Entry]| -> Vec<usize> {
                let mut order: Vec<usize> = (0..entries.len()).collect();
                sorting::sort_by_key(&mut order, |place| &entries[*place].key);
                order
            };
            let mut pairs = by_key(one).into_iter().zip(by_key(other)).map(|(a, b)| (&one[a], &other[b]));
            one.len() == other.len() && pairs.all(|(one, other)| one.key == other.key && same(&one.value, &other.value))
        }
        _ => false,
    }
}

/// A path with one more step.
pub(super) fn below(path: &[Segment], step: Segment) -> Path {
    path.iter().cloned().chain([step]).collect()
}
