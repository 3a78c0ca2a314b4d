//! Topologies to start from.

use std::sync::LazyLock;

/// A topology to start from.
#[derive(Debug, PartialEq, Eq)]
pub struct Example {
    /// The text's first comment.
    pub title: &'static str,
    /// The text's second comment.
    pub about: &'static str,
    /// The whole document, with those comments.
    pub text: &'static str,
}

/// All examples, the most common first.
pub static EXAMPLES: LazyLock<[Example; 15]> = LazyLock::new(|| {
    [
        include_str!("../../examples/shop.yaml"),
        include_str!("../../examples/fastapi.yaml"),
        include_str!("../../examples/one-server.yaml"),
        include_str!("../../examples/too-many-workers.yaml"),
        include_str!("../../examples/model.yaml"),
        include_str!("../../examples/django.yaml"),
        include_str!("../../examples/flask.yaml"),
        include_str!("../../examples/node.yaml"),
        include_str!("../../examples/go.yaml"),
        include_str!("../../examples/java.yaml"),
        include_str!("../../examples/site.yaml"),
        include_str!("../../examples/own-dockerfile.yaml"),
        include_str!("../../examples/prebuilt.yaml"),
        include_str!("../../examples/environments.yaml"),
        include_str!("../../examples/plimsoll.yaml"),
    ]
    .map(|text| {
        let mut comments = text.lines().map(|line| line.trim_start_matches('#').trim());
        Example { title: comments.next().unwrap_or_default(), about: comments.next().unwrap_or_default(), text }
    })
});

/// Whether `text` is the person's own: neither blank nor an example as it came.
pub fn is_own(text: &str) -> bool {
    !text.trim().is_empty() && EXAMPLES.iter().all(|example| example.text.trim_end() != text.trim_end())
}
