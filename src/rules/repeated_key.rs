//! `repeated-key`: a key appears twice in one map.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "repeated-key",
    Explanation {
        title: "A key appears twice in one map",
        why: "YAML requires the keys of a map to be unique. Parsers that accept a repeated key disagree about which \
              value counts, so the same file means different things to different programs. Plimsoll takes the first \
              and reports the second. Remove one of them.",
        fails: Example::Document(
            "\
services:
  api:
    python: {}
    replicas: 2
    replicas: 3
",
        ),
        passes: Example::Document(
            "\
services:
  api:
    python: {}
    replicas: 3
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/#3213-node-comparison"),
);
