//! What holds of the files of any topology, over thousands of generated ones.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod topologies;

use plimsoll::agree::agree_all;
use plimsoll::analyze;
use plimsoll::finding::Severity;
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

/// What is found where the deployment does not fit its machines, which is no mistake of the document.
const ABOUT_ROOM: [&str; 4] = ["pod-without-node", "server-too-small", "rollout-stuck", "limit-under-need"];

proptest! {
    #![proptest_config(topologies::config(1000))]

    #[test]
    fn generated_documents_are_valid(document in topologies::documents()) {
        let text = topologies::text(&document);
        let wrong: Vec<_> = analyze(&text)
            .findings
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error && !ABOUT_ROOM.contains(&finding.rule.id))
            .collect();
        prop_assert!(wrong.is_empty(), "{wrong:#?}\n{text}");
    }

    #[test]
    fn the_files_agree(document in topologies::documents()) {
        let text = topologies::text(&document);
        let outputs = analyze(&text).outputs.unwrap();
        let agreement = agree_all(&outputs.topology, &outputs.plan);
        prop_assert!(agreement.disagreements.is_empty(), "{:#?}\n{text}", agreement.disagreements);
        prop_assert_eq!(agreement.files, outputs.artifacts().len());
        prop_assert!(agreement.facts > 5 * outputs.topology.running().count(), "{agreement:?}");
    }
}

#[test]
fn generated_documents_have_every_field_and_every_choice_of_the_format() {
    let schema: Value = serde_json::from_str(include_str!("../public/schema.json")).unwrap();
    let mut wanted = BTreeSet::new();
    choices(&schema, &schema, "", &mut wanted);
    assert!(wanted.len() > 80, "{wanted:?}");
    for document in topologies::samples(1000) {
        given(&schema, &schema, "", &document, &mut wanted);
    }
    assert_eq!(wanted, BTreeSet::new(), "no document has these");
}

/// The path of every field, and of every choice that is named, below `schema`.
fn choices(root: &Value, schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    let schema = resolved(root, schema);
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        let path = format!("{path}.{name}");
        choices(root, field, &path, found);
        found.insert(path);
    }
    for inner in [&schema["additionalProperties"], &schema["items"]] {
        if inner.is_object() {
            choices(root, inner, &format!("{path}.*"), found);
        }
    }
    for choice in named(schema) {
        found.insert(format!("{path}={choice}"));
    }
}

/// Takes out of `wanted` what `value` has.
fn given(root: &Value, schema: &Value, path: &str, value: &Value, wanted: &mut BTreeSet<String>) {
    let schema = resolved(root, schema);
    match value {
        Value::Object(entries) => {
            for (name, value) in entries {
                let (field, path) = match schema["properties"].get(name) {
                    Some(field) => (field, format!("{path}.{name}")),
                    None => (&schema["additionalProperties"], format!("{path}.*")),
                };
                wanted.remove(&path);
                given(root, field, &path, value, wanted);
            }
        }
        Value::Array(items) => {
            for item in items {
                given(root, &schema["items"], &format!("{path}.*"), item, wanted);
            }
        }
        _ => drop(wanted.remove(&format!("{path}={value}"))),
    }
}

fn resolved<'a>(root: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    }
}

/// The values that the schema names one by one.
fn named(schema: &Value) -> Vec<Value> {
    let alternatives = ["oneOf", "anyOf"].into_iter().filter_map(|key| schema[key].as_array()).flatten();
    let own = schema["enum"].as_array().into_iter().flatten();
    let constant = alternatives.filter_map(|one| one.get("const")).chain(schema.get("const"));
    own.chain(constant).cloned().collect()
}
