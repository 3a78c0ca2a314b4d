//! `yaml-syntax`: the text is not valid YAML.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "yaml-syntax",
    Explanation {
        title: "The text is not valid YAML",
        why: "A YAML parser stops at the first syntax error, so nothing after it can be read and no file is \
              generated. The usual causes are a tab that indents a line, a bracket or quote that is never closed, a \
              colon without a space, or an unquoted text that starts with a sign such as `*` or `@`. The finding \
              names the cause at its exact place; most of these errors disappear when the text is put in quotes or \
              its lines are indented alike.",
        fails: Example::Document(
            "\
services:
  api: { python: {}
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {} }
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/"),
);
