//! The files that follow from the text, which are half of the engine's work: while somebody looks at them they come along
//! with each answer, and otherwise they are not made.

use super::Live;
use crate::app::engine::Engine;
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::Generate;
use plimsoll::generate::Artifact;
use std::sync::Arc;

/// What there is of files.
#[derive(Debug, Default)]
pub struct Made {
    /// The text that is shown: the last that gave something.
    pub text: Arc<str>,
    /// Its files, in the order in which a person reads them, once they are made.
    pub files: Option<Arc<Vec<Artifact>>>,
    /// Whether somebody looks at them.
    pub are_shown: bool,
}

impl Live {
    /// The files of what is shown, once they are there; those of the text before while these are not. They are made for as
    /// long as whoever asks for them is there.
    pub fn files(self, engine: Engine) -> Memo<Option<Arc<Vec<Artifact>>>> {
        let made = self.made;
        made.update_untracked(|made| made.are_shown = true);
        on_cleanup(move || _ = made.try_update_untracked(|made| made.are_shown = false));
        Effect::new(move || {
            let Some(text) = made.with(|made| made.files.is_none().then(|| Arc::clone(&made.text))) else { return };
            task::spawn_local(async move {
                let Ok(files) = engine.ask(Generate { text: text.to_string() }).await else { return };
                // Another text may be shown by now.
                if made.with_untracked(|made| Arc::ptr_eq(&made.text, &text)) {
                    made.update(|made| made.files = Some(Arc::new(files)));
                }
            });
        });
        let files = move |last: Option<&Option<Arc<_>>>| made.with(|made| made.files.clone()).or_else(|| last?.clone());
        let are_others = |before: Option<&Option<Arc<_>>>, after: Option<&Option<Arc<_>>>| {
            let at = |files: Option<&Option<Arc<_>>>| files.and_then(Option::as_ref).map(Arc::as_ptr);
            before.is_none() || at(before) != at(after)
        };
        Memo::new_with_compare(files, are_others)
    }
}
