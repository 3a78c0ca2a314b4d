//! The one door through which the text changes, whoever changes it: so that one undo takes back everything.

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

/// The text, and the steps that it went through.
#[derive(Clone, Copy)]
pub struct History {
    text: RwSignal<String>,
    selected: RwSignal<Option<Selection>>,
    steps: StoredValue<Steps<Mark>>,
    /// Where the caret is in the editor.
    caret: StoredValue<Place>,
    /// Where it is to be, each time this is set.
    restored: RwSignal<Option<Place>>,
    can_undo: RwSignal<bool>,
    can_redo: RwSignal<bool>,
    /// Whether the person only reads the text.
    is_fixed: bool,
}

impl History {
    /// Starts from what the signals hold, with the steps that led there before a reload.
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

    /// The same, of a text that the person only reads; it changes by [`Self::put`] alone.
    pub fn fixed(self) -> Self {
        Self { is_fixed: true, ..self }
    }

    /// Whether the person only reads the text.
    pub fn is_fixed(self) -> bool {
        self.is_fixed
    }

    /// The text.
    pub fn text(self) -> ReadSignal<String> {
        self.text.read_only()
    }

    /// The place to put the editor's caret to after a step was taken back or done again.
    pub fn restored(self) -> ReadSignal<Option<Place>> {
        self.restored.read_only()
    }

    /// Notes that the editor's caret moved.
    pub fn caret_moved(self, caret: Place) {
        self.caret.set_value(caret);
    }

    /// Takes what a person typed into the editor, and where the caret then is.
    pub fn typed(self, new: String, caret: Place) {
        if self.is_fixed() {
            return;
        }
        let before = self.mark();
        let after = Mark { caret, ..before.clone() };
        self.note(&new, before, after, Cause::Typing(now()));
        self.text.set(new);
    }

    /// Puts another text in its place, in one step.
    pub fn put(self, new: String) {
        let mark = self.mark();
        self.note(&new, mark.clone(), mark, Cause::Deed);
        self.text.set(new);
    }

    /// Makes the edits, none of which overlaps another, in one step; those that do not fit the text, since it changed,
    /// are left out.
    pub fn apply(self, edits: &[Edit]) {
        if !self.is_fixed() {
            self.put(self.edited(edits));
        }
    }

    /// Makes the edits as [`Self::apply`] does, and selects what they are about; both come back together.
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

    /// Takes the last step back.
    pub fn undo(self) {
        self.go(Steps::undo);
    }

    /// Does the step that was taken back last again.
    pub fn redo(self) {
        self.go(Steps::redo);
    }

    /// Undoes and redoes by the usual keys, wherever on the page the focus is, and keeps the steps over a reload. Fields that keep a history of their own
    /// carry the attribute `data-own-undo`.
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

    /// What there is beside the text now.
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

/// What a key asks for: Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y; on a Mac with ⌘.
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

/// Milliseconds from some start.
fn now() -> f64 {
    window().performance().map_or(0.0, |performance| performance.now())
}
