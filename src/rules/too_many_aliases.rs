//! `too-many-aliases`: aliases repeat too many values.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-many-aliases",
    Explanation {
        title: "Aliases repeat too many values",
        why: "An alias (`*name`) repeats the value that an anchor (`&name`) marks. Aliases of aliases multiply: a \
              few lines can stand for billions of values and exhaust the memory of any program that expands them, an \
              attack known as a billion laughs. Plimsoll repeats at most 100,000 values. Write such values out, or \
              use fewer aliases.",
        fails: Example::Document(
            "\
x0: &x0 [a, a, a, a, a, a, a, a, a, a]
x1: &x1 [*x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0, *x0]
x2: &x2 [*x1, *x1, *x1, *x1, *x1, *x1, *x1, *x1, *x1, *x1]
x3: &x3 [*x2, *x2, *x2, *x2, *x2, *x2, *x2, *x2, *x2, *x2]
x4: &x4 [*x3, *x3, *x3, *x3, *x3, *x3, *x3, *x3, *x3, *x3]
x5: &x5 [*x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4, *x4]
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, env: &shared { LOG_LEVEL: info } }
  mailer: { celery: {}, env: *shared }
",
        ),
    },
    Some("https://yaml.org/spec/1.2.2/#71-alias-nodes"),
);
