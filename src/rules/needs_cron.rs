//! `needs-cron`: a timetable on a server, which Compose cannot keep.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "needs-cron",
    Explanation {
        title: "A timetable on a server, which Compose cannot keep",
        why: "Kubernetes starts a `schedule` by a CronJob. Compose starts nothing by the clock, so on a server the \
              job would never run by itself. Let the server's own cron start it with the command that DEPLOY.md \
              gives.",
        fails: Example::Document(
            "\
server: {}
services:
  report: { python: { worker: python report.py }, schedule: \"0 3 * * *\" }
",
        ),
        passes: Example::Document(
            "\
cluster: {}
services:
  report: { python: { worker: python report.py }, schedule: \"0 3 * * *\" }
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/"),
);
