//! In the texts, `¦` is the caret.

mod completion;
mod hover;
mod places;

/// A text without its caret, and where that is.
fn split(marked: &str) -> (String, usize) {
    (marked.replace('¦', ""), marked.find('¦').expect("a caret"))
}
