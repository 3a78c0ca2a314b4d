//! What the JSON Schema says of a field: of all of JSON Schema, what the document's types use.

use super::{Choice, Takes};
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../public/schema.json")).unwrap_or_default());

/// The schema of a field, and what is said of it in particular.
#[derive(Clone, Copy)]
pub(super) struct Schema {
    written: &'static Value,
    value: &'static Value,
}

impl Schema {
    pub fn document() -> Self {
        Self::of(&SCHEMA)
    }

    fn of(written: &'static Value) -> Self {
        let referred = written["$ref"].as_str().and_then(|reference| SCHEMA.pointer(reference.trim_start_matches('#')));
        Self { written, value: referred.unwrap_or(written) }
    }

    /// The name of its type, such as `Memory`; empty where it has none.
    pub fn type_name(self) -> &'static str {
        let reference = self.written["$ref"].as_str().unwrap_or_default();
        reference.rsplit('/').next().unwrap_or_default()
    }

    /// The field of a map.
    pub fn field(self, key: &str) -> Option<Self> {
        self.value["properties"].get(key).map(Self::of)
    }

    /// The names of the fields.
    pub fn keys(self) -> impl Iterator<Item = &'static str> {
        self.value["properties"].as_object().into_iter().flat_map(|fields| fields.keys().map(String::as_str))
    }

    pub fn has_fields(self) -> bool {
        self.value["properties"].is_object()
    }

    /// What stands under any name of a map whose names are free.
    pub fn any_field(self) -> Option<Self> {
        self.value.get("additionalProperties").filter(|schema| schema.is_object()).map(Self::of)
    }

    /// What the items of a list are.
    pub fn item(self) -> Option<Self> {
        self.value.get("items").map(Self::of)
    }

    /// The values that it may have, where all are named.
    pub fn choices(self) -> Option<Vec<Choice>> {
        if self.value["type"] == "boolean" {
            let choice = |value: &str| Choice { value: value.to_owned(), about: String::new() };
            return Some(vec![choice("true"), choice("false")]);
        }
        let choices = self.value["oneOf"].as_array()?.iter().map(|choice| {
            let about = choice["description"].as_str().unwrap_or_default().to_owned();
            Some(Choice { value: choice["const"].as_str()?.to_owned(), about })
        });
        choices.collect()
    }

    pub fn takes(self) -> Takes {
        let schema = self.value;
        let has = |kind: &str| match &schema["type"] {
            Value::Array(kinds) => kinds.iter().any(|one| one == kind),
            one => one == kind,
        };
        let alternatives = schema["anyOf"].as_array().is_some_and(|any| any.iter().any(|one| one["type"] == "integer"));
        match (has("boolean"), has("string")) {
            _ if alternatives => Takes::WholeOrFalse,
            (true, true) => Takes::TruthOrText,
            (true, false) => Takes::Truth,
            (false, true) if has("number") => Takes::Amount,
            (false, true) => Takes::Text,
            (false, false) if has("integer") => Takes::Whole,
            (false, false) => Takes::Amount,
        }
    }

    /// What it is, and what it says of the default.
    pub fn about(self) -> (String, Option<String>) {
        let description = self.written["description"].as_str().or(self.value["description"].as_str());
        split(&description.unwrap_or_default().replace('\n', " "))
    }
}

/// Splits the sentence about the default off. A point ends a sentence only before a blank, and outside of backquotes.
fn split(description: &str) -> (String, Option<String>) {
    const START: &str = "Default: ";
    let Some((before, rest)) = description.split_once(START) else { return (description.to_owned(), None) };
    let mut quoted = false;
    let end = rest.char_indices().position(|(at, character)| {
        quoted ^= character == '`';
        character == '.' && !quoted && !rest[at + 1..].starts_with(|next: char| !next.is_whitespace())
    });
    let (default, after) = match end.and_then(|end| rest.char_indices().nth(end)) {
        Some((end, _)) => (&rest[..end], &rest[end + 1..]),
        None => (rest, ""),
    };
    (format!("{}{}", before.trim_end(), after).trim().to_owned(), Some(default.to_owned()))
}
