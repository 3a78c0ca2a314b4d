//! `circular-needs`: services that wait for each other.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "circular-needs",
    Explanation {
        title: "Services that wait for each other",
        why: "A service starts once everything that it `needs` is healthy. In a circle each waits for the other, so \
              none of them ever starts; Compose refuses such a file. Remove one of the needs: a service that only \
              calls another now and then can start without it and retry.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, needs: [billing] }
  billing: { python: { source: billing }, port: 8001, needs: [api] }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, needs: [billing] }
  billing: { python: { source: billing }, port: 8001 }
",
        ),
    },
    Some("https://docs.docker.com/compose/how-tos/startup-order/"),
);
