//! New values.

use crate::yaml::write::literal;
use serde::{Deserialize, Serialize};

/// What is to be said somewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number, as it is written: the page has no reader of fractions, which weighs as much as a view.
    Float(String),
    /// A text; it is quoted wherever a reader could take it for something else.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// A map, in this order.
    Map(Vec<(String, Value)>),
}

impl Value {
    /// A map of one entry.
    pub fn of(key: &str, value: Self) -> Self {
        Self::Map(vec![(key.to_owned(), value)])
    }

    /// An empty map.
    pub fn empty() -> Self {
        Self::Map(Vec::new())
    }

    /// Whether it is neither a list nor a map.
    pub(super) fn is_scalar(&self) -> bool {
        !matches!(self, Self::List(_) | Self::Map(_))
    }

    /// Nothing, a truth or a number as it is written.
    pub(super) fn literal(&self) -> String {
        use serde_yaml::Value as Yaml;
        literal(&match self {
            Self::Bool(truth) => Yaml::from(*truth),
            Self::Int(int) => Yaml::from(*int),
            Self::Float(number) => number.parse().map_or(Yaml::Null, |number: f64| Yaml::from(number)),
            Self::Null | Self::Text(_) | Self::List(_) | Self::Map(_) => Yaml::Null,
        })
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
