//! `secret-in-image`: a file of secrets would become a part of the image.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "secret-in-image",
    Explanation {
        title: "A file of secrets would become a part of the image",
        why: "Everything that is copied into an image can be read by anyone who can pull it, also from a layer that \
              a later one deletes. A `.env` file with passwords does not belong there. Remove it from `files`, and \
              list the names of the secrets in `secrets`: they are then passed in at run time.",
        fails: Example::Document(
            "\
services:
  api: { python: { app: \"app.main:app\", files: [app, .env] } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: { app: \"app.main:app\", files: [app] }, secrets: [API_KEY] }
",
        ),
    },
    Some("https://docs.docker.com/build/building/secrets/"),
);
