//! `app-factory`: a function that makes the app is not called.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "app-factory",
    Explanation {
        title: "A function that makes the app is not called",
        why: "Uvicorn and Gunicorn serve an app object. A name such as `create_app` is a function that returns one; \
              served as it is, it fails at the first request. Write the call, `create_app()`: the command is then \
              generated in the form that the server understands.",
        fails: Example::Document(
            "\
services:
  web: { python: { framework: flask, app: \"shop:create_app\" } }
",
        ),
        passes: Example::Document(
            "\
services:
  web: { python: { framework: flask, app: \"shop:create_app()\" } }
",
        ),
    },
    Some("https://flask.palletsprojects.com/en/stable/patterns/appfactories/"),
);
