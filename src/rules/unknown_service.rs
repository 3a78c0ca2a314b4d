//! `unknown-service`: a service that does not exist.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unknown-service",
    Explanation {
        title: "A service that does not exist",
        why: "`needs` decides the order of starting and the network policies. A name that no service has would leave \
              the container waiting for something that never comes, so Plimsoll leaves it out. Correct the spelling, \
              or add the service to `services`.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, needs: [bd] }
  db: { postgres: {} }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, needs: [db] }
  db: { postgres: {} }
",
        ),
    },
    Some("https://docs.docker.com/compose/how-tos/startup-order/"),
);
