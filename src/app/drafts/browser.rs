//! Drafts in this browser's storage, one under each key.

use crate::app::storage::{self, NotSaved};
use js_sys::{Date, Math};
use plimsoll::view::drafts::{Backend, Worth};
use plimsoll::view::examples;

/// The prefix of the drafts' keys; `public/theme.js` checks for it.
const PREFIX: &str = "plimsoll.draft.";

/// This browser.
pub struct Browser;

impl Backend for Browser {
    type Refusal = NotSaved;

    fn keys(&self) -> Vec<String> {
        storage::keys().into_iter().filter(|key| key.starts_with(PREFIX)).collect()
    }

    fn load(&self, key: &str) -> Option<String> {
        storage::load(key)
    }

    fn save(&self, key: &str, value: &str) -> Result<(), NotSaved> {
        storage::save(key, value)
    }

    fn forget(&self, key: &str) {
        storage::forget(key);
    }

    fn worth(&self, text: &str) -> Worth {
        if examples::is_own(text) { Worth::Keeping } else { Worth::Nothing }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "it is less than 2^32, and not negative"
    )]
    fn new_key(&self) -> String {
        format!("{PREFIX}{:x}-{:x}", self.now(), (Math::random() * 4_294_967_296.0) as u32)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "years beyond 285,616 saturate")]
    fn now(&self) -> u64 {
        Date::now() as u64
    }
}
