//! Maps whose fields are given always, often, or now and then.

use super::Object;
use proptest::prelude::*;
use serde_json::Value;

/// A field's name, and what it holds, if it is given.
pub type Entry = (&'static str, BoxedStrategy<Option<Value>>);

/// A map of these fields.
pub fn fields(entries: Vec<Entry>) -> BoxedStrategy<Object> {
    let (names, values): (Vec<&'static str>, Vec<_>) = entries.into_iter().unzip();
    let together = move |values: Vec<Option<Value>>| -> Object {
        names.iter().zip(values).filter_map(|(name, value)| Some(((*name).to_owned(), value?))).collect()
    };
    values.prop_map(together).boxed()
}

/// A field that is always given.
pub fn always(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Entry {
    (name, value.prop_map(Some).boxed())
}

/// A field that is given every other time.
pub fn often(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Entry {
    (name, prop::option::weighted(0.5, value).boxed())
}

/// A field that is given now and then.
pub fn sometimes(name: &'static str, value: impl Strategy<Value = Value> + 'static) -> Entry {
    (name, prop::option::weighted(0.2, value).boxed())
}

/// One of the items of a list.
pub fn one_of(list: Value) -> BoxedStrategy<Value> {
    let Value::Array(items) = list else { return Just(list).boxed() };
    prop::sample::select(items).boxed()
}
