//! Values for edits, from YAML.

#![allow(dead_code, reason = "each test takes what it needs")]

use plimsoll::edit::Value;
use serde_yaml::Value as Yaml;

/// The value that a text says.
pub fn of(yaml: &str) -> Value {
    from(&serde_yaml::from_str(yaml).expect("the test's own YAML"))
}

/// The same value.
pub fn from(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(truth) => Value::Bool(*truth),
        Yaml::Number(number) => match number.as_i64() {
            Some(int) => Value::Int(int),
            None => Value::Float(number.to_string()),
        },
        Yaml::String(text) => Value::Text(text.clone()),
        Yaml::Sequence(items) => Value::List(items.iter().map(from).collect()),
        Yaml::Mapping(entries) => {
            let entry = |(key, value): (&Yaml, &Yaml)| (key.as_str().expect("a text").to_owned(), from(value));
            Value::Map(entries.iter().map(entry).collect())
        }
        Yaml::Tagged(tagged) => from(&tagged.value),
    }
}
