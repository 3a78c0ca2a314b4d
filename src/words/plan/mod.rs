//! What the plan says.

pub mod time;

/// A sentence that another one goes on after, or that stands where none has a full stop.
pub fn without_full_stop(sentence: &str) -> &str {
    sentence.trim_end_matches('.')
}
