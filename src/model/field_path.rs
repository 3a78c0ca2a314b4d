//! Paths of the document's fields. The compiler checks each path in the code against the document's schema.

use super::Name;
use super::schema_paths::SCHEMA_PATHS;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;

/// Where a field stands in a document, such as `services.api.memory.limit`. It is empty where no field is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct FieldPath(String);

/// A field outside of lists and maps, such as `cluster.namespace`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopField(&'static str);

/// A field of a service, such as `memory.limit`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServiceField(&'static str);

/// A field of some kind of service whose image is built, such as `version`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KindField(&'static str);

/// The path of a field outside of lists and maps: `field_path!("cluster.namespace")`. A path that the schema lacks does not
/// compile.
macro_rules! field_path {
    ($path:literal) => {
        $crate::model::FieldPath::from(const { $crate::model::TopField::new($path) })
    };
}
pub(crate) use field_path;

/// A field of a service: `service_field!("memory.limit")`. One that the schema lacks does not compile.
macro_rules! service_field {
    ($path:literal) => {
        const { $crate::model::ServiceField::new($path) }
    };
}
pub(crate) use service_field;

/// A field of a kind of service: `kind_field!("version")`. One that no kind has does not compile.
macro_rules! kind_field {
    ($path:literal) => {
        const { $crate::model::KindField::new($path) }
    };
}
pub(crate) use kind_field;

impl TopField {
    /// The field at `path`.
    ///
    /// # Panics
    /// If the schema has no such field.
    pub const fn new(path: &'static str) -> Self {
        assert!(is_in_schema(&["", path]), "no such field in src/model/schema_paths.rs");
        Self(path)
    }
}

impl ServiceField {
    /// The field at `path` of a service.
    ///
    /// # Panics
    /// If the schema has no such field.
    pub const fn new(path: &'static str) -> Self {
        assert!(is_in_schema(&["services.*.", path]), "no such field of a service in src/model/schema_paths.rs");
        Self(path)
    }
}

impl KindField {
    /// The field at `path` of some kind of service.
    ///
    /// # Panics
    /// If no kind has such a field.
    pub const fn new(path: &'static str) -> Self {
        assert!(is_in_schema(&["services.*.", "*", ".", path]), "no such field of a kind in src/model/schema_paths.rs");
        Self(path)
    }
}

impl FieldPath {
    /// The path of a service's field.
    pub fn of_service(service: &Name, field: ServiceField) -> Self {
        Self(format!("services.{service}.{}", field.0))
    }

    /// The path of a service as a whole.
    pub fn of_whole_service(service: &Name) -> Self {
        Self(format!("services.{service}"))
    }

    /// The path of the field that says what kind of service it is.
    pub fn of_kind(service: &Name, kind: &'static str) -> Self {
        Self(format!("services.{service}.{kind}"))
    }

    /// The path of a field of what kind of service it is.
    pub fn of_kind_field(service: &Name, kind: &'static str, field: KindField) -> Self {
        Self(format!("services.{service}.{kind}.{}", field.0))
    }

    /// The path of an environment.
    pub fn of_environment(environment: &Name) -> Self {
        Self(format!("environments.{environment}"))
    }

    /// The path of an entry of this list or map.
    #[must_use]
    pub fn entry(self, entry: impl fmt::Display) -> Self {
        Self(format!("{}.{entry}", self.0))
    }

    /// The path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<TopField> for FieldPath {
    fn from(field: TopField) -> Self {
        Self(field.0.to_owned())
    }
}

/// For tests that care for no schema.
#[cfg(test)]
impl From<&str> for FieldPath {
    fn from(path: &str) -> Self {
        Self(path.to_owned())
    }
}

impl From<&FieldPath> for FieldPath {
    fn from(path: &FieldPath) -> Self {
        path.clone()
    }
}

impl Deref for FieldPath {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for FieldPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether the schema has a path of these parts, one after the other; a part `*` stands for any key.
const fn is_in_schema(parts: &[&str]) -> bool {
    let mut index = 0;
    while index < SCHEMA_PATHS.len() {
        if matches(SCHEMA_PATHS[index].as_bytes(), parts) {
            return true;
        }
        index += 1;
    }
    false
}

const fn matches(path: &[u8], parts: &[&str]) -> bool {
    let (mut at, mut number) = (0, 0);
    while number < parts.len() {
        let part = parts[number].as_bytes();
        if part.len() == 1 && part[0] == b'*' {
            while at < path.len() && path[at] != b'.' {
                at += 1;
            }
        } else {
            let mut offset = 0;
            while offset < part.len() {
                if at == path.len() || path[at] != part[offset] {
                    return false;
                }
                (at, offset) = (at + 1, offset + 1);
            }
        }
        number += 1;
    }
    at == path.len()
}

#[cfg(test)]
mod tests {
    use super::{FieldPath, is_in_schema};
    use crate::model::Name;

    #[test]
    fn a_path_is_in_the_schema_as_a_whole() {
        for known in
            [&["cluster.namespace"][..], &["services.*.", "memory.limit"], &["services.*.", "*", ".", "version"]]
        {
            assert!(is_in_schema(known), "{known:?}");
        }
        for unknown in [
            &["cluster.name"][..],
            &["cluster.namespace."],
            &["services.*.", "prot"],
            &["services.*.", "*", ".", "ver"],
        ] {
            assert!(!is_in_schema(unknown), "{unknown:?}");
        }
    }

    #[test]
    fn paths_name_the_service_and_the_entry() {
        let api = Name::known("api");
        assert_eq!(FieldPath::of_service(&api, service_field!("memory.limit")).as_str(), "services.api.memory.limit");
        assert_eq!(FieldPath::of_service(&api, service_field!("env")).entry("A").as_str(), "services.api.env.A");
        assert_eq!(FieldPath::of_kind_field(&api, "go", kind_field!("version")).as_str(), "services.api.go.version");
        assert_eq!(field_path!("cluster.quota").as_str(), "cluster.quota");
    }
}
