//! `port-taken`: a port of the server that is already taken.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "port-taken",
    Explanation {
        title: "A port of the server that is already taken",
        why: "A port of a machine belongs to one container. Docker refuses to start the second one with `port is \
              already allocated`, and several replicas of one service collide in the same way. Give `publish` \
              another port, or make the services `public`, so that the reverse proxy shares ports 80 and 443 among \
              them.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, publish: 8000 }
  admin: { python: { source: admin }, publish: 8000 }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, publish: 8000 }
  admin: { python: { source: admin }, publish: 8001 }
",
        ),
    },
    Some("https://docs.docker.com/engine/network/port-publishing/"),
);
