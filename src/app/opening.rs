//! Opening another text: an example, a draft, a link or a file. The text before becomes a draft, and undo restores it
//! as well.

use crate::app::artifacts::state::FilesState;
use crate::app::drafts::Drafts;
use crate::app::file_drop::{self, NotOpened, Opened};
use crate::app::history::History;
use crate::app::notice::{Answer, Before, Notice};
use leptos::prelude::*;
use plimsoll::share::LinkError;
use plimsoll::view::examples::{self, Example};
use plimsoll::view::recognise::recognise;
use plimsoll::view::selection::Selection;

/// Opens texts.
#[derive(Clone, Copy)]
pub struct Opening {
    /// Keeps the text before.
    pub drafts: Drafts,
    /// Takes the new text.
    pub history: History,
    /// The files view, which starts a new baseline.
    pub files: FilesState,
    /// The selection, which is cleared.
    pub selected: RwSignal<Option<Selection>>,
    /// Whether a narrow page shows the text rather than the result.
    pub is_writing: RwSignal<bool>,
    /// The notice.
    pub notice: RwSignal<Option<Notice>>,
}

/// A change of this many bytes at once was pasted rather than typed.
const PASTED: usize = 40;

impl Opening {
    /// Provides itself to all components below, accepts files that are dropped on the page, and shows a notice when the
    /// person pastes a text in another format. Returns whether a file is being dragged over the page.
    pub fn provide(self) -> ReadSignal<bool> {
        provide_context(self);
        Effect::watch(
            move || self.history.text().with(String::len),
            move |now, before, _| {
                if now.abs_diff(before.copied().unwrap_or(0)) >= PASTED
                    && self
                        .notice
                        .with_untracked(|notice| !matches!(notice, Some(Notice::FromFile { .. } | Notice::FromLink(_))))
                    && let Some(foreign) = self.history.text().with_untracked(|text| recognise(text))
                {
                    self.notice.set(Some(Notice::Pasted(foreign)));
                }
            },
            false,
        );
        file_drop::accept_drops(move |file| self.file(file))
    }

    /// The one of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Opens a file that the person chooses.
    pub fn choose_file(self) {
        file_drop::choose(move |file| self.file(file));
    }

    /// Opens an example.
    pub fn example(self, example: &'static Example) {
        let before = self.put(example.text.to_owned());
        self.notice.set((before == Before::Own).then_some(Notice::Kept));
    }

    /// Opens the text of a link.
    pub fn link(self, text: String) {
        if self.text() == text {
            self.notice.set(Some(Notice::FromLink(Before::Nothing)));
            return;
        }
        let before = self.put(text);
        self.notice.set(Some(Notice::FromLink(before)));
    }

    /// Shows why a link cannot be opened.
    pub fn bad_link(self, why: LinkError) {
        self.notice.set(Some(Notice::BadLink(why)));
    }

    /// Opens a file, and shows a notice if it is in another format.
    fn file(self, file: Result<Opened, NotOpened>) {
        let notice = match file {
            Ok(Opened { name, text }) => {
                let foreign = recognise(&text);
                let before = self.put(text);
                Notice::FromFile { name, foreign, before }
            }
            Err(why) => Notice::BadFile(why),
        };
        self.notice.set(Some(notice));
    }

    /// Starts a new draft.
    pub fn start(self, text: String) {
        let before = self.put(text);
        self.notice.set((before == Before::Own).then_some(Notice::Kept));
    }

    /// Opens the draft `key`.
    pub fn draft(self, key: &str) {
        if let Some(text) = self.drafts.take(key, &self.text()) {
            self.show(text);
            self.notice.set(None);
        }
    }

    /// Takes the action of a notice.
    pub fn answer(self, answer: Answer) {
        match answer {
            Answer::BringBack => {
                if let Some(draft) = self.drafts.last() {
                    self.draft(&draft.key);
                }
            }
            Answer::ShowTheirs => {
                if let Some(text) = self.drafts.take_theirs(&self.text()) {
                    self.show(text);
                    self.notice.set(None);
                }
            }
        }
    }

    fn put(self, text: String) -> Before {
        let now = self.text();
        let before = if examples::is_own(&now) { Before::Own } else { Before::Nothing };
        self.drafts.put_away(&now, &text);
        self.show(text);
        before
    }

    fn show(self, text: String) {
        self.files.opened(&text);
        self.history.put(text);
        self.selected.set(None);
        self.is_writing.set(false);
    }

    fn text(self) -> String {
        self.history.text().get_untracked()
    }
}
