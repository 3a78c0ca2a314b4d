//! The state of the document that changes of its files are told against.

use crate::app::engine::Engine;
use crate::app::storage::{self, NotKept};
use leptos::prelude::*;
use leptos::task;
use plimsoll::engine::Generate;
use plimsoll::generate::Artifact;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// The event since which changes are marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Since {
    /// There is nothing to compare with.
    Never,
    /// The document was opened.
    Opened,
    /// The person kept a state.
    Kept,
}

/// The state: the text as it was opened, or as the person kept it. It outlives a reload.
#[derive(Clone, Copy)]
pub struct Kept {
    state: RwSignal<State>,
    files: RwSignal<Arc<Vec<Artifact>>>,
    /// Whether anybody has asked for them: who does not look at the files starts no worker for these.
    are_wanted: RwSignal<bool>,
    trouble: RwSignal<Option<NotKept>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    is_kept: bool,
    text: String,
}

impl Kept {
    /// The state that this browser kept; else `text`, as it is opened.
    pub fn load(text: &str, engine: Engine) -> Self {
        let known = storage::load(storage::KEPT).and_then(|json| serde_json::from_str(&json).ok());
        let state = known.unwrap_or_else(|| State { is_kept: false, text: text.to_owned() });
        let kept = Self {
            state: RwSignal::new(state),
            files: RwSignal::default(),
            are_wanted: RwSignal::new(false),
            trouble: RwSignal::new(None),
        };
        Effect::new(move || {
            if !kept.are_wanted.get() {
                return;
            }
            let text = kept.state.with(|state| state.text.clone());
            if text.trim().is_empty() {
                kept.files.set(Arc::default());
                return;
            }
            task::spawn_local(async move {
                let files = engine.ask(Generate { text: text.clone() }).await.unwrap_or_default();
                // Another state may have taken its place meanwhile.
                if kept.state.with_untracked(|state| state.text == text) {
                    kept.files.set(Arc::new(files));
                }
            });
        });
        kept
    }

    /// The person opened another document.
    pub fn opened(self, text: String) {
        self.set(State { is_kept: false, text });
    }

    /// The person wants to see what changes from here on.
    pub fn keep(self, text: String) {
        self.set(State { is_kept: true, text });
    }

    /// Its files; none before there is a document, and before they have come.
    pub fn files(self) -> ReadSignal<Arc<Vec<Artifact>>> {
        if !self.are_wanted.get_untracked() {
            self.are_wanted.set(true);
        }
        self.files.read_only()
    }

    /// Since when changes are told.
    pub fn since(self) -> Since {
        match (self.files.with(|files| files.is_empty()), self.state.with(|state| state.is_kept)) {
            (true, _) => Since::Never,
            (false, false) => Since::Opened,
            (false, true) => Since::Kept,
        }
    }

    /// Whether the browser did not keep it.
    pub fn is_lost_on_leaving(self) -> bool {
        self.trouble.get().is_some()
    }

    fn set(self, state: State) {
        let json = serde_json::to_string(&state).unwrap_or_default();
        self.trouble.set(storage::save(storage::KEPT, &json).err());
        self.state.set(state);
    }
}
