//! `files-disagree`: the generated files contradict each other.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "files-disagree",
    Explanation {
        title: "The generated files contradict each other",
        why: "The Dockerfile, compose.yaml and the manifests follow from one document, so they must agree on every \
              port, name, variable and limit. `plimsoll check` reads the files back and compares them. A difference \
              is a bug in Plimsoll and not in your document: please report it, with the document.",
        fails: Example::Prose("No document should cause this finding: it reports a bug in Plimsoll."),
        passes: Example::Prose("Every document whose generated files agree, as `plimsoll check` confirms at its end."),
    },
    None,
);
