//! The history: every change of the text goes through it, so that one undo covers everything.

mod buttons;
mod mark;
mod saved;

pub use buttons::UndoButtons;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use mark::Mark;
use plimsoll::engine::Place;
use plimsoll::text::Edit;
use plimsoll::view::selection::Selection;
use plimsoll::view::undo::{Cause, Steps};
use wasm_bindgen::JsCast;
use web_sys::Element;

/// The text and its undo steps.
#[derive(Clone, Copy)]
pub struct History {
    text: RwSignal<String>,
    selected: RwSignal<Option<Selection>>,
    steps: StoredValue<Steps<Mark>>,
    /// The caret in the editor.
    caret: StoredValue<Place>,
    /// The caret to restore, each time it is set.
    restored: RwSignal<Option<Place>>,
    can_undo: RwSignal<bool>,
    can_redo: RwSignal<bool>,
    /// Whether the text is read-only.
    is_fixed: bool,
}

impl History {
    /// Starts from the current signals, with the steps that were saved before a reload.
    pub fn new(text: RwSignal<String>, selected: RwSignal<Option<Selection>>) -> Self {
        let steps = text.with_untracked(|text| saved::load(text)).unwrap_or_default();
        let history = Self {
            text,
            selected,
            steps: StoredValue::new(steps),
            caret: StoredValue::default(),
            restored: RwSignal::new(None),
            can_undo: RwSignal::new(false),
            can_redo: RwSignal::new(false),
            is_fixed: false,
        };
        history.tell();
        history
    }

    /// Makes the text read-only; only [`Self::put`] changes it.
    pub fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }

    /// Whether the text is read-only.
    pub fn is_fixed(self) -> bool {
        self.is_fixed
    }

    /// The text.
    pub fn text(self) -> ReadSignal<String> {
        self.text.read_only()
    }

    /// The caret to restore after an undo or redo.
    pub fn restored(self) -> ReadSignal<Option<Place>> {
        self.restored.read_only()
    }

    /// Records that the caret moved.
    pub fn caret_moved(self, caret: Place) {
        self.caret.set_value(caret);
    }

    /// Takes the text that the person typed, and the caret after it.
    pub fn typed(self, new: String, caret: Place) {
        if self.is_fixed() {
            return;
        }
        let before = self.mark();
        let after = Mark { caret, ..before.clone() };
        self.note(&new, before, after, Cause::Typing(now()));
        self.text.set(new);
    }

    /// Replaces the text, in one step.
    pub fn put(self, new: String) {
        let mark = self.mark();
        self.note(&new, mark.clone(), mark, Cause::Deed);
        self.text.set(new);
    }

    /// Applies non-overlapping edits in one step; edits that no longer fit the text are left out.
    pub fn apply(self, edits: &[Edit]) {
        if !self.is_fixed() {
            self.put(self.edited(edits));
        }
    }

    /// Applies edits as [`Self::apply`] does, and selects their subject; undo restores both.
    pub fn change(self, edits: &[Edit], selected: Option<Selection>) {
        if self.is_fixed() {
            return;
        }
        let before = self.mark();
        let new = self.edited(edits);
        let after = Mark { selected: selected.clone(), ..before.clone() };
        self.note(&new, before, after, Cause::Deed);
        self.text.set(new);
        self.selected.set(selected);
    }

    /// Undoes the last step.
    pub fn undo(self) {
        self.go(Steps::undo);
    }

    /// Redoes the last undone step.
    pub fn redo(self) {
        self.go(Steps::redo);
    }

    /// Listens for the undo and redo keys anywhere on the page, and saves the steps across a reload. Fields with a
    /// history of their own carry the attribute `data-own-undo`.
    pub fn listen(self) {
        let handle = window_event_listener(leptos::ev::keydown, move |event| {
            if let Some(step) = step_of(&event) {
                event.prevent_default();
                step(self);
            }
        });
        let leave = window_event_listener_untyped("pagehide", move |_| {
            self.text.with_untracked(|text| saved::save(text, self.steps.get_value()));
        });
        on_cleanup(move || {
            handle.remove();
            leave.remove();
        });
    }

    fn edited(self, edits: &[Edit]) -> String {
        let mut new = self.text.get_untracked();
        for edit in edits.iter().rev() {
            if new.get(edit.span.start..edit.span.end).is_some() {
                new.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
        }
        new
    }

    /// The current caret and selection.
    fn mark(self) -> Mark {
        Mark { caret: self.caret.get_value(), selected: self.selected.get_untracked() }
    }

    fn note(self, new: &str, before: Mark, after: Mark, cause: Cause) {
        let caret = after.caret;
        self.steps.update_value(|steps| {
            self.text.with_untracked(|old| steps.note(old, new, before, after, cause));
        });
        self.caret.set_value(caret);
        self.tell();
    }

    fn go(self, step: fn(&mut Steps<Mark>, &mut String) -> Option<Mark>) {
        if self.is_fixed() {
            return;
        }
        let mut text = self.text.get_untracked();
        let mark = self.steps.try_update_value(|steps| step(steps, &mut text)).flatten();
        let Some(Mark { caret, selected }) = mark else { return };
        self.text.set(text);
        self.selected.set(selected);
        self.caret.set_value(caret);
        self.restored.set(Some(caret));
        self.tell();
    }

    fn tell(self) {
        let (can_undo, can_redo) = self.steps.with_value(|steps| (steps.can_undo(), steps.can_redo()));
        self.can_undo.set(can_undo);
        self.can_redo.set(can_redo);
    }
}

/// The action of a key: Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y; on a Mac with ⌘.
fn step_of(event: &KeyboardEvent) -> Option<fn(History)> {
    let is_command = (event.ctrl_key() || event.meta_key()) && !event.alt_key();
    if !is_command || event.default_prevented() || has_own_undo(event) {
        return None;
    }
    match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
        ("z", false) => Some(History::undo),
        ("z", true) | ("y", false) => Some(History::redo),
        _ => None,
    }
}

fn has_own_undo(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| target.closest("[data-own-undo], .cm-panel").ok().flatten().is_some())
}

/// The current time in milliseconds, from an arbitrary origin.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
