//! The meaning of the field at a place.

use super::form::Choice;
use super::places::field_at;
use super::schema::Schema;
use crate::edit::shown;
use crate::text::Span;
use crate::yaml::Segment;
use serde::Serialize;

/// A person reads no more at a glance.
const MAX_VALUES: usize = 8;

/// The field at a place, explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The key or value at the place.
    pub span: Span,
    /// The path of the field, such as `services.api.replicas`.
    pub path: String,
    /// What is known of the field.
    pub help: Help,
}

/// What is known of a field or of one of its values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Help {
    /// The kind of its value in a word or two; empty for a value.
    pub kind: String,
    /// What it is for, in sentences, some words of which stand between backquotes.
    pub about: String,
    /// The values to choose from that need an explanation.
    pub values: Vec<Choice>,
    /// The default, unless that depends on other fields.
    pub default: Option<String>,
}

/// Explains the field at `offset`; an item of a list is explained as the list.
pub fn hover(text: &str, offset: usize) -> Option<Hover> {
    let field = field_at(text, offset)?;
    let path = match field.path.as_slice() {
        [list @ .., Segment::Index(_)] => list,
        path => path,
    };
    let help = Help::of(Schema::at(path)?);
    let is_known = !help.about.is_empty() || help.default.is_some();
    is_known.then(|| Hover { span: field.span, path: shown(path), help })
}

impl Help {
    pub(super) fn of(schema: Schema) -> Self {
        let values = schema.named_values().into_iter().filter(|value| !value.about.is_empty());
        Self {
            kind: schema.kind(),
            about: schema.about(),
            values: values.take(MAX_VALUES).collect(),
            default: schema.shown_default(),
        }
    }
}
