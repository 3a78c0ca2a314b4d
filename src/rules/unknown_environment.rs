//! `unknown-environment`: an environment that does not exist.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unknown-environment",
    Explanation {
        title: "An environment that does not exist",
        why: "`--environment` selects one entry of the document's `environments`. Without such an entry there is \
              nothing to plan or check, and falling back to the document itself would silently answer another \
              question. Use one of the names that the finding lists, or add the environment.",
        fails: Example::Document(
            "\
# plimsoll check --environment production
services:
  api: { python: {} }
cluster: {}
environments:
  staging: {}
",
        ),
        passes: Example::Document(
            "\
# plimsoll check --environment production
services:
  api: { python: {} }
cluster: {}
environments:
  production: {}
",
        ),
    },
    None,
);
