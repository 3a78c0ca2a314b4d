//! The rendered lines of a file.

use leptos::prelude::*;
use plimsoll::view::artifacts::highlight::{Kind, Language};
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;

/// A rendered line. Its element stays in the page for as long as its text stays the same.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// A hash of its text, and its number among the lines with that text.
    pub key: (u64, usize),
    tokens: Vec<(Kind, String)>,
}

/// Returns the lines of `range` of the file at `path`, as far as they exist.
pub fn lines(path: &str, text: &str, range: &Range<usize>) -> Vec<Line> {
    let mut seen = HashMap::new();
    Language::of(path)
        .lines(text)
        .into_iter()
        .skip(range.start)
        .take(range.len())
        .map(|tokens| {
            let mut hasher = DefaultHasher::new();
            tokens.hash(&mut hasher);
            let hash = hasher.finish();
            let times = seen.entry(hash).and_modify(|times| *times += 1).or_insert(0);
            Line {
                key: (hash, *times),
                tokens: tokens.into_iter().map(|token| (token.kind, token.text.to_owned())).collect(),
            }
        })
        .collect()
}

impl Line {
    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Renders its text with syntax colours.
    pub fn draw(self) -> impl IntoView {
        let token = |(kind, text): (Kind, String)| match class(kind) {
            "" => text.into_any(),
            class => view! { <span class=class>{text}</span> }.into_any(),
        };
        self.tokens.into_iter().map(token).collect_view()
    }
}

fn class(kind: Kind) -> &'static str {
    match kind {
        Kind::Plain => "",
        Kind::Key => "syntax-key",
        Kind::Keyword => "syntax-keyword",
        Kind::Quoted => "syntax-string",
        Kind::Constant => "syntax-constant",
        Kind::Variable => "syntax-variable",
        Kind::Comment => "syntax-comment",
        Kind::Mark => "syntax-mark",
    }
}
