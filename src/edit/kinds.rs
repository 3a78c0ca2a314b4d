//! The kinds that a new service can have.

use super::Value;
pub use crate::kinds::{Entry as Kind, KINDS};

impl Kind {
    /// The kind of this key.
    pub fn of(key: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.key == key).copied()
    }

    /// The value of the key where nothing is known yet but the kind.
    pub fn value(self) -> Value {
        self.starter.map_or_else(Value::empty, Value::from)
    }

    /// A new service of this kind.
    pub fn service(self) -> Value {
        Value::of(self.key, self.value())
    }
}

/// A name that is not taken: `base`, or with the first number that makes it one.
pub fn free_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_else(|| base.to_owned())
}
