//! What the page says, a file for each part of it, and no word of it anywhere else: a translation is another folder like
//! this one. What never changes is a constant; what has a number or a name in it is a function, so that each language may
//! put it its own way. Also how the core's sentences are set on the page.

#![allow(missing_docs, reason = "a sentence says what it says")]

pub mod advice;
pub mod drafts;
pub mod embed;
pub mod files;
pub mod header;
pub mod notice;
pub mod share;
pub mod shortcuts;
pub mod start;

use leptos::prelude::*;

/// A sentence whose pieces between backquotes are set as code.
pub fn with_code(sentence: &str) -> AnyView {
    let pieces = sentence.split('`').enumerate().map(|(number, piece)| {
        let piece = piece.to_owned();
        if number % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    });
    pieces.collect_view().into_any()
}

/// Such as `1 pod` or `3 pods`.
pub fn count(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
