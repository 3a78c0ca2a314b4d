//! Any text wherever a person can write one.

use super::super::{before_start, config};
use super::{SHOP, objects, topology};
use crate::topology::{HealthCheck, Topology, VariableValue};
use proptest::prelude::*;
use serde_json::Value;

/// Text that means something to a shell, to YAML or to a template, and any other.
fn hostile() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "on",
        "1e3",
        "0777",
        "12:30:45",
        "2026-11-23",
        "~",
        "",
        "null",
        "---",
        "- a",
        "a: b",
        "a\n---\nb: c\n",
        "# x",
        "x #",
        "{{ .Values.x }}",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "%Y",
        "@",
        "`",
        "$(HOME)",
        "$$",
        "\t",
        " x ",
        "é",
        "\u{2028}",
        "\u{feff}",
        "\u{85}",
        "\r\n",
        "=",
        "<<",
        "[",
        "{",
        ",",
    ];
    prop_oneof![prop::sample::select(KNOWN).prop_map(str::to_owned), "[^\0]{0,40}"]
}

/// The shop with `value` wherever a person can write any text.
fn shop_with(shop: &Topology, value: &str) -> Topology {
    let mut shop = shop.clone();
    for service in &mut shop.services {
        for variable in &mut service.env {
            if let VariableValue::Plain(plain) = &mut variable.value {
                value.clone_into(plain);
            }
        }
        for step in &mut service.before_start {
            step.command.push(value.to_owned());
        }
        service.command.get_or_insert_default().push(value.to_owned());
        service.health = match service.health {
            HealthCheck::Http { .. } => HealthCheck::Http { path: value.to_owned() },
            _ => HealthCheck::Command(vec![value.to_owned()]),
        };
    }
    shop
}

/// How the name of the shop's Job begins, before eight digits of a hash.
const JOB: &str = "api-before-start-";

/// Puts `value` in the place of `stand_in`, escaped in commands, and leaves out what follows from it by a hash.
fn put(tree: &mut Value, stand_in: &str, value: &str, is_command: bool) {
    match tree {
        Value::String(text) if text == stand_in && is_command => {
            *text = before_start::literal(&[value.to_owned()]).concat();
        }
        Value::String(text) if text == stand_in => value.clone_into(text),
        Value::String(text) if text.contains(JOB) => text.truncate(text.len() - 8),
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, stand_in, value, is_command)),
        Value::Object(entries) => {
            entries.remove(config::CHECKSUM);
            for (key, entry) in entries {
                put(entry, stand_in, value, is_command || key == "args" || key == "exec");
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_changes_the_structure(values in prop::collection::vec(hostile(), 4)) {
        const STAND_IN: &str = "stand-in";
        let shop = topology(SHOP);
        for value in values {
            let mut expected = objects(&shop_with(&shop, STAND_IN));
            for tree in &mut expected {
                put(tree, STAND_IN, &value, false);
            }
            let mut found = objects(&shop_with(&shop, &value));
            // Nothing holds NUL: only the hashes go.
            for tree in &mut found {
                put(tree, "\0", "", false);
            }
            prop_assert_eq!(found, expected);
        }
    }
}
