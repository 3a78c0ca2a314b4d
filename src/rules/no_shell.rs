//! `no-shell`: shell syntax in a command that no shell reads.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "no-shell",
    Explanation {
        title: "Shell syntax in a command that no shell reads",
        why: "Commands are run directly, without a shell, so that the program gets the signal to stop. `&&`, `>`, \
              `$NAME` and the like are then passed to the program as plain words: nothing is redirected, no variable \
              is replaced and the second command never runs. Write `sh -c '…'` where a shell is needed, with `exec` \
              before the last command.",
        fails: Example::Document(
            "\
services:
  web: { image: \"ghcr.io/acme/web:1.4\", command: \"prepare && serve\" }
",
        ),
        passes: Example::Document(
            "\
services:
  web: { image: \"ghcr.io/acme/web:1.4\", command: \"sh -c 'prepare && exec serve'\" }
",
        ),
    },
    Some("https://docs.docker.com/reference/dockerfile/#exec-form"),
);
