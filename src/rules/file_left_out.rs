//! `file-left-out`: a file that runs is not copied into the image.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "file-left-out",
    Explanation {
        title: "A file that runs is not copied into the image",
        why: "`files` limits what is copied into the image. A module that the command imports, or a configuration \
              that a step reads, is then missing, and the container stops at its start with `ModuleNotFoundError` or \
              `No such file`. Add the file that the finding names, or remove `files` to copy the whole source.",
        fails: Example::Document(
            "\
services:
  api: { python: { app: \"app.main:app\", files: [other] } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: { app: \"app.main:app\", files: [app] } }
",
        ),
    },
    Some("https://docs.docker.com/reference/dockerfile/#copy"),
);
