//! `no-kind`: a service does not say what it is.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "no-kind",
    Explanation {
        title: "A service does not say what it is",
        why: "Whether a service is built from Python code, runs a ready image or is a database decides its image, \
              command, port, health check and memory. A service without such a key cannot be deployed, and is left \
              out. Add one of `python`, `celery`, `node`, `go`, `dockerfile`, `image` or the name of a database, \
              cache or queue such as `postgres`.",
        fails: Example::Document(
            "\
services:
  api: { port: 8000 }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { image: \"ghcr.io/acme/api:1.4\", port: 8000 }
",
        ),
    },
    None,
);
