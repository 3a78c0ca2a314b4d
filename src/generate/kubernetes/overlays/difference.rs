//! What makes one value into another: a JSON Patch, <https://www.rfc-editor.org/rfc/rfc6902>.
//!
//! Not a strategic merge patch: what that makes of a list depends on the field and on the schemas that a version of
//! kustomize has built in, which know nothing of the Gateway API, and a list that it merges loses its order. A JSON Patch
//! means the same everywhere. What it lacks, a name for the item of a list, a `test` before the change makes up for: it
//! says which item is meant, and nothing is applied where the base has another in its place.

use crate::yaml::Segment;
use rustc_hash::FxHashSet;
use serde::{Serialize, Serializer};
use serde_yaml::{Mapping, Value};

/// The key by which people tell the items of a list apart.
const NAME: &str = "name";

/// A step of the patch; each is applied to what the ones before it have made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Operation {
    /// What is done.
    pub op: Op,
    /// To which value.
    pub path: Pointer,
    /// What it is, or becomes; nothing where it goes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
}

/// What is done to a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Op {
    /// The patch applies only if it is this one.
    Test,
    /// It comes to be; in a list, before the item that is there.
    Add,
    /// It goes.
    Remove,
    /// It becomes another.
    Replace,
}

/// The path of a value, which is written as a JSON Pointer, <https://www.rfc-editor.org/rfc/rfc6901>.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pointer(pub Vec<Segment>);

/// The operations that make `base` into `wanted`.
pub(super) fn operations(base: &Value, wanted: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    compare(base, wanted, &Pointer::default(), &mut operations);
    operations
}

fn compare(base: &Value, wanted: &Value, path: &Pointer, operations: &mut Vec<Operation>) {
    match (base, wanted) {
        _ if base == wanted => {}
        (Value::Mapping(base), Value::Mapping(wanted)) => maps(base, wanted, path, operations),
        (Value::Sequence(base), Value::Sequence(wanted)) => lists(base, wanted, path, operations),
        _ => operations.push(Operation::new(Op::Replace, path.clone(), Some(wanted))),
    }
}

fn maps(base: &Mapping, wanted: &Mapping, path: &Pointer, operations: &mut Vec<Operation>) {
    for (key, _) in base.iter().filter(|(key, _)| !wanted.contains_key(*key)) {
        operations.push(Operation::new(Op::Remove, path.key(key), None));
    }
    for (key, wanted) in wanted {
        let path = path.key(key);
        match base.get(key) {
            Some(base) => compare(base, wanted, &path, operations),
            None => operations.push(Operation::new(Op::Add, path, Some(wanted))),
        }
    }
}

/// Items with names are the same if they have the same name. Others are compared one by one if they are maps, and as
/// many. All other lists are told as a whole.
fn lists(base: &[Value], wanted: &[Value], path: &Pointer, operations: &mut Vec<Operation>) {
    match (names(base), names(wanted)) {
        (Some(base_names), Some(wanted_names)) if have_one_order(&base_names, &wanted_names) => {
            named_items((base, &base_names), (wanted, &wanted_names), path, operations);
        }
        (None, None) if base.len() == wanted.len() && base.iter().chain(wanted).all(Value::is_mapping) => {
            for (index, (base, wanted)) in base.iter().zip(wanted).enumerate() {
                compare(base, wanted, &path.index(index), operations);
            }
        }
        _ => {
            let whole = Value::Sequence(wanted.to_vec());
            operations.push(Operation::new(Op::Replace, path.clone(), Some(&whole)));
        }
    }
}

/// Removes from the end and adds from the start, so that each index is that of the item when its turn comes.
fn named_items(
    (base, base_names): (&[Value], &[&str]),
    (wanted, wanted_names): (&[Value], &[&str]),
    path: &Pointer,
    operations: &mut Vec<Operation>,
) {
    for (index, _) in base_names.iter().enumerate().rev().filter(|(_, name)| !wanted_names.contains(name)) {
        operations.push(Operation::new(Op::Remove, path.index(index), None));
    }
    for (index, _) in wanted_names.iter().enumerate().filter(|(_, name)| !base_names.contains(name)) {
        operations.push(Operation::new(Op::Add, path.index(index), wanted.get(index)));
    }
    for (index, (name, wanted)) in wanted_names.iter().zip(wanted).enumerate() {
        let item = base_names.iter().position(|other| other == name).and_then(|at| base.get(at));
        if let Some(base) = item.filter(|base| *base != wanted) {
            let path = path.index(index);
            operations.push(Operation::new(Op::Test, path.key(&Value::from(NAME)), Some(&Value::from(*name))));
            compare(base, wanted, &path, operations);
        }
    }
}

/// The names of the items, if all have one and no two the same.
fn names(items: &[Value]) -> Option<Vec<&str>> {
    let names: Vec<&str> = items.iter().map(|item| item.get(NAME)?.as_str()).collect::<Option<_>>()?;
    let distinct: FxHashSet<&str> = names.iter().copied().collect();
    (distinct.len() == names.len()).then_some(names)
}

/// Whether the names that both have come in the same order, and there are such names.
fn have_one_order(one: &[&str], other: &[&str]) -> bool {
    let common: Vec<&&str> = one.iter().filter(|name| other.contains(name)).collect();
    !common.is_empty() && other.iter().filter(|name| one.contains(name)).eq(common)
}

impl Operation {
    fn new(op: Op, path: Pointer, value: Option<&Value>) -> Self {
        Self { op, path, value: value.cloned() }
    }
}

impl Pointer {
    fn key(&self, key: &Value) -> Self {
        // Objects have text as keys only.
        self.then(Segment::Key(key.as_str().unwrap_or_default().to_owned()))
    }

    fn index(&self, index: usize) -> Self {
        self.then(Segment::Index(index))
    }

    fn then(&self, segment: Segment) -> Self {
        Self(self.0.iter().cloned().chain([segment]).collect())
    }
}

impl Serialize for Pointer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::new();
        for segment in &self.0 {
            text.push('/');
            match segment {
                Segment::Key(key) => text.push_str(&key.replace('~', "~0").replace('/', "~1")),
                Segment::Index(index) => text.push_str(&index.to_string()),
            }
        }
        serializer.serialize_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn patch(base: &str, wanted: &str) -> Vec<String> {
        let value = |text: &str| serde_yaml::from_str::<Value>(text).unwrap();
        let line = |operation: &Operation| {
            let operation = serde_json::to_value(operation).unwrap();
            let value = operation.get("value").map(|value| format!(" {value}")).unwrap_or_default();
            format!("{} {}{value}", operation["op"].as_str().unwrap(), operation["path"].as_str().unwrap())
        };
        operations(&value(base), &value(wanted)).iter().map(line).collect()
    }

    #[test]
    fn what_is_alike_needs_nothing() {
        assert_eq!(patch("{a: 1, b: [x, {c: 2}]}", "{b: [x, {c: 2}], a: 1}"), [""; 0]);
    }

    #[test]
    fn keys_come_go_and_change() {
        assert_eq!(patch("{a: 1, b: 2, c: 3}", "{a: 1, b: x, d: {}}"), ["remove /c", "replace /b \"x\"", "add /d {}"]);
        assert_eq!(patch("{a: {}}", "{a: {checksum/config~: z}}"), ["add /a/checksum~1config~0 \"z\""]);
    }

    #[test]
    fn an_item_with_a_name_is_changed_only_where_it_is() {
        assert_eq!(
            patch("[{name: a, x: 1}, {name: b, x: 1}]", "[{name: a, x: 1}, {name: b, x: 2}]"),
            ["test /1/name \"b\"", "replace /1/x 2"]
        );
    }

    #[test]
    fn items_with_names_come_and_go_one_by_one() {
        assert_eq!(
            patch("[{name: a}, {name: b}, {name: c, x: 1}]", "[{name: n}, {name: c}, {name: m}]"),
            [
                "remove /1",
                "remove /0",
                "add /0 {\"name\":\"n\"}",
                "add /2 {\"name\":\"m\"}",
                "test /1/name \"c\"",
                "remove /1/x"
            ]
        );
    }

    #[test]
    fn lists_of_words_are_told_as_a_whole() {
        assert_eq!(patch("{args: [a, b]}", "{args: [a, c]}"), ["replace /args [\"a\",\"c\"]"]);
        assert_eq!(
            patch("[{name: a}, {name: b}]", "[{name: b}, {name: a}]"),
            ["replace  [{\"name\":\"b\"},{\"name\":\"a\"}]"]
        );
    }

    #[test]
    fn as_many_items_without_names_are_compared_one_by_one() {
        assert_eq!(patch("[{port: 1}, {port: 2}]", "[{port: 1}, {port: 3}]"), ["replace /1/port 3"]);
        assert_eq!(patch("[{port: 1}]", "[{port: 1}, {port: 3}]"), ["replace  [{\"port\":1},{\"port\":3}]"]);
    }

    fn any_value() -> impl Strategy<Value = serde_json::Value> {
        let scalar =
            prop_oneof!["[ab]{0,2}".prop_map(serde_json::Value::from), (0..3).prop_map(serde_json::Value::from)];
        scalar.prop_recursive(4, 24, 4, |value| {
            let named =
                ("[abc]", value.clone()).prop_map(|(name, value)| serde_json::json!({ "name": name, "x": value }));
            let key = prop_oneof!["[ab]", Just("~/".to_owned()), Just("name".to_owned())];
            prop_oneof![
                prop::collection::vec(value.clone(), 0..4).prop_map(serde_json::Value::from),
                prop::collection::vec(named, 0..4).prop_map(serde_json::Value::from),
                prop::collection::btree_map(key, value, 0..4)
                    .prop_map(|map| map.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn another_makers_patch_makes_one_value_into_the_other(base in any_value(), wanted in any_value()) {
            let ours = operations(&serde_yaml::to_value(&base).unwrap(), &serde_yaml::to_value(&wanted).unwrap());
            let patch: json_patch::Patch = serde_json::from_value(serde_json::to_value(&ours).unwrap()).unwrap();
            let mut made = base;
            json_patch::patch(&mut made, &patch).unwrap();
            prop_assert_eq!(made, wanted);
        }
    }
}
