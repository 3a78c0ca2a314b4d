//! `too-many-values`: the document has too many values.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-many-values",
    Explanation {
        title: "The document has too many values",
        why: "Plimsoll reads at most 100,000 values, many times what the largest real deployment needs, so that \
              every keystroke can be answered at once. A document beyond that is not read at all. Remove what is not \
              a description of a deployment, or split the document.",
        fails: Example::Prose("A document with more than 100,000 values, such as a list of 100,001 numbers."),
        passes: Example::Prose("A document with at most 100,000 values."),
    },
    None,
);
