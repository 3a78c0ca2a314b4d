//! Turns typed text into values of the document.

use crate::edit::Value;
use serde::{Deserialize, Serialize};

/// The type of value that a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Takes {
    /// Any text, also one that looks like a number.
    Text,
    /// A whole number.
    Whole,
    /// A number, perhaps with a unit.
    Amount,
    /// `true` or `false`.
    Truth,
    /// `true`, `false` or a text.
    TruthOrText,
    /// A whole number or `false`.
    WholeOrFalse,
}

impl Takes {
    /// Parses what the user typed. Anything that does not fit the type stays a string, so that validation can report it.
    pub fn value(self, typed: &str) -> Value {
        let typed = typed.trim();
        let truth = || typed.parse().ok().map(Value::Bool);
        // Only numbers whose spelling is kept.
        let whole = || typed.parse::<i64>().ok().filter(|int| int.to_string() == typed).map(Value::Int);
        let float = || typed.parse::<f64>().ok().filter(|float| float.to_string() == typed).map(Value::Float);
        let value = match self {
            Self::Text => None,
            Self::Whole => whole(),
            Self::Amount => whole().or_else(float),
            Self::Truth | Self::TruthOrText => truth(),
            Self::WholeOrFalse => whole().or_else(truth),
        };
        value.unwrap_or_else(|| Value::from(typed))
    }
}
