//! A form for a part of the document: every field that may stand there, what it says now, and what holds otherwise.
//!
//! It follows from the JSON Schema, which is made from the document's types, so that it can lack no field.

mod describe;
mod effective;
mod schema;
mod takes;

pub use describe::form;
pub use takes::Takes;

use crate::edit::Path;
use serde::{Deserialize, Serialize};

/// The fields of a part of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Whether the document says anything of this part.
    pub is_written: bool,
    /// The fields, in the order of the format; of a service, first what it is.
    pub fields: Vec<Field>,
}

/// A field of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Field {
    /// Where it stands, or would.
    pub path: Path,
    /// What it is, in sentences, some words of which stand between backquotes.
    pub about: String,
    /// What holds where it is not written, in words.
    pub default: Option<String>,
    /// What holds now where it is not written, as it would be written.
    pub effective: Option<String>,
    /// Whether the document says something of it.
    pub is_written: bool,
    /// Whether many documents say something of it.
    pub is_usual: bool,
    /// How it is filled in.
    pub control: Control,
}

/// How a field is filled in, with what it says now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Control {
    /// A text, a number or an amount.
    Text {
        /// As it is written, without quotes.
        value: String,
        /// What it may be.
        takes: Takes,
        /// What an amount comes to in other units: `= 268 MB`.
        echo: Option<String>,
    },
    /// One of a few.
    Choice {
        /// The one that is written.
        value: String,
        /// All of them.
        choices: Vec<Choice>,
        /// What they are.
        takes: Takes,
    },
    /// What a service is: one of [`KINDS`](crate::edit::KINDS), by its key.
    Kind {
        /// The service.
        service: String,
        /// The key of what it is now.
        value: String,
    },
    /// A list of texts.
    Names {
        /// What it says.
        items: Vec<String>,
        /// What it probably will say.
        known: Vec<String>,
    },
    /// Texts by name.
    Pairs {
        /// What it says.
        entries: Vec<(String, String)>,
    },
    /// Fields of its own.
    Group {
        /// These.
        fields: Vec<Field>,
    },
    /// A list of things that have fields.
    Items {
        /// The fields of each.
        items: Vec<Vec<Field>>,
    },
    /// Things by name that have fields.
    Named {
        /// The fields of each.
        entries: Vec<(String, Vec<Field>)>,
    },
    /// The text says it in a way that no field can show.
    TextOnly,
}

/// A value to choose.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Choice {
    /// As it is written.
    pub value: String,
    /// What it means.
    pub about: String,
}

impl Field {
    /// The last step to it, as a person reads it.
    pub fn key(&self) -> String {
        crate::edit::shown(&self.path[self.path.len().saturating_sub(1)..])
    }
}

#[cfg(test)]
mod tests;
