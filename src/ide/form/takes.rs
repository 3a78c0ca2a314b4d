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

/// Whether a text is a fraction that is written again as it stands: no exponent, no zeros that could be left out, and no more
/// digits than a float holds.
fn keeps_its_spelling(text: &str) -> bool {
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let Some((whole, fraction)) = text.strip_prefix('-').unwrap_or(text).split_once('.') else { return false };
    are_digits(whole)
        && are_digits(fraction)
        && (whole == "0" || !whole.starts_with('0'))
        && !fraction.ends_with('0')
        && whole.len() + fraction.len() <= 15
}

impl Takes {
    /// Parses what the user typed. Anything that does not fit the type stays a string, so that validation can report it.
    pub fn value(self, typed: &str) -> Value {
        let typed = typed.trim();
        let truth = || typed.parse().ok().map(Value::Bool);
        // Only numbers whose spelling is kept.
        let whole = || typed.parse::<i64>().ok().filter(|int| int.to_string() == typed).map(Value::Int);
        let float = || keeps_its_spelling(typed).then(|| Value::Float(typed.to_owned()));
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
