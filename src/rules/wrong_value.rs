//! `wrong-value`: a value that the field cannot have.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "wrong-value",
    Explanation {
        title: "A value that the field cannot have",
        why: "The value has the right type, but not one of the forms that its field takes: a memory size without a \
              known unit, a host name with an underscore, an absolute path without a leading slash. Docker or \
              Kubernetes would reject it later, or read something else: in Kubernetes `160m` of memory is less than \
              a byte, in Compose it is 160 MiB. The field keeps its default until the value is corrected as the \
              finding says.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, memory: { limit: 160m } }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, memory: { limit: 160Mi } }
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#meaning-of-memory"),
);
