//! The texts of a form field.

use crate::ide::form::{Control, Field};

/// The longest default that is a placeholder; longer ones are in the description only.
const LONGEST_PLACEHOLDER: usize = 28;

/// Whether a field is shown before the person asks for all fields.
pub fn is_first(field: &Field) -> bool {
    field.is_usual || field.is_written
}

/// Whether a filter matches the field, or one inside.
pub fn matches(field: &Field, filter: &str) -> bool {
    let is_inside = match &field.control {
        Control::Group { fields } => fields.iter().any(|field| matches(field, filter)),
        Control::Items { items } => items.iter().flatten().any(|field| matches(field, filter)),
        Control::Named { entries } => entries.iter().flat_map(|(_, fields)| fields).any(|field| matches(field, filter)),
        _ => false,
    };
    is_inside
        || name(field).to_lowercase().contains(filter)
        || field.key().contains(filter)
        || field.about.to_lowercase().contains(filter)
}

/// A field's key as words: `per_request` is `Per request`.
pub fn name(field: &Field) -> String {
    if let Control::Kind { .. } = field.control {
        return "Kind".to_owned();
    }
    let key = field.key().replace('_', " ");
    let mut letters = key.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The id of the control at a path.
pub fn id(path: &str) -> String {
    format!("form-{}", path.replace(|character: char| !character.is_ascii_alphanumeric(), "-"))
}

/// The description of a field, with its default.
pub fn explanation(field: &Field) -> String {
    match &field.default {
        Some(default) => format!("{} Default: {default}.", field.about).trim().to_owned(),
        None => field.about.clone(),
    }
}

/// The placeholder of a field: its default.
pub fn placeholder(field: &Field) -> String {
    let words = field.default.as_ref().map(|default| default.replace('`', ""));
    let short = words.filter(|words| words.chars().count() <= LONGEST_PLACEHOLDER);
    field.effective.clone().or(short).map_or_else(String::new, |value| format!("default: {value}"))
}
