//! `not-a-dns-label`: a name that is not a DNS label.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "not-a-dns-label",
    Explanation {
        title: "A name that is not a DNS label",
        why: "Services reach one another by name, and the name becomes a Kubernetes object and a host on Compose's \
              network. Both accept DNS labels only: lower-case letters, digits and `-`, a letter first, at most 63 \
              characters. Kubernetes rejects a manifest with any other name. Use the name that the finding suggests.",
        fails: Example::Document(
            "\
services:
  My_API: { python: {} }
",
        ),
        passes: Example::Document(
            "\
services:
  my-api: { python: {} }
",
        ),
    },
    Some("https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names"),
);
