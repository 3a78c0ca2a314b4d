//! What is wrong with a value of a document that ought to be another: a text where a number belongs, an unknown key.

use crate::words::listed;
use crate::yaml::de::{Place, Written};

// What a value can have to be, for the sentences below. Types with a spelling of their own say it themselves.
pub const A_WHOLE_NUMBER: &str = "a whole number";
pub const A_NUMBER: &str = "a number";
pub const A_TEXT: &str = "a text";
pub const A_MAP: &str = "a map";
pub const NOTHING: &str = "nothing";
pub const TRUE_OR_FALSE: &str = "`true` or `false`";

/// `a`, `b` or `c`
pub fn one_of(names: &[&str]) -> String {
    let quoted: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
    listed(&quoted, "or")
}

// Another type.
pub const WRITE_WITHOUT_QUOTES: &str = "Write it without quotes";
pub const PUT_BRACKETS_AROUND: &str = "Put brackets around it";
pub const ITEMS_ON_LINES: &str = "Put each item on a line of its own, with a dash and a blank before it";

pub fn wrong_type(place: &Place, wanted: &str, written: &Written) -> String {
    format!("{} takes {wanted}, not {}", subject(place), object(written))
}

pub fn no_value(place: &Place) -> String {
    format!("{} has no value", subject(place))
}

pub fn no_value_help(wanted: &str) -> String {
    format!("Write {wanted}, or take it out")
}

pub fn whole_number_in_quotes(place: &Place) -> String {
    format!("{} takes a whole number, and this is a text", subject(place))
}

pub fn truth_in_quotes(place: &Place) -> String {
    format!("{} takes `true` or `false`, and this is a text", subject(place))
}

pub fn write(value: &str) -> String {
    format!("Write `{value}`")
}

pub fn replace_by(value: &str) -> String {
    format!("Replace by {value}")
}

pub fn no_list(place: &Place, written: &Written) -> String {
    format!("{} takes a list, not {}", subject(place), object(written))
}

pub fn no_map(place: &Place, written: &Written) -> String {
    format!("{} takes a map, not {}", subject(place), object(written))
}

pub fn write_as_map_of(key: &str) -> String {
    format!("Write it as `{{ {key}: … }}`")
}

/// Of a map that can have any of several keys.
pub fn write_as_map_of_any(keys: &[&str]) -> String {
    format!("Write it as `{{ {}: … }}`, with any of {}", keys.first().unwrap_or(&""), all_of(keys))
}

// A value that cannot be.
pub fn below_zero(place: &Place) -> String {
    format!("{} cannot be less than 0", subject(place))
}

pub fn out_of_range(place: &Place, lowest: i64, highest: i64) -> String {
    format!("{} takes a whole number from {lowest} to {highest}", subject(place))
}

pub fn cannot_be(place: &Place, written: &str) -> String {
    format!("{} cannot be `{written}`", subject(place))
}

pub fn takes_one_of(names: &[&str]) -> String {
    format!("It takes {}", one_of(names))
}

// Keys.
pub fn missing_key(place: &Place, key: &str) -> String {
    format!("{} needs a `{key}`", subject(place))
}

pub fn unknown_key(key: &str, place: &Place) -> String {
    match place {
        Place::Value(parent) => format!("There is no key `{key}` in `{parent}`"),
        Place::ItemOf(list) => format!("There is no key `{key}` in an item of `{list}`"),
        Place::Document => format!("There is no key `{key}`"),
    }
}

/// Where a key and its value were read as one key.
pub fn blank_behind_colon(key: &str) -> String {
    format!("A colon needs a blank behind it: `{key}: …`")
}

pub fn known_keys(keys: &[&str]) -> String {
    format!("Known here: {}", all_of(keys))
}

/// What is spoken of, at the start of a sentence.
fn subject(place: &Place) -> String {
    match place {
        Place::Value(key) => format!("`{key}`"),
        Place::ItemOf(list) => format!("An item of `{list}`"),
        Place::Document => "The document".to_owned(),
    }
}

/// What stands there.
fn object(written: &Written) -> String {
    match written {
        Written::Nothing => NOTHING.to_owned(),
        Written::Plain(value) => format!("`{value}`"),
        Written::Text(text) => format!("the text `{text}`"),
        Written::List => "a list".to_owned(),
        Written::Map => A_MAP.to_owned(),
    }
}

fn all_of(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
