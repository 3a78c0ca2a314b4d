//! Completion from the schema: the keys that fit at the caret and are not there yet, values, names of services, and units.

use super::amounts::Amount;
use super::hover::Help;
use super::places::{Place, place_at};
use super::schema::Schema;
use crate::edit::KINDS;
use crate::text::Span;
use crate::yaml::Segment;
use serde::Serialize;

/// Longer texts are not written by people, and reading one at every keystroke would be felt.
const MAX_TEXT: usize = 500_000;
/// The most suggestions for one place.
const MAX_SUGGESTIONS: usize = 200;

const SERVICE: &str = "service";
const DEFAULT: &str = "default";
const EXAMPLE: &str = "for example";

/// What can be written at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The text that a suggestion replaces.
    pub span: Span,
    /// The suggestions.
    pub suggestions: Vec<Suggestion>,
    /// Whether nothing but the suggestions is valid.
    pub is_closed: bool,
}

/// A key or value to insert.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The key or value itself.
    pub label: String,
    /// A remark of a few words.
    pub detail: String,
    /// The text to insert.
    pub insert: String,
    /// The offset of the caret in the inserted text, in bytes.
    pub caret: usize,
    /// Higher ranks come first.
    pub rank: i32,
    /// Whether it decides what a service is.
    pub is_kind: bool,
    /// The explanation, if there is any.
    pub help: Option<Help>,
}

/// Suggests what to write at `offset`; nothing where the document has no field.
pub fn complete(text: &str, offset: usize) -> Option<Completion> {
    if text.len() > MAX_TEXT {
        return None;
    }
    let place = place_at(text, offset)?;
    let schema = Schema::at(&place.path)?;
    let (mut suggestions, is_closed) = if place.is_key && schema.is_map() {
        (keys(schema, &place), false)
    } else if place.is_key && place.has_colon {
        return None;
    } else {
        // A word on a line of its own looks like a key until the schema wants a value there.
        let end = text.floor_char_boundary(offset).clamp(place.span.start, place.span.end);
        let word = text.get(place.span.start..end).unwrap_or_default();
        let values = values(schema, &place, word);
        let is_one_of_few = !schema.named_values().is_empty() || is_in_needs(&place.path);
        let is_closed = !values.is_empty() && Amount::of_type(schema.type_name()).is_none() && is_one_of_few;
        (values, is_closed)
    };
    suggestions.truncate(MAX_SUGGESTIONS);
    Some(Completion { span: place.span, suggestions, is_closed })
}

/// The keys that fit into a map and are not there.
fn keys(schema: Schema, place: &Place) -> Vec<Suggestion> {
    if !schema.has_fields() {
        // Environments change services by their names; all other names are up to people.
        let is_of_services = matches!(place.path.as_slice(), [Segment::Key(environments), _, Segment::Key(services)]
            if environments == "environments" && services == "services");
        let names = is_of_services.then(|| other_services(place)).into_iter().flatten();
        return names.map(|name| key(place, name, None, false)).collect();
    }
    let is_kind = |name: &str| is_kind(schema, name);
    let has_kind = place.keys.iter().any(|name| is_kind(name));
    let fields = schema.keys().filter(|name| {
        let is_there = place.keys.iter().any(|there| there == name);
        !(is_there || has_kind && is_kind(name))
    });
    fields.map(|name| key(place, name, schema.field(name), is_kind(name))).collect()
}

/// Whether a field decides what a service is. An image also names what is built from code, so it may stand beside.
fn is_kind(schema: Schema, name: &str) -> bool {
    schema.type_name() == "Service" && name != "image" && KINDS.iter().any(|kind| kind.key == name)
}

fn key(place: &Place, name: &str, field: Option<Schema>, is_kind: bool) -> Suggestion {
    let (before, after) = if place.has_colon { (String::new(), "") } else { around_value(place, field) };
    Suggestion {
        label: name.to_owned(),
        detail: field.map_or_else(|| SERVICE.to_owned(), Schema::kind),
        caret: name.len() + before.len(),
        insert: [name, &before, after].concat(),
        rank: i32::from(is_kind),
        is_kind,
        help: field.map(Help::of),
    }
}

/// The text between a new key and the caret, and the text behind the caret.
fn around_value(place: &Place, field: Option<Schema>) -> (String, &'static str) {
    let below = || format!(":\n{}", " ".repeat(place.indent + 2));
    let in_braces = || (": { ".to_owned(), " }");
    let Some(field) = field else { return if place.is_flow { in_braces() } else { (below(), "") } };
    if field.is_list_of_maps() && !place.is_flow {
        return (below() + "- ", "");
    }
    if field.item().is_some() {
        return (": [".to_owned(), "]");
    }
    if !field.is_map() {
        return (": ".to_owned(), "");
    }
    // Small maps stand in braces; the parts of the document, and names that people choose, on lines of their own.
    let is_small = field.has_fields() && !place.path.is_empty();
    if place.is_flow || is_small { in_braces() } else { (below(), "") }
}

/// The values that fit.
fn values(schema: Schema, place: &Place, word: &str) -> Vec<Suggestion> {
    if is_in_needs(&place.path) {
        let own = place.path.get(1);
        let others = other_services(place).filter(|name| !matches!(own, Some(Segment::Key(own)) if own == name));
        return others.map(|name| value(name, SERVICE, "")).collect();
    }
    let default = schema.default();
    if let Some(amount) = Amount::of_type(schema.type_name()) {
        return amounts(amount, schema, default.as_deref(), word);
    }
    let detail = |value: &str| if default.as_deref() == Some(value) { DEFAULT } else { "" };
    let named = schema.named_values();
    let mut values: Vec<_> =
        named.iter().map(|named| value(&named.value, detail(&named.value), &named.about)).collect();
    if schema.item().is_some() {
        return vec![Suggestion { caret: 1, ..value("[]", "list", "") }];
    }
    if let Some(default) = default.as_deref().filter(|default| named.iter().all(|named| named.value != *default)) {
        values.push(value(default, DEFAULT, ""));
    }
    values.extend(schema.examples().map(|example| value(&example, EXAMPLE, "")));
    if schema.is_map() && values.is_empty() {
        return vec![Suggestion { insert: "{  }".to_owned(), caret: 2, ..value("{}", &schema.kind(), "") }];
    }
    values
}

fn value(label: &str, detail: &str, about: &str) -> Suggestion {
    let help = || Help { kind: String::new(), about: about.to_owned(), values: Vec::new(), default: None };
    Suggestion {
        label: label.to_owned(),
        detail: detail.to_owned(),
        insert: label.to_owned(),
        caret: label.len(),
        rank: i32::from(detail == DEFAULT),
        is_kind: false,
        help: (!about.is_empty()).then(help),
    }
}

/// Suggests each unit for the number that has been typed; before one is, the default and examples.
fn amounts(amount: &Amount, schema: Schema, default: Option<&str>, word: &str) -> Vec<Suggestion> {
    let number = number(word);
    if !number.is_empty() {
        let units = amount.units.iter().filter(|(unit, _)| !unit.is_empty());
        let ranked = units.zip((0..).map(|index: i32| -index));
        return ranked
            .map(|((unit, about), rank)| Suggestion { rank, ..value(&format!("{number}{unit}"), about, "") })
            .collect();
    }
    let examples = schema.examples().filter(|example| Some(example.as_str()) != default);
    let examples = examples.map(|example| value(&example, EXAMPLE, ""));
    default.map(|default| value(default, DEFAULT, "")).into_iter().chain(examples).collect()
}

/// The number at the start of a word, such as `1.5` in `1.5G`.
fn number(word: &str) -> &str {
    let digits = |text: &str| text.len() - text.trim_start_matches(|character: char| character.is_ascii_digit()).len();
    let whole = digits(word);
    let fraction = word[whole..].strip_prefix('.').map_or(0, digits);
    let length = if whole > 0 && fraction > 0 { whole + 1 + fraction } else { whole };
    &word[..length]
}

/// Whether a path leads to an item of a service's `needs`.
fn is_in_needs(path: &[Segment]) -> bool {
    matches!(path, [Segment::Key(services), _, Segment::Key(needs), _] if services == "services" && needs == "needs")
}

/// The services that are not named beside the place.
fn other_services(place: &Place) -> impl Iterator<Item = &str> {
    let is_there = |name: &&String| place.keys.contains(name) || place.items.contains(name);
    place.services.iter().filter(move |name| !is_there(name)).map(String::as_str)
}
