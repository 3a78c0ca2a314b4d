//! `two-image-names`: two names for one image.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "two-image-names",
    Explanation {
        title: "Two names for one image",
        why: "Services with the same code, built alike, share one image, so that it is built and stored once and all \
              of them run the same version. Such an image cannot have two names. Name it in one of the services \
              only, or give the services different sources.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, image: \"acme/api:1.4\" }
  mailer: { celery: {}, image: \"acme/mailer:1.4\" }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, image: \"acme/shop:1.4\" }
  mailer: { celery: {} }
",
        ),
    },
    None,
);
