//! `not-http`: a public service that does not speak HTTP.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "not-http",
    Explanation {
        title: "A public service that does not speak HTTP",
        why: "`public` puts a reverse proxy with HTTPS in front of a service, and that proxy speaks HTTP. A database \
              or a queue has a protocol of its own, so no request would get through; besides, a database should not \
              be open to the internet. Remove `public`: other services reach it by its name.",
        fails: Example::Document(
            "\
services:
  db: { postgres: {}, public: { host: db.example.com } }
",
        ),
        passes: Example::Document(
            "\
services:
  db: { postgres: {} }
",
        ),
    },
    Some("https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec"),
);
