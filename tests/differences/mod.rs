//! Where two sets of files differ, in places that can be named.

use plimsoll::generate::Artifact;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The places at which files differ: `FILE PATH` for a value of a YAML file (`KIND/PATH` on a cluster), `FILE INSTRUCTION`
/// for a Dockerfile, `FILE` for any other.
pub fn differences(before: &[Artifact], after: &[Artifact]) -> BTreeSet<String> {
    let (before, after) = (places(before), places(after));
    let differs = |place: &&String| before.get(*place) != after.get(*place);
    before.keys().chain(after.keys()).filter(differs).cloned().collect()
}

/// Whether a place is one that the pattern names; `*` is anything.
pub fn matches(pattern: &str, place: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = place.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    if parts.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

fn places(artifacts: &[Artifact]) -> BTreeMap<String, Vec<String>> {
    let mut places = BTreeMap::new();
    for Artifact { path, text, .. } in artifacts {
        // What an overlay says of the base is for `overlays.rs`; where there are none, the base is all there is.
        if path.starts_with("k8s/overlays/") {
            continue;
        }
        // A service that is called like one of the shared files has `NAME.service.yaml`.
        let path = &path.replace("k8s/base/", "k8s/").replace(".service.yaml", ".yaml");
        let name = path.rsplit('/').next().unwrap_or_default();
        if Path::new(name).extension().is_some_and(|extension| extension == "yaml") {
            for document in serde_yaml::Deserializer::from_str(text) {
                let document = Value::deserialize(document).unwrap();
                let start = document["kind"].as_str().map_or(format!("{path} "), |kind| format!("{path} {kind}/"));
                values(&start, "", &document, &mut places);
            }
        } else if name.starts_with("Dockerfile") {
            for instruction in
                text.replace("\\\n", " ").lines().filter(|line| !line.is_empty() && !line.starts_with('#'))
            {
                let keyword = instruction.split(' ').next().unwrap_or_default();
                places.entry(format!("{path} {keyword}")).or_insert_with(Vec::new).push(instruction.to_owned());
            }
        } else {
            places.insert(path.clone(), vec![text.clone()]);
        }
    }
    places
}

/// Notes every scalar below `value`, and every list and map that is empty.
fn values(start: &str, path: &str, value: &Value, places: &mut BTreeMap<String, Vec<String>>) {
    let below = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Object(entries) if !entries.is_empty() => {
            for (key, value) in entries {
                values(start, &below(key), value, places);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (index, value) in items.iter().enumerate() {
                values(start, &below(&index.to_string()), value, places);
            }
        }
        _ => places.entry(format!("{start}{path}")).or_default().push(value.to_string()),
    }
}
