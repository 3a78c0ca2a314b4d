//! `one-zone`: a zone is to be survived, and there is only one.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "one-zone",
    Explanation {
        title: "A zone is to be survived, and there is only one",
        why: "`survive: zone` promises that the deployment goes on when a data centre fails. With all nodes in one \
              zone it fails as a whole, whatever the number of replicas. Give a group of nodes `zones: 2` or more.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster:
  survive: zone
  nodes: [{ count: 2, zones: 1 }]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 3 }
cluster:
  survive: zone
  nodes: [{ count: 3, zones: 3 }]
",
        ),
    },
    Some("https://kubernetes.io/docs/setup/best-practices/multiple-zones/"),
);
