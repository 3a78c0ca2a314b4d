//! `processes-of-the-machine`: the number of processes depends on the machine.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "processes-of-the-machine",
    Explanation {
        title: "The number of processes depends on the machine",
        why: "Celery and Dramatiq start a process for each processor that they see, which in a container is the \
              machine's number and not the limit's. On a node with 32 cores, a worker that was tried on a laptop \
              with 4 needs eight times the memory and is killed. Write the number out, such as `--concurrency 2`.",
        fails: Example::Document(
            "\
services:
  worker: { python: { worker: celery -A app worker } }
",
        ),
        passes: Example::Document(
            "\
services:
  worker: { python: { worker: celery -A app worker --concurrency 2 } }
",
        ),
    },
    Some("https://docs.celeryq.dev/en/stable/userguide/workers.html#concurrency"),
);
