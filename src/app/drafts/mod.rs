//! The person's texts: the one in the editor, and those that something else took the place of. All are kept at once, and
//! nothing that a person wrote in any tab is lost ([`plimsoll::view::drafts`] says how).

mod browser;
mod menu;

use crate::app::notice::Notice;
use crate::app::storage::{self, NotSaved};
use browser::Browser;
use leptos::prelude::*;
pub use menu::DraftMenu;
use plimsoll::view::drafts::{Draft, DraftStore, Heard, SavedTo};

/// The person's texts.
#[derive(Clone, Copy)]
pub struct Drafts {
    store: StoredValue<DraftStore<Browser>>,
    /// Tells that another draft is shown, or that one has another name.
    changed: RwSignal<()>,
    not_kept: RwSignal<Option<NotSaved>>,
    deleted: RwSignal<Option<Draft>>,
}

impl Drafts {
    /// Those that this browser kept.
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

    /// The text that this tab shows first.
    pub fn text(self) -> String {
        self.store.with_value(|store| store.text().to_owned())
    }

    /// What the person named the draft in the editor.
    pub fn name(self) -> Option<String> {
        self.changed.track();
        self.store.with_value(|store| store.name().map(str::to_owned))
    }

    /// Why the text in the editor is not kept, while it is not.
    pub fn not_kept(self) -> Signal<Option<NotSaved>> {
        self.not_kept.into()
    }

    /// Keeps `text` whenever it changes, and says when another tab changes the same draft.
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

    /// Makes room in the editor, which holds `text`, for `next`.
    pub fn put_away(self, text: &str, next: &str) {
        self.update(|store| store.put_away(text, next));
    }

    /// Makes room in the editor, which holds `text`, for the draft `key`, and returns what that says.
    pub fn take(self, key: &str, text: &str) -> Option<String> {
        self.update(|store| store.take(key, text)).flatten()
    }

    /// What another tab made of the draft in the editor, which holds `text`. That is put away, if it is other.
    pub fn take_theirs(self, text: &str) -> Option<String> {
        let key = self.store.with_value(|store| store.key().to_owned());
        self.take(&key, text)
    }

    /// The draft that was last put away.
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
            // What the browser refuses lasts as long as the tab, as it did before.
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

    /// Remembers over a reload which draft this tab shows.
    fn note_key(self) {
        self.store.with_value(|store| storage::save_of_tab(storage::DRAFT, store.key()));
    }
}
