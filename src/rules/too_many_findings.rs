//! `too-many-findings`: more findings than are listed.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-many-findings",
    Explanation {
        title: "More findings than are listed",
        why: "A list of several hundred findings helps nobody, and a hostile document could produce millions. \
              Plimsoll lists the 200 gravest and adds one that says that there are others, as grave as the gravest \
              of those. Correct the listed ones first; the rest appear as these disappear.",
        fails: Example::Prose("A document with more than 200 findings."),
        passes: Example::Prose("A document with at most 200 findings."),
    },
    None,
);
