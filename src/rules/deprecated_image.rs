//! `deprecated-image`: a deprecated base image for Python.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "deprecated-image",
    Explanation {
        title: "A deprecated base image for Python",
        why: "The images `tiangolo/uvicorn-gunicorn-fastapi` and its like were made to start several workers when \
              Uvicorn could not. Uvicorn now does this itself and restarts workers that die, and the images are \
              deprecated: they get no updates and choose the number of workers by the machine's processors, not by \
              its memory. Let Plimsoll build the image from your code.",
        fails: Example::Document(
            "\
services:
  api: { image: \"tiangolo/uvicorn-gunicorn-fastapi:python3.11\", port: 80 }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: { app: \"app.main:app\" } }
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/docker/#base-docker-image"),
);
