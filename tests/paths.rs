//! Every line of a generated file points at a field that the document's schema has.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::analyze;
use serde_json::Value;
use std::collections::BTreeSet;

/// A document with the fields that no example has.
const MORE: &str = "\
name: more
services:
  api:
    python: { packages: pip, files: [main.py] }
    secrets: [TOKEN]
    secrets_as: files
    writable: [/var/cache/app]
    storage: 1Gi
    storage_path: /data
    before_start:
      - { run: python one.py, when: once }
      - { run: python two.py, when: every-start }
      - { run: python three.py, how: in-container }
    needs: [db, queue, search]
    public: { host: api.example.com }
  report: { python: { worker: python report.py }, schedule: 0 3 * * *, needs: [db] }
  db: { postgres: { version: '17', max_connections: 200 }, storage: 5Gi }
  queue: { rabbitmq: {} }
  search: { mysql: {}, external: db.example.com }
server: { proxy: traefik }
cluster: { quota: true }
";

/// Whether `path` leads to a field, whatever the names of services, variables and the like.
fn is_in(schema: &Value, at: &Value, path: &[&str]) -> bool {
    let at = match at["$ref"].as_str() {
        Some(reference) => schema.pointer(reference.trim_start_matches('#')).unwrap(),
        None => at,
    };
    let Some((first, rest)) = path.split_first() else { return true };
    let below = |key: &str| at.get(key).filter(|below| below.is_object());
    let property = at["properties"].get(first).or(below("additionalProperties"));
    let item = below("items").filter(|_| first.parse::<usize>().is_ok());
    let alternatives = ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| at[*key].as_array()).flatten();
    property.into_iter().chain(item).any(|below| is_in(schema, below, rest))
        || alternatives.into_iter().any(|below| is_in(schema, below, path))
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../public/schema.json")).unwrap()
}

fn has(schema: &Value, path: &str) -> bool {
    is_in(schema, schema, &path.split('.').collect::<Vec<_>>())
}

#[test]
fn every_line_comes_from_a_field_of_the_schema() {
    let schema = schema();
    let mut unknown = BTreeSet::new();
    for (name, text) in EXAMPLES.into_iter().chain([("more", MORE)]) {
        for artifact in analyze(text).outputs.unwrap().artifacts() {
            for origin in artifact.lines().filter_map(|(_, origin)| origin) {
                if !origin.field.is_empty() && !has(&schema, &origin.field) {
                    unknown.insert(format!("{name}: {}: {}", artifact.path, origin.field));
                }
            }
        }
    }
    assert!(unknown.is_empty(), "the schema has no\n{}", unknown.into_iter().collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_path_that_the_schema_has_not_is_found() {
    let schema = schema();
    for known in ["services.api.before_start.0", "services.x.env.ANY", "cluster.nodes.1.count", "services.a.python.app"]
    {
        assert!(has(&schema, known), "{known}");
    }
    for unknown in ["services.api.before_start[0]", "services.api.prot", "cluster.nodes.name", "traffic.rate.peak"] {
        assert!(!has(&schema, unknown), "{unknown}");
    }
}
