//! Reads the JSON Schema of the document: the part of JSON Schema that the document's types use.

use super::amounts::Amount;
use super::form::{Choice, Takes};
use crate::yaml::{Segment, scalar};
use serde_json::Value;
use std::sync::LazyLock;

static SCHEMA: LazyLock<Value> =
    LazyLock::new(|| serde_json::from_str(include_str!("../../public/schema.json")).unwrap_or_default());

/// The schema of a field.
#[derive(Clone, Copy)]
pub(super) struct Schema {
    /// The schema as it stands at the field, which may say more than its type does.
    written: &'static Value,
    /// The schema of its type.
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

    /// The schema of the field at `path`, if the document may have one there.
    pub fn at(path: &[Segment]) -> Option<Self> {
        path.iter().try_fold(Self::document(), |schema, step| match step {
            Segment::Key(key) => schema.field(key).or_else(|| schema.any_field()),
            Segment::Index(_) => schema.item(),
        })
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

    /// The schema of the values of a map whose keys are free.
    pub fn any_field(self) -> Option<Self> {
        self.value.get("additionalProperties").filter(|schema| schema.is_object()).map(Self::of)
    }

    /// The schema of the items of a list.
    pub fn item(self) -> Option<Self> {
        self.value.get("items").map(Self::of)
    }

    /// All values that it may have, if the schema lists them.
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
        let types = self.types();
        let has = |kind: &str| types.contains(&kind);
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

    /// What the field is for, in sentences, some words of which stand between backquotes.
    pub fn about(self) -> String {
        let description = self.written["description"].as_str().or(self.value["description"].as_str());
        description.unwrap_or_default().replace('\n', " ")
    }

    /// The default as the document would write it; nothing if there is none, or if it depends on other fields.
    pub fn default(self) -> Option<String> {
        Some(match self.written.get("default")? {
            // Plain text could be taken for a number.
            Value::String(text) if self.value["type"] == "string" => scalar(text).into_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        })
    }

    /// The default as a description mentions it: text stands between backquotes.
    pub fn shown_default(self) -> Option<String> {
        Some(match self.written.get("default")? {
            Value::String(text) => format!("`{text}`"),
            other => other.to_string(),
        })
    }

    /// The values that it may have besides others, or instead of them.
    pub fn named_values(self) -> Vec<Choice> {
        if self.types().contains(&"boolean") {
            return ["true", "false"].map(|value| Choice { value: value.to_owned(), about: String::new() }).into();
        }
        let choices = self.alternatives().iter().filter_map(|choice| {
            let value = match choice.get("const")? {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            Some(Choice { value, about: choice["description"].as_str().unwrap_or_default().to_owned() })
        });
        choices.collect()
    }

    /// Values as examples, as the document would write them.
    pub fn examples(self) -> impl Iterator<Item = String> {
        let examples = self.value["examples"].as_array().map_or(&[][..], Vec::as_slice);
        examples.iter().map(|example| example.as_str().map_or_else(|| example.to_string(), str::to_owned))
    }

    /// Whether its value is a map.
    pub fn is_map(self) -> bool {
        self.value["type"] == "object"
    }

    /// Whether it is a list of maps with fields of their own.
    pub fn is_list_of_maps(self) -> bool {
        self.item().is_some_and(Self::has_fields)
    }

    /// The kind of its value in a word or two.
    pub fn kind(self) -> String {
        if let Some(amount) = Amount::of_type(self.type_name()) {
            return amount.name.to_owned();
        }
        if self.has_fields() {
            return "fields".to_owned();
        }
        if self.is_map() {
            return "names and values".to_owned();
        }
        if self.item().is_some() {
            return if self.is_list_of_maps() { "list" } else { "list of names" }.to_owned();
        }
        if let Some(choices) = self.value["oneOf"].as_array() {
            return format!("one of {}", choices.len());
        }
        let mut types = self.types();
        let alternatives = self.alternatives().iter();
        let constants: Vec<String> =
            alternatives.clone().filter_map(|choice| choice.get("const").map(Value::to_string)).collect();
        types.extend(alternatives.filter_map(|choice| choice["type"].as_str()));
        let name = |name: &'static str| match name {
            "boolean" => "true or false",
            "integer" | "number" => "number",
            "string" => "text",
            "array" => "list",
            other => other,
        };
        let names: Vec<&str> = types.into_iter().map(name).chain(constants.iter().map(String::as_str)).collect();
        names.join(" or ")
    }

    fn types(self) -> Vec<&'static str> {
        match &self.value["type"] {
            Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
            one => one.as_str().into_iter().collect(),
        }
    }

    fn alternatives(self) -> &'static [Value] {
        let alternatives = self.value["oneOf"].as_array().or(self.value["anyOf"].as_array());
        alternatives.map_or(&[], Vec::as_slice)
    }
}
