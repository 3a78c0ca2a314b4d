//! Why a text is not changed.

use super::{Path, shown};
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
        match self {
            Self::Unreadable { why } => write!(f, "The text cannot be read, so it can only be changed as text: {why}"),
            Self::NotThere(path) => write!(f, "There is no `{}` in the text", shown(path)),
            Self::NotAMap(path) if path.is_empty() => {
                f.write_str("The document is no map, so it can only be changed as text")
            }
            Self::NotAMap(path) => write!(f, "`{}` is no map in the text: change it there first", shown(path)),
            Self::NotAList(path) => write!(f, "`{}` is no list in the text: change it there first", shown(path)),
            Self::Alias(path) => {
                write!(f, "`{}` repeats what is written at an anchor: change it there, in the text", shown(path))
            }
            Self::Merged(path) => write!(f, "`{}` comes from another map by `<<`: change it in the text", shown(path)),
            Self::Repeated(path) => {
                write!(f, "`{}` is repeated elsewhere by an alias, which would change too: use the text", shown(path))
            }
            Self::Taken(name) => write!(f, "There is a `{name}` already"),
            Self::NeedsItself(name) => write!(f, "`{name}` cannot need itself"),
            Self::Unusual(path) => {
                write!(f, "`{}` is written in a way that can only be changed in the text", shown(path))
            }
        }
    }
}

impl std::error::Error for Refusal {}
