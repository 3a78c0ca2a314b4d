//! `not-in-image`: a program that is not in the image.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "not-in-image",
    Explanation {
        title: "A program that is not in the image",
        why: "Images are built in stages. Tools that install or compile, such as `uv`, `poetry`, `pnpm` or `go`, \
              stay in the first stage; the last one holds what they made, which keeps it small and gives an attacker \
              less to use. A command that starts one of them fails with `executable file not found`. Run the program \
              itself: `celery -A app worker` instead of `uv run celery -A app worker`.",
        fails: Example::Document(
            "\
services:
  worker: { python: { worker: \"uv run python worker.py\" } }
",
        ),
        passes: Example::Document(
            "\
services:
  worker: { python: { worker: python worker.py } }
",
        ),
    },
    Some("https://docs.docker.com/build/building/multi-stage/"),
);
