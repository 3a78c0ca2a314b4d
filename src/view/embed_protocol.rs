//! The messages between the embedded page and its host, as `docs/embedding.md` describes them: JSON texts with a
//! version and a type. Anything else is ignored.

use crate::plan::simulate::ScenarioKind;
use crate::yaml::tree::MAX_TEXT;
use serde::{Deserialize, Serialize};

/// The version of the protocol.
const VERSION: u32 = 1;
/// The longest message in UTF-16 code units: JSON writes up to six for one of a text.
pub const LONGEST: usize = 6 * MAX_TEXT + 10_000;
/// The longest path of a file.
const LONGEST_PATH: usize = 1000;

/// A message of the host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostMessage {
    /// The first message: what to show, and how.
    Start(Start),
    /// Replaces the text.
    Value(String),
    /// Changes the theme.
    Theme(Scheme),
}

/// What to show, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Start {
    /// The document.
    pub value: String,
    /// The views of it.
    pub view: Views,
    /// The path of the file that is shown first; there may be no such file.
    pub file: String,
    /// The scenario of the plan.
    pub scenario: Option<ScenarioKind>,
    /// Whether the document is read-only.
    pub readonly: bool,
    /// The theme.
    pub theme: Scheme,
}

/// The views of a document, beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Views {
    /// The generated files.
    Files,
    /// The plan.
    Plan,
    /// Both, in tabs.
    Both,
    /// The diagram.
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

/// Why a message is ignored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ignored {
    /// It is not of the protocol, or of another version.
    Foreign,
    /// Its text is longer than a document may be.
    TooLong,
}

/// A raw message: every type has some of these fields.
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

/// Reads a message. Invalid settings, such as an unknown view, become the default.
///
/// # Errors
/// Returns why the message is ignored.
pub fn read(json: &str) -> Result<HostMessage, Ignored> {
    let raw: Raw = serde_json::from_str(json).map_err(|_| Ignored::Foreign)?;
    if raw.plimsoll != VERSION {
        return Err(Ignored::Foreign);
    }
    if raw.value.len() > MAX_TEXT {
        return Err(Ignored::TooLong);
    }
    let theme = if raw.theme == "dark" { Scheme::Dark } else { Scheme::Light };
    match raw.r#type.as_str() {
        "start" => Ok(HostMessage::Start(Start {
            value: raw.value,
            view: match raw.view.as_str() {
                "files" => Views::Files,
                "plan" => Views::Plan,
                "diagram" => Views::Diagram,
                _ => Views::Both,
            },
            file: if raw.file.len() > LONGEST_PATH { String::new() } else { raw.file },
            scenario: raw.scenario.parse().ok(),
            readonly: raw.readonly,
            theme,
        })),
        "value" => Ok(HostMessage::Value(raw.value)),
        "theme" => Ok(HostMessage::Theme(theme)),
        _ => Err(Ignored::Foreign),
    }
}

/// A message of the frame.
#[derive(Debug, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum FrameMessage<'a> {
    /// The frame listens.
    Hello,
    /// The frame would fill this height, in pixels.
    Height {
        /// The height.
        height: u32,
    },
    /// The frame shows the analysis.
    Ready,
    /// The text changed, and its analysis is shown.
    Change {
        /// The text.
        value: &'a str,
        /// The number of its errors.
        errors: usize,
        /// The verdict of the plan; empty if there is none.
        sentence: &'a str,
    },
    /// Something failed.
    Error {
        /// The reason, in a sentence.
        message: &'a str,
    },
}

/// Writes a message.
pub fn write(message: &FrameMessage) -> String {
    #[derive(Serialize)]
    struct Versioned<'a> {
        plimsoll: u32,
        #[serde(flatten)]
        message: &'a FrameMessage<'a>,
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
            view: Views::Files,
            file: "Dockerfile".to_owned(),
            scenario: Some(ScenarioKind::NodeLoss),
            readonly: true,
            theme: Scheme::Dark,
        };
        assert_eq!(read(json), Ok(HostMessage::Start(start)));
    }

    #[test]
    fn what_an_author_leaves_out_or_gets_wrong_becomes_what_is_usual() {
        let usual = Start {
            value: String::new(),
            view: Views::Both,
            file: String::new(),
            scenario: None,
            readonly: false,
            theme: Scheme::Light,
        };
        assert_eq!(read(r#"{"plimsoll":1,"type":"start"}"#), Ok(HostMessage::Start(usual.clone())));
        let wrong = r#"{"plimsoll":1,"type":"start","view":"<b>","scenario":"storm","theme":"blue"}"#;
        assert_eq!(read(wrong), Ok(HostMessage::Start(usual.clone())));
        let path = format!(r#"{{"plimsoll":1,"type":"start","file":"{}"}}"#, "x".repeat(LONGEST_PATH + 1));
        assert_eq!(read(&path), Ok(HostMessage::Start(usual)));
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
            assert_eq!(read(json), Err(Ignored::Foreign), "{}", &json[..json.len().min(80)]);
        }
    }

    #[test]
    fn a_text_that_no_document_can_have_is_told_as_such() {
        let json = |length| format!(r#"{{"plimsoll":1,"type":"value","value":"{}"}}"#, "x".repeat(length));
        assert_eq!(read(&json(MAX_TEXT)), Ok(HostMessage::Value("x".repeat(MAX_TEXT))));
        assert_eq!(read(&json(MAX_TEXT + 1)), Err(Ignored::TooLong));
        assert!(LONGEST > json(MAX_TEXT * r"".len()).len(), "the longest text fits, whatever is in it");
    }

    #[test]
    fn messages_are_written_as_the_documentation_has_them() {
        assert_eq!(write(&FrameMessage::Hello), r#"{"plimsoll":1,"type":"hello"}"#);
        assert_eq!(write(&FrameMessage::Ready), r#"{"plimsoll":1,"type":"ready"}"#);
        let error = FrameMessage::Error { message: "No" };
        assert_eq!(write(&error), r#"{"plimsoll":1,"type":"error","message":"No"}"#);
        assert_eq!(write(&FrameMessage::Height { height: 480 }), r#"{"plimsoll":1,"type":"height","height":480}"#);
        let change = FrameMessage::Change { value: "a: \"b\"\n", errors: 1, sentence: "" };
        assert_eq!(write(&change), r#"{"plimsoll":1,"type":"change","value":"a: \"b\"\n","errors":1,"sentence":""}"#);
    }
}
