//! `endless-alias`: an alias lies inside the value that it repeats.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "endless-alias",
    Explanation {
        title: "An alias lies inside the value that it repeats",
        why: "An alias inside its own anchor describes a value that contains itself and never ends. Compose and \
              Kubernetes have no such values, so nothing can be generated from it. Write the value out in place of \
              the alias.",
        fails: Example::Document(
            "\
services:
  api: &api
    python: {}
    env: *api
",
        ),
        passes: Example::Document(
            "\
services:
  api:
    python: {}
    env: { LOG_LEVEL: info }
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/#71-alias-nodes"),
);
