//! A line below the header about something that just happened.

use super::file::{Foreign, NotOpened};
use super::icons;
use super::words::{notice as words, with_code};
use leptos::prelude::*;
use plimsoll::share::LinkError;

/// What just happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// Something took the place of the person's own text, which is kept.
    Kept,
    /// A link was opened; whether the person's own text had to go for it, and is kept.
    FromLink(Before),
    /// A link does not open.
    BadLink(LinkError),
    /// A file was opened.
    FromFile {
        /// Its name.
        name: String,
        /// What it is, if it is not Plimsoll's own.
        foreign: Option<Foreign>,
        /// What had to go for it.
        before: Before,
    },
    /// What was pasted is not Plimsoll's own.
    Pasted(Foreign),
    /// A file is not opened.
    BadFile(NotOpened),
    /// Another tab changed the draft that this one shows.
    ChangedElsewhere,
    /// Another tab changed the same draft, so that there are two now.
    WentApart,
    /// The files could not be packed or saved.
    NotDownloaded,
}

/// What was in the editor before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// The person's own text.
    Own,
    /// Nothing, or an example as it came.
    Nothing,
}

/// What can be done about it.
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
            Self::Kept => words::KEPT,
            Self::FromLink(Before::Own) => words::FROM_LINK_KEPT,
            Self::FromLink(Before::Nothing) => words::FROM_LINK,
            Self::BadLink(why) => return words::bad_link(&why.to_string()),
            Self::FromFile { name, foreign, before } => return words::from_file(name, *foreign, *before),
            Self::Pasted(foreign) => return words::foreign(words::THIS, *foreign),
            Self::BadFile(why) => return words::bad_file(*why),
            Self::ChangedElsewhere => words::CHANGED_ELSEWHERE,
            Self::WentApart => words::WENT_APART,
            Self::NotDownloaded => words::NOT_DOWNLOADED,
        }
        .to_owned()
    }

    fn answer(&self) -> Option<(Answer, &'static str)> {
        match self {
            Self::Kept | Self::FromLink(Before::Own) | Self::FromFile { before: Before::Own, .. } => {
                Some((Answer::BringBack, words::BRING_BACK))
            }
            Self::ChangedElsewhere => Some((Answer::ShowTheirs, words::SHOW)),
            _ => None,
        }
    }
}

/// The line, while there is something to say.
#[component]
pub fn NoticeBar(
    notice: RwSignal<Option<Notice>>,
    /// Called with what the person wants done about it.
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
                    aria-label=words::CLOSE
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
