//! Nothing outside `src/kinds/` knows one kind of service from another, so that a new kind is a file there and a line of
//! the list.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod source_files;

use plimsoll::kinds::KINDS;
use std::fs;
use std::path::Path;

/// Ways to tell a kind by its key or by its name, whatever the key.
const COMPARISONS: [&str; 6] = [
    "kind.key == \"",
    "kind.key != \"",
    "match service.kind.key",
    "kind.product ==",
    "match service.kind.product",
    "Stack::",
];

/// Files whose strings are names of something else: measured programs, and words of commands that people write.
const OTHER_NAMES: [&str; 1] = ["src/model/measured.rs"];

/// The keys that are words of everyday code too; a comparison with them is what [`COMPARISONS`] finds.
const EVERYDAY: [&str; 5] = ["python", "node", "go", "dockerfile", "image"];

/// The code of a file without its comments and its tests.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let before_tests = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = before_tests.lines().enumerate();
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The places in `text` that tell a kind.
fn told<'a>(text: &'a str, keys: &[String]) -> Vec<(usize, &'a str)> {
    let tells = |line: &str| {
        COMPARISONS.iter().any(|comparison| line.contains(comparison)) || keys.iter().any(|key| line.contains(key))
    };
    code(text).filter(|(_, line)| tells(line)).collect()
}

/// The keys as they stand in code, in quotes.
fn keys() -> Vec<String> {
    let keys = KINDS.iter().map(|kind| kind.key).filter(|key| !EVERYDAY.contains(key));
    keys.map(|key| format!("\"{key}\"")).collect()
}

#[test]
fn no_kind_is_told_from_another_outside_its_folder() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (files, keys) = (source_files::below(&root.join("src"), &["rs"]), keys());
    let mut found = Vec::new();
    for file in files {
        let name = file.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        let is_test = name.ends_with("/tests.rs") || name.contains("/tests/");
        if name.starts_with("src/kinds/") || OTHER_NAMES.contains(&name.as_str()) || is_test {
            continue;
        }
        let text = fs::read_to_string(&file).unwrap();
        found
            .extend(told(&text, &keys).into_iter().map(|(line, code)| format!("{name}:{}: {}", line + 1, code.trim())));
    }
    assert!(found.is_empty(), "ask the kind instead:\n{}", found.join("\n"));
}

#[test]
fn a_kind_that_is_told_is_found() {
    for line in [
        "if service.kind.key == \"go\" {",
        "    \"postgres\" => 5432,",
        "match service.kind.product {",
        "let is_python = matches!(build.stack, Stack::Python(_));",
    ] {
        assert_eq!(told(line, &keys()).len(), 1, "{line}");
    }
    assert!(
        told("// \"postgres\" is one\nlet name = service.kind.key;\n#[cfg(test)]\nmod tests {\n\"redis\"", &keys())
            .is_empty()
    );
}

#[test]
fn every_kind_has_a_key_and_a_name_of_its_own() {
    let mut keys: Vec<&str> = KINDS.iter().map(|kind| kind.key).collect();
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), count);
    assert!(KINDS.iter().all(|kind| !kind.title.is_empty() && !kind.name.is_empty()), "{KINDS:?}");
}
