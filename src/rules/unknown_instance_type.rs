//! `unknown-instance-type`: an instance type that is not in the table.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "unknown-instance-type",
    Explanation {
        title: "An unknown instance type",
        why: "`type` is the name under which a cloud sells a machine. Plimsoll knows the common types of AWS, Google \
              Cloud, Azure, Hetzner and DigitalOcean, and nothing of one that is not among them: the machine is then \
              planned with `cpu` and `memory`, or their defaults. Correct the spelling, or write what the machine has.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster: { nodes: [{ count: 3, type: t3.smal }] }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, replicas: 2 }
cluster: { nodes: [{ count: 3, type: t3.small }] }
",
        ),
    },
    None,
);
