//! Reading a tree into types by serde, so that one mistake spoils one field.
//!
//! The types say what may be spoiled by itself: each member of a struct that is a [`Field`](super::Field), each entry
//! of a [`Map`](super::Map), each item of a `Vec<Field<T>>`. A mistake below one of these is a finding at the exact
//! place and makes that field invalid; everything else is read all the same. A mistake in anything that is not a
//! `Field` spoils the next `Field` around it.
//!
//! | written | read |
//! |---|---|
//! | a key that is not there | a `Field` that is absent; for anything else what serde does (`#[serde(default)]`) |
//! | nothing, `~` or `null` for a struct, map or list | an empty one |
//! | nothing, `~` or `null` for an `Option` | `None` |
//! | nothing, `~` or `null` for anything else | a finding: it has no value |
//! | an unknown key of a struct | a finding, with the nearest known key; the entry is left out |
//! | a number or truth where a text is wanted | its text as written: `3.10` stays `3.10` |
//! | a text where a number or truth is wanted | a finding |
//!
//! Structs are told their keys, so `#[serde(deny_unknown_fields)]` is not needed. `#[serde(flatten)]` and
//! `#[serde(untagged)]` go through serde's own buffer, which knows no places: do not use them.
//!
//! A type with a spelling of its own implements `Deserialize` with `deserialize_any` (it is then visited with a `bool`,
//! `u64`, `i64`, `f64` or `str`) or `deserialize_str` (numbers then come as written), and says what is wrong with
//! `Error::custom`: the finding's message is the first line, its help what follows.

use super::field::{FIELD, pack};
use super::tree::{Entry, Node, Value, shorten};
use super::write::scalar;
use crate::finding::{Finding, Findings};
use crate::message::{Figure, FigureValue, Message, message};
use crate::rule::Rule;
use crate::rules;
use crate::spelling::nearest;
use crate::text::listed;
use serde::Deserializer;
use serde::de::value::{StrDeserializer, U64Deserializer};
use serde::de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, SeqAccess, Unexpected, Visitor};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::fmt;

const PUT_BRACKETS_AROUND: &str = "Put brackets around it";
const TRUE_OR_FALSE: &str = "`true` or `false`";
const NOTHING: &str = "nothing";
const A_MAP: &str = "a map";

/// Reads `root` as a `T`; what is wrong with it is found in one pass, at most [`MAX_FINDINGS`](crate::finding::MAX_FINDINGS)
/// times. The value is `None` if `T` itself, and no [`Field`](super::Field) in it, is spoiled.
pub fn read<T: DeserializeOwned>(root: &Node) -> (Option<T>, Vec<Finding>) {
    let findings = RefCell::default();
    let at = At { node: root, key: None, findings: &findings, asked: None };
    let value = at.settle(T::deserialize(at));
    (value.ok(), findings.into_inner().into_vec())
}

/// The keys that a `T` knows for `map`, a node below `root`, in the order of its type; none where any key may stand.
pub fn known_keys<T: DeserializeOwned>(root: &Node, map: &Node) -> &'static [&'static str] {
    let (findings, known) = (RefCell::default(), Cell::new(&[][..]));
    let at = At { node: root, key: None, findings: &findings, asked: Some((map, &known)) };
    drop(at.settle(T::deserialize(at)));
    known.get()
}

/// With a capital first: types say what is wrong with them as Rust's errors do, without one.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// A place in the tree, which serde reads from.
#[derive(Clone, Copy)]
struct At<'a> {
    node: &'a Node,
    /// The entry in which the node stands; of items of a list, the list's.
    key: Option<&'a Entry>,
    findings: &'a RefCell<Findings>,
    /// The map whose known keys are asked for, and where they are noted.
    asked: Option<(&'a Node, &'a Cell<&'static [&'static str]>)>,
}

/// The subject of a message.
enum Place<'a> {
    /// The value of a key.
    Value(Cow<'a, str>),
    /// An item of the list that is the value of a key.
    ItemOf(Cow<'a, str>),
    /// The document itself.
    Document,
}

/// The value found at a place, for messages.
enum Written<'a> {
    /// No value.
    Nothing,
    /// A number or truth, as written.
    Plain(Cow<'a, str>),
    /// A text.
    Text(Cow<'a, str>),
    /// A list.
    List,
    /// A map.
    Map,
}

impl<'a> Written<'a> {
    fn of(value: &'a Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(_, raw) | Value::Int(_, raw) | Value::Float(_, raw) => Self::Plain(shorten(raw)),
            Value::String(text) => Self::Text(shorten(text)),
            Value::Sequence(_) => Self::List,
            Value::Mapping(_) => Self::Map,
        }
    }
}

impl Figure for Place<'_> {
    fn figure(&self) -> FigureValue {
        match self {
            Self::Value(key) | Self::ItemOf(key) => key.figure(),
            Self::Document => "".figure(),
        }
    }
}

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Value(key) => write!(f, "`{key}`"),
            Self::ItemOf(list) => write!(f, "An item of `{list}`"),
            Self::Document => f.write_str("The document"),
        }
    }
}

impl Figure for Written<'_> {
    fn figure(&self) -> FigureValue {
        self.to_string().figure()
    }
}

impl fmt::Display for Written<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Nothing => f.write_str(NOTHING),
            Self::Plain(value) => write!(f, "`{value}`"),
            Self::Text(text) => write!(f, "the text `{text}`"),
            Self::List => f.write_str("a list"),
            Self::Map => f.write_str(A_MAP),
        }
    }
}

/// What serde, or a type's own `Deserialize`, says is wrong.
#[derive(Debug)]
enum Error {
    /// It has become a finding already.
    Told,
    /// Another type is wanted, which this describes.
    Type(String),
    /// The value cannot be.
    Value(String),
    /// A key that must be there is not.
    Missing(&'static str),
}

impl std::error::Error for Error {}

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Told => formatter.write_str("wrong"),
            Self::Type(text) | Self::Value(text) => formatter.write_str(text),
            Self::Missing(key) => formatter.write_str(key),
        }
    }
}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::Value(message.to_string())
    }

    fn invalid_type(_: Unexpected, expected: &dyn de::Expected) -> Self {
        Self::Type(expected.to_string())
    }

    fn invalid_value(_: Unexpected, expected: &dyn de::Expected) -> Self {
        Self::Type(expected.to_string())
    }

    fn invalid_length(_: usize, expected: &dyn de::Expected) -> Self {
        Self::Type(expected.to_string())
    }

    fn missing_field(field: &'static str) -> Self {
        Self::Missing(field)
    }
}

impl<'a> At<'a> {
    fn inside(self, node: &'a Node) -> Self {
        Self { node, ..self }
    }

    fn entry(self, entry: &'a Entry) -> Self {
        Self { node: &entry.value, key: Some(entry), ..self }
    }

    /// The entry whose value the node is.
    fn own_entry(self) -> Option<&'a Entry> {
        self.key.filter(|entry| std::ptr::eq(&raw const entry.value, self.node))
    }

    /// The node, for messages.
    fn place(self) -> Place<'a> {
        match (self.own_entry(), self.key) {
            (Some(entry), _) => Place::Value(shorten(&entry.key)),
            (None, Some(list)) => Place::ItemOf(shorten(&list.key)),
            (None, None) => Place::Document,
        }
    }

    /// What stands there, for messages.
    fn written(self) -> Written<'a> {
        Written::of(&self.node.value)
    }

    /// Makes a finding at the node.
    fn tell(
        self,
        rule: &'static Rule,
        message: impl FnOnce() -> Message,
        more: impl FnOnce(Finding) -> Finding,
    ) -> Error {
        self.findings.borrow_mut().push(|| more(Finding::error(rule, self.node.span, message())));
        Error::Told
    }

    /// Makes a finding of what is not one yet.
    fn settle<T>(self, result: Result<T, Error>) -> Result<T, Error> {
        result.map_err(|error| self.tell_of(error))
    }

    /// Makes a finding of an error that is not one yet. Kept out of [`settle`](Self::settle), which is compiled for every type.
    #[inline(never)]
    fn tell_of(self, error: Error) -> Error {
        match error {
            Error::Told => Error::Told,
            Error::Type(wanted) => self.wrong_type(&wanted),
            Error::Value(text) => {
                let (message, help) = match text.split_once('\n') {
                    Some((message, help)) => (message, Some(help)),
                    None => (text.as_str(), None),
                };
                self.tell(
                    &rules::wrong_value::RULE,
                    || sentence(message).into(),
                    |finding| match help {
                        Some(help) => finding.help(sentence(help)),
                        None => finding,
                    },
                )
            }
            Error::Missing(key) => {
                let span = self.own_entry().map_or(self.node.span, |entry| entry.key_span);
                let message = || message!("{place} needs a `{key}`", place = self.place(), key);
                self.findings.borrow_mut().push(|| Finding::error(&rules::missing_key::RULE, span, message()));
                Error::Told
            }
        }
    }

    fn wrong_type(self, wanted: &str) -> Error {
        if self.node.value == Value::Null {
            let message = || message!("{place} has no value", place = self.place());
            return self.tell(&rules::wrong_type::RULE, message, |finding| {
                finding.help(format!("Write {wanted}, or take it out"))
            });
        }
        let message = || {
            message!("{place} takes {wanted}, not {written}", place = self.place(), wanted, written = self.written())
        };
        self.tell(&rules::wrong_type::RULE, message, |finding| finding)
    }

    /// The node as a whole number between `low` and `high`.
    fn integer(self, low: i64, high: i64) -> Result<i64, Error> {
        match &self.node.value {
            Value::Int(int, _) if (low..=high).contains(int) => Ok(*int),
            Value::Int(..) => Err(self.out_of_range(low, high)),
            Value::Float(_, raw) if raw.trim_start_matches(['-', '+']).bytes().all(|byte| byte.is_ascii_digit()) => {
                Err(self.out_of_range(low, high))
            }
            Value::String(text) if text.parse::<i64>().is_ok_and(|int| (low..=high).contains(&int)) => {
                let message = || message!("{place} takes a whole number, and this is a text", place = self.place());
                Err(self.tell(&rules::wrong_type::RULE, message, |finding| {
                    finding.help("Write it without quotes").replace_by(replace_by(text), text.clone())
                }))
            }
            _ => Err(self.wrong_type("a whole number")),
        }
    }

    /// One value where a list of such is wanted: brackets make it one.
    fn no_list(self) -> Error {
        let message =
            || message!("{place} takes a list, not {written}", place = self.place(), written = self.written());
        self.tell(&rules::wrong_type::RULE, message, |finding| match self.node.text() {
            Some(text) => {
                let list = format!("[{}]", scalar(text));
                finding.help(PUT_BRACKETS_AROUND).replace_by(PUT_BRACKETS_AROUND, list)
            }
            None => finding.help("Put each item on a line of its own, with a dash and a blank before it"),
        })
    }

    /// Something else where a map of certain keys is wanted.
    fn no_struct(self, fields: &[&str]) -> Error {
        let message = || message!("{place} takes a map, not {written}", place = self.place(), written = self.written());
        self.tell(&rules::wrong_type::RULE, message, |finding| match fields {
            [] => finding,
            [only] => finding.help(format!("Write it as `{{ {only}: … }}`")),
            [first, ..] => {
                let keys = all_of(fields);
                finding.help(format!("Write it as `{{ {first}: … }}`, with any of {keys}"))
            }
        })
    }

    fn out_of_range(self, low: i64, high: i64) -> Error {
        let message = || match self.node.value {
            Value::Int(int, _) if int < low && low == 0 => {
                message!("{place} cannot be less than 0", place = self.place())
            }
            _ => message!("{place} takes a whole number from {low} to {high}", place = self.place(), low, high),
        };
        self.tell(&rules::wrong_value::RULE, message, |finding| finding)
    }

    fn truth(self) -> Result<bool, Error> {
        let written = match &self.node.value {
            Value::Bool(truth, _) => return Ok(*truth),
            Value::String(text) => text.to_ascii_lowercase(),
            _ => return Err(self.wrong_type(TRUE_OR_FALSE)),
        };
        let meant = match written.as_str() {
            "true" | "yes" | "on" | "y" => "true",
            "false" | "no" | "off" | "n" => "false",
            _ => return Err(self.wrong_type(TRUE_OR_FALSE)),
        };
        let message = || message!("{place} takes `true` or `false`, and this is a text", place = self.place());
        Err(self.tell(&rules::wrong_type::RULE, message, |finding| {
            finding.help(format!("Write `{meant}`")).replace_by(replace_by(meant), meant)
        }))
    }

    fn number(self) -> Result<f64, Error> {
        match &self.node.value {
            #[expect(clippy::cast_precision_loss, reason = "asked for as a float")]
            Value::Int(int, _) => Ok(*int as f64),
            Value::Float(float, _) if float.is_finite() => Ok(*float),
            _ => Err(self.wrong_type("a number")),
        }
    }

    fn string(self) -> Result<&'a str, Error> {
        self.node.text().ok_or_else(|| self.wrong_type("a text"))
    }

    fn wrong_key(self, entry: &Entry, error: &Error) -> Error {
        self.findings.borrow_mut().push(|| Finding::error(&rules::wrong_key::RULE, entry.key_span, error.to_string()));
        Error::Told
    }

    fn unknown_key(self, entry: &Entry, known: &[&str]) {
        self.findings.borrow_mut().push(|| {
            let key = shorten(&entry.key);
            let message = match self.place() {
                Place::Value(parent) => message!("There is no key `{key}` in `{parent}`", key, parent),
                Place::ItemOf(list) => message!("There is no key `{key}` in an item of `{list}`", key, list),
                Place::Document => message!("There is no key `{key}`", key),
            };
            let finding = Finding::error(&rules::unknown_key::RULE, entry.key_span, message);
            if let Some((start, _)) = entry.key.split_once(':').filter(|(start, _)| known.contains(start)) {
                return finding.help(format!("A colon needs a blank behind it: `{start}: …`"));
            }
            suggest(finding, &entry.key, known)
        });
    }
}

fn replace_by(value: &str) -> String {
    format!("Replace by {value}")
}

/// Names what is known, and first what was probably meant.
fn suggest(finding: Finding, written: &str, known: &[&str]) -> Finding {
    match nearest(written, known) {
        Some(near) => finding.help(format!("Did you mean `{near}`?")).replace_by(replace_by(near), near),
        None if (1..=16).contains(&known.len()) => finding.help(format!("Known here: {}", all_of(known))),
        None => finding,
    }
}

/// `a`, `b`, `c`
fn all_of(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

macro_rules! integers {
    ($($method:ident: $low:expr, $high:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            let int = self.integer($low, $high)?;
            self.settle(match u64::try_from(int) {
                Ok(int) => visitor.visit_u64(int),
                Err(_) => visitor.visit_i64(int),
            })
        }
    )*};
}

impl<'de> Deserializer<'de> for At<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.settle(match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Bool(truth, _) => visitor.visit_bool(*truth),
            Value::Int(int, _) => match u64::try_from(*int) {
                Ok(int) => visitor.visit_u64(int),
                Err(_) => visitor.visit_i64(*int),
            },
            Value::Float(..) => visitor.visit_f64(self.number()?),
            Value::String(text) => visitor.visit_str(text),
            Value::Sequence(_) => visitor.visit_seq(Items::new(self)),
            Value::Mapping(_) => visitor.visit_map(Entries::new(self, None)),
        })
    }

    integers! {
        deserialize_i8: i64::from(i8::MIN), i64::from(i8::MAX);
        deserialize_i16: i64::from(i16::MIN), i64::from(i16::MAX);
        deserialize_i32: i64::from(i32::MIN), i64::from(i32::MAX);
        deserialize_i64: i64::MIN, i64::MAX;
        deserialize_u8: 0, i64::from(u8::MAX);
        deserialize_u16: 0, i64::from(u16::MAX);
        deserialize_u32: 0, i64::from(u32::MAX);
        deserialize_u64: 0, i64::MAX;
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let truth = self.truth()?;
        self.settle(visitor.visit_bool(truth))
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_f64(visitor)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let number = self.number()?;
        self.settle(visitor.visit_f64(number))
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        let text = self.string()?;
        self.settle(visitor.visit_str(text))
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.settle(if self.node.value == Value::Null { visitor.visit_none() } else { visitor.visit_some(self) })
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.node.value == Value::Null { self.settle(visitor.visit_unit()) } else { Err(self.wrong_type(NOTHING)) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        self.settle(visitor.visit_newtype_struct(self))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Null | Value::Sequence(_) => self.settle(visitor.visit_seq(Items::new(self))),
            _ => Err(self.no_list()),
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.node.value {
            Value::Null | Value::Mapping(_) => self.settle(visitor.visit_map(Entries::new(self, None))),
            _ => Err(self.wrong_type(A_MAP)),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if let Some((_, known)) = self.asked.filter(|(map, _)| name != FIELD && std::ptr::eq(*map, self.node)) {
            known.set(fields);
        }
        match &self.node.value {
            _ if name == FIELD => visitor.visit_seq(Parts { at: self, next: Part::Key }),
            Value::Null | Value::Mapping(_) => self.settle(visitor.visit_map(Entries::new(self, Some(fields)))),
            _ => Err(self.no_struct(fields)),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        let Some(text) = self.node.text() else {
            return Err(self.wrong_type(&one_of(variants)));
        };
        if !variants.contains(&text) {
            let message = || message!("{place} cannot be `{text}`", place = self.place(), text = shorten(text));
            return Err(self.tell(&rules::wrong_value::RULE, message, |finding| {
                let finding = finding.help(format!("It takes {}", one_of(variants)));
                match nearest(text, variants) {
                    Some(near) => finding.replace_by(replace_by(near), near),
                    None => finding,
                }
            }));
        }
        let text: StrDeserializer<Error> = text.into_deserializer();
        self.settle(visitor.visit_enum(text))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }
}

/// `a`, `b` or `c`
fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    listed(&quoted, "or")
}

/// What a [`Field`](super::Field) is made of.
struct Parts<'a> {
    at: At<'a>,
    next: Part,
}

enum Part {
    Key,
    Span,
    Value,
    End,
}

impl<'de> SeqAccess<'de> for Parts<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let number = |number: u64| -> U64Deserializer<Error> { number.into_deserializer() };
        let node = self.at.node;
        let (element, next) = match self.next {
            Part::Key => (
                seed.deserialize(number(self.at.own_entry().map_or(u64::MAX, |entry| pack(entry.key_span)))),
                Part::Span,
            ),
            Part::Span => (seed.deserialize(number(pack(node.span))), Part::Value),
            Part::Value => (self.at.settle(seed.deserialize(self.at)), Part::End),
            Part::End => return Ok(None),
        };
        self.next = next;
        element.map(Some)
    }
}

struct Items<'a> {
    at: At<'a>,
    rest: std::slice::Iter<'a, Node>,
}

impl<'a> Items<'a> {
    fn new(at: At<'a>) -> Self {
        Self { at, rest: at.node.items().iter() }
    }
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let Some(node) = self.rest.next() else { return Ok(None) };
        let at = self.at.inside(node);
        at.settle(seed.deserialize(at)).map(Some)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.rest.len())
    }
}

struct Entries<'a> {
    at: At<'a>,
    rest: std::slice::Iter<'a, Entry>,
    /// The keys of a struct; a map takes any.
    known: Option<&'static [&'static str]>,
    current: Option<&'a Entry>,
}

impl<'a> Entries<'a> {
    fn new(at: At<'a>, known: Option<&'static [&'static str]>) -> Self {
        Self { at, rest: at.node.entries().iter(), known, current: None }
    }
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        for entry in self.rest.by_ref() {
            match self.known {
                Some(known) if !known.contains(&entry.key.as_str()) => self.at.unknown_key(entry, known),
                _ => {
                    self.current = Some(entry);
                    let key: StrDeserializer<Error> = entry.key.as_str().into_deserializer();
                    return match seed.deserialize(key) {
                        Ok(key) => Ok(Some(key)),
                        Err(error) => Err(self.at.wrong_key(entry, &error)),
                    };
                }
            }
        }
        Ok(None)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let Some(entry) = self.current.take() else { return Err(Error::Told) };
        let at = self.at.entry(entry);
        at.settle(seed.deserialize(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::{Field, Map, parse};
    use serde::Deserialize;

    #[derive(Debug, Default, Deserialize)]
    #[serde(default, rename_all = "kebab-case")]
    struct Document {
        name: Field<String>,
        services: Field<Map<Service>>,
        nodes: Field<Vec<Field<Node>>>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Service {
        image: Field<String>,
        replicas: Field<u32>,
        small: Field<i8>,
        cpu: Field<f64>,
        public: Field<bool>,
        kind: Field<Kind>,
        size: Field<Even>,
        note: Field<Option<String>>,
        secrets: Field<Vec<Field<String>>>,
        health: Field<Health>,
    }

    #[derive(Debug, Default, Deserialize)]
    #[serde(default)]
    struct Health {
        path: Field<String>,
    }

    #[derive(Debug, Deserialize)]
    struct Node {
        name: String,
        #[serde(default)]
        count: u32,
    }

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Kind {
        GatewayApi,
        Ingress,
    }

    #[derive(Debug, PartialEq)]
    struct Even(u64);

    impl<'de> Deserialize<'de> for Even {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visit;
            impl Visitor<'_> for Visit {
                type Value = Even;

                fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                    formatter.write_str("an even number, such as 2")
                }

                fn visit_u64<E: de::Error>(self, number: u64) -> Result<Even, E> {
                    if number.is_multiple_of(2) { Ok(Even(number)) } else { Err(E::custom("This is odd\nAdd one")) }
                }

                fn visit_str<E: de::Error>(self, text: &str) -> Result<Even, E> {
                    text.parse().map_err(|_| E::custom("This is no number")).and_then(|number| self.visit_u64(number))
                }
            }
            deserializer.deserialize_any(Visit)
        }
    }

    fn document(text: &str) -> (Document, Vec<Finding>) {
        let parsed = parse(text);
        assert_eq!(parsed.findings, []);
        let (document, findings) = read::<Document>(&parsed.root.expect("a root"));
        (document.expect("a document"), findings)
    }

    fn service(text: &str) -> (Service, Vec<Finding>) {
        let (document, findings) = document(&format!("services: {{ api: {{ {text} }} }}"));
        let api = document.services.into_inner().unwrap().into_iter().next().unwrap();
        (api.value.into_inner().expect("a service"), findings)
    }

    #[test]
    fn what_is_right_is_read_with_its_places() {
        let text = "name: 3.10\nservices:\n  api:\n    replicas: 3\n  \"é\": {public: true}\n";
        let (document, findings) = document(text);
        assert_eq!(findings, []);
        assert_eq!(document.name.get().map(String::as_str), Some("3.10"));
        let services = document.services.get().unwrap();
        let keys: Vec<_> = services
            .iter()
            .map(|entry| (entry.key.as_str(), &text[entry.key_span.start..entry.key_span.end]))
            .collect();
        assert_eq!(keys, [("api", "api"), ("é", "\"é\"")]);
        let replicas = &services.get("api").unwrap().value.get().unwrap().replicas;
        let (key, span) = (replicas.key_span().unwrap(), replicas.span().unwrap());
        assert_eq!(
            (replicas.get(), &text[key.start..key.end], &text[span.start..span.end]),
            (Some(&3), "replicas", "3")
        );
        assert!(document.nodes.is_absent() && document.nodes.span().is_none());
    }

    #[test]
    fn a_mistake_spoils_one_field() {
        let text = "name: []\nservices:\n  api: {image: a, replicas: x}\n  db: 3\n  cache: {image: c}\n";
        let (document, findings) = document(text);
        let places: Vec<_> = findings
            .iter()
            .map(|finding| (&text[finding.span.start..finding.span.end], finding.message.as_str()))
            .collect();
        assert_eq!(
            places,
            [
                ("[]", "`name` takes a text, not a list"),
                ("x", "`replicas` takes a whole number, not the text `x`"),
                ("3", "`db` takes a map, not `3`"),
            ]
        );
        assert!(document.name.get().is_none() && !document.name.is_absent());
        let services = document.services.get().unwrap();
        let images: Vec<_> =
            services.iter().map(|entry| entry.value.get().and_then(|service| service.image.get().cloned())).collect();
        assert_eq!(images, [Some("a".into()), None, Some("c".into())]);
    }

    #[test]
    fn mistakes_are_said_in_plain_words() {
        for (text, rule, message, help, fix) in [
            ("replicas: three", "wrong-type", "`replicas` takes a whole number, not the text `three`", None, None),
            ("replicas: [1]", "wrong-type", "`replicas` takes a whole number, not a list", None, None),
            ("replicas: 1.5", "wrong-type", "`replicas` takes a whole number, not `1.5`", None, None),
            (
                "replicas: '3'",
                "wrong-type",
                "`replicas` takes a whole number, and this is a text",
                Some("Write it without quotes"),
                Some("3"),
            ),
            ("replicas: -1", "wrong-value", "`replicas` cannot be less than 0", None, None),
            (
                "replicas: 99999999999999999999",
                "wrong-value",
                "`replicas` takes a whole number from 0 to 4294967295",
                None,
                None,
            ),
            ("small: 128", "wrong-value", "`small` takes a whole number from -128 to 127", None, None),
            (
                "replicas: ~",
                "wrong-type",
                "`replicas` has no value",
                Some("Write a whole number, or take it out"),
                None,
            ),
            ("cpu: .nan", "wrong-type", "`cpu` takes a number, not `.nan`", None, None),
            (
                "public: yes",
                "wrong-type",
                "`public` takes `true` or `false`, and this is a text",
                Some("Write `true`"),
                Some("true"),
            ),
            ("public: 1", "wrong-type", "`public` takes `true` or `false`, not `1`", None, None),
            (
                "kind: gateway_API",
                "wrong-value",
                "`kind` cannot be `gateway_API`",
                Some("It takes `gateway-api` or `ingress`"),
                Some("gateway-api"),
            ),
            ("kind: 5", "wrong-value", "`kind` cannot be `5`", Some("It takes `gateway-api` or `ingress`"), None),
            ("kind: {}", "wrong-type", "`kind` takes `gateway-api` or `ingress`, not a map", None, None),
            ("size: 3", "wrong-value", "This is odd", Some("Add one"), None),
            ("size: x", "wrong-value", "This is no number", None, None),
            ("size: []", "wrong-type", "`size` takes an even number, such as 2, not a list", None, None),
            (
                "size: ",
                "wrong-type",
                "`size` has no value",
                Some("Write an even number, such as 2, or take it out"),
                None,
            ),
            (
                "secrets: KEY",
                "wrong-type",
                "`secrets` takes a list, not the text `KEY`",
                Some("Put brackets around it"),
                Some("[KEY]"),
            ),
            (
                "health: /x",
                "wrong-type",
                "`health` takes a map, not the text `/x`",
                Some("Write it as `{ path: … }`"),
                None,
            ),
            ("secrets: [a, {}]", "wrong-type", "An item of `secrets` takes a text, not a map", None, None),
            (
                "Replica: 3",
                "unknown-key",
                "There is no key `Replica` in `api`",
                Some("Did you mean `replicas`?"),
                Some("replicas"),
            ),
            ("health: {q: 3}", "unknown-key", "There is no key `q` in `health`", Some("Known here: `path`"), None),
            (
                "health: {path:/x}",
                "unknown-key",
                "There is no key `path:/x` in `health`",
                Some("A colon needs a blank behind it: `path: …`"),
                None,
            ),
        ] {
            let (_, findings) = service(text);
            let [finding] = findings.as_slice() else { panic!("{text}: {findings:?}") };
            let found = (finding.rule.id, finding.message.as_str(), finding.help.as_deref());
            assert_eq!(found, (rule, message, help), "{text}");
            let offered = finding.fix.as_ref().map(|fix| (fix.edits[0].span, fix.edits[0].text.as_str()));
            assert_eq!(offered, fix.map(|fix| (finding.span, fix)), "{text}");
        }
    }

    #[test]
    fn nothing_is_an_empty_map_or_list_and_no_scalar() {
        let (service, findings) = service("health: , secrets: , note: ");
        assert_eq!(findings, []);
        assert!(service.health.get().unwrap().path.is_absent());
        assert_eq!(service.secrets.get().unwrap().len(), 0);
        assert_eq!(service.note.get(), Some(&None));
        let (document, findings) = document("");
        assert!(document.services.is_absent() && findings.is_empty());
    }

    #[test]
    fn what_is_no_field_spoils_the_field_around_it() {
        let text = "nodes: [{name: a}, {count: 1}, {name: c, count: x}]";
        let (document, findings) = document(text);
        let nodes = document.nodes.get().unwrap();
        assert_eq!(
            nodes.iter().map(|node| node.get().map(|node| (node.name.as_str(), node.count))).collect::<Vec<_>>(),
            [Some(("a", 0)), None, None]
        );
        let told: Vec<_> = findings
            .iter()
            .map(|finding| (finding.rule.id, &text[finding.span.start..finding.span.end], finding.message.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("missing-key", "{count: 1}", "An item of `nodes` needs a `name`"),
                ("wrong-type", "x", "`count` takes a whole number, not the text `x`"),
            ]
        );
    }

    #[test]
    fn findings_have_an_end() {
        let text = format!("services: {{ {} }}", "a: {x: 1}, ".repeat(3).replace('a', "b"));
        assert_eq!(parse(&text).findings.len(), 2);
        let many: Vec<_> = (0..1000).map(|n| format!("x{n}: 1")).collect();
        let (_, findings) = document(&many.join("\n"));
        assert_eq!(findings.len(), crate::finding::MAX_FINDINGS + 1);
        assert_eq!(findings.last().map(|finding| finding.rule.id), Some("too-many-findings"));
    }

    #[cfg(feature = "schema")]
    #[test]
    fn the_schema_is_that_of_the_values_and_requires_no_field() {
        #[derive(Default, Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        struct Root {
            replicas: Field<u8>,
            services: Field<Map<Inner>>,
            secrets: Field<Vec<Field<String>>>,
        }

        #[derive(Default, Deserialize, schemars::JsonSchema)]
        #[serde(default)]
        struct Inner {
            public: Field<bool>,
        }

        let schema = schemars::schema_for!(Root);
        let at = |pointer: &str| schema.pointer(pointer).cloned();
        assert_eq!(at("/required"), None);
        assert_eq!(at("/properties/replicas/type"), Some("integer".into()));
        assert_eq!(at("/properties/replicas/maximum"), Some(255.into()));
        assert_eq!(at("/properties/services/type"), Some("object".into()));
        assert_eq!(at("/properties/services/additionalProperties/$ref"), Some("#/$defs/Inner".into()));
        assert_eq!(at("/properties/secrets/items/type"), Some("string".into()));
        assert_eq!(at("/$defs/Inner/properties/public/type"), Some("boolean".into()));
        assert_eq!(at("/$defs/Inner/required"), None);
    }
}
