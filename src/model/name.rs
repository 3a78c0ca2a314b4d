//! Names that every target takes: DNS labels.

use crate::message::{Figure, FigureValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::fmt;
use std::sync::Arc;

/// A DNS label as Kubernetes wants it (RFC 1123): `a-z`, `0-9` and `-`, a letter first, no `-` last, 63 characters at most.
///
/// The letter first is RFC 1035's, which Kubernetes asks of Services:
/// <https://kubernetes.io/docs/concepts/overview/working-with-objects/names/>.
///
/// A copy takes no memory: a plan names each service once for each of its pods.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(Arc<str>);

impl Name {
    /// `text` as a name, if it is one.
    pub fn new(text: &str) -> Option<Self> {
        let letters = text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
        let ends = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-');
        (letters && ends && text.len() <= 63).then(|| Self(text.into()))
    }

    /// The nearest name to `text`, if anything of it can stay: `My API` becomes `my-api`.
    pub fn nearest(text: &str) -> Option<Self> {
        let mut label = String::new();
        for c in text.chars() {
            if c.is_ascii_alphanumeric() {
                label.push(c.to_ascii_lowercase());
            } else if !label.ends_with('-') {
                label.push('-');
            }
        }
        let label = label.trim_start_matches(|c: char| !c.is_ascii_lowercase());
        Self::new(label.get(..63).unwrap_or(label).trim_end_matches('-'))
    }

    /// One of our own names, of which the tests know that it is one.
    pub(crate) fn known(text: &'static str) -> Self {
        debug_assert!(Self::new(text).is_some(), "{text}");
        Self(text.into())
    }

    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for Name {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Name {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Name".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string" })
    }
}

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::new(&text).ok_or_else(|| de::Error::custom("not a DNS label"))
    }
}

impl Figure for Name {
    fn figure(&self) -> FigureValue {
        FigureValue::Text(self.0.to_string())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_dns_labels() {
        for good in ["a", "api", "api-2", &"a".repeat(63)] {
            assert!(Name::new(good).is_some(), "{good}");
        }
        for bad in ["", "-api", "api-", "2api", "Api", "a_b", "a.b", "é", &"a".repeat(64)] {
            assert!(Name::new(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn the_nearest_name_keeps_what_it_can() {
        for (text, name) in [("My API", Some("my-api")), ("a__b", Some("a-b")), ("2nd", Some("nd")), ("é", None)] {
            assert_eq!(Name::nearest(text).as_ref().map(Name::as_str), name, "{text}");
        }
    }
}
