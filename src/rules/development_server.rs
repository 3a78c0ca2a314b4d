//! `development-server`: a server that is meant for development.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "development-server",
    Explanation {
        title: "A server that is meant for development",
        why: "`--reload`, `fastapi dev`, `flask run` and `manage.py runserver` watch the code, show stack traces to \
              visitors and serve one request after the other. They are neither secure nor fast enough for real \
              traffic, and the process that watches takes memory of its own. Start the production server: Uvicorn \
              without `--reload`, or Gunicorn.",
        fails: Example::Document(
            "\
services:
  api: { image: \"ghcr.io/acme/api:1.4\", command: uvicorn main:app --reload }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { image: \"ghcr.io/acme/api:1.4\", command: uvicorn main:app }
",
        ),
    },
    Some("https://uvicorn.dev/settings/#development"),
);
