//! Rules: the stable identities of findings, each with an explanation for people.

use serde::{Serialize, Serializer};

/// A rule that findings refer to.
///
/// Each rule is a static in a file of its own, in `rules` or `advise`. `rulebook` collects them.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// The stable id, such as `unknown-key`.
    pub id: &'static str,
    /// The page of an original source that the rule rests on.
    pub source: Option<&'static str>,
    /// The rationale and examples.
    #[cfg(feature = "rulebook")]
    pub explanation: Explanation,
}

/// The rationale of a rule and its examples.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// The problem in a few words, without a full stop.
    pub title: &'static str,
    /// The consequence of ignoring the finding, and the remedy, in a paragraph.
    pub why: &'static str,
    /// A document with a finding of this rule.
    pub fails: Example,
    /// The same document without it.
    pub passes: Example,
}

/// An example of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Example {
    /// A complete document.
    Document(&'static str),
    /// A description, where a document would be too long to print or cannot exist.
    Prose(&'static str),
}

/// A rule is written as its id.
impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id)
    }
}

impl Rule {
    /// Defines a rule. Without the feature `rulebook`, its explanation is left out of the program.
    pub const fn new(id: &'static str, explanation: Explanation, source: Option<&'static str>) -> Self {
        #[cfg(not(feature = "rulebook"))]
        let _ = explanation;
        Self {
            id,
            source,
            #[cfg(feature = "rulebook")]
            explanation,
        }
    }
}
