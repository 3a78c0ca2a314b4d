//! `docs/plan-json.md` lists the fields of `plimsoll plan --json`, all of them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::analyze;
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

#[test]
fn every_field_is_documented() {
    // A pod that fits nowhere, beside all that the examples show.
    let too_large = "services: { api: { image: \"a:1\", memory: { limit: 1Ti } } }\ncluster: {}\n";
    let mut found = BTreeSet::new();
    for text in EXAMPLES.iter().map(|(_, text)| *text).chain([too_large]) {
        let plan = analyze(text).outputs.unwrap().plan;
        names(&serde_json::to_value(plan).unwrap(), &mut found);
    }
    let documented = include_str!("../docs/plan-json.md");
    let missing: Vec<_> = found.iter().filter(|name| !documented.contains(&format!("`{name}`"))).collect();
    assert!(missing.is_empty(), "docs/plan-json.md does not mention {missing:?}");
    assert!(found.len() > 50, "{} fields", found.len());
}
