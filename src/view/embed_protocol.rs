//! What the page around it and the frame say to each other, as `docs/embedding.md` has it: JSON texts, each with the
//! version and its kind. Whatever else comes is nothing.

use crate::plan::simulate::ScenarioKind;
use crate::yaml::tree::MAX_TEXT;
use serde::{Deserialize, Serialize};

/// The version that both sides have to speak.
const VERSION: u32 = 1;
/// No message is longer, in UTF-16 code units: JSON writes one of a text with up to six.
pub const LONGEST: usize = 6 * MAX_TEXT + 10_000;
/// No path of a file is longer.
const LONGEST_PATH: usize = 1000;

/// What the page around it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// What to show, and how; said once.
    Start(Start),
    /// Another text.
    Value(String),
    /// Other colours.
    Theme(Scheme),
}

/// What to show, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The document.
    pub value: String,
    /// What is shown of it.
    pub view: Shown,
    /// The path of the file that is shown first; it may be none of those there are.
    pub file: String,
    /// What happens in the plan.
    pub scenario: Option<ScenarioKind>,
    /// Whether the document is only to be read.
    pub readonly: bool,
    /// The colours.
    pub theme: Scheme,
}

/// What is shown of a document, beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The generated files.
    Files,
    /// The plan.
    Plan,
    /// Both, one at a time.
    Both,
    /// The picture.
    Diagram,
}

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// Why a message is not heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotHeard {
    /// It is none of these, or of another version.
    Foreign,
    /// Its text is longer than a document can be.
    TooLong,
}

/// A message as it comes: every kind has some of these.
#[derive(Deserialize)]
struct Raw {
    plimsoll: u32,
    r#type: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    view: String,
    #[serde(default)]
    file: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    readonly: bool,
    #[serde(default)]
    theme: String,
}

/// Reads a message. What an author got wrong, such as a view that there is not, becomes what is usual.
///
/// # Errors
/// Why it is none.
pub fn read(json: &str) -> Result<Told, NotHeard> {
    let raw: Raw = serde_json::from_str(json).map_err(|_| NotHeard::Foreign)?;
    if raw.plimsoll != VERSION {
        return Err(NotHeard::Foreign);
    }
    if raw.value.len() > MAX_TEXT {
        return Err(NotHeard::TooLong);
    }
    let theme = if raw.theme == "dark" { Scheme::Dark } else { Scheme::Light };
    match raw.r#type.as_str() {
        "start" => Ok(Told::Start(Start {
            value: raw.value,
            view: match raw.view.as_str() {
                "files" => Shown::Files,
                "plan" => Shown::Plan,
                "diagram" => Shown::Diagram,
                _ => Shown::Both,
            },
            file: if raw.file.len() > LONGEST_PATH { String::new() } else { raw.file },
            scenario: raw.scenario.parse().ok(),
            readonly: raw.readonly,
            theme,
        })),
        "value" => Ok(Told::Value(raw.value)),
        "theme" => Ok(Told::Theme(theme)),
        _ => Err(NotHeard::Foreign),
    }
}

/// What the frame says.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Say<'a> {
    /// It listens.
    Hello,
    /// It would fill this height, in pixels.
    Height {
        /// The height.
        height: u32,
    },
    /// It shows what follows from the text.
    Ready,
    /// The text became another, and what follows from it is shown.
    Change {
        /// The text.
        value: &'a str,
        /// How many errors it has.
        errors: usize,
        /// The plan's answer; empty, while there is none.
        sentence: &'a str,
    },
    /// Something does not work.
    Error {
        /// What, in a sentence.
        message: &'a str,
    },
}

/// Writes a message.
pub fn write(message: &Say) -> String {
    #[derive(Serialize)]
    struct Versioned<'a> {
        plimsoll: u32,
        #[serde(flatten)]
        message: &'a Say<'a>,
    }
    serde_json::to_string(&Versioned { plimsoll: VERSION, message }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_start_is_read_with_all_that_it_says() {
        let json = r#"{"plimsoll":1,"type":"start","value":"name: a\n","view":"files","file":"Dockerfile",
            "scenario":"node-loss","readonly":true,"theme":"dark","later":[1]}"#;
        let start = Start {
            value: "name: a\n".to_owned(),
            view: Shown::Files,
            file: "Dockerfile".to_owned(),
            scenario: Some(ScenarioKind::NodeLoss),
            readonly: true,
            theme: Scheme::Dark,
        };
        assert_eq!(read(json), Ok(Told::Start(start)));
    }

    #[test]
    fn what_an_author_leaves_out_or_gets_wrong_becomes_what_is_usual() {
        let usual = Start {
            value: String::new(),
            view: Shown::Both,
            file: String::new(),
            scenario: None,
            readonly: false,
            theme: Scheme::Light,
        };
        assert_eq!(read(r#"{"plimsoll":1,"type":"start"}"#), Ok(Told::Start(usual.clone())));
        let wrong = r#"{"plimsoll":1,"type":"start","view":"<b>","scenario":"storm","theme":"blue"}"#;
        assert_eq!(read(wrong), Ok(Told::Start(usual.clone())));
        let path = format!(r#"{{"plimsoll":1,"type":"start","file":"{}"}}"#, "x".repeat(LONGEST_PATH + 1));
        assert_eq!(read(&path), Ok(Told::Start(usual)));
    }

    #[test]
    fn what_is_none_of_the_protocol_is_nothing() {
        for json in [
            "",
            "{}",
            "null",
            "[1]",
            "\"start\"",
            r#"{"plimsoll":2,"type":"theme","theme":"dark"}"#,
            r#"{"plimsoll":"1","type":"theme"}"#,
            r#"{"plimsoll":1}"#,
            r#"{"plimsoll":1,"type":"value","value":{"a":1}}"#,
            r#"{"plimsoll":1,"type":"ready"}"#,
            r#"{"plimsoll":1,"type":"theme","theme":"dark"} "#.repeat(2).as_str(),
            "[".repeat(100_000).as_str(),
        ] {
            assert_eq!(read(json), Err(NotHeard::Foreign), "{}", &json[..json.len().min(80)]);
        }
    }

    #[test]
    fn a_text_that_no_document_can_have_is_told_as_such() {
        let json = |length| format!(r#"{{"plimsoll":1,"type":"value","value":"{}"}}"#, "x".repeat(length));
        assert_eq!(read(&json(MAX_TEXT)), Ok(Told::Value("x".repeat(MAX_TEXT))));
        assert_eq!(read(&json(MAX_TEXT + 1)), Err(NotHeard::TooLong));
        assert!(LONGEST > json(MAX_TEXT * r"".len()).len(), "the longest text fits, whatever is in it");
    }

    #[test]
    fn messages_are_written_as_the_documentation_has_them() {
        assert_eq!(write(&Say::Hello), r#"{"plimsoll":1,"type":"hello"}"#);
        assert_eq!(write(&Say::Ready), r#"{"plimsoll":1,"type":"ready"}"#);
        let error = Say::Error { message: "No" };
        assert_eq!(write(&error), r#"{"plimsoll":1,"type":"error","message":"No"}"#);
        assert_eq!(write(&Say::Height { height: 480 }), r#"{"plimsoll":1,"type":"height","height":480}"#);
        let change = Say::Change { value: "a: \"b\"\n", errors: 1, sentence: "" };
        assert_eq!(write(&change), r#"{"plimsoll":1,"type":"change","value":"a: \"b\"\n","errors":1,"sentence":""}"#);
    }
}
