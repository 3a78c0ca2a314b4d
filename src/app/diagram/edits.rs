//! Editing in the diagram: every change is a small edit of the text, recorded in the history.

use super::board::Board;
use crate::app::client::Client;
use crate::app::history::History;
use leptos::prelude::*;
use leptos::task;
use plimsoll::edit::{Change, Kind, free_name};
use plimsoll::engine::Edit;
use plimsoll::view::diagram::picture::Subject;
use plimsoll::view::selection::Selection;

/// How often a change is computed again because the text changed in the meantime.
const TRIES: usize = 3;

/// The edits of the diagram.
#[derive(Clone, Copy)]
pub struct Edits {
    board: Board,
    history: StoredValue<History>,
    client: Client,
    /// The open editor.
    pub open: RwSignal<Option<Open>>,
    /// Why the last change was refused.
    pub refusal: RwSignal<Option<String>>,
}

/// The open editor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Open {
    /// The name of a service.
    Name(String),
    /// What a service needs.
    Needs(String),
}

impl Edits {
    /// Creates the state before anything is edited.
    pub fn new(board: Board, history: History) -> Self {
        Self {
            board,
            history: StoredValue::new(history),
            client: Client::of_page(),
            open: RwSignal::new(None),
            refusal: RwSignal::new(None),
        }
    }

    /// Applies a change, and selects the service that it is about.
    pub fn make(self, change: Change) {
        self.refusal.set(None);
        let service = match &change {
            Change::AddService { name, .. } => Some(name),
            Change::RenameService { to, .. } => Some(to),
            Change::Connect { service, .. } | Change::Disconnect { service, .. } => Some(service),
            _ => None,
        };
        let selected = service.cloned().map(Selection::Service);
        let history = self.history.get_value();
        task::spawn_local(async move {
            for _ in 0..TRIES {
                let text = history.text().get_untracked();
                let answer = self.client.ask(Edit { text: text.clone(), change: change.clone() }).await;
                let Ok(answer) = answer else { return };
                if history.text().with_untracked(|now| *now != text) {
                    continue;
                }
                match answer {
                    Ok(edits) => history.change(&edits, selected),
                    Err(why) => self.refusal.set(Some(why)),
                }
                return;
            }
        });
    }

    /// Adds a service, which gets the focus.
    pub fn add(self, kind: Kind) {
        let name = free_name(kind.name, |name| untrack(|| self.board.index(name)).is_some());
        self.board.wants_focus.set(Some(name.clone()));
        self.make(Change::AddService { name, service: kind.service() });
    }

    /// Opens the editor of a service's name.
    pub fn rename(self, key: &str) {
        if self.is_service(key) {
            self.open.set(Some(Open::Name(key.to_owned())));
        }
    }

    /// Opens the list of services that a service may need.
    pub fn choose_needs(self, key: &str) {
        if self.can_need(key) {
            self.open.set(Some(Open::Needs(key.to_owned())));
        }
    }

    /// Removes a service; the focus goes to the one before it.
    pub fn remove(self, key: &str) {
        if self.is_service(key) {
            let next = untrack(|| {
                let order = self.board.layout.with(plimsoll::view::diagram::layout::Layout::reading_order);
                let rank = order.iter().position(|index| Some(*index) == self.board.index(key))?;
                let neighbour = if rank > 0 { order.get(rank - 1) } else { order.get(1) };
                self.board.key(*neighbour?)
            });
            self.board.wants_focus.set(next);
            self.make(Change::RemoveService { name: key.to_owned() });
        }
    }

    /// Connects a service to one that it needs.
    pub fn connect(self, from: &str, to: &str) {
        if self.can_need(from) && self.is_service(to) && from != to {
            self.make(Change::Connect { service: from.to_owned(), needs: to.to_owned() });
        }
    }

    /// Removes a connection.
    pub fn disconnect(self, (from, to): (String, String)) {
        if self.is_service(&from) {
            self.board.line.set(None);
            self.board.wants_focus.set(Some(from.clone()));
            self.make(Change::Disconnect { service: from, needs: to });
        }
    }

    /// Closes the open editor; the focus returns to its node.
    pub fn close(self) {
        if let Some(Open::Name(key) | Open::Needs(key)) = self.open.get_untracked() {
            self.open.set(None);
            self.board.wants_focus.set(Some(key));
        }
    }

    /// Whether the document is read-only.
    pub fn is_fixed(self) -> bool {
        self.history.get_value().is_fixed()
    }

    /// Whether it is a service that can be edited.
    fn is_service(self, key: &str) -> bool {
        !self.is_fixed() && self.board.subject(key).is_some_and(|subject| subject != Subject::Door)
    }

    /// Whether it is an editable service that runs here; external services need nothing.
    fn can_need(self, key: &str) -> bool {
        !self.is_fixed() && self.board.subject(key).is_some_and(Subject::can_need)
    }
}
