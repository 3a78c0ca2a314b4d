//! The list of the schema's fields that the compiler checks the code's paths against.

use serde_json::Value;
use std::collections::BTreeSet;

/// The Rust file with the paths of all fields of `schema`.
pub fn list(schema: &Value) -> String {
    let mut paths = BTreeSet::new();
    add_paths(schema, schema, "", &mut paths);
    let mut list = "//! The fields of the document's schema. `tests/golden.rs` writes this file.\n\n\
        /// The paths of all fields; `*` stands for a name or an index.\n\
        pub const SCHEMA_PATHS: &[&str] = &[\n"
        .to_owned();
    list.extend(paths.iter().map(|path| format!("    \"{path}\",\n")));
    list.push_str("];\n");
    list
}

/// Adds the paths of all fields below `at` to `paths`; `*` stands for a name or an index.
fn add_paths(schema: &Value, at: &Value, path: &str, paths: &mut BTreeSet<String>) {
    if let Some(reference) = at["$ref"].as_str() {
        add_paths(schema, schema.pointer(reference.trim_start_matches('#')).unwrap(), path, paths);
    }
    let properties = at["properties"].as_object().into_iter().flatten().map(|(key, below)| (key.as_str(), below));
    let entries = [&at["additionalProperties"], &at["items"]].into_iter().filter(|below| below.is_object());
    for (key, below) in properties.chain(entries.map(|below| ("*", below))) {
        let path = if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
        add_paths(schema, below, &path, paths);
        paths.insert(path);
    }
    for alternative in ["anyOf", "oneOf", "allOf"].iter().filter_map(|key| at[*key].as_array()).flatten() {
        add_paths(schema, alternative, path, paths);
    }
}
