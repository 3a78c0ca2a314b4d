//! The published JSON Schema is that of the types.

#![cfg(feature = "schema")]

use std::{env, fs};

const PUBLISHED: &str = "public/schema.json";

#[test]
fn the_published_schema_is_current() {
    let schema = serde_json::to_string_pretty(&plimsoll::topology::schema()).unwrap() + "\n";
    if env::var_os("BLESS").is_some() {
        fs::write(PUBLISHED, &schema).unwrap();
    }
    let published = fs::read_to_string(PUBLISHED).unwrap_or_default();
    assert!(
        schema == published,
        "{PUBLISHED} is out of date: run `BLESS=1 cargo test --features schema --test schema`"
    );
}

#[test]
fn nothing_is_required_and_nothing_unknown_is_let_in() {
    let schema = serde_json::to_value(plimsoll::topology::schema()).unwrap();
    let mut objects = vec![&schema];
    objects.extend(schema["$defs"].as_object().unwrap().values());
    let structs: Vec<_> = objects.into_iter().filter(|object| object["properties"].is_object()).collect();
    assert!(structs.len() > 10, "{} structs", structs.len());
    for object in structs {
        assert_eq!(object["additionalProperties"], false, "{object}");
        assert!(object["required"].is_null(), "{object}");
    }
}
