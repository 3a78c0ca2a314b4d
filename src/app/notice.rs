//! A notice below the header about something that just happened.

use crate::app::file_drop::NotOpened;
use crate::app::icons;
use crate::app::inline_code::with_code;
use leptos::prelude::*;
use plimsoll::share::LinkError;
use plimsoll::view::recognise::Foreign;

const KEPT: &str = "Your own text is kept.";

/// The event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Another text replaced the person's own, which is kept.
    Kept,
    /// A link was opened; with what it replaced.
    FromLink(Before),
    /// A link cannot be opened.
    BadLink(LinkError),
    /// A file was opened.
    FromFile {
        /// Its name.
        name: String,
        /// Its format, if that is not Plimsoll's own.
        foreign: Option<Foreign>,
        /// What it replaced.
        before: Before,
    },
    /// The pasted text is in another format.
    Pasted(Foreign),
    /// A file cannot be opened.
    BadFile(NotOpened),
    /// Another tab changed the draft that this one shows.
    ChangedElsewhere,
    /// Another tab changed the same draft, so that there are two now.
    WentApart,
    /// The files could not be packed or saved.
    NotDownloaded,
}

/// The text before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The person's own text.
    Own,
    /// Nothing, or an example as it came.
    Nothing,
}

/// The action of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Show the text that was there before.
    BringBack,
    /// Show what the other tab made of the draft.
    ShowTheirs,
}

impl Notice {
    fn words(&self) -> String {
        match self {
            Self::Kept => KEPT,
            Self::FromLink(Before::Own) => "This is the text of the link. Your own text is kept.",
            Self::FromLink(Before::Nothing) => "This is the text of the link.",
            Self::BadLink(why) => return format!("{why}. Your text is as it was."),
            Self::FromFile { name, foreign, before } => return from_file(name, *foreign, *before),
            Self::Pasted(format) => return foreign("This text", *format),
            Self::BadFile(why) => return bad_file(*why),
            Self::ChangedElsewhere => "This draft was changed in another tab.",
            Self::WentApart => {
                "This draft was changed in another tab too. Both texts are kept: this tab goes on in \
                a draft of its own."
            }
            Self::NotDownloaded => "The files could not be packed. Copy them one by one from Files.",
        }
        .to_owned()
    }

    fn answer(&self) -> Option<(Answer, &'static str)> {
        match self {
            Self::Kept | Self::FromLink(Before::Own) | Self::FromFile { before: Before::Own, .. } => {
                Some((Answer::BringBack, "Bring it back"))
            }
            Self::ChangedElsewhere => Some((Answer::ShowTheirs, "Show the change")),
            _ => None,
        }
    }
}

/// The notice, if there is one.
#[component]
pub fn NoticeBar(
    notice: RwSignal<Option<Notice>>,
    /// Called with the chosen action.
    answer: Callback<Answer>,
) -> impl IntoView {
    let line = move |shown: Notice| {
        let button = shown.answer().map(|(what, label)| {
            view! {
                <button type="button" class="button small" on:click=move |_| answer.run(what)>
                    {label}
                </button>
            }
        });
        view! {
            <div class="notice">
                <p>{with_code(&shown.words())}</p>
                {button}
                <button
                    type="button"
                    class="button icon-button small"
                    aria-label="Close this message"
                    on:click=move |_| notice.set(None)
                >
                    {icons::close()}
                </button>
            </div>
        }
    };
    view! {
        <div class="notices" role="status">
            {move || notice.get().map(line)}
        </div>
    }
}

/// Announces a file that was opened.
fn from_file(name: &str, what: Option<Foreign>, before: Before) -> String {
    let what = what.map_or_else(|| format!("This is {name}."), |what| foreign(name, what));
    match before {
        Before::Own => format!("{what} {KEPT}"),
        Before::Nothing => what,
    }
}

/// Says what Plimsoll does with a text in another format.
fn foreign(name: &str, what: Foreign) -> String {
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

fn bad_file(why: NotOpened) -> String {
    match why {
        NotOpened::TooLarge => "This file is larger than 1 MiB, the most that a document has. Your text is as it was.",
        NotOpened::NotText => "This file is not UTF-8 text. Your text is as it was.",
        NotOpened::NotRead => "The browser cannot read this file. Your text is as it was.",
    }
    .to_owned()
}
