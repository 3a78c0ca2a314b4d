//! `duplicate-host`: a host that is claimed twice.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "duplicate-host",
    Explanation {
        title: "A host that is claimed twice",
        why: "A reverse proxy or a Gateway decides by host name which service gets a request. When two services or \
              environments claim the same host, one of them never receives any, and which one depends on the proxy. \
              Give each its own host, such as `api.example.com` and `admin.example.com`.",
        fails: Example::Document(
            "\
server: {}
services:
  shop: { python: {}, public: { host: example.com } }
  admin: { python: { source: admin }, port: 8001, public: { host: example.com } }
",
        ),
        passes: Example::Document(
            "\
server: {}
services:
  shop: { python: {}, public: { host: example.com } }
  admin: { python: { source: admin }, port: 8001, public: { host: admin.example.com } }
",
        ),
    },
    Some("https://gateway-api.sigs.k8s.io/reference/spec/#httproutespec"),
);
