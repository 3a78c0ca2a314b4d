//! What is wrong with a text that is not YAML, in plain words.

use crate::finding::Finding;
use crate::text::Span;

pub(super) fn explain(text: &str, info: &str, at: usize, open: Option<usize>) -> Finding {
    let _ = (text, open);
    Finding::error("yaml-syntax", Span::new(at, at), info)
}
