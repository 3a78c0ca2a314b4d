//! Every rule is explained, and its explanation is true.
//!
//! After an intended change of an explanation, write the pages anew with
//! `BLESS=1 cargo test --no-default-features --features cli --test rules` and read the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "cli")]

mod judge;
mod run;

use judge::judge;
use plimsoll::finding::{Finding, Severity};
use plimsoll::rule::{Example, Rule};
use plimsoll::{analyze, analyze_environment, rulebook};
use run::plimsoll;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

const SCHEMA: &str = "public/findings.schema.json";

/// The generated files that are committed.
fn pages() -> BTreeMap<PathBuf, String> {
    let schema = serde_json::to_string_pretty(&rulebook::findings_schema()).unwrap() + "\n";
    let mut pages = BTreeMap::from([
        (PathBuf::from("docs/rules/README.md"), rulebook::index()),
        (PathBuf::from("public/rules.html"), rulebook::html()),
        (PathBuf::from(SCHEMA), schema),
    ]);
    for rule in rulebook::all() {
        pages.insert(Path::new("docs/rules").join(format!("{}.md", rule.id)), rulebook::page(rule));
    }
    pages
}

#[test]
fn every_rule_has_its_pages() {
    let pages = pages();
    if env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all("docs/rules");
        fs::create_dir_all("docs/rules").unwrap();
        for (path, text) in &pages {
            fs::write(path, text).unwrap();
        }
    }
    for (path, text) in &pages {
        let found = fs::read_to_string(path).unwrap_or_default();
        assert!(found == *text, "{} is out of date: run with BLESS=1 and review the difference", path.display());
    }
    let found = fs::read_dir("docs/rules").unwrap().map(|entry| entry.unwrap().path());
    let expected: BTreeSet<PathBuf> = pages.into_keys().filter(|path| path.starts_with("docs/rules")).collect();
    assert_eq!(found.collect::<BTreeSet<_>>(), expected, "pages without a rule");
}

#[test]
fn every_file_of_a_rule_is_registered() {
    let files = ["src/rules", "src/advise"].into_iter().flat_map(|folder| fs::read_dir(folder).unwrap());
    let stems = files.map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().replace('_', "-"));
    let mut stems: Vec<String> = stems.filter(|stem| stem != "mod").collect();
    stems.sort();
    let ids: Vec<&str> = rulebook::all().iter().map(|rule| rule.id).collect();
    assert_eq!(stems, ids);
}

/// The findings of an example. One whose first line is a command for an environment is analysed for that environment.
fn findings(text: &str) -> Vec<Finding> {
    let environment = text.lines().next().and_then(|line| line.split_once("--environment "));
    match environment {
        Some((_, name)) => analyze_environment(text, name).findings,
        None => analyze(text).findings,
    }
}

#[test]
fn examples_fail_and_pass_as_they_say() {
    let is_of = |rule: &'static Rule| move |finding: &Finding| finding.rule.id == rule.id;
    for rule in rulebook::all() {
        if let Example::Document(text) = rule.explanation.fails {
            let findings = findings(text);
            assert!(findings.iter().any(is_of(rule)), "{}: {findings:#?}", rule.id);
        }
        if let Example::Document(text) = rule.explanation.passes {
            let findings = findings(text);
            let has_error = findings.iter().any(|finding| finding.severity == Severity::Error);
            assert!(!has_error && !findings.iter().any(is_of(rule)), "{}: {findings:#?}", rule.id);
        }
    }
}

/// Documents for the rules whose failing example is only described, and `None` for those that no document causes.
fn described() -> [(&'static str, Option<Vec<u8>>); 6] {
    let numbers = format!("services: [{}]\n", "1, ".repeat(100_001));
    let unknown_keys = (0..201).fold(String::new(), |text, number| text + &format!("key{number}: 1\n"));
    [
        ("files-disagree", None),
        ("missing-key", None),
        ("not-utf8", Some(b"name: caf\xe9\n".to_vec())),
        ("too-large", Some(" ".repeat((1 << 20) + 1).into_bytes())),
        ("too-many-findings", Some(unknown_keys.into_bytes())),
        ("too-many-values", Some(numbers.into_bytes())),
    ]
}

#[test]
fn examples_that_are_only_described_fail_too() {
    let is_described = |rule: &&Rule| matches!(rule.explanation.fails, Example::Prose(_));
    let ids: Vec<&str> = rulebook::all().into_iter().filter(is_described).map(|rule| rule.id).collect();
    assert_eq!(ids, described().map(|(id, _)| id));
    for (id, text) in described() {
        let Some(text) = text else { continue };
        let output = plimsoll(&["check", "-"], &text);
        let printed = String::from_utf8(output.stdout).unwrap();
        assert!(printed.contains(&format!("[{id}]")), "{id}: {printed}");
    }
}

#[test]
fn explanations_are_complete_sentences() {
    for Rule { id, explanation, source } in rulebook::all() {
        assert!(id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{id}");
        assert!(explanation.title.len() < 80 && !explanation.title.ends_with('.'), "{id}: {}", explanation.title);
        assert!(explanation.why.len() > 120 && explanation.why.ends_with('.'), "{id}: {}", explanation.why);
        assert!(explanation.why.matches('`').count() % 2 == 0, "{id}: {}", explanation.why);
        assert!(source.is_none_or(|source| source.starts_with("https://")), "{id}: {source:?}");
    }
}

#[test]
fn explain_prints_a_page_or_the_nearest_rule() {
    let page = plimsoll(&["explain", "unpinned-image"], b"");
    assert_eq!(page.status.code(), Some(0));
    let committed = fs::read_to_string("docs/rules/unpinned-image.md").unwrap();
    assert_eq!(String::from_utf8(page.stdout).unwrap(), committed);
    let list = plimsoll(&["explain"], b"");
    let list = String::from_utf8(list.stdout).unwrap();
    assert_eq!(list.lines().count(), rulebook::all().len());
    let misspelt = plimsoll(&["explain", "unpined-image"], b"");
    assert_eq!(misspelt.status.code(), Some(2));
    let message = String::from_utf8(misspelt.stderr).unwrap();
    assert_eq!(message, "plimsoll: there is no rule `unpined-image`; did you mean `unpinned-image`?\n");
    let unlike = String::from_utf8(plimsoll(&["explain", "kraken"], b"").stderr).unwrap();
    assert_eq!(unlike, "plimsoll: there is no rule `kraken`; `plimsoll explain` lists all rules\n");
}

/// What `plimsoll check --json` prints as findings of every failing example.
fn checked() -> Vec<(&'static str, Value)> {
    let documents = rulebook::all().into_iter().filter_map(|rule| match rule.explanation.fails {
        Example::Document(text) => Some((rule.id, text)),
        Example::Prose(_) => None,
    });
    documents
        .map(|(id, text)| {
            let environment: &[&str] = if id == "unknown-environment" { &["--environment", "production"] } else { &[] };
            let output = plimsoll(&[&["check", "-", "--json"], environment].concat(), text.as_bytes());
            let mut checked: Value = serde_json::from_slice(&output.stdout).unwrap();
            (id, checked["findings"].take())
        })
        .collect()
}

#[test]
fn findings_are_as_their_schema_says() {
    let printed = plimsoll(&["schema", "--findings"], b"");
    assert_eq!(String::from_utf8(printed.stdout).unwrap(), fs::read_to_string(SCHEMA).unwrap());
    let schema = rulebook::findings_schema();
    let ids = schema.pointer("/$defs/Finding/properties/rule/enum").unwrap();
    assert_eq!(ids.as_array().unwrap().len(), rulebook::all().len());
    for (id, findings) in checked() {
        assert_ne!(findings, json!([]), "{id}");
        assert_eq!(mismatch(&findings, &schema, &schema), None, "{id}: {findings:#}");
    }
}

#[test]
fn figures_stand_beside_the_sentence() {
    let figures = |text: &[u8]| {
        let output = plimsoll(&["check", "-", "--json"], text);
        let checked: Value = serde_json::from_slice(&output.stdout).unwrap();
        checked["findings"][0]["figures"].clone()
    };
    for (text, expected) in [
        ("services: { api: { python: {}, workers: 300 } }", json!({ "workers": 300 })),
        ("services: { api: { python: {}, memory: { process: 200Mi, limit: 128Mi } } }", {
            json!({ "service": "api", "need_bytes": 208 << 20, "limit_bytes": 128 << 20 })
        }),
        ("services: { api: { python: {}, needs: [bd] }, database: { redis: {} } }", json!({ "name": "bd" })),
        ("traffic: { rate: 2/s, peak: 0.5/s }", json!({ "rate_per_second": 2, "peak_per_second": 0.5 })),
        ("services: { api: { python: {}, autoscale: { min: 2 } } }", Value::Null),
    ] {
        assert_eq!(figures(text.as_bytes()), expected, "{text}");
    }
}

/// Returns what of a value is not as the schema says, by the keywords that the schema of findings uses.
fn mismatch(value: &Value, schema: &Value, root: &Value) -> Option<String> {
    for (keyword, says) in schema.as_object()? {
        let found = match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "format" => None,
            "$ref" => {
                let pointer = says.as_str()?.trim_start_matches('#');
                mismatch(value, root.pointer(pointer).expect("the reference leads somewhere"), root)
            }
            "type" => {
                let types = says.as_array().map_or(std::slice::from_ref(says), Vec::as_slice);
                let is_one = types.iter().any(|name| has_type(value, name.as_str().unwrap_or_default()));
                (!is_one).then(|| format!("{value} has not the type {says}"))
            }
            "enum" => (!says.as_array()?.contains(value)).then(|| format!("{value} is none of {says}")),
            "const" => (value != says).then(|| format!("{value} is not {says}")),
            "minimum" => (value.as_f64()? < says.as_f64()?).then(|| format!("{value} is below {says}")),
            "anyOf" | "oneOf" => {
                let fits = says.as_array()?.iter().any(|schema| mismatch(value, schema, root).is_none());
                (!fits).then(|| format!("{value} fits none of {says}"))
            }
            "items" => value.as_array()?.iter().find_map(|item| mismatch(item, says, root)),
            "required" => {
                let missing =
                    says.as_array()?.iter().find(|name| value.get(name.as_str().unwrap_or_default()).is_none());
                missing.map(|name| format!("{name} is missing in {value}"))
            }
            "properties" => value.as_object()?.iter().find_map(|(name, value)| match says.get(name) {
                Some(schema) => mismatch(value, schema, root),
                None => Some(format!("{name} is not in the schema")),
            }),
            "additionalProperties" => value.as_object()?.values().find_map(|value| mismatch(value, says, root)),
            keyword => Some(format!("the keyword {keyword} is not checked")),
        };
        if found.is_some() {
            return found;
        }
    }
    None
}

fn has_type(value: &Value, name: &str) -> bool {
    match name {
        "array" => value.is_array(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_u64() || value.is_i64(),
        "null" => value.is_null(),
        "number" => value.is_number(),
        "object" => value.is_object(),
        "string" => value.is_string(),
        _ => false,
    }
}

#[test]
#[ignore = "asks check-jsonschema"]
fn an_independent_reader_of_schemas_agrees() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("findings");
    fs::create_dir_all(&folder).unwrap();
    let files: Vec<PathBuf> = checked()
        .into_iter()
        .map(|(id, findings)| {
            let path = folder.join(format!("{id}.json"));
            fs::write(&path, findings.to_string()).unwrap();
            path
        })
        .collect();
    let output = judge("check-jsonschema").arg("--schemafile").arg(SCHEMA).args(files).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}
