//! The core's sentences on the page.

pub mod advice;
pub mod files;

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
