//! The task that the text editor asks for: completion, hover, and the way between paths and places.

use super::{Lane, Place, Task};
use crate::ide::completion::{Suggestion, complete};
use crate::ide::hover::{Help, hover};
use crate::ide::places::{extent, locate, path_at};
use crate::progress::Progress;
use crate::text::{Span, from_utf16, utf16_length};
use serde::{Deserialize, Serialize};

/// Helps to write a text.
///
/// The editor's script asks and reads the answers, both in JSON, so the page passes them on unread. Offsets are UTF-16
/// code units, as scripts count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assist {
    /// The document.
    pub text: String,
    /// The question, such as `{"complete": 17}`.
    pub query: String,
}

/// A question of the editor.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
enum Query {
    /// What can be written at an offset?
    Complete(u32),
    /// What is the field at an offset?
    Hover(u32),
    /// What is the path of the field at an offset?
    PathAt(u32),
    /// Where is the value or key of a path?
    Locate(String),
    /// Where are the key and value of a path?
    Extent(String),
}

/// See [`Completion`](crate::ide::completion::Completion).
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Completed {
    from: u32,
    to: u32,
    is_closed: bool,
    suggestions: Vec<Suggestion>,
}

/// See [`Hover`](crate::ide::hover::Hover).
#[derive(Serialize)]
struct Hovered {
    from: u32,
    to: u32,
    path: String,
    help: Help,
}

impl Task for Assist {
    /// `null` where there is nothing to tell.
    type Answer = String;
    const LANE: Lane = Lane::Editor;

    fn run(self, _: &mut Progress) -> String {
        let answer = match serde_json::from_str(&self.query) {
            Ok(Query::Complete(at)) => json(self.complete(at)),
            Ok(Query::Hover(at)) => json(self.hover(at)),
            Ok(Query::PathAt(at)) => json(Some(path_at(&self.text, from_utf16(&self.text, at)))),
            Ok(Query::Locate(path)) => json(locate(&self.text, &path).map(|span| self.place(span))),
            Ok(Query::Extent(path)) => json(extent(&self.text, &path).map(|span| self.place(span))),
            Err(_) => None,
        };
        answer.unwrap_or_else(|| "null".to_owned())
    }
}

impl Assist {
    fn complete(&self, at: u32) -> Option<Completed> {
        let completion = complete(&self.text, from_utf16(&self.text, at))?;
        let Place { from, to } = self.place(completion.span);
        let mut suggestions = completion.suggestions;
        for suggestion in &mut suggestions {
            let before = suggestion.insert.get(..suggestion.caret).unwrap_or_default();
            suggestion.caret = utf16_length(before) as usize;
        }
        Some(Completed { from, to, is_closed: completion.is_closed, suggestions })
    }

    fn hover(&self, at: u32) -> Option<Hovered> {
        let hover = hover(&self.text, from_utf16(&self.text, at))?;
        let Place { from, to } = self.place(hover.span);
        Some(Hovered { from, to, path: hover.path, help: hover.help })
    }

    fn place(&self, span: Span) -> Place {
        let units = |end: usize| utf16_length(self.text.get(..end).unwrap_or_default());
        Place { from: units(span.start), to: units(span.end) }
    }
}

fn json(answer: Option<impl Serialize>) -> Option<String> {
    serde_json::to_string(&answer?).ok()
}
