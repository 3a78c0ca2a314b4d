//! `missing-key`: a required key is missing.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "missing-key",
    Explanation {
        title: "A required key is missing",
        why: "Some maps make no sense without a certain key, so there is no default that Plimsoll could use. The \
              entry is left out until the key is there. Add the key that the finding names.",
        fails: Example::Prose(
            "A map without its required key. The fields of this version of the document all have defaults, so that no document causes this finding.",
        ),
        passes: Example::Prose("Any document of this version."),
    },
    None,
);
