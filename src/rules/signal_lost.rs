//! `signal-lost`: the signal to stop does not reach the program.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "signal-lost",
    Explanation {
        title: "The signal to stop does not reach the program",
        why: "Docker and Kubernetes stop a container by a SIGTERM to its first process. npm and a shell do not pass \
              it on: the program works on until it is killed after the grace period, requests and jobs are cut off, \
              and each release takes that much longer. Start the program directly, or write `exec` before the last \
              command of the shell.",
        fails: Example::Document(
            "\
services:
  worker: { node: { worker: npm run work } }
",
        ),
        passes: Example::Document(
            "\
services:
  worker: { node: { worker: node worker.js } }
",
        ),
    },
    Some("https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md#cmd"),
);
