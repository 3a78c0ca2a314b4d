//! `two-kinds`: a service says twice what it is.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "two-kinds",
    Explanation {
        title: "A service says twice what it is",
        why: "A service becomes one container with one image, so it cannot be built from Python code and be a Redis \
              at the same time. Plimsoll uses the first kind; what the other one describes would be missing. Make \
              two services of it.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, redis: {} }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, needs: [cache] }
  cache: { redis: {} }
",
        ),
    },
    None,
);
