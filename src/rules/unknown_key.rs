//! `unknown-key`: a key that the document does not have.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unknown-key",
    Explanation {
        title: "A key that the document does not have",
        why: "An unknown key has no effect, and what it was meant to set keeps its default: `replica: 3` would still \
              deploy one replica. Plimsoll therefore reports it as an error and suggests the key that was probably \
              meant. Correct the spelling, or move the key to the part of the document that it belongs to; `plimsoll \
              schema` and the form in the page list all keys.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replica: 2 }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
",
        ),
    },
    None,
);
