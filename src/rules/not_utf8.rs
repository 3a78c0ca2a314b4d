//! `not-utf8`: the file is not UTF-8.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "not-utf8",
    Explanation {
        title: "The file is not UTF-8",
        why: "Plimsoll reads UTF-8, and so do Docker, Compose and Kubernetes. Bytes in another encoding, such as \
              Latin-1 or UTF-16, would silently become other characters in names, commands and variables. Save the \
              file as UTF-8.",
        fails: Example::Prose(
            "A file with bytes that are not UTF-8, such as a text that an editor saved as Latin-1 or UTF-16.",
        ),
        passes: Example::Prose("The same text, saved as UTF-8."),
    },
    Some("https://yaml.org/spec/1.2.2/#52-character-encodings"),
);
