//! `out-of-range`: a number outside its range.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "out-of-range",
    Explanation {
        title: "A number outside its range",
        why: "A number is too small, too large, or contradicts another: no worker at all, an autoscaler whose `max` \
              is below its `min`, or a system that needs all of the server's memory. Such a value cannot be \
              deployed, so the field falls back to its default or to the nearest possible value. Write a number in \
              the range that the finding names.",
        fails: Example::Document(
            "\
server: {}
services:
  api: { python: {}, workers: 0 }
",
        ),
        passes: Example::Document(
            "\
server: {}
services:
  api: { python: {}, workers: 2 }
",
        ),
    },
    None,
);
