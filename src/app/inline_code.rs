//! Sentences with code in them.

use leptos::prelude::*;

/// Renders a sentence; the pieces between backquotes become code.
pub fn with_code(sentence: &str) -> AnyView {
    let pieces = sentence.split('`').enumerate().map(|(number, piece)| {
        let piece = piece.to_owned();
        if number % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    });
    pieces.collect_view().into_any()
}
