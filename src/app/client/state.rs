//! What the page can show of its engine.

use leptos::prelude::*;
use plimsoll::progress::Step;

/// The state of the engine, as signals.
#[derive(Clone, Copy)]
pub struct State {
    /// Whether it works on the analysis of the text.
    pub is_working: RwSignal<bool>,
    /// The progress of that work, once the engine has reported some.
    pub progress: RwSignal<Option<Step>>,
    /// What keeps it from working.
    pub trouble: RwSignal<Option<Trouble>>,
}

/// What keeps the engine from working.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The browser has no workers, or does not let the page start any.
    NoWorkers,
    /// The engine's program did not load, or cannot be compiled.
    NotLoaded(String),
    /// It stopped in the middle of its work.
    Broke(String),
}

/// Why a task has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// A newer task took its place.
    Superseded,
    /// The engine is in trouble, and the page says so.
    Broken,
}

impl State {
    /// The state of an engine that has not been asked anything.
    pub fn idle() -> Self {
        Self { is_working: RwSignal::new(false), progress: RwSignal::new(None), trouble: RwSignal::new(None) }
    }
}
