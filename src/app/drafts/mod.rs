//! The person's drafts: the one in the editor, and those that something else replaced. All are saved at once, and no
//! text that a person typed in any tab is lost ([`plimsoll::view::drafts`] explains how).

mod browser;
mod menu;

use crate::app::notice::Notice;
use crate::app::storage::{self, NotSaved};
use browser::Browser;
use leptos::prelude::*;
pub use menu::DraftMenu;
use plimsoll::view::drafts::{Draft, DraftStore, Heard, SavedTo};

/// The person's drafts.
#[derive(Clone, Copy)]
pub struct Drafts {
    store: StoredValue<DraftStore<Browser>>,
    /// Notifies that another draft is shown, or that one was renamed.
    changed: RwSignal<()>,
    not_kept: RwSignal<Option<NotSaved>>,
    deleted: RwSignal<Option<Draft>>,
}

impl Drafts {
    /// Loads the drafts of this browser.
    pub fn load() -> Self {
        let store = DraftStore::new(Browser, storage::load_of_tab(storage::DRAFT));
        let drafts = Self {
            store: StoredValue::new(store),
            changed: RwSignal::new(()),
            not_kept: RwSignal::new(None),
            deleted: RwSignal::new(None),
        };
        drafts.note_key();
        drafts
    }

    /// The text of the current draft.
    pub fn text(self) -> String {
        self.store.with_value(|store| store.text().to_owned())
    }

    /// The name that the person gave the current draft.
    pub fn name(self) -> Option<String> {
        self.changed.track();
        self.store.with_value(|store| store.name().map(str::to_owned))
    }

    /// Why the current draft is not saved, if it is not.
    pub fn not_kept(self) -> Signal<Option<NotSaved>> {
        self.not_kept.into()
    }

    /// Saves `text` whenever it changes, and shows a notice when another tab changes the same draft.
    pub fn follow(self, text: Signal<String>, notice: RwSignal<Option<Notice>>) {
        let save = move || match text.with_untracked(|text| self.update(|store| store.save(text))) {
            Some(Ok(kept)) => {
                self.not_kept.set(None);
                if kept == SavedTo::New {
                    notice.set(Some(Notice::WentApart));
                }
            }
            Some(Err(why)) => self.not_kept.set(Some(why)),
            None => {}
        };
        Effect::watch(move || text.track(), move |(), _, _| save(), false);
        let heard = window_event_listener(leptos::ev::storage, move |event| {
            let Some(key) = event.key() else { return };
            let before = event.old_value();
            match self.store.with_value(|store| store.heard(&key, before.as_deref())) {
                Some(Heard::GoesOn) => notice.set(Some(Notice::ChangedElsewhere)),
                Some(Heard::WrittenOver) => save(),
                None => self.changed.set(()),
            }
        });
        on_cleanup(move || heard.remove());
    }

    /// Replaces `text`, which the editor shows, by `next`.
    pub fn put_away(self, text: &str, next: &str) {
        self.update(|store| store.put_away(text, next));
    }

    /// Replaces `text`, which the editor shows, by the draft `key`, and returns that draft's text.
    pub fn take(self, key: &str, text: &str) -> Option<String> {
        self.update(|store| store.take(key, text)).flatten()
    }

    /// Takes the version of the current draft that another tab saved. If it differs, `text`, which the editor shows, is
    /// saved first.
    pub fn take_theirs(self, text: &str) -> Option<String> {
        let key = self.store.with_value(|store| store.key().to_owned());
        self.take(&key, text)
    }

    /// The draft that was shown before.
    pub fn last(self) -> Option<Draft> {
        self.store.with_value(DraftStore::last)
    }

    fn others(self) -> Vec<Draft> {
        self.changed.track();
        self.store.with_value(DraftStore::others)
    }

    fn rename(self, name: &str) {
        self.update(|store| store.rename(name));
    }

    fn delete(self, key: &str) {
        self.deleted.set(self.update(|store| store.delete(key)).flatten());
    }

    fn restore(self) {
        if let Some(draft) = self.deleted.get_untracked() {
            // A draft that the browser does not save lasts as long as the tab.
            self.update(|store| _ = store.restore(draft));
        }
        self.deleted.set(None);
    }

    fn update<T>(self, change: impl FnOnce(&mut DraftStore<Browser>) -> T) -> Option<T> {
        let before = self.store.with_value(|store| store.key().to_owned());
        let outcome = self.store.try_update_value(change);
        if self.store.with_value(|store| store.key() != before) {
            self.note_key();
        }
        self.changed.set(());
        outcome
    }

    /// Remembers across a reload which draft this tab shows.
    fn note_key(self) {
        self.store.with_value(|store| storage::save_of_tab(storage::DRAFT, store.key()));
    }
}
