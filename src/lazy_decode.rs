//! Values that are decoded when they are first read.

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use std::fmt;
use std::sync::OnceLock;

/// A value that crosses between two programs as bytes, and is decoded when it is first read. Most parts of an answer are
/// never read before the next answer comes.
#[derive(Clone)]
pub struct LazyDecode<T> {
    value: OnceLock<T>,
    /// The received bytes; empty for a value that was created here.
    bytes: Vec<u8>,
}

impl<T> From<T> for LazyDecode<T> {
    fn from(value: T) -> Self {
        Self { value: OnceLock::from(value), bytes: Vec::new() }
    }
}

impl<T: DeserializeOwned + Default> LazyDecode<T> {
    /// Returns the value. Bytes that hold none come from another build, and stand for the default.
    pub fn get(&self) -> &T {
        self.value.get_or_init(|| postcard::from_bytes(&self.bytes).unwrap_or_default())
    }
}

impl<T: DeserializeOwned + Default + PartialEq> PartialEq for LazyDecode<T> {
    fn eq(&self, other: &Self) -> bool {
        // A value always gives the same bytes.
        (!self.bytes.is_empty() && self.bytes == other.bytes) || self.get() == other.get()
    }
}

impl<T: DeserializeOwned + Default + Eq> Eq for LazyDecode<T> {}

impl<T: DeserializeOwned + Default + fmt::Debug> fmt::Debug for LazyDecode<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.get().fmt(formatter)
    }
}

impl<T: Serialize> Serialize for LazyDecode<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value.get() {
            Some(value) if self.bytes.is_empty() => {
                serializer.serialize_bytes(&postcard::to_allocvec(value).map_err(ser::Error::custom)?)
            }
            _ => serializer.serialize_bytes(&self.bytes),
        }
    }
}

impl<'de, T> Deserialize<'de> for LazyDecode<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Bytes;

        impl Visitor<'_> for Bytes {
            type Value = Vec<u8>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("bytes")
            }

            fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
                Ok(bytes.to_vec())
            }
        }

        Ok(Self { value: OnceLock::new(), bytes: deserializer.deserialize_bytes(Bytes)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{read, write};

    fn sent(value: &LazyDecode<Vec<String>>) -> LazyDecode<Vec<String>> {
        read(&write(value).unwrap()).unwrap()
    }

    #[test]
    fn a_value_is_read_when_it_is_looked_at_and_not_before() {
        let made = LazyDecode::from(vec!["a".to_owned(), "ü".to_owned()]);
        let came = sent(&made);
        assert!(came.value.get().is_none());
        assert_eq!(came.get(), made.get());
    }

    #[test]
    fn what_came_is_sent_on_without_being_read() {
        let came = sent(&LazyDecode::from(vec!["a".to_owned()]));
        let again = sent(&came);
        assert!(came.value.get().is_none());
        assert_eq!(again.get(), &["a"]);
    }

    #[test]
    fn values_are_compared_wherever_they_were_made() {
        let [a, b] = ["a", "b"].map(|text| LazyDecode::from(vec![text.to_owned()]));
        assert_eq!(a, sent(&a));
        assert_eq!(sent(&a), sent(&a));
        assert_ne!(sent(&a), b);
        assert_ne!(sent(&a), sent(&b));
        assert_eq!(LazyDecode::from(vec![]), sent(&LazyDecode::from(vec![])));
    }

    #[test]
    fn bytes_that_hold_no_value_stand_for_the_default() {
        let bytes: LazyDecode<Vec<String>> = read(&write(&LazyDecode::from(u64::MAX)).unwrap()).unwrap();
        assert_eq!(bytes.get(), &[""; 0]);
    }
}
