//! `wrong-type`: a value of another type.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "wrong-type",
    Explanation {
        title: "A value of another type",
        why: "A field takes one type of value: a number, a text, a list or a map. YAML decides by spelling, so \
              `\"3\"` is a text, `3` is a number and a key without a value is empty. A value of another type is not \
              used, and the field keeps its default. Write the value as the finding says; often it only takes \
              brackets around a single item, or no quotes around a number.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: lots }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/#103-core-schema"),
);
