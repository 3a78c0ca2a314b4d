//! `several-documents`: more than one document in a file.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "several-documents",
    Explanation {
        title: "More than one document in a file",
        why: "A line `---` starts a second YAML document. Plimsoll describes one deployment per file and reads only \
              the first document, so everything after that line has no effect. Keep one document per file, and use \
              `environments` for variants of the same deployment.",
        fails: Example::Document(
            "\
services:
  api: { python: {} }
---
services:
  db: { postgres: {} }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {} }
  db: { postgres: {} }
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/#92-streams"),
);
