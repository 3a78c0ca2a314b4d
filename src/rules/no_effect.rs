//! `no-effect`: a field that changes nothing.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "no-effect",
    Explanation {
        title: "A field that changes nothing",
        why: "A field that is ignored is worse than a missing one: whoever reads the document believes it. The \
              finding names the reason, such as an autoscaler on a single server, where Compose has none, or a user \
              for an image that brings its own. Remove the field, or add what gives it an effect.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, user: 1234 }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {} }
",
        ),
    },
    None,
);
