//! `missing-value`: a value without which the rest makes no sense.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "missing-value",
    Explanation {
        title: "A value without which the rest makes no sense",
        why: "Some fields need another: an autoscaler needs a `max`, a public service a `host`, a Django project the \
              module of its app. Plimsoll cannot guess these, so the part that depends on them is left out or falls \
              back to its simplest form. Add the value that the finding names.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, autoscale: { min: 2 } }
cluster: {}
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, autoscale: { min: 2, max: 3 } }
cluster: {}
",
        ),
    },
    None,
);
