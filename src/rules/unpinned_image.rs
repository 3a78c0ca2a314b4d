//! `unpinned-image`: an image without a version.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unpinned-image",
    Explanation {
        title: "An image without a version",
        why: "`latest`, or no tag at all, means whatever was pushed last. The next pull may bring a new major \
              version, two nodes may run different versions, and a rollback finds the broken one again. Name a \
              version, such as `nginx:1.28`, or a digest.",
        fails: Example::Document(
            "\
services:
  web: { image: ghcr.io/acme/web, port: 80 }
",
        ),
        passes: Example::Document(
            "\
services:
  web: { image: \"ghcr.io/acme/web:1.4\", port: 80 }
",
        ),
    },
    Some("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
);
