//! `no-port`: a service is to be reached but listens on no port.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "no-port",
    Explanation {
        title: "A service is to be reached but listens on no port",
        why: "`public` and `publish` lead traffic to the port on which a service listens. Without a port there is \
              nothing to lead it to, and no Kubernetes Service or proxy route can be written. Add `port`, the number \
              on which the program listens, or remove `public` or `publish`.",
        fails: Example::Document(
            "\
services:
  bot: { image: \"ghcr.io/acme/bot:1.4\", publish: 8080 }
",
        ),
        passes: Example::Document(
            "\
services:
  bot: { image: \"ghcr.io/acme/bot:1.4\", port: 8080, publish: 8080 }
",
        ),
    },
    Some("https://docs.docker.com/reference/compose-file/services/#ports"),
);
