//! The suggestions at the caret.

use super::super::amounts::{AMOUNTS, Amount};
use super::super::completion::{Suggestion, complete};
use super::super::schema::Schema;
use super::split;
use crate::quantity::{Cpu, Memory};
use crate::topology::{Duration, Percent, Price, Rate};
use crate::yaml::Segment;

fn suggestions(marked: &str) -> Vec<Suggestion> {
    let (text, offset) = split(marked);
    complete(&text, offset).map_or_else(Vec::new, |completion| completion.suggestions)
}

fn labels(marked: &str) -> Vec<String> {
    suggestions(marked).into_iter().map(|suggestion| suggestion.label).collect()
}

fn has(labels: &[String], label: &str) -> bool {
    labels.iter().any(|one| one == label)
}

/// The text once the suggestion `label` is taken, with the caret in it.
fn taken(marked: &str, label: &str) -> String {
    let (text, offset) = split(marked);
    let completion = complete(&text, offset).unwrap();
    let suggestion = completion.suggestions.iter().find(|suggestion| suggestion.label == label).unwrap();
    let (before, after) = suggestion.insert.split_at(suggestion.caret);
    format!("{}{before}¦{after}{}", &text[..completion.span.start], &text[completion.span.end..])
}

#[test]
fn an_empty_document_is_offered_the_documents_keys() {
    let expected = ["cluster", "environments", "machines", "name", "server", "services", "traffic", "version"];
    assert_eq!(labels("¦"), expected);
}

#[test]
fn keys_that_are_there_are_not_offered_again() {
    let keys = labels("services:\n  api:\n    python: {}\n    memory: { limit: 1Gi, ¦ }\n");
    for key in ["per_request", "process", "shared"] {
        assert!(has(&keys, key), "{key}");
    }
    assert!(!has(&keys, "limit"));
}

#[test]
fn a_service_that_is_something_is_not_offered_to_be_something_else_too() {
    let none = labels("services:\n  api:\n    ¦\n");
    for kind in ["python", "postgres", "dockerfile", "image", "replicas"] {
        assert!(has(&none, kind), "{kind}");
    }
    let one = labels("services:\n  api:\n    python: {}\n    ¦\n");
    for kind in ["python", "postgres", "dockerfile"] {
        assert!(!has(&one, kind), "{kind}");
    }
    assert!(has(&one, "image") && has(&one, "replicas"));
}

#[test]
fn the_kinds_of_a_service_come_first() {
    let all = suggestions("services:\n  api:\n    ¦\n");
    let kinds: Vec<&str> = all.iter().filter(|one| one.is_kind).map(|one| one.label.as_str()).collect();
    assert!(kinds.contains(&"go") && kinds.contains(&"redis") && !kinds.contains(&"memory"), "{kinds:?}");
    assert!(all.iter().all(|one| one.is_kind == (one.rank > 0)));
}

#[test]
fn values_of_which_there_are_few_are_offered_the_default_first() {
    assert_eq!(labels("cluster:\n  gateway: ¦\n"), ["gateway-api", "ingress"]);
    assert_eq!(labels("services: { api: { public: { tls: ¦ } } }\n"), ["true", "false"]);
    let packages = suggestions("services: { api: { python: { packages: p¦ } } }\n");
    let first: Vec<&str> = packages.iter().filter(|one| one.rank > 0).map(|one| one.label.as_str()).collect();
    assert_eq!(first, ["uv"]);
    assert_eq!(labels("services: { api: { python: { version: ¦ } } }\n"), ["\"3.14\""]);
}

#[test]
fn needs_are_the_other_services_once_each() {
    for text in [
        "services:\n  api: { needs: [db, ¦] }\n  db: {}\n  cache: {}\n",
        "services:\n  api:\n    needs:\n      - db\n      - ¦\n  db: {}\n  cache: {}\n",
        "services:\n  api:\n    needs: [\n      db,\n      ¦\n    ]\n  db: {}\n  cache: {}\n",
        "services:\n  api: { needs: [db, ¦\n  db: {}\n  cache: {\n",
    ] {
        assert_eq!(labels(text), ["cache"], "{text}");
    }
}

#[test]
fn an_environment_is_offered_the_services_that_it_can_change() {
    let text = "services:\n  api: {}\n  db: {}\nenvironments:\n  staging:\n    services:\n      api: {}\n      ¦\n";
    assert_eq!(labels(text), ["db"]);
}

#[test]
fn an_amount_is_offered_with_its_units_and_each_is_one_that_the_document_takes() {
    assert_eq!(labels("services: { api: { memory: { limit: 256¦ } } }\n")[..2], ["256Mi", "256Gi"]);
    assert_eq!(labels("services: { api: { memory: { limit: 1.5¦ } } }\n")[0], "1.5Mi");
    assert_eq!(labels("traffic: { rate: 40¦ }\n"), ["40/s", "40/min", "40/h"]);
    assert_eq!(labels("services: { api: { cpu: { request: 250¦ } } }\n"), ["250m"]);
    assert_eq!(labels("services: { api: { memory: { copied: 30¦ } } }\n"), ["30%"]);
    assert_eq!(labels("services: { api: { memory: { limit: ¦ } } }\n"), ["256Mi", "1.5Gi"]);
    assert_eq!(labels("server: { memory: ¦ }\n"), ["4Gi", "256Mi", "1.5Gi"], "the default first");

    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../public/schema.json")).unwrap();
    let types = schema["$defs"].as_object().unwrap().iter().filter(|(_, schema)| schema["pattern"].is_string());
    let types: Vec<&String> = types.map(|(name, _)| name).collect();
    assert_eq!(types.len(), AMOUNTS.len());
    for name in types {
        for (unit, _) in Amount::of_type(name).expect(name).units {
            let written = format!("7{unit}");
            let is_taken = match name.as_str() {
                "Memory" => written.parse::<Memory>().is_ok(),
                "Cpu" => written.parse::<Cpu>().is_ok(),
                "Duration" => written.parse::<Duration>().is_ok(),
                "Rate" => written.parse::<Rate>().is_ok(),
                "Percent" => written.parse::<Percent>().is_ok(),
                "Price" => written.parse::<Price>().is_ok(),
                other => panic!("{other} is no amount"),
            };
            assert!(is_taken, "{name}: {written}");
        }
    }
}

#[test]
fn a_type_is_offered_the_names_that_are_known() {
    for text in ["cluster:\n  nodes:\n    - { type: ¦ }\n", "server:\n  type: ¦\n"] {
        let names = labels(text);
        assert!(has(&names, "t3.small") && has(&names, "Standard_D4s_v5") && has(&names, "cx23"), "{names:?}");
    }
}

#[test]
fn a_suggestion_has_the_shape_of_its_value_in_block_and_in_flow() {
    for (text, label, expected) in [
        ("services:\n  api:\n    rep¦\n", "replicas", "services:\n  api:\n    replicas: ¦\n"),
        ("services:\n  api:\n    p¦\n", "python", "services:\n  api:\n    python: { ¦ }\n"),
        ("services:\n  api:\n    n¦\n", "needs", "services:\n  api:\n    needs: [¦]\n"),
        ("services:\n  api:\n    e¦\n", "env", "services:\n  api:\n    env:\n      ¦\n"),
        ("services:\n  a:\n    b¦\n", "before_start", "services:\n  a:\n    before_start:\n      - ¦\n"),
        ("services: { a: { b¦ } }\n", "before_start", "services: { a: { before_start: [¦] } }\n"),
        ("se¦\n", "services", "services:\n  ¦\n"),
        ("cluster:\n  gate¦: ingress\n", "gateway", "cluster:\n  gateway¦: ingress\n"),
        ("cluster:\n  gateway: ing¦\n", "ingress", "cluster:\n  gateway: ingress¦\n"),
        ("cluster:\r\n  gate¦\r\n", "gateway", "cluster:\r\n  gateway: ¦\r\n"),
        ("# 🚢 é\ncluster: { gate¦ }\n", "gateway", "# 🚢 é\ncluster: { gateway: ¦ }\n"),
    ] {
        assert_eq!(taken(text, label), expected);
    }
}

#[test]
fn names_that_people_choose_are_left_to_them() {
    assert_eq!(labels("services:\n  ¦\n"), [""; 0]);
    assert_eq!(labels("services:\n  api:\n    env:\n      ¦\n"), [""; 0]);
    assert_eq!(labels("nothing:\n  known: ¦\n"), [""; 0]);
}

#[test]
fn values_are_closed_where_nothing_else_is_valid() {
    let is_closed = |marked: &str| {
        let (text, offset) = split(marked);
        complete(&text, offset).unwrap().is_closed
    };
    assert!(is_closed("cluster:\n  gateway: ¦\n"));
    assert!(is_closed("services:\n  api: { needs: [¦] }\n  db: {}\n"));
    assert!(!is_closed("services: { api: { python: { version: ¦ } } }\n"));
    assert!(!is_closed("server: { memory: ¦ }\n"));
    assert!(!is_closed("services:\n  api:\n    ¦\n"));
}

#[test]
fn a_long_text_is_not_read_at_every_keystroke() {
    assert_eq!(complete(&"# long\n".repeat(100_000), 0), None);
}

fn field(path: &str) -> Schema {
    let steps: Vec<Segment> = path.split('.').map(|step| Segment::Key(step.to_owned())).collect();
    Schema::at(&steps).expect(path)
}

#[test]
fn a_description_is_told_apart_from_the_default() {
    let version = field("services.api.python.version");
    assert_eq!(
        (version.about().as_str(), version.shown_default().as_deref()),
        ("The version of Python.", Some("`3.14`"))
    );
    let celery = field("services.api.celery.concurrency");
    assert_eq!(celery.shown_default().as_deref(), Some("2"));
    assert!(celery.about().starts_with("Processes that run tasks, 1 to 256. Left to Celery"), "{}", celery.about());
    assert_eq!(field("cluster.quota").default().as_deref(), Some("false"));
    assert_eq!(field("services.db.postgres.max_connections").default(), None);
}

#[test]
fn every_field_of_the_schema_has_a_kind_in_words_and_says_what_it_is() {
    fn walk(schema: Schema, path: &[Segment], count: &mut usize) {
        assert!(path.len() < 9, "{path:?}");
        for name in schema.keys() {
            let field = schema.field(name).unwrap();
            let path = [path, &[Segment::Key(name.to_owned())]].concat();
            assert_ne!(field.kind(), "", "{path:?}");
            assert_ne!(field.about(), "", "{path:?}");
            let (values, default) = (field.named_values(), field.default());
            if let Some(default) = default.filter(|_| !values.is_empty()) {
                assert!(values.iter().any(|value| value.value == default), "{path:?}: {default}");
            }
            *count += 1;
            walk(field, &path, count);
            for (step, item) in [(Segment::Key("x".to_owned()), field.any_field()), (Segment::Index(0), field.item())] {
                if let Some(item) = item {
                    walk(item, &[&path[..], &[step]].concat(), count);
                }
            }
        }
    }
    let mut count = 0;
    walk(Schema::document(), &[], &mut count);
    assert!(count > 100, "{count}");
}

#[test]
fn kinds_of_values_are_named_for_people() {
    for (path, kind) in [
        ("services.a.replicas", "number"),
        ("services.a.memory.limit", "memory"),
        ("services.a.memory", "fields"),
        ("services.a.env", "names and values"),
        ("services.a.needs", "list of names"),
        ("services.a.before_start", "list"),
        ("services.a.secrets_as", "one of 2"),
        ("services.a.external", "true or false or text"),
        ("services.a.publish", "number or false"),
        ("traffic.curve", "text or list"),
    ] {
        assert_eq!(field(path).kind(), kind, "{path}");
    }
}
