//! `docs/plan-json.md` lists the fields of `plimsoll plan --json`, all of them, and `docs/capacity-json.md` those of
//! `plimsoll capacity --json`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::plan::capacity::capacity;
use serde_json::Value;
use std::collections::BTreeSet;

fn names(value: &Value, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, value)| {
            into.insert(name.clone());
            names(value, into);
        }),
        Value::Array(items) => items.iter().for_each(|item| names(item, into)),
        _ => {}
    }
}

/// A pod that fits nowhere, and zones, beside all that the examples show.
const MORE: [&str; 2] = [
    "services: { api: { image: \"a:1\", memory: { limit: 1Ti } } }\ncluster: {}\n",
    "services: { api: { image: \"a:1\", replicas: 2 } }\ncluster: { survive: zone }\n",
];

fn texts() -> impl Iterator<Item = &'static str> {
    EXAMPLES.iter().map(|(_, text)| *text).chain(MORE)
}

fn missing(found: &BTreeSet<String>, documented: &str) -> Vec<String> {
    found.iter().filter(|name| !documented.contains(&format!("`{name}`"))).cloned().collect()
}

#[test]
fn every_field_is_documented() {
    let mut found = BTreeSet::new();
    for text in texts() {
        let plan = analyze(text).outputs.unwrap().plan;
        names(&serde_json::to_value(plan).unwrap(), &mut found);
    }
    assert_eq!(missing(&found, include_str!("../docs/plan-json.md")), [""; 0]);
    assert!(found.len() > 50, "{} fields", found.len());
}

#[test]
fn every_field_of_what_to_buy_is_documented() {
    let mut found = BTreeSet::new();
    for text in texts() {
        let capacity = capacity(&analyze(text).outputs.unwrap().topology);
        names(&serde_json::to_value(capacity).unwrap(), &mut found);
    }
    assert_eq!(missing(&found, include_str!("../docs/capacity-json.md")), [""; 0]);
    assert!(found.len() > 20, "{} fields", found.len());
}
