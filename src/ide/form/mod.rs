//! Forms: every field that a part of the document may have, with its value and its default.
//!
//! Forms follow the JSON Schema, which is generated from the document's types, so they lack no field.

mod describe;
mod effective;
mod takes;

pub use describe::form;
pub use takes::Takes;

use crate::edit::Path;
use serde::{Deserialize, Serialize};

/// The fields of a part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Whether the document has this part.
    pub is_written: bool,
    /// The fields, in the order of the format; the kind of a service comes first.
    pub fields: Vec<Field>,
}

/// A field of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Its path, whether or not it is written.
    pub path: Path,
    /// The description, in sentences, some words of which stand between backquotes.
    pub about: String,
    /// The default where it is not written, unless that depends on other fields; then `about` tells.
    pub default: Option<String>,
    /// The value in effect where the field is not written, in the document's spelling.
    pub effective: Option<String>,
    /// Whether the document has it.
    pub is_written: bool,
    /// Whether many documents have it.
    pub is_usual: bool,
    /// The control that edits it.
    pub control: Control,
}

/// The control that edits a field, with the current value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Control {
    /// A text, a number or an amount.
    Text {
        /// The text without quotes.
        value: String,
        /// The type of value.
        takes: Takes,
        /// The amount in other units: `= 268 MB`.
        echo: Option<String>,
    },
    /// One of a few.
    Choice {
        /// The current one.
        value: String,
        /// All of them.
        choices: Vec<Choice>,
        /// The type of value.
        takes: Takes,
    },
    /// The kind of a service: one of [`KINDS`](crate::edit::KINDS), by its key.
    Kind {
        /// The service.
        service: String,
        /// The key of the current kind.
        value: String,
    },
    /// A list of texts.
    Names {
        /// The current items.
        items: Vec<String>,
        /// Likely items.
        known: Vec<String>,
    },
    /// Texts by name.
    Pairs {
        /// The current entries.
        entries: Vec<(String, String)>,
    },
    /// A map with fields of its own.
    Group {
        /// The fields.
        fields: Vec<Field>,
    },
    /// A list of maps with fields.
    Items {
        /// The fields of each.
        items: Vec<Vec<Field>>,
    },
    /// Maps with fields, by name.
    Named {
        /// The fields of each.
        entries: Vec<(String, Vec<Field>)>,
    },
    /// The text has a value that no control can show.
    TextOnly,
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// The value in the document's spelling.
    pub value: String,
    /// Its meaning.
    pub about: String,
}

impl Field {
    /// The last step of its path.
    pub fn key(&self) -> String {
        crate::edit::shown(&self.path[self.path.len().saturating_sub(1)..])
    }
}

#[cfg(test)]
mod tests;
