//! `wrong-key`: a key is missing or is not a text.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "wrong-key",
    Explanation {
        title: "A key is missing or is not a text",
        why: "Every entry of a map needs a key, and the document's keys are plain texts. An unquoted key that starts \
              with `{` or `[` becomes a map or a list, and a colon at the start of a line leaves a value without a \
              key. Write the key as a text, in quotes if it starts with a bracket.",
        fails: Example::Document(
            "\
services:
  [api]: { python: {} }
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
