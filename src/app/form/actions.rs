//! The actions of the form: its fields change the text through them.

use crate::app::client::Client;
use crate::app::history::History;
use leptos::prelude::*;
use leptos::task;
use plimsoll::edit::{Change, Path, shown};
use plimsoll::engine::{Edit, Placed};
use std::sync::Arc;

/// How often a change is computed again because the text changed in the meantime.
const MOST_TRIES: usize = 8;

/// The state that all fields of the form share.
#[derive(Clone, Copy)]
pub struct FormActions {
    pub history: History,
    client: Client,
    /// The findings about the text.
    findings: RwSignal<Arc<Vec<Placed>>>,
    /// The field whose last change was refused, and why.
    refused: RwSignal<Option<(String, String)>>,
    /// The filter: text that the shown fields have in their names or descriptions.
    pub filter: RwSignal<String>,
    /// Whether fields are shown that are neither set nor common.
    pub shows_all: RwSignal<bool>,
}

impl FormActions {
    pub fn new(history: History, client: Client, findings: RwSignal<Arc<Vec<Placed>>>) -> Self {
        let (refused, filter, shows_all) = (RwSignal::new(None), RwSignal::default(), RwSignal::new(false));
        Self { history, client, findings, refused, filter, shows_all }
    }

    /// Changes the text on behalf of the field at `path`.
    pub fn change(self, path: &Path, change: Change) {
        self.change_then(path, change, |_| {});
    }

    /// Changes the text, then calls `done` with whether that worked.
    pub fn change_then(self, path: &Path, change: Change, done: impl FnOnce(bool) + 'static) {
        let field = shown(path);
        task::spawn_local(async move {
            let is_done = match self.amend(change).await {
                Ok(()) => {
                    self.refused.set(None);
                    true
                }
                Err(why) => {
                    self.refused.set(Some((field, why)));
                    false
                }
            };
            done(is_done);
        });
    }

    async fn amend(self, change: Change) -> Result<(), String> {
        let text = self.history.text();
        for _ in 0..MOST_TRIES {
            let before = text.get_untracked();
            let edits = match self.client.ask(Edit { text: before.clone(), change: change.clone() }).await {
                Ok(edits) => edits?,
                Err(_) => return Err("The change could not be computed: try again".to_owned()),
            };
            // The answer may belong to an older text.
            if text.with_untracked(|now| *now == before) {
                if !edits.is_empty() {
                    self.history.apply(&edits);
                }
                return Ok(());
            }
        }
        Err("The text changed in the meantime: try again".to_owned())
    }

    /// Why the last change of the field at `path` was refused.
    pub fn refusal(self, path: &str) -> Option<String> {
        self.refused.with(|refused| refused.as_ref().filter(|(field, _)| field == path).map(|(_, why)| why.clone()))
    }

    /// The findings about the field at `path`.
    pub fn findings(self, path: &str) -> Vec<Placed> {
        self.findings.with(|findings| findings.iter().filter(|placed| placed.field == path).cloned().collect())
    }
}
