//! What the page says, a file for each part of it, and no word of it anywhere else: a translation is another folder like
//! this one. What never changes is a constant; what has a number or a name in it is a function, so that each language may
//! put it its own way. Also how the core's sentences are set on the page.

#![allow(missing_docs, reason = "a sentence says what it says")]

pub mod advice;
pub mod capacity;
pub mod chart;
pub mod copy;
pub mod diagram;
pub mod drafts;
pub mod editor;
pub mod embed;
pub mod engine;
pub mod files;
pub mod form;
pub mod header;
pub mod notice;
mod numbers;
pub mod plan;
pub mod result;
pub mod say;
pub mod share;
pub mod shortcuts;
pub mod start;
pub mod timeline;

use leptos::prelude::*;
pub use numbers::count;

/// A sentence whose pieces between backquotes are set as code.
pub fn with_code(sentence: &str) -> AnyView {
    let pieces = sentence.split('`').enumerate().map(|(number, piece)| {
        let piece = piece.to_owned();
        if number % 2 == 1 { view! { <code>{piece}</code> }.into_any() } else { piece.into_any() }
    });
    pieces.collect_view().into_any()
}
