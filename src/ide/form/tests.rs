use super::*;
use crate::edit::{Value, shown};
use crate::yaml::Segment;

const SHOP: &str = include_str!("../../../examples/shop.yaml");

fn path(words: &str) -> Path {
    let step = |word: &str| word.parse().map_or_else(|_| Segment::Key(word.to_owned()), Segment::Index);
    words.split_whitespace().map(step).collect()
}

fn fields(text: &str, words: &str) -> Vec<Field> {
    form(text, &path(words)).unwrap().unwrap().fields
}

/// All fields, also those in groups, by their paths.
fn all(fields: &[Field]) -> Vec<(String, Field)> {
    let mut found = Vec::new();
    for field in fields {
        found.push((shown(&field.path), field.clone()));
        match &field.control {
            Control::Group { fields } => found.extend(all(fields)),
            Control::Items { items } => items.iter().for_each(|fields| found.extend(all(fields))),
            Control::Named { entries } => entries.iter().for_each(|(_, fields)| found.extend(all(fields))),
            _ => {}
        }
    }
    found
}

fn field(text: &str, at: &str, name: &str) -> Field {
    let all = all(&fields(text, at));
    all.into_iter().find(|(path, field)| path == name && !matches!(field.control, Control::Kind { .. })).unwrap().1
}

#[test]
fn a_form_has_every_field_of_the_format() {
    let schema: serde_json::Value = serde_json::from_str(include_str!("../../../public/schema.json")).unwrap();
    let of = |name: &str| schema["$defs"][name]["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let shown = |at: &str| fields(SHOP, at).iter().map(Field::key).collect::<Vec<_>>();
    for (at, name) in
        [("server", "Server"), ("cluster", "Cluster"), ("cluster nodes 0", "Nodes"), ("traffic", "Traffic")]
    {
        let (mut expected, mut actual) = (of(name), shown(at));
        expected.sort();
        actual.sort();
        assert_eq!(actual, expected, "{at}");
    }
    for key in of("Service") {
        let is_kind = crate::edit::Kind::of(&key).is_some();
        assert!(is_kind || shown("services api").contains(&key), "{key}");
    }
    for field in all(&fields(SHOP, "services api")).iter().chain(&all(&fields(SHOP, ""))) {
        assert!(!field.1.about.is_empty(), "{}", field.0);
    }
}

#[test]
fn fields_stand_in_the_order_of_the_format_behind_what_a_service_is() {
    let keys: Vec<String> = fields(SHOP, "services api").iter().map(Field::key).take(4).collect();
    assert_eq!(keys, ["api", "python", "image", "command"]);
    let kind = &fields(SHOP, "services api")[0].control;
    assert_eq!(*kind, Control::Kind { service: "api".to_owned(), value: "python".to_owned() });
}

#[test]
fn a_field_shows_what_is_written_and_what_holds_otherwise() {
    let limit = field(SHOP, "services api", "services.api.memory.limit");
    let Control::Text { value, echo, takes } = limit.control else { panic!("{limit:?}") };
    assert_eq!((value.as_str(), echo.as_deref(), takes), ("256Mi", Some("= 268 MB"), Takes::Amount));
    let port = field("services: { api: { python: {} } }", "services api", "services.api.port");
    assert_eq!((port.is_written, port.effective.as_deref()), (false, Some("8000")));
    assert!(port.about.ends_with("Default: 8000 for a web app, the usual one of a catalog kind."), "{}", port.about);
    assert_eq!(port.default, None, "it depends on the kind");
    let version = field(SHOP, "services api", "services.api.python.version");
    assert_eq!((version.about.as_str(), version.default.as_deref()), ("The version of Python.", Some("`3.14`")));
    let needs = field(SHOP, "services api", "services.api.needs");
    let known = ["mailer", "db", "cache"].map(str::to_owned).to_vec();
    assert_eq!(needs.control, Control::Names { items: vec!["db".to_owned(), "cache".to_owned()], known });
    let odd = field("services: { api: { image: x, needs: { a: b } } }", "services api", "services.api.needs");
    assert_eq!(odd.control, Control::TextOnly);
}

#[test]
fn what_is_not_there_has_no_form_and_what_could_be_has_one() {
    assert_eq!(form(SHOP, &path("services web")), Ok(None));
    assert_eq!(form(SHOP, &path("cluster nodes 1")), Ok(None));
    assert_eq!(form(SHOP, &path("nothing")), Ok(None));
    let server = form("services: {}", &path("server")).unwrap().unwrap();
    assert_eq!((server.is_written, server.fields.len() > 3), (false, true));
    assert!(form("a: [", &path("server")).is_err());
}

#[test]
fn amounts_are_told_in_other_units() {
    for (written, said) in
        [("256Mi", Some("= 268 MB")), ("1Gi", Some("= 1.07 GB")), ("1G", Some("= 953.7 MiB")), ("x", None), ("", None)]
    {
        let text = format!("services: {{}}\nserver: {{ memory: \"{written}\" }}\n");
        let Control::Text { echo, .. } = field(&text, "server", "server.memory").control else { panic!() };
        assert_eq!(echo.as_deref(), said, "{written}");
    }
}

#[test]
fn what_is_typed_becomes_what_it_is() {
    for (takes, typed, value) in [
        (Takes::Text, "3.14", Value::from("3.14")),
        (Takes::Whole, " 3 ", Value::Int(3)),
        (Takes::Whole, "three", Value::from("three")),
        (Takes::Whole, "007", Value::from("007")),
        (Takes::Amount, "0.5", Value::Float("0.5".to_owned())),
        (Takes::Amount, "-12.25", Value::Float("-12.25".to_owned())),
        (Takes::Amount, "0.50", Value::from("0.50")),
        (Takes::Amount, "00.5", Value::from("00.5")),
        (Takes::Amount, "0.5.", Value::from("0.5.")),
        (Takes::Amount, "0.50", Value::from("0.50")),
        (Takes::Amount, "256Mi", Value::from("256Mi")),
        (Takes::Truth, "true", Value::Bool(true)),
        (Takes::TruthOrText, "db.example.com", Value::from("db.example.com")),
        (Takes::WholeOrFalse, "false", Value::Bool(false)),
        (Takes::WholeOrFalse, "80", Value::Int(80)),
    ] {
        assert_eq!(takes.value(typed), value, "{typed}");
    }
}
