//! What the core says to a person, a file for each part of it: what is wrong with a text, what is advised, what the plan
//! says, why a line of a file is there. No sentence of it stands anywhere else, so that a translation is another folder like
//! this one (and like `app/words/`, which the page's own words are in).
//!
//! What never changes is a constant; what has a number or a name in it is a function, so that each language may put it its
//! own way. A sentence is never put together from pieces elsewhere.

#![allow(missing_docs, reason = "a sentence says what it says")]

pub mod change;
pub mod document;
pub mod files;
pub mod finding;
pub mod form;
pub mod kinds;
pub mod quantities;
pub mod share;
pub mod yaml;

/// Items as a sentence lists them, with `and` or `or` before the last: `a`, `a and b`, `a, b and c`.
fn listed(items: &[String], before_last: &str) -> String {
    match items.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} {before_last} {last}", others.join(", ")),
        _ => items.concat(),
    }
}
