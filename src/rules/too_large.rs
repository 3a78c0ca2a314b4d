//! `too-large`: the text is larger than 1 MiB.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-large",
    Explanation {
        title: "The text is larger than 1 MiB",
        why: "A document that describes a deployment has a few kilobytes. Plimsoll reads at most 1 MiB, so that a \
              file that was opened by mistake, or a hostile one, cannot stall the editor. Check that this is the \
              file you meant; split a document that is really that long.",
        fails: Example::Prose("A text of more than 1 MiB (1,048,576 bytes)."),
        passes: Example::Prose("A text of at most 1 MiB."),
    },
    None,
);
