//! `replicas-with-data`: several replicas of a service that keeps data.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "replicas-with-data",
    Explanation {
        title: "Several replicas of a service that keeps data",
        why: "Replicas of a database are not copies of one another: each would start with an empty disk of its own, \
              and a client would see different data each time it connects. Containers that share one disk overwrite \
              each other's files. Real replication needs an operator or a managed service. Keep one replica, or set \
              `external` and let a provider run the database.",
        fails: Example::Document(
            "\
services:
  db: { postgres: {}, replicas: 2 }
",
        ),
        passes: Example::Document(
            "\
services:
  db: { postgres: {} }
",
        ),
    },
    Some("https://kubernetes.io/docs/tasks/run-application/run-replicated-stateful-application/"),
);
