//! What edits make of a text, as examples: before, the change, after.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod values;

use plimsoll::edit::{Change, KINDS, Kind, Path, Refusal, Value, edit, free_name, shown};
use plimsoll::finding::Severity;
use plimsoll::text::apply;
use plimsoll::yaml::Segment;

/// A path from words; numbers are indexes.
fn path(words: &str) -> Path {
    let step = |word: &str| word.parse().map_or_else(|_| Segment::Key(word.to_owned()), Segment::Index);
    words.split(' ').map(step).collect()
}

fn set(words: &str, value: &str) -> Change {
    Change::Set { path: path(words), value: values::of(value) }
}

fn remove(words: &str) -> Change {
    Change::Remove { path: path(words) }
}

fn becomes(before: &str, change: &Change, after: &str) {
    let edits = edit(before, change).unwrap_or_else(|refusal| panic!("{change:?}: {refusal}\n{before}"));
    let edited = apply(before, &edits);
    assert_eq!(edited, after, "\n{change:?}\n--- before\n{before}\n--- became\n{edited}\n--- expected\n{after}");
}

fn is_refused(before: &str, change: &Change) -> Refusal {
    match edit(before, change) {
        Err(refusal) => refusal,
        Ok(edits) => panic!("{change:?} made of\n{before}\n---\n{}", apply(before, &edits)),
    }
}

#[test]
fn a_value_takes_the_place_of_the_old_one() {
    for (before, words, value, after) in [
        ("a: 1 # one\nb: 2\n", "a", "3", "a: 3 # one\nb: 2\n"),
        ("a: 1", "a", "3", "a: 3"),
        ("a:   256Mi\t# why\n", "a", "1Gi", "a:   1Gi\t# why\n"),
        ("a: \"3.14\"\n", "a", "'3.15'", "a: \"3.15\"\n"),
        ("a: 'x y'\n", "a", "it's", "a: 'it''s'\n"),
        ("a: \"x\"\n", "a", "y", "a: \"y\"\n"),
        ("a: x\n", "a", "'on'", "a: \"on\"\n"),
        ("a: x\n", "a", "'12:30'", "a: \"12:30\"\n"),
        ("a: x\n", "a", "true", "a: true\n"),
        ("a:\nb: 1\n", "a", "3", "a: 3\nb: 1\n"),
        ("a: # why\nb: 1\n", "a", "3", "a: 3 # why\nb: 1\n"),
        ("a: ~\n", "a", "3", "a: 3\n"),
        ("a: { b: 1, c: x } # d\n", "a b", "2", "a: { b: 2, c: x } # d\n"),
        ("a: { b: , c }\n", "a c", "2", "a: { b: , c: 2 }\n"),
        ("a: [x, y]\n", "a 1", "z, z", "a: [x, \"z, z\"]\n"),
        ("a:\n- x # one\n- y\n", "a 0", "z", "a:\n- z # one\n- y\n"),
        ("a: |\n  x\n  y\nb: 1\n", "a", "z", "a: z\nb: 1\n"),
        ("a: 1\r\nb: 2\r\n", "b", "3", "a: 1\r\nb: 3\r\n"),
        ("é: ü # ö\n", "é", "ß", "é: ß # ö\n"),
        ("\u{FEFF}a: 1\n", "a", "2", "\u{FEFF}a: 2\n"),
        ("\"a\": 1\n'b': 2\n", "b", "3", "\"a\": 1\n'b': 3\n"),
        ("a: 1\na: 2\n", "a", "3", "a: 3\na: 2\n"),
        ("x: &x 1\na: *x\n", "a", "2", "x: &x 1\na: 2\n"),
        ("a: !!str 1 # c\n", "a", "'2'", "a: !!str \"2\" # c\n"),
        ("a:\n  b: 1 # b\n# c\nc: 1\n", "a", "false", "a: false\n# c\nc: 1\n"),
        ("a: # why\n  b: 1\nc: 1\n", "a", "8080", "a: 8080 # why\nc: 1\n"),
        ("a: x # why\nc: 1\n", "a", "{ b: { d: 1 } }", "a: # why\n  b:\n    d: 1\nc: 1\n"),
    ] {
        becomes(before, &set(words, value), after);
    }
}

#[test]
fn a_new_entry_stands_where_a_person_would_put_it() {
    for (before, words, value, after) in [
        ("", "services api port", "80", "services:\n  api:\n    port: 80\n"),
        ("# Mine\n", "name", "a", "# Mine\nname: a\n"),
        ("# Mine", "name", "a", "# Mine\nname: a\n"),
        ("{}\n", "name", "a", "name: a\n"),
        ("services:\n", "services api image", "x", "services:\n  api:\n    image: x\n"),
        ("services: {}\n", "services api image", "x", "services:\n  api:\n    image: x\n"),
        ("services: null # none\n", "services api image", "x", "services: # none\n  api:\n    image: x\n"),
        // In the order of the format.
        (
            "services:\n  api:\n    python: {} # py\n    needs: [db]\n  db:\n    postgres: {}\n",
            "services api replicas",
            "2",
            "services:\n  api:\n    python: {} # py\n    replicas: 2\n    needs: [db]\n  db:\n    postgres: {}\n",
        ),
        (
            "services:\n  api:\n    python: {}\n    # later\n\n  db:\n",
            "services api memory limit",
            "256Mi",
            "services:\n  api:\n    python: {}\n    # later\n    memory:\n      limit: 256Mi\n\n  db:\n",
        ),
        ("# Shop\n# All of it.\nservices: {}\n", "name", "shop", "# Shop\n# All of it.\nname: shop\nservices: {}\n"),
        ("services: {}\n\nserver: {}\n", "cluster", "{}", "services: {}\n\nserver: {}\n\ncluster: {}\n"),
        ("services: {}\n\ncluster: {}\n", "server cpu", "2", "services: {}\n\nserver:\n  cpu: 2\n\ncluster: {}\n"),
        // In brackets.
        (
            "services: { api: { python: {}, replicas: 2 } }\n",
            "services api memory limit",
            "1Gi",
            "services: { api: { python: {}, replicas: 2, memory: { limit: 1Gi } } }\n",
        ),
        (
            "services:\n  api:\n    memory: { limit: 1Gi } # why\n",
            "services api memory process",
            "100Mi",
            "services:\n  api:\n    memory: { process: 100Mi, limit: 1Gi } # why\n",
        ),
        ("server: {}\n", "server cpu", "2", "server:\n  cpu: 2\n"),
        ("cluster: {nodes: [{count: 3,}]}\n", "cluster nodes 0 cpu", "2", "cluster: {nodes: [{count: 3, cpu: 2,}]}\n"),
        ("a: {\n  b: 1, # one\n  c: 2 # two\n}\n", "a d", "3", "a: {\n  b: 1, # one\n  c: 2, # two\n  d: 3\n}\n"),
        ("a: {\n  b: 1, # one\n}\n", "a d", "3", "a: {\n  b: 1, # one\n  d: 3,\n}\n"),
        // In the document's own indentation and line breaks.
        (
            "services:\n    api:\n        image: x\n",
            "services api env A",
            "b",
            "services:\n    api:\n        image: x\n        env:\n            A: b\n",
        ),
        (
            "services:\r\n  api:\r\n    image: x\r\n",
            "name",
            "shop",
            "name: shop\r\nservices:\r\n  api:\r\n    image: x\r\n",
        ),
        ("env:\n  A: |+\n    x\n\n\nb: 1\n", "env B", "2", "env:\n  A: |+\n    x\n\n\n  B: 2\nb: 1\n"),
        // What is merged is left to where it is written.
        ("x: &x { b: 1 }\na:\n  <<: *x\n", "a b", "2", "x: &x { b: 1 }\na:\n  <<: *x\n  b: 2\n"),
        ("x: &x { b: 1 }\na: { <<: *x }\n", "a c", "2", "x: &x { b: 1 }\na: { <<: *x, c: 2 }\n"),
        ("a: {}\n", "a on", "1", "a:\n  \"on\": 1\n"),
    ] {
        becomes(before, &set(words, value), after);
    }
}

#[test]
fn lists_change_item_by_item() {
    for (before, words, value, after) in [
        ("a: [x, p]\n", "a 2", "z", "a: [x, p, z]\n"),
        ("a: []\n", "a 0", "z", "a: [z]\n"),
        ("a:\n  - x # one\nb: 1\n", "a 1", "z", "a:\n  - x # one\n  - z\nb: 1\n"),
        ("a:\n- x\n", "a 1", "{ b: 1, c: 2 }", "a:\n- x\n- b: 1\n  c: 2\n"),
        ("a:\n- { b: 1 }\n", "a 1", "{ b: 2 }", "a:\n- { b: 1 }\n- { b: 2 }\n"),
        ("a: 1\n", "b", "[x, p]", "a: 1\nb: [x, p]\n"),
        ("a:\n  - x\n", "b", "[x, p]", "a:\n  - x\nb:\n  - x\n  - p\n"),
        ("a:\n  # one\n  - x\n  # two\n  - p\n", "a", "[x, z]", "a:\n  # one\n  - x\n  # two\n  - z\n"),
        ("a:\n  # one\n  - x\n  # two\n  - p\n  - z\n", "a", "[x, z]", "a:\n  # one\n  - x\n  - z\n"),
        ("a:\n  - x\n  - z # last\n", "a", "[x, p, z]", "a:\n  - x\n  - p\n  - z # last\n"),
        ("a: [x, z]\n", "a", "[w, x, z]", "a: [w, x, z]\n"),
        ("a:\n  - x\n", "a", "[w, x]", "a:\n  - w\n  - x\n"),
        ("a: [x, p]\n", "a", "[]", "a: []\n"),
        ("a: { b: 1, c: 2 } # d\n", "a", "{ c: 3, e: 4 }", "a: { c: 3, e: 4 } # d\n"),
    ] {
        becomes(before, &set(words, value), after);
    }
}

#[test]
fn what_is_removed_takes_its_own_comments_along() {
    for (before, words, after) in [
        ("a: 1\nb: 2\n", "b", "a: 1\n"),
        ("a: 1\nb: 2", "b", "a: 1"),
        ("a: 1\n# about b\nb: 2 # two\n# about c\nc: 3\n", "b", "a: 1\n# about c\nc: 3\n"),
        ("# The whole\na: 1\nb: 2\n", "a", "# The whole\nb: 2\n"),
        ("a: 1\n\nb:\n  x: 1\n\nc: 3\n", "b", "a: 1\n\nc: 3\n"),
        ("a: 1\n\nb: 2\n", "b", "a: 1\n"),
        ("a: { x: 1, y: 2, z: 3 }\n", "a x", "a: { y: 2, z: 3 }\n"),
        ("a: { x: 1, y: 2, z: 3 }\n", "a y", "a: { x: 1, z: 3 }\n"),
        ("a: { x: 1, y: 2, z: 3 }\n", "a z", "a: { x: 1, y: 2 }\n"),
        ("a: [\n  x, # one\n  y, # two\n]\n", "a 1", "a: [\n  x, # one\n]\n"),
        ("a: [\n  x, # one\n  y # two\n]\n", "a 1", "a: [\n  x, # one\n]\n"),
        ("a:\n  - x\n  # y\n  - y\n  - z\n", "a 1", "a:\n  - x\n  - z\n"),
        ("a:\n  - b: 1\n    c: 2\n", "a 0 b", "a:\n  - c: 2\n"),
        ("a:\n  - b: 1 # one\n    # two\n    c: 2\n", "a 0 b", "a:\n  -\n    # two\n    c: 2\n"),
        ("a:\r\n  b: 1\r\n  c: 2\r\n", "a b", "a:\r\n  c: 2\r\n"),
        ("env:\n  A: |\n    x\n\n    y\n  B: 1\n", "env A", "env:\n  B: 1\n"),
    ] {
        becomes(before, &remove(words), after);
    }
}

#[test]
fn what_is_left_empty_goes_if_it_says_nothing() {
    for (before, words, after) in [
        (
            "services:\n  api:\n    image: x\n    memory:\n      limit: 1Gi\n",
            "services api memory limit",
            "services:\n  api:\n    image: x\n",
        ),
        (
            "services:\n  api: { image: x, memory: { limit: 1Gi } }\n",
            "services api memory limit",
            "services:\n  api: { image: x }\n",
        ),
        (
            "services:\n  api:\n    image: x\n    needs: [y]\n",
            "services api needs 0",
            "services:\n  api:\n    image: x\n",
        ),
        // These say something even if they are empty.
        (
            "services:\n  api: { python: { framework: flask } }\n",
            "services api python framework",
            "services:\n  api: { python: {} }\n",
        ),
        ("services: {}\nserver: { cpu: 4 }\n", "server cpu", "services: {}\nserver: {}\n"),
        ("services: {}\nserver:\n  cpu: 4 # many\n", "server cpu", "services: {}\nserver: {}\n"),
        ("services:\n  api: {}\n", "services api", "services: {}\n"),
        (
            "services:\n  api: { image: x }\nenvironments:\n  staging:\n    services:\n      api:\n        memory: { limit: 1Gi }\n",
            "environments staging services api memory limit",
            "services:\n  api: { image: x }\nenvironments:\n  staging: {}\n",
        ),
    ] {
        becomes(before, &remove(words), after);
    }
}

const SHOP: &str = "\
# Shop
services:
  # the door
  api:
    python: {} # FastAPI
    needs: [db, cache]

  db: { postgres: {} }

  cache:
    redis: {}
environments:
  staging:
    services:
      db: { storage: 1Gi }
";

#[test]
fn services_are_added_renamed_connected_and_removed() {
    let named = |name: &str| name.to_owned();
    becomes(
        SHOP,
        &Change::AddService {
            name: free_name("db", |name| name == "db"),
            service: Kind::of("postgres").unwrap().service(),
        },
        &SHOP.replace("    redis: {}\n", "    redis: {}\n\n  db-2:\n    postgres: {}\n"),
    );
    becomes(
        SHOP,
        &Change::RenameService { from: named("db"), to: named("store") },
        &SHOP.replace(" db:", " store:").replace("[db,", "[store,"),
    );
    becomes(
        SHOP,
        &Change::Connect { service: named("cache"), needs: named("db") },
        &SHOP.replace("redis: {}\n", "redis: {}\n    needs: [db]\n"),
    );
    becomes(
        SHOP,
        &Change::Connect { service: named("db"), needs: named("cache") },
        &SHOP.replace("postgres: {} }", "postgres: {}, needs: [cache] }"),
    );
    becomes(SHOP, &Change::Connect { service: named("api"), needs: named("db") }, SHOP);
    becomes(SHOP, &Change::Disconnect { service: named("api"), needs: named("db") }, &SHOP.replace("db, ", ""));
    becomes(
        SHOP,
        &Change::RemoveService { name: named("db") },
        &SHOP
            .replace("  db: { postgres: {} }\n\n", "")
            .replace("db, ", "")
            .replace("staging:\n    services:\n      db: { storage: 1Gi }", "staging: {}"),
    );
    becomes(
        SHOP,
        &Change::RemoveService { name: named("api") },
        &SHOP.replace("  # the door\n  api:\n    python: {} # FastAPI\n    needs: [db, cache]\n\n", ""),
    );
    becomes(
        "",
        &Change::AddService { name: named("api"), service: Kind::of("python").unwrap().service() },
        "services:\n  api:\n    python: {}\n",
    );
}

#[test]
fn a_service_becomes_something_else_where_its_kind_stands() {
    let to = |kind: &str| Change::ChangeKind { service: "a".to_owned(), kind: kind.to_owned() };
    for (before, kind, after) in [
        (
            "services:\n  a:\n    python: { app: x } # py\n    port: 80\n",
            "go",
            "services:\n  a:\n    go: {} # py\n    port: 80\n",
        ),
        (
            "services:\n  a:\n    python:\n      app: x\n    port: 80\n",
            "go",
            "services:\n  a:\n    go: {}\n    port: 80\n",
        ),
        ("services: { a: { redis: {} } }\n", "image", "services: { a: { image: traefik/whoami:v1.11 } }\n"),
        ("services: { a: { image: x } }\n", "postgres", "services: { a: { postgres: {} } }\n"),
        ("services: { a: { python: {}, image: x } }\n", "image", "services: { a: { image: x } }\n"),
        ("services: { a: { port: 80 } }\n", "go", "services: { a: { go: {}, port: 80 } }\n"),
        ("services: { a: { go: { app: x } } }\n", "go", "services: { a: { go: { app: x } } }\n"),
    ] {
        becomes(before, &to(kind), after);
    }
}

#[test]
fn keys_are_renamed_where_they_stand() {
    let change = Change::Rename { path: path("env A"), to: "on".to_owned() };
    becomes("env:\n  A: 1 # a\n  B: 2\n", &change, "env:\n  \"on\": 1 # a\n  B: 2\n");
    let change = Change::Rename { path: path("env A"), to: "B".to_owned() };
    assert_eq!(is_refused("env: { A: 1, B: 2 }\n", &change), Refusal::Taken("B".to_owned()));
}

#[test]
fn what_cannot_be_changed_for_certain_is_refused_in_words() {
    for (before, change, words) in [
        ("a: [\n", set("a", "1"), "The text cannot be read"),
        ("- a\n", set("a", "1"), "The document is no map"),
        ("a: x\n", set("a b", "1"), "`a` is no map"),
        ("a: { b: 1 }\n", set("a 0", "1"), "`a` is no list"),
        ("a: [x]\n", set("a 2", "1"), "There is no `a.2`"),
        ("x: &x { b: 1 }\na: *x\n", set("a b", "2"), "`a` repeats what is written at an anchor"),
        ("x: &x { b: { c: 1 } }\na: { <<: *x }\n", set("a b c", "2"), "`a.b` comes from another map"),
        ("x: &x { b: 1 }\na: { <<: *x }\n", remove("a b"), "`a.b` comes from another map"),
        ("x: &x { b: 1 }\na: *x\n", set("x b", "2"), "`x.b` is repeated elsewhere"),
        ("a: 1\n", remove("b"), "There is no `b`"),
        ("a: 1\na: 2\n", remove("a"), "`a` is written in a way"),
        ("? a\n: 1\n? b\n: 2\n", remove("a"), "`a` is written in a way"),
        ("services: { a: {} }\n", Change::Connect { service: "a".into(), needs: "a".into() }, "`a` cannot need itself"),
        (
            "services: { a: {} }\n",
            Change::Connect { service: "a".into(), needs: "b".into() },
            "There is no `services.b`",
        ),
        (
            "services: { a: {}, b: {} }\n",
            Change::RenameService { from: "a".into(), to: "b".into() },
            "There is a `b` already",
        ),
        (
            "services: { a: {} }\n",
            Change::AddService { name: "a".into(), service: Value::Null },
            "There is a `a` already",
        ),
    ] {
        let told = is_refused(before, &change).to_string();
        assert!(told.starts_with(words), "{told}\n{before}");
    }
    assert_eq!(shown(&path("services api needs 0")), "services.api.needs.0");
}

#[test]
fn edits_touch_no_more_than_they_must() {
    let edits = edit(SHOP, &Change::RenameService { from: "db".to_owned(), to: "store".to_owned() }).unwrap();
    let touched: Vec<_> =
        edits.iter().map(|edit| (&SHOP[edit.span.start..edit.span.end], edit.text.as_str())).collect();
    assert_eq!(touched, [("db", "store"); 3]);
    assert_eq!(edit(SHOP, &set("services api needs", "[db, cache]")), Ok(Vec::new()));
}

#[test]
fn every_kind_makes_a_service_that_needs_nothing_more() {
    for kind in KINDS.iter() {
        let change = Change::AddService { name: kind.name.to_owned(), service: kind.service() };
        let text = apply("", &edit("", &change).unwrap());
        let wrong: Vec<_> =
            plimsoll::analyze(&text).findings.into_iter().filter(|one| one.severity == Severity::Error).collect();
        assert_eq!(wrong, [], "{text}");
    }
}
