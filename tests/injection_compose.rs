//! No text of the document changes the structure of a Dockerfile or of compose.yaml: whatever stands in a free field, a
//! reader of another make finds it there again, and the rest of the file as it was.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by a panic")]

use plimsoll::analyze;
use plimsoll::generate::{Artifact, artifacts};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Texts that mean something to YAML, to a shell, to Compose, to Dockerfiles, or to a JSON array in one.
const NASTY: &[&str] = &[
    "\n",
    "\r\n",
    "\r",
    "\t",
    "'",
    "\"",
    "\\",
    "`id`",
    "$HOME",
    "${KEY:?x}",
    "$$",
    "$(id)",
    "#",
    " # ",
    ": ",
    "- ",
    "---\n",
    "...",
    "&a",
    "*a",
    "!!int 1",
    "<<EOF",
    "RUN id\n",
    "\nUSER 0\n",
    "\"]",
    "[",
    "{",
    "}",
    ",",
    "|",
    ">",
    "%",
    "@",
    "no",
    "0777",
    "1e3",
    "12:30:45",
    "~",
    "null",
    "",
    " ",
    "é",
    "\u{85}",
    "\u{2028}",
    "\u{feff}",
    "\u{7f}",
    "\u{1b}[0m",
    "\u{202e}",
];

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(NASTY).prop_map(str::to_owned),
        1 => any::<char>().prop_filter("no variable or argument can hold NUL", |c| *c != '\0').prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
}

/// The files of a document that has these texts wherever it can have any.
fn files(value: &str, words: &[String]) -> Vec<Artifact> {
    let command = shlex::try_join(words.iter().map(String::as_str)).unwrap();
    // JSON is YAML, and its quoting is not ours.
    let document = json!({
        "name": "shop",
        "services": {
            "bot": {
                "python": { "worker": &command },
                "env": { "VALUE": value },
                "before_start": [{ "run": &command }, { "run": &command, "when": "every-start" }],
            },
            "site": {
                "python": { "framework": "django", "app": "site.wsgi:application", "source": "site" },
                "env": { "VALUE": value },
            },
            "image": { "image": "a/b:1", "command": &command, "env": { "VALUE": value }, "needs": ["bot"] },
        },
    });
    artifacts(&analyze(&document.to_string()).outputs.unwrap().topology)
}

fn text<'a>(files: &'a [Artifact], path: &str) -> &'a str {
    &files.iter().find(|file| file.path == path).unwrap().text
}

/// What Compose makes of a text: `$` of `$$`. One that stands alone would be an expansion.
fn interpolated(value: &Value) -> String {
    let text = value.as_str().unwrap();
    assert_eq!(text.replace("$$", "").find('$'), None, "{text:?} would be expanded");
    text.replace("$$", "$")
}

fn strings(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(interpolated).collect()
}

proptest! {
    #[test]
    fn compose_holds_the_texts_and_is_otherwise_the_same(
        value in hostile(),
        words in prop::collection::vec(hostile(), 1..4),
    ) {
        let mut harmless: Value = serde_yaml::from_str(text(&files("x", &["x".to_owned()]), "compose.yaml")).unwrap();
        let mut compose: Value = serde_yaml::from_str(text(&files(&value, &words), "compose.yaml")).unwrap();
        for service in ["bot", "bot-before-start", "site", "image"] {
            prop_assert_eq!(&interpolated(&compose["services"][service]["environment"]["VALUE"]), &value);
        }
        prop_assert_eq!(&strings(&compose["services"]["bot-before-start"]["command"]), &words);
        prop_assert_eq!(&strings(&compose["services"]["image"]["command"]), &words);
        let bot = strings(&compose["services"]["bot"]["command"]);
        prop_assert_eq!(&bot[4..], &words);
        let mut script = words.clone();
        script.extend(["&&", "exec", "$@"].map(str::to_owned));
        prop_assert_eq!(shlex::split(&bot[2]), Some(script));

        for file in [&mut harmless, &mut compose] {
            for service in ["bot", "bot-before-start", "site", "image"] {
                file["services"][service]["environment"]["VALUE"].take();
                file["services"][service]["command"].take();
            }
        }
        prop_assert_eq!(harmless, compose);
    }

    #[test]
    fn dockerfiles_hold_the_texts_and_have_the_same_lines(
        value in hostile(),
        words in prop::collection::vec(hostile(), 1..4),
    ) {
        let (harmless, files) = (files("x", &["x".to_owned()]), files(&value, &words));
        let is_exec = |line: &&str| line.starts_with("CMD [") || line.starts_with("RUN [");
        for path in ["Dockerfile", "site/Dockerfile"] {
            let rest = |text: &str| text.split('\n').filter(|line| !is_exec(line)).map(str::to_owned).collect::<Vec<_>>();
            prop_assert_eq!(rest(text(&harmless, path)), rest(text(&files, path)));
        }
        let exec = |path: &str, instruction: &str| -> Vec<String> {
            let array = |line: &'_ str| line.strip_prefix(instruction).map(|rest| serde_json::from_str(rest).unwrap());
            text(&files, path).split('\n').filter(|line| is_exec(line)).find_map(array).unwrap()
        };
        prop_assert_eq!(exec("Dockerfile", "CMD "), words);
        let setting = format!("VALUE={value}");
        prop_assert!(exec("site/Dockerfile", "RUN ").contains(&setting));
    }
}
