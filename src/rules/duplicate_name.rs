//! `duplicate-name`: a name that is already taken.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "duplicate-name",
    Explanation {
        title: "A name that is already taken",
        why: "Names identify things: two services, images, groups of nodes or variables with one name would \
              overwrite each other, and whichever was written last would win. The second one is left out, so part of \
              the deployment would be missing. Give each its own name.",
        fails: Example::Document(
            "\
services:
  api:
    python: {}
    env: { DATABASE_URL: \"postgresql://db/app\" }
    secrets: [DATABASE_URL]
",
        ),
        passes: Example::Document(
            "\
services:
  api:
    python: {}
    secrets: [DATABASE_URL]
",
        ),
    },
    None,
);
