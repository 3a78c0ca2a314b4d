//! The places of carets, in whole and in broken texts, and the way between paths and places.

use super::super::places::{extent, field_at, keys_at, locate, path_at, place_at};
use super::split;
use crate::edit::shown;
use crate::yaml::outline;
use proptest::prelude::*;

/// The place at the caret, in a few words.
fn place(marked: &str) -> String {
    let (text, offset) = split(marked);
    let Some(found) = place_at(&text, offset) else { return "nowhere".to_owned() };
    let word = &text[found.span.start..found.span.end];
    let others = [found.keys, found.items].concat();
    let beside = if others.is_empty() { String::new() } else { format!(" beside {}", others.join(" ")) };
    let path = shown(&found.path);
    let around = if path.is_empty() { "the document" } else { &path };
    format!("{} {word:?} in {around}{beside}", if found.is_key { "key" } else { "value" })
}

#[test]
fn the_place_in_a_text() {
    for (what, text, expected) in [
        ("an empty document", "¦", r#"key "" in the document"#),
        ("the first word", "ser¦", r#"key "ser" in the document"#),
        ("a new key below others", "name: a\nser¦", r#"key "ser" in the document beside name"#),
        (
            "a new key between others",
            "name: a\nser¦\ncluster: {}\n",
            r#"key "ser" in the document beside name cluster"#,
        ),
        ("an empty line below a key", "services:\n  api:\n    ¦", r#"key "" in services.api"#),
        ("an empty line with more services below", "services:\n  api:\n    ¦\n  db: {}\n", r#"key "" in services.api"#),
        (
            "a half-written first key",
            "services:\n  api:\n    rep¦\n    python: {}\n",
            r#"key "rep" in services.api beside python"#,
        ),
        (
            "a half-written last key",
            "services:\n  api:\n    python: {}\n    rep¦\n",
            r#"key "rep" in services.api beside python"#,
        ),
        ("a key of an item", "a:\n  - run: x\n    wh¦\n", r#"key "wh" in a.0 beside run"#),
        ("the first key of an item", "a:\n  - ¦\n  - b\n", r#"key "" in a.0 beside b"#),
        ("a key that has its value", "cluster:\n  gate¦way: ingress\n", r#"key "gateway" in cluster"#),
        ("a key in braces", "a: { b: 1, ver¦ }\n", r#"key "ver" in a beside b"#),
        ("an empty place in braces", "a: { b: 1, ¦ }\n", r#"key "" in a beside b"#),
        ("empty braces", "a: {¦}\n", r#"key "" in a"#),
        (
            "braces that are still open",
            "services:\n  api: { python: { app: x }, ¦\n",
            r#"key "" in services.api beside python"#,
        ),
        ("a line within braces", "a: {\n  b: 1,\n  ¦\n}\n", r#"key "" in a beside b"#),
        ("an empty value", "cluster:\n  gateway: ¦\nserver: {}\n", r#"value "" in cluster.gateway"#),
        ("a half-written value", "cluster:\n  gateway: ing¦\nserver: {}\n", r#"value "ing" in cluster.gateway"#),
        ("a value in braces", "a: { b: ¦ }\n", r#"value "" in a.b"#),
        ("a half-written value in braces", "a: { b: x¦, c: 1 }\n", r#"value "x" in a.b"#),
        ("a value in quotes", "a: { b: \"3.1¦\" }\n", r#"value "\"3.1\"" in a.b"#),
        ("an item in brackets", "a: [db, ¦]\n", r#"value "" in a.1 beside db"#),
        ("empty brackets", "a: [¦]\n", r#"value "" in a.0"#),
        ("a half-written item", "a: [db, ca¦]\n", r#"value "ca" in a.1 beside db"#),
        ("a half-written item on a line", "a:\n  - db\n  - ca¦\n", r#"key "ca" in a.1 beside db"#),
        ("a value with a colon in it", "a: app.main:ap¦\n", r#"value "app.main:ap" in a"#),
        ("directly behind a colon", "a:¦\n", "nowhere"),
        ("a comment", "a: 1\n# b¦\n", "nowhere"),
        ("a block of text", "a: |\n  b c¦\n", "nowhere"),
        ("an anchored mapping", "a: &x { b: 1, ¦ }\n", r#"key "" in a beside b"#),
    ] {
        assert_eq!(place(text), expected, "the place in {what}");
    }
}

#[test]
fn the_place_in_brackets_comments_and_other_scripts() {
    for (what, text, expected) in [
        ("braces in braces", "a: { b: { c: 1, ¦ }, d: 2 }\n", r#"key "" in a.b beside c"#),
        ("braces behind braces", "a: { b: { c: 1 }, ¦ }\n", r#"key "" in a beside b"#),
        ("an item on a line in brackets", "a: [\n  db,\n  ¦\n]\n", r#"key "" in a.1 beside db"#),
        ("braces in brackets", "a: [{ b: 1, ¦ }]\n", r#"key "" in a.0 beside b"#),
        ("a key with quotes", "a: { \"b c\": 1, ¦ }\n", r#"key "" in a beside b c"#),
        ("an empty value before a key", "a:\n  b: ¦\n  c: 1\n", r#"value "" in a.b"#),
        ("an empty value at the end", "a:\n  b: ¦", r#"value "" in a.b"#),
        ("an empty value before a comma", "a: { b: ¦, c: 1 }\n", r#"value "" in a.b"#),
        ("a comment behind a value", "a: 1 # b¦\n", "nowhere"),
        ("a comment that starts", "a: 1 # ¦\n", "nowhere"),
        ("a value with a comment behind", "a: in¦ # b\n", r#"value "in" in a"#),
        ("a line below a comment", "a:\n  # b\n  ¦\n", r#"key "" in a"#),
        ("CRLF, a key", "a:\r\n  b: 1\r\n  ¦\r\nc: 2\r\n", r#"key "" in a beside b"#),
        ("CRLF, a value", "a:\r\n  b: x¦\r\nc: 2\r\n", r#"value "x" in a.b"#),
        ("other scripts before", "é: { 🚢: ü, ¦ }\n", r#"key "" in é beside 🚢"#),
        ("other scripts in the value", "a: { b: é¦ }\n", r#"value "é" in a.b"#),
        ("a key that is there twice", "a:\n  b: 1\n  b¦: 2\n", r#"key "b" in a beside b"#),
        ("a merged map", "x: &x { b: 1 }\na:\n  <<: *x\n  ¦\n", r#"key "" in a beside <<"#),
        ("a list as far left as its key", "a:\n- b\n- ¦\n", r#"key "" in a.1 beside b"#),
        ("the second document", "a: 1\n---\nb: ¦\n", "nowhere"),
    ] {
        assert_eq!(place(text), expected, "the place in {what}");
    }
}

#[test]
fn the_place_in_a_broken_text() {
    for (what, text, expected) in [
        (
            "a brace that is open above",
            "services:\n  db: { postgres: {}\n  api:\n    python: {}\n    ¦\n",
            r#"key "" in services.api beside python"#,
        ),
        (
            "a bracket that is open above",
            "services:\n  api:\n    needs: [db\n    ¦\n",
            r#"key "" in services.api beside needs"#,
        ),
        (
            "a quote that is open above",
            "services:\n  db:\n    image: \"a:1\n  api:\n    python: {}\n    ¦\n",
            r#"key "" in services.api beside python"#,
        ),
        ("a quote that is open here", "a:\n  b: \"x¦\n  c: \"y\"\n", r#"value "\"x" in a.b"#),
        ("a word above", "services:\n  api:\n    python\n    ¦\n", r#"key "" in services.api beside python"#),
        ("a bracket too much above", "a: 1]\nb:\n  c: 1\n  ¦\n", r#"key "" in b beside c"#),
        ("a line indented too far above", "a:\n  b: 1\n    c: 2\n  ¦\n", r#"key "" in a beside b"#),
        ("lines indented ever less", "a:\n    b: 1\n  c: 2\n  ¦\n", r#"key "" in a beside b c"#),
        ("an unknown alias above", "a: *x\nb: { ¦ }\n", r#"key "" in b"#),
        ("a tab above", "a:\n\tb: 1\nc:\n  ¦\n", r#"key "" in c"#),
        ("braces without a comma", "a: { b: 1\n  c: 2, ¦ }\n", r#"key "" in a beside b c"#),
        (
            "open braces with services below",
            "services:\n  api: { python: {}, ¦\n  db: { postgres: {} }\n",
            r#"key "" in services.api beside python"#,
        ),
    ] {
        assert_eq!(place(text), expected, "the place in {what}");
    }
}

#[test]
fn the_names_of_the_services_are_known_at_every_place() {
    let text = "services:\n  api: { needs: [] }\n  db: {}\n";
    assert_eq!(place_at(text, text.find(']').unwrap()).unwrap().services, ["api", "db"]);
    let broken = "services:\n  api: { needs: [\n  db: {}\nserver: {\n";
    assert_eq!(place_at(broken, broken.find('[').unwrap() + 1).unwrap().services, ["api", "db"]);
}

/// Asks everything at every offset.
fn ask(text: &str) {
    for offset in 0..=text.len() + 1 {
        let within =
            |span: crate::text::Span| assert!(text.get(span.start..span.end).is_some(), "{span:?} of {text:?}");
        if let Some(place) = place_at(text, offset) {
            within(place.span);
        }
        if let Some(field) = field_at(text, offset) {
            within(field.span);
        }
        let path = path_at(text, offset);
        [locate(text, &path), extent(text, &path)].into_iter().flatten().for_each(within);
    }
}

#[test]
fn no_place_in_a_text_is_too_odd() {
    ask("a: &x [*a, {b: ? c\n- - d:\n\t'e\": |\n  f\n]}\n--- !t\r\n🚢: 🚢\u{0} # \n");
    ask("\"\\");
    ask("? - : [? , : {");
}

proptest! {
    #[test]
    fn every_place_in_any_text_has_an_answer(pieces in prop::collection::vec(prop::sample::select(&[
        "a", "é", "🚢", "\"", "'", "|", ">\n", "&a ", "*a ", "!t ", "- ", "-", "? ", ": ", ":", "[", "]", "{", "}", ", ",
        " #c\n", " ", "\t", "\n", "\n  ", "\r\n", "\r", "\\", "\n---\n", "\n...\n", "%", "a: ", "\n  b: ", "\n- ",
    ][..]), 0..24)) {
        ask(&pieces.concat());
    }
}

const TEXT: &str = "\
services:
  api: # the API
    python: { app: \"app.main:app\" }
    needs:
      - db
    memory: &m { limit: 256Mi }

  \"db\": { postgres: {} }
";

#[test]
fn the_field_at_the_caret_is_the_one_of_its_line_wherever_on_it_the_caret_is() {
    let field = |word: &str, by: usize| {
        let field = field_at(TEXT, TEXT.find(word).unwrap() + by);
        field.map_or_else(String::new, |field| shown(&field.path))
    };
    assert_eq!(field("256Mi", 2), "services.api.memory.limit");
    assert_eq!(field("limit", 0), "services.api.memory.limit");
    assert_eq!(field("    memory", 0), "services.api.memory");
    assert_eq!(field("- db", 4), "services.api.needs.0");
    assert_eq!(field("\"db\"", 1), "services.db");
    assert_eq!(field("api:", 0), "services.api");
    assert_eq!(field("&m", 1), "services.api.memory");
    assert_eq!(field("# the API", 3), "");
    assert_eq!(field("\n\n", 1), "");
}

#[test]
fn beside_every_field_the_caret_is_in_what_is_around() {
    let at = |word: &str, by: usize| path_at(TEXT, TEXT.find(word).unwrap() + by);
    assert_eq!(at("limit", 0), "services.api.memory.limit");
    assert_eq!(at("256Mi }", 7), "services.api.memory", "behind the brace");
    assert_eq!(at("# the API", 3), "services.api");
    assert_eq!(at("\n\n", 1), "services");
    assert_eq!(path_at(TEXT, TEXT.len()), "");
    assert_eq!(path_at("", 0), "");
}

#[test]
fn a_path_is_found_as_far_as_it_is_written() {
    let written = |path: &str| locate(TEXT, path).map(|span| &TEXT[span.start..span.end]);
    assert_eq!(written("services.api.memory.limit"), Some("256Mi"));
    assert_eq!(written("services.api.memory.process"), Some("memory"));
    assert_eq!(written("services.api.needs.0"), Some("db"));
    assert_eq!(written("services.api.needs.7"), Some("needs"));
    assert_eq!(written("services.db.postgres"), Some("postgres"));
    assert_eq!(written("services.web"), Some("services"));
    assert_eq!(written("traffic.peak"), None);
}

#[test]
fn the_text_of_a_path_is_its_key_and_all_of_its_value() {
    let whole = |path: &str| extent(TEXT, path).map(|span| &TEXT[span.start..span.end]);
    assert_eq!(whole("services.db"), Some("\"db\": { postgres: {} }"));
    let api = whole("services.api").unwrap();
    assert!(api.starts_with("api: ") && api.ends_with("256Mi }"), "{api}");
    assert_eq!(whole("services.api.needs.0"), Some("db"));
    assert_eq!(whole("services.api.memory"), Some("memory: &m { limit: 256Mi }"));
    assert_eq!(whole("services.web"), whole("services"), "what is not written is a part of what is");
    assert_eq!(whole("traffic.peak"), None);
}

#[test]
fn the_keys_of_a_map_are_told_without_their_quotes() {
    let root = outline(TEXT).unwrap();
    assert_eq!(keys_at(TEXT, &root, "services"), ["api", "db"]);
    assert_eq!(keys_at(TEXT, &root, "services.api.needs"), [""; 0]);
}
