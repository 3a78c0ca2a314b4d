//! Messages: sentences that carry their figures.

use serde::Serialize;
use serde_json::Number;
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

#[cfg(feature = "figures")]
use std::collections::BTreeMap;

/// A sentence without a final full stop, with the figures that it states.
///
/// JSON has the figures beside the sentence, so that a program need not take it apart. Only the features that print JSON
/// collect them; in the page's engine a message is its text alone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// The sentence, without a final full stop.
    #[serde(rename = "message")]
    text: String,
    /// The figures of the sentence, by name. The unit ends the name: `limit_bytes`. Left out if there are none.
    #[cfg(feature = "figures")]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    #[cfg_attr(feature = "schema", schemars(default))]
    figures: BTreeMap<String, FigureValue>,
}

/// A figure as JSON has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FigureValue {
    /// A number.
    Number(#[cfg_attr(feature = "schema", schemars(with = "f64"))] Number),
    /// A name or another text.
    Text(String),
}

/// A value that a message can state.
pub trait Figure {
    /// The unit, which ends the figure's name in JSON, such as `_bytes`.
    const UNIT: &'static str = "";

    /// Returns the figure in its unit.
    fn figure(&self) -> FigureValue;
}

impl Message {
    /// Adds a figure.
    #[cfg(feature = "figures")]
    #[must_use]
    pub fn with<T: Figure>(mut self, name: &str, figure: &T) -> Self {
        self.figures.insert(format!("{name}{}", T::UNIT), figure.figure());
        self
    }

    /// Drops a figure, which nothing would print.
    #[cfg(not(feature = "figures"))]
    #[must_use]
    pub fn with<T: Figure>(self, _name: &str, _figure: &T) -> Self {
        self
    }

    /// Returns the sentence.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the sentence.
    pub fn into_string(self) -> String {
        self.text
    }
}

impl FigureValue {
    /// Returns `part` of `whole` as a number.
    pub fn fraction(part: u64, whole: u32) -> Self {
        let number = if part.is_multiple_of(u64::from(whole)) {
            Some((part / u64::from(whole)).into())
        } else {
            #[expect(clippy::cast_precision_loss, reason = "exact enough for a figure")]
            Number::from_f64(part as f64 / f64::from(whole))
        };
        number.map_or_else(|| Self::Text(format!("{part}/{whole}")), Self::Number)
    }
}

impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Self {
            text,
            #[cfg(feature = "figures")]
            figures: BTreeMap::new(),
        }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

/// Makes a [`Message`] from a format string and the figures in it.
///
/// Each figure is named: `message!("{count} steps", count)` or `message!("{count} steps", count = steps.len())`. One that
/// the sentence shows in another form than JSON has it gives both, first the figure:
/// `message!("{need} is needed", need = memory => rounded(memory))`. What the format string captures by itself, such as a
/// part of the sentence, is no figure.
macro_rules! message {
    ($text:literal $(, $name:ident $(= $figure:expr $(=> $shown:expr)?)?)* $(,)?) => {
        match ($(&$crate::message::message!(@figure $name $(, $figure)?),)*) {
            ($($name,)*) => {
                $crate::message::Message::from(format!(
                    $text,
                    $($name = $crate::message::message!(@shown $name $($(, $shown)?)?)),*
                ))
                $(.with(stringify!($name), $name))*
            }
        }
    };
    (@figure $name:ident) => { $name };
    (@figure $name:ident, $figure:expr) => { $figure };
    (@shown $name:ident) => { $name };
    (@shown $name:ident, $shown:expr) => { $shown };
}

pub(crate) use message;

macro_rules! whole_numbers {
    ($($type:ty),+) => {$(
        impl Figure for $type {
            fn figure(&self) -> FigureValue {
                FigureValue::Number((*self).into())
            }
        }
    )+};
}

whole_numbers!(u8, u16, u32, u64, usize, i64);

impl Figure for str {
    fn figure(&self) -> FigureValue {
        FigureValue::Text(self.to_owned())
    }
}

impl Figure for String {
    fn figure(&self) -> FigureValue {
        FigureValue::Text(self.clone())
    }
}

impl Figure for Cow<'_, str> {
    fn figure(&self) -> FigureValue {
        FigureValue::Text(self.clone().into_owned())
    }
}

impl Figure for char {
    fn figure(&self) -> FigureValue {
        FigureValue::Text(self.to_string())
    }
}

impl<T: Figure + ?Sized> Figure for &T {
    const UNIT: &'static str = T::UNIT;

    fn figure(&self) -> FigureValue {
        (**self).figure()
    }
}

#[cfg(test)]
mod tests {
    use crate::quantity::Memory;

    #[test]
    fn a_message_shows_its_figures() {
        let (name, counts) = ("api", [1, 2]);
        let memory = Memory::from_mib(1);
        let (a, b) = ("a part", "of the sentence");
        let message =
            message!("`{name}` has {count} of {need}: {a} {b}", name, count = counts.len(), need = memory => "1 M");
        assert_eq!(message.to_string(), "`api` has 2 of 1 M: a part of the sentence");
        #[cfg(feature = "figures")]
        assert_eq!(
            serde_json::to_value(&message).unwrap()["figures"],
            serde_json::json!({ "name": "api", "count": 2, "need_bytes": 1 << 20 })
        );
    }
}
