//! The baseline: the state of the document that its files are compared with.

use crate::app::client::Client;
use crate::app::storage::{self, NotSaved};
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

/// The baseline: the text as it was opened, or as the person kept it. It outlives a reload.
#[derive(Clone, Copy)]
pub struct Baseline {
    state: RwSignal<State>,
    files: RwSignal<Arc<Vec<Artifact>>>,
    /// Whether anybody has asked for them: nobody generates them before the files are looked at.
    are_wanted: RwSignal<bool>,
    trouble: RwSignal<Option<NotSaved>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct State {
    is_kept: bool,
    text: String,
}

impl Baseline {
    /// Loads the baseline that this browser kept; otherwise it is `text`, as opened.
    pub fn load(text: &str, client: Client) -> Self {
        let known = storage::load(storage::BASELINE).and_then(|json| serde_json::from_str(&json).ok());
        let state = known.unwrap_or_else(|| State { is_kept: false, text: text.to_owned() });
        let baseline = Self {
            state: RwSignal::new(state),
            files: RwSignal::default(),
            are_wanted: RwSignal::new(false),
            trouble: RwSignal::new(None),
        };
        Effect::new(move || {
            if !baseline.are_wanted.get() {
                return;
            }
            let text = baseline.state.with(|state| state.text.clone());
            if text.trim().is_empty() {
                baseline.files.set(Arc::default());
                return;
            }
            task::spawn_local(async move {
                let files = client.ask(Generate { text: text.clone() }).await.unwrap_or_default();
                // Another state may have replaced it meanwhile.
                if baseline.state.with_untracked(|state| state.text == text) {
                    baseline.files.set(Arc::new(files));
                }
            });
        });
        baseline
    }

    /// Makes `text` the baseline, since the person opened it.
    pub fn opened(self, text: String) {
        self.set(State { is_kept: false, text });
    }

    /// Makes `text` the baseline, since the person kept it.
    pub fn keep(self, text: String) {
        self.set(State { is_kept: true, text });
    }

    /// Its files; empty before there is a document, and until they are generated.
    pub fn files(self) -> ReadSignal<Arc<Vec<Artifact>>> {
        if !self.are_wanted.get_untracked() {
            self.are_wanted.set(true);
        }
        self.files.read_only()
    }

    /// The event since which changes are marked.
    pub fn since(self) -> Since {
        match (self.files.with(|files| files.is_empty()), self.state.with(|state| state.is_kept)) {
            (true, _) => Since::Never,
            (false, false) => Since::Opened,
            (false, true) => Since::Kept,
        }
    }

    /// Whether the browser did not save it.
    pub fn is_lost_on_leaving(self) -> bool {
        self.trouble.get().is_some()
    }

    fn set(self, state: State) {
        let json = serde_json::to_string(&state).unwrap_or_default();
        self.trouble.set(storage::save(storage::BASELINE, &json).err());
        self.state.set(state);
    }
}
