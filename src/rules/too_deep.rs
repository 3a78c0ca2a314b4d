//! `too-deep`: lists and maps are nested too deeply.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-deep",
    Explanation {
        title: "Lists and maps are nested too deeply",
        why: "No field of a document lies deeper than a handful of levels. Plimsoll reads 64 levels and refuses \
              more, so that a hostile text cannot exhaust the stack of whatever reads it. Remove the brackets or the \
              indentation that nests so deeply.",
        fails: Example::Document(
            "\
name: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]
",
        ),
        passes: Example::Document(
            "\
name: shop
services: {}
",
        ),
    },
    None,
);
