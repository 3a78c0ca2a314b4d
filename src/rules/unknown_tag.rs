//! `unknown-tag`: a YAML tag without a meaning here.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unknown-tag",
    Explanation {
        title: "A YAML tag without a meaning here",
        why: "A tag such as `!reference` or `!Sub` is an instruction to one particular program. Plimsoll does not \
              know it, ignores it and reads the plain value behind it, which may not be the value that you expect. \
              Remove the tag and write the value itself.",
        fails: Example::Document(
            "\
services:
  api:
    python: {}
    env: { LOG_LEVEL: !reference level }
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
    Some("https://yaml.org/spec/1.2.2/#691-node-tags"),
);
