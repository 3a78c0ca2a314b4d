//! What is said about links and other ways to hand a document on.

use plimsoll::share::Reach;

pub const TITLE: &str = "Share";
pub const ABOUT: &str =
    "The link carries the whole text, after its #: no server sees it, and whoever opens it has a copy of their own.";
pub const LINK: &str = "Link";
pub const COPY_LINK: &str = "Copy link";
pub const COPIED: &str = "Copied.";
pub const NOT_COPIED: &str = "The browser did not let the page copy. The link is selected: copy it with Ctrl+C or ⌘C.";
pub const MARKDOWN_NOT_COPIED: &str = "The browser did not let the page copy. Copy the text and the link by hand.";
pub const NO_LINK: &str = "This browser cannot make links. Send the text itself, or the files.";
pub const OTHERWISE: &str = "Or otherwise";
pub const COPY_MARKDOWN: &str = "Copy as Markdown";
pub const MARKDOWN: &str = "The text, its findings, the plan's answer and the link, for an issue or a review.";
pub const PRINT: &str = "Print this view…";
pub const SVG: &str = "Plan as SVG";
pub const PNG: &str = "Plan as PNG";
pub const SAVED: &str = "Saved.";
pub const NOT_SAVED: &str = "There is no plan to draw, or the browser cannot save it.";
pub const WORKING: &str = "…";

/// How long a link is, and where that is too long.
pub fn length(characters: usize) -> String {
    let reach = match Reach::of(characters) {
        Reach::All => "short enough for any message",
        Reach::Most => "mail takes that; some chats have shorter messages",
        Reach::Few => "many programs cut links beyond 8,000: send the text as a file instead",
    };
    format!("{} characters: {reach}.", grouped(characters))
}

/// With a comma after each three digits.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
