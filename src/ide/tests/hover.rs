//! The field at the caret, explained.

use super::super::hover::{Hover, hover};
use super::split;

fn at(marked: &str) -> Option<Hover> {
    let (text, offset) = split(marked);
    hover(&text, offset)
}

#[test]
fn a_field_is_explained_wherever_on_it_the_caret_is() {
    for text in ["services:\n  api:\n    rep¦licas: 2 # two\n", "services:\n  api:\n    replicas: 2¦ # two\n"] {
        let hover = at(text).unwrap();
        assert_eq!((hover.path.as_str(), hover.help.kind.as_str()), ("services.api.replicas", "number"));
        assert_eq!(hover.help.about, "How many equal containers, 0 to 10000.");
        assert_eq!(hover.help.default.as_deref(), Some("1"));
    }
}

#[test]
fn an_item_is_explained_as_its_list_and_choices_with_their_meaning() {
    assert_eq!(at("services: { api: { needs: [d¦b] } }\n").unwrap().path, "services.api.needs");
    let gateway = at("cluster: { gateway: in¦gress }\n").unwrap();
    let values: Vec<&str> = gateway.help.values.iter().map(|value| value.value.as_str()).collect();
    assert_eq!(values, ["gateway-api", "ingress"]);
}

#[test]
fn there_is_no_field_in_a_comment_or_beyond_the_format() {
    assert_eq!(at("services: {} # a¦bc\n"), None);
    assert_eq!(at("nothing:\n  known: 1¦\n"), None);
    assert_eq!(at("¦"), None);
}

#[test]
fn a_broken_text_is_explained_too() {
    let text = "services:\n  db: { postgres: {\n  api:\n    repl¦icas: 2\n    replicas: [\n";
    assert_eq!(at(text).unwrap().path, "services.api.replicas");
}
