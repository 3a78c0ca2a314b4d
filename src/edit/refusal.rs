//! Why a text is not changed.

use super::{Path, shown};
use crate::words::change as words;
use std::fmt;

/// Why a change was not made. The text stays as it is, and can be changed by hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// The text is no YAML, so that nobody knows where things stand in it.
    Unreadable {
        /// What is wrong with it.
        why: String,
    },
    /// Nothing stands there.
    NotThere(Path),
    /// Something is to be put into this, and it is no map.
    NotAMap(Path),
    /// Something is to be put into this, and it is no list.
    NotAList(Path),
    /// This is an alias: it says what is written at its anchor.
    Alias(Path),
    /// This comes from another map, by `<<`.
    Merged(Path),
    /// What would change is said elsewhere too, by an alias.
    Repeated(Path),
    /// The name is taken.
    Taken(String),
    /// A service would need itself.
    NeedsItself(String),
    /// It is written in a way that only a person can change.
    Unusual(Path),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&match self {
            Self::Unreadable { why } => words::unreadable(why),
            Self::NotThere(path) => words::not_there(&shown(path)),
            Self::NotAMap(path) if path.is_empty() => words::DOCUMENT_IS_NO_MAP.to_owned(),
            Self::NotAMap(path) => words::no_map(&shown(path)),
            Self::NotAList(path) => words::no_list(&shown(path)),
            Self::Alias(path) => words::alias(&shown(path)),
            Self::Merged(path) => words::merged(&shown(path)),
            Self::Repeated(path) => words::repeated(&shown(path)),
            Self::Taken(name) => words::taken(name),
            Self::NeedsItself(name) => words::needs_itself(name),
            Self::Unusual(path) => words::unusual(&shown(path)),
        })
    }
}

impl std::error::Error for Refusal {}
