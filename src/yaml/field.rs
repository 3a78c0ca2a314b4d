//! What a document's types are made of: values that may be absent or wrong by themselves, each with its place.

use crate::text::Span;
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A value of the document that may be absent, or written wrong, by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<T> {
    written: Written<T>,
    key: Option<Span>,
    span: Option<Span>,
}

#[derive(Debug, Clone, PartialEq)]
enum Written<T> {
    Absent,
    Invalid,
    Given(T),
}

impl<T> Field<T> {
    /// The value, if it was given and nothing is wrong with it.
    pub fn get(&self) -> Option<&T> {
        if let Written::Given(value) = &self.written { Some(value) } else { None }
    }

    /// The value, if it was given and nothing is wrong with it.
    pub fn into_inner(self) -> Option<T> {
        if let Written::Given(value) = self.written { Some(value) } else { None }
    }

    /// A value that follows from what stands at `span`.
    pub fn at(value: T, span: Span) -> Self {
        Self { written: Written::Given(value), key: None, span: Some(span) }
    }

    /// Changes the value; where there is none, its default.
    pub fn change(&mut self, change: impl FnOnce(&mut T))
    where
        T: Default,
    {
        let mut value = match std::mem::replace(&mut self.written, Written::Absent) {
            Written::Given(value) => value,
            Written::Absent | Written::Invalid => T::default(),
        };
        change(&mut value);
        self.written = Written::Given(value);
    }

    /// Takes the place of what was written, if `other` is given.
    pub fn replace_with(&mut self, other: &Self)
    where
        T: Clone,
    {
        if other.get().is_some() {
            self.clone_from(other);
        }
    }

    /// The place of the value as written, also if it is wrong.
    pub fn span(&self) -> Option<Span> {
        self.span
    }

    /// The place of the key; items of a list and the document itself have none.
    pub fn key_span(&self) -> Option<Span> {
        self.key
    }

    /// Whether the key is not there at all.
    pub fn is_absent(&self) -> bool {
        matches!(self.written, Written::Absent)
    }
}

impl<T> Default for Field<T> {
    fn default() -> Self {
        Self { written: Written::Absent, key: None, span: None }
    }
}

/// A map with its keys in the order in which they are written, each there once.
#[derive(Debug, Clone, PartialEq)]
pub struct Map<T> {
    entries: Vec<MapEntry<T>>,
}

/// A key of a [`Map`] with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct MapEntry<T> {
    /// The key.
    pub key: String,
    /// The place of the key.
    pub key_span: Span,
    /// The value.
    pub value: Field<T>,
}

impl<T> Map<T> {
    /// The entries, in the order in which they are written.
    pub fn iter(&self) -> std::slice::Iter<'_, MapEntry<T>> {
        self.entries.iter()
    }

    /// The entry of `key`.
    pub fn get(&self, key: &str) -> Option<&MapEntry<T>> {
        self.entries.iter().find(|entry| entry.key == key)
    }

    /// The entry of `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut MapEntry<T>> {
        self.entries.iter_mut().find(|entry| entry.key == key)
    }

    /// Puts an entry in the place of the one that has its key, or at the end.
    pub fn insert(&mut self, entry: MapEntry<T>) {
        match self.entries.iter().position(|other| other.key == entry.key) {
            Some(index) => self.entries[index] = entry,
            None => self.entries.push(entry),
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self { entries: Vec::new() }
    }
}

impl<T> IntoIterator for Map<T> {
    type Item = MapEntry<T>;
    type IntoIter = std::vec::IntoIter<MapEntry<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a Map<T> {
    type Item = &'a MapEntry<T>;
    type IntoIter = std::slice::Iter<'a, MapEntry<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// The name by which a [`Field`] asks our deserializer for places: it is answered by a sequence of the key's span, the
/// value's span, and the value.
pub(super) const FIELD: &str = "$plimsoll::yaml::Field";

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Field<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = Field<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a field of a document")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Field<T>, A::Error> {
                let key = seq.next_element()?.and_then(unpack);
                let span = seq.next_element()?.and_then(unpack);
                // What is wrong has become a finding when it was met.
                let written = match seq.next_element() {
                    Ok(Some(value)) => Written::Given(value),
                    Ok(None) | Err(_) => Written::Invalid,
                };
                Ok(Field { written, key, span })
            }
        }

        deserializer.deserialize_struct(FIELD, &[], Visit(PhantomData))
    }
}

/// A span as one number, of which no span is [`u64::MAX`]: texts are far shorter than 4 GiB.
pub(super) fn pack(span: Span) -> u64 {
    (span.start as u64) << 32 | span.end as u64
}

fn unpack(packed: u64) -> Option<Span> {
    let half = |bits: u64| usize::try_from(bits & u64::from(u32::MAX)).ok();
    (packed != u64::MAX).then_some(())?;
    Some(Span::new(half(packed >> 32)?, half(packed)?))
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visit<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for Visit<T> {
            type Value = Map<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Map<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some((key, value)) = map.next_entry::<String, Field<T>>()? {
                    entries.push(MapEntry { key, key_span: value.key_span().unwrap_or_default(), value });
                }
                Ok(Map { entries })
            }
        }

        deserializer.deserialize_map(Visit(PhantomData))
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::{Field, Map};
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use std::borrow::Cow;

    impl<T: JsonSchema> JsonSchema for Field<T> {
        fn inline_schema() -> bool {
            T::inline_schema()
        }

        fn schema_name() -> Cow<'static, str> {
            T::schema_name()
        }

        fn schema_id() -> Cow<'static, str> {
            T::schema_id()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            T::json_schema(generator)
        }
    }

    impl<T: JsonSchema> JsonSchema for Map<T> {
        fn inline_schema() -> bool {
            true
        }

        fn schema_name() -> Cow<'static, str> {
            format!("Map_of_{}", T::schema_name()).into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            json_schema!({ "type": "object", "additionalProperties": generator.subschema_for::<T>() })
        }
    }
}
