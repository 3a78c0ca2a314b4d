//! Any value that serde can write, as a tree.

use serde::Serialize;
use serde::ser;
use std::fmt;

/// What is written: keys are texts, and numbers have their digits already.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Tree {
    /// `null`, a truth, or a number, as it is written.
    Literal(String),
    Text(String),
    Sequence(Vec<Tree>),
    Mapping(Vec<(String, Tree)>),
}

/// The tree of `value`, with struct fields and map entries in the order in which serde gives them.
pub(super) fn to_tree(value: &(impl Serialize + ?Sized)) -> Result<Tree, Error> {
    value.serialize(Serializer)
}

/// Why a value cannot be written: its own `Serialize` refuses, or it has a map with lists or maps for keys.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Error(pub String);

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl ser::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

struct Serializer;

/// Digits that YAML 1.1 and 1.2 both take for a float: 1.1 wants a point, and a sign in the exponent, so there is no
/// exponent. <https://yaml.org/type/float.html>
fn float(value: f64, digits: String) -> Tree {
    Tree::Literal(if value.is_nan() {
        ".nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { ".inf" } else { "-.inf" }.to_owned()
    } else if digits.contains('.') {
        digits
    } else {
        digits + ".0"
    })
}

macro_rules! literals {
    ($($method:ident: $type:ty;)*) => {$(
        fn $method(self, value: $type) -> Result<Tree, Error> {
            Ok(Tree::Literal(value.to_string()))
        }
    )*};
}

impl ser::Serializer for Serializer {
    type Ok = Tree;
    type Error = Error;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Items;
    type SerializeMap = Entries;
    type SerializeStruct = Entries;
    type SerializeStructVariant = Entries;

    literals! {
        serialize_bool: bool;
        serialize_i8: i8;
        serialize_i16: i16;
        serialize_i32: i32;
        serialize_i64: i64;
        serialize_i128: i128;
        serialize_u8: u8;
        serialize_u16: u16;
        serialize_u32: u32;
        serialize_u64: u64;
        serialize_u128: u128;
    }

    fn serialize_f32(self, value: f32) -> Result<Tree, Error> {
        Ok(float(value.into(), value.to_string()))
    }

    fn serialize_f64(self, value: f64) -> Result<Tree, Error> {
        Ok(float(value, value.to_string()))
    }

    fn serialize_char(self, value: char) -> Result<Tree, Error> {
        Ok(Tree::Text(value.to_string()))
    }

    fn serialize_str(self, value: &str) -> Result<Tree, Error> {
        Ok(Tree::Text(value.to_owned()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Tree, Error> {
        Ok(Tree::Sequence(value.iter().map(|byte| Tree::Literal(byte.to_string())).collect()))
    }

    fn serialize_none(self) -> Result<Tree, Error> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Tree, Error> {
        to_tree(value)
    }

    fn serialize_unit(self) -> Result<Tree, Error> {
        Ok(Tree::Literal("null".to_owned()))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<Tree, Error> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<Tree, Error> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<Tree, Error> {
        to_tree(value)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Tree, Error> {
        Ok(Tree::Mapping(vec![(variant.to_owned(), to_tree(value)?)]))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple(self, _: usize) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Items, Error> {
        Ok(Items::default())
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, variant: &'static str, _: usize) -> Result<Items, Error> {
        Ok(Items { variant: Some(variant), items: Vec::new() })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Entries, Error> {
        Ok(Entries::default())
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Entries, Error> {
        Ok(Entries::default())
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Entries, Error> {
        Ok(Entries { variant: Some(variant), ..Entries::default() })
    }
}

/// Items of a list, or of a variant of an enum that has several.
#[derive(Default)]
struct Items {
    variant: Option<&'static str>,
    items: Vec<Tree>,
}

/// Entries of a map or struct, or of a variant of an enum.
#[derive(Default)]
struct Entries {
    variant: Option<&'static str>,
    key: Option<String>,
    fields: Vec<(String, Tree)>,
}

fn wrap(variant: Option<&'static str>, tree: Tree) -> Tree {
    match variant {
        Some(variant) => Tree::Mapping(vec![(variant.to_owned(), tree)]),
        None => tree,
    }
}

macro_rules! items {
    ($($kind:ident: $method:ident;)*) => {$(
        impl ser::$kind for Items {
            type Ok = Tree;
            type Error = Error;

            fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
                self.items.push(to_tree(value)?);
                Ok(())
            }

            fn end(self) -> Result<Tree, Error> {
                Ok(wrap(self.variant, Tree::Sequence(self.items)))
            }
        }
    )*};
}

items! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
    SerializeTupleVariant: serialize_field;
}

macro_rules! fields {
    ($($kind:ident;)*) => {$(
        impl ser::$kind for Entries {
            type Ok = Tree;
            type Error = Error;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Error> {
                self.fields.push((key.to_owned(), to_tree(value)?));
                Ok(())
            }

            fn end(self) -> Result<Tree, Error> {
                Ok(wrap(self.variant, Tree::Mapping(self.fields)))
            }
        }
    )*};
}

fields! {
    SerializeStruct;
    SerializeStructVariant;
}

impl ser::SerializeMap for Entries {
    type Ok = Tree;
    type Error = Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Error> {
        match to_tree(key)? {
            Tree::Text(key) | Tree::Literal(key) => self.key = Some(key),
            Tree::Sequence(_) | Tree::Mapping(_) => return Err(Error("a key is a list or a map".to_owned())),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Error> {
        self.fields.push((self.key.take().unwrap_or_default(), to_tree(value)?));
        Ok(())
    }

    fn end(self) -> Result<Tree, Error> {
        Ok(wrap(self.variant, Tree::Mapping(self.fields)))
    }
}
