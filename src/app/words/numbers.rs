//! How many there are of something.

/// Such as `1 pod` or `3 pods`.
pub fn count(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
