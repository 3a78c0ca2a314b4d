//! `too-many`: more entries than Plimsoll plans for.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "too-many",
    Explanation {
        title: "More entries than Plimsoll plans for",
        why: "Lists and counts are bounded, so that a short text cannot ask for gigabytes of files or hours of \
              planning: 1,000 services, 5,000 nodes (the size that Kubernetes itself is tested for), ten steps \
              before a start. Only the first entries are used, and the rest would be missing from the deployment. \
              Remove what you do not need, or split the document.",
        fails: Example::Document(
            "\
services:
  api:
    python: {}
    before_start:
      - { run: python step.py 1 }
      - { run: python step.py 2 }
      - { run: python step.py 3 }
      - { run: python step.py 4 }
      - { run: python step.py 5 }
      - { run: python step.py 6 }
      - { run: python step.py 7 }
      - { run: python step.py 8 }
      - { run: python step.py 9 }
      - { run: python step.py 10 }
      - { run: python step.py 11 }
",
        ),
        passes: Example::Document(
            "\
services:
  api:
    python: {}
    before_start:
      - { run: python all_steps.py }
",
        ),
    },
    Some("https://kubernetes.io/docs/setup/best-practices/cluster-large/"),
);
