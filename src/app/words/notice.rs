//! What is said about something that just happened.

use crate::app::file::{Foreign, NotOpened};
use crate::app::notice::Before;

pub const KEPT: &str = "Your own text is kept.";
pub const BRING_BACK: &str = "Bring it back";
pub const FROM_LINK: &str = "This is the text of the link.";
pub const FROM_LINK_KEPT: &str = "This is the text of the link. Your own text is kept.";
pub const NOT_DOWNLOADED: &str = "The files could not be packed. Copy them one by one from Files.";
pub const CHANGED_ELSEWHERE: &str = "This draft was changed in another tab.";
pub const SHOW: &str = "Show the change";
pub const WENT_APART: &str =
    "This draft was changed in another tab too. Both texts are kept: this tab goes on in a draft of its own.";
pub const CLOSE: &str = "Close this message";
pub const NEW_RELEASE: &str = "A newer version of this page is ready. Your text is kept.";
pub const OPEN_RELEASE: &str = "Open it";

/// What is said of a link that does not open.
pub fn bad_link(why: &str) -> String {
    format!("{why}. Your text is as it was.")
}

/// What was pasted.
pub const THIS: &str = "This text";

/// What is said of a file that was opened.
pub fn from_file(name: &str, what: Option<Foreign>, before: Before) -> String {
    let what = what.map_or_else(|| format!("This is {name}."), |what| foreign(name, what));
    match before {
        Before::Own => format!("{what} {KEPT}"),
        Before::Nothing => what,
    }
}

/// What Plimsoll makes today of a text that is not its own.
pub fn foreign(name: &str, what: Foreign) -> String {
    match what {
        Foreign::Compose => format!(
            "{name} is a Compose file, which Plimsoll cannot convert yet. Its services are read; Advice names each key \
             that has another name here, or none."
        ),
        Foreign::Kubernetes => {
            format!(
                "{name} is made for Kubernetes, which Plimsoll writes but does not read yet. Describe its services here."
            )
        }
        Foreign::Dockerfile => {
            format!(
                "{name} is a Dockerfile, which Plimsoll does not read yet. A service can name it: `dockerfile: {{ path: Dockerfile }}`."
            )
        }
        Foreign::Json => format!("{name} is JSON. That is read like YAML, if it is a Plimsoll document."),
    }
}

pub fn bad_file(why: NotOpened) -> String {
    match why {
        NotOpened::TooLarge => "This file is larger than 1 MiB, the most that a document has. Your text is as it was.",
        NotOpened::NotText => "This file is no text in UTF-8. Your text is as it was.",
        NotOpened::NotRead => "The browser cannot read this file. Your text is as it was.",
    }
    .to_owned()
}
