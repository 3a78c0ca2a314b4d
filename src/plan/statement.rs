//! Statements: typed values that carry their figures, each with the sentence that it makes.

use serde::ser::{Error as _, Impossible, SerializeStruct, SerializeStructVariant};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// A typed value, and the sentence that its [`Display`](fmt::Display) makes.
///
/// The sentence is made once, where the value is decided. Programs that only show it, such as the page, need none of the
/// code that writes it.
///
/// JSON has the value's own fields beside the sentence, and the name of an enum's variant as `code`:
/// `{"code": "over-its-limit", "service": "api", …, "sentence": "It sinks: …"}`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Statement<T> {
    value: T,
    sentence: String,
}

impl<T> Statement<T> {
    /// The sentence.
    pub fn sentence(&self) -> &str {
        &self.sentence
    }

    /// The value: what is stated, with its figures.
    pub fn value(&self) -> &T {
        &self.value
    }
}

impl<T: fmt::Display> From<T> for Statement<T> {
    fn from(value: T) -> Self {
        Self { sentence: value.to_string(), value }
    }
}

impl<T> Deref for Statement<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> fmt::Display for Statement<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.sentence)
    }
}

impl<T: Serialize> Serialize for Statement<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return self.value.serialize(WithSentence { serializer, sentence: &self.sentence });
        }
        let mut fields = serializer.serialize_struct("Statement", 2)?;
        fields.serialize_field("value", &self.value)?;
        fields.serialize_field("sentence", &self.sentence)?;
        fields.end()
    }
}

/// Writes a struct, or a variant of an enum that is a struct or a unit, as one struct that also has the sentence.
struct WithSentence<'a, S> {
    serializer: S,
    sentence: &'a str,
}

/// The fields of such a struct.
struct Fields<'a, F> {
    fields: F,
    sentence: &'a str,
}

impl<F: SerializeStruct> Fields<'_, F> {
    fn finish(mut self) -> Result<F::Ok, F::Error> {
        self.fields.serialize_field("sentence", self.sentence)?;
        self.fields.end()
    }
}

impl<F: SerializeStruct> SerializeStruct for Fields<'_, F> {
    type Ok = F::Ok;
    type Error = F::Error;

    fn serialize_field<V: ?Sized + Serialize>(&mut self, key: &'static str, value: &V) -> Result<(), F::Error> {
        self.fields.serialize_field(key, value)
    }

    fn end(self) -> Result<F::Ok, F::Error> {
        self.finish()
    }
}

impl<F: SerializeStruct> SerializeStructVariant for Fields<'_, F> {
    type Ok = F::Ok;
    type Error = F::Error;

    fn serialize_field<V: ?Sized + Serialize>(&mut self, key: &'static str, value: &V) -> Result<(), F::Error> {
        self.fields.serialize_field(key, value)
    }

    fn end(self) -> Result<F::Ok, F::Error> {
        self.finish()
    }
}

/// Why a value is not a statement.
const NO_FIELDS: &str = "a statement is a struct, or a variant that is a struct or a unit";

/// Values of these types have no fields for a sentence to stand beside.
macro_rules! refuse {
    ($($method:ident($($type:ty),*) -> $ok:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$ok, S::Error> {
            Err(S::Error::custom(NO_FIELDS))
        })*
    };
}

impl<'a, S: Serializer> Serializer for WithSentence<'a, S> {
    type Ok = S::Ok;
    type Error = S::Error;
    type SerializeSeq = Impossible<S::Ok, S::Error>;
    type SerializeTuple = Impossible<S::Ok, S::Error>;
    type SerializeTupleStruct = Impossible<S::Ok, S::Error>;
    type SerializeTupleVariant = Impossible<S::Ok, S::Error>;
    type SerializeMap = Impossible<S::Ok, S::Error>;
    type SerializeStruct = Fields<'a, S::SerializeStruct>;
    type SerializeStructVariant = Fields<'a, S::SerializeStruct>;

    fn serialize_struct(self, name: &'static str, length: usize) -> Result<Self::SerializeStruct, S::Error> {
        Ok(Fields { fields: self.serializer.serialize_struct(name, length + 1)?, sentence: self.sentence })
    }

    fn serialize_struct_variant(
        self,
        name: &'static str,
        _: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Self::SerializeStructVariant, S::Error> {
        let mut fields = self.serializer.serialize_struct(name, length + 2)?;
        fields.serialize_field("code", variant)?;
        Ok(Fields { fields, sentence: self.sentence })
    }

    fn serialize_unit_variant(self, name: &'static str, index: u32, variant: &'static str) -> Result<S::Ok, S::Error> {
        self.serialize_struct_variant(name, index, variant, 0)?.finish()
    }

    fn serialize_newtype_struct<V: ?Sized + Serialize>(self, _: &'static str, value: &V) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<V: ?Sized + Serialize>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &V,
    ) -> Result<S::Ok, S::Error> {
        Err(S::Error::custom(NO_FIELDS))
    }

    fn serialize_some<V: ?Sized + Serialize>(self, value: &V) -> Result<S::Ok, S::Error> {
        value.serialize(self)
    }

    refuse! {
        serialize_bool(bool) -> S::Ok;
        serialize_i8(i8) -> S::Ok;
        serialize_i16(i16) -> S::Ok;
        serialize_i32(i32) -> S::Ok;
        serialize_i64(i64) -> S::Ok;
        serialize_u8(u8) -> S::Ok;
        serialize_u16(u16) -> S::Ok;
        serialize_u32(u32) -> S::Ok;
        serialize_u64(u64) -> S::Ok;
        serialize_f32(f32) -> S::Ok;
        serialize_f64(f64) -> S::Ok;
        serialize_char(char) -> S::Ok;
        serialize_str(&str) -> S::Ok;
        serialize_bytes(&[u8]) -> S::Ok;
        serialize_none() -> S::Ok;
        serialize_unit() -> S::Ok;
        serialize_unit_struct(&'static str) -> S::Ok;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
    }
}

#[cfg(feature = "schema")]
mod schema {
    use super::Statement;
    use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
    use serde_json::{Value, json};
    use std::borrow::Cow;

    /// Of the JSON for people: JSON shows no value but as a statement, so it has the value's name.
    impl<T: JsonSchema> JsonSchema for Statement<T> {
        fn schema_name() -> Cow<'static, str> {
            T::schema_name()
        }

        fn schema_id() -> Cow<'static, str> {
            format!("Statement<{}>", T::schema_id()).into()
        }

        fn json_schema(generator: &mut SchemaGenerator) -> Schema {
            let mut value = T::json_schema(generator).to_value();
            let Some(variants) = value["oneOf"].as_array() else {
                add(&mut value, "sentence", json!({ "type": "string" }));
                return Schema::try_from(value).unwrap_or_default();
            };
            let variants: Vec<Value> = variants.iter().flat_map(with_code).collect();
            let mut schema = json_schema!({ "oneOf": variants });
            if let Some(description) = value.get("description") {
                schema.insert("description".to_owned(), description.clone());
            }
            schema
        }
    }

    /// The objects for a variant with fields, or for one or several without.
    fn with_code(variant: &Value) -> Vec<Value> {
        let coded = |fields: &Value, code: &Value| {
            let mut object = fields.clone();
            add(&mut object, "code", json!({ "const": code }));
            add(&mut object, "sentence", json!({ "type": "string" }));
            if let Some(description) = variant.get("description") {
                object["description"] = description.clone();
            }
            object
        };
        let unit = json!({ "type": "object", "properties": {}, "required": [] });
        if let Some(fields) = variant["properties"].as_object() {
            return fields.iter().map(|(code, fields)| coded(fields, &json!(code))).collect();
        }
        let several = variant["enum"].as_array().cloned().unwrap_or_default();
        several.iter().chain(variant.get("const")).map(|code| coded(&unit, code)).collect()
    }

    fn add(object: &mut Value, name: &str, schema: Value) {
        object["properties"][name] = schema;
        match &mut object["required"] {
            Value::Array(required) => required.push(json!(name)),
            required => *required = json!([name]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{read, write};

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case", rename_all_fields = "snake_case")]
    enum Answer {
        NothingRuns,
        TooSmall {
            #[serde(rename = "need_bytes")]
            need: u64,
        },
    }

    impl fmt::Display for Answer {
        fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            match self {
                Self::NothingRuns => formatter.write_str("Nothing runs."),
                Self::TooSmall { need } => write!(formatter, "It needs {need} B."),
            }
        }
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    struct Growth {
        hours: u32,
    }

    impl fmt::Display for Growth {
        fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
            write!(formatter, "It is full in {} h.", self.hours)
        }
    }

    #[test]
    fn json_has_the_code_and_the_figures_beside_the_sentence() {
        let json = |statement| serde_json::to_string(&statement).unwrap();
        assert_eq!(json(Statement::from(Answer::NothingRuns)), r#"{"code":"nothing-runs","sentence":"Nothing runs."}"#);
        assert_eq!(
            json(Statement::from(Answer::TooSmall { need: 7 })),
            r#"{"code":"too-small","need_bytes":7,"sentence":"It needs 7 B."}"#
        );
        assert_eq!(
            serde_json::to_string(&Statement::from(Growth { hours: 3 })).unwrap(),
            r#"{"hours":3,"sentence":"It is full in 3 h."}"#
        );
    }

    #[test]
    fn statements_cross_between_programs_as_they_are() {
        for answer in [Answer::NothingRuns, Answer::TooSmall { need: 7 }] {
            let statement = Statement::from(answer);
            assert_eq!(read::<Statement<Answer>>(&write(&statement).unwrap()).unwrap(), statement);
        }
    }

    #[test]
    fn what_has_no_fields_is_no_statement() {
        assert!(serde_json::to_string(&Statement::from(7)).is_err());
    }
}
