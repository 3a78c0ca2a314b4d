//! `celery-beat`: Celery beat as an ordinary worker.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "celery-beat",
    Explanation {
        title: "Celery beat as an ordinary worker",
        why: "Celery beat puts tasks into the queue by a timetable. Two of them, such as two replicas or the old and \
              the new pod of a release, send every task twice, and without a folder for its state it forgets when it \
              last ran. Write `celery: { role: beat }`: there is then never more than one, and its state has a \
              place.",
        fails: Example::Document(
            "\
services:
  beat: { python: { worker: celery -A app beat } }
",
        ),
        passes: Example::Document(
            "\
services:
  beat: { celery: { app: app, role: beat } }
",
        ),
    },
    Some("https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler"),
);
