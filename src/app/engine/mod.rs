//! The way to the core, which is a program of its own (`src/bin/plimsoll-engine.rs`) in workers of its own: everything that
//! takes longer than a frame is asked of it.

mod code;
mod desk;
mod trouble;
mod worker;
mod working;

use desk::Desk;
use leptos::prelude::*;
use plimsoll::engine::{Task, read, write};
use plimsoll::progress::Step;
use std::rc::Rc;
pub use trouble::TroubleBar;
pub use working::WorkingLine;

/// Answers [`Task`]s.
#[derive(Clone, Copy)]
pub struct Engine {
    desk: StoredValue<Rc<Desk>, LocalStorage>,
    state: State,
}

/// What a page can show of an engine.
#[derive(Clone, Copy)]
struct State {
    /// Whether it works on what follows from the text.
    is_working: RwSignal<bool>,
    /// How far that is, if it has said so.
    progress: RwSignal<Option<Step>>,
    /// What keeps it from working.
    trouble: RwSignal<Option<Trouble>>,
}

/// What keeps an engine from working.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Trouble {
    /// The browser has no workers, or does not let the page start any.
    NoWorkers,
    /// Its code did not come, or is not code.
    NotLoaded(String),
    /// It stopped in the middle of its work.
    Broke(String),
}

/// A task without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// A newer task took its place.
    Superseded,
    /// The engine is in trouble, and the page says so.
    Broken,
}

impl Engine {
    /// Makes an engine known to all that is shown below, and lets its code come.
    pub fn provide() -> Self {
        let state =
            State { is_working: RwSignal::new(false), progress: RwSignal::new(None), trouble: RwSignal::new(None) };
        let engine = Self { desk: StoredValue::new_local(Desk::open(state)), state };
        provide_context(engine);
        engine
    }

    /// The engine of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Asks for `task` to be done: at once, whenever the answer is waited for.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn ask<T: Task>(self, task: T) -> impl Future<Output = Result<T::Answer, Stopped>> + use<T> {
        let answer = self.send(task);
        async move { read(&answer.await?).map_err(|_| Stopped::Broken) }
    }

    /// The same, with the answer as it comes.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn send<T: Task>(self, task: T) -> impl Future<Output = Result<Vec<u8>, Stopped>> + use<T> {
        let question = write(&task.into()).map_err(|_| Stopped::Broken);
        let answer = question.map(|question| self.desk.with_value(|desk| desk.ask(T::LANE, question)));
        async move { answer?.await.unwrap_or(Err(Stopped::Superseded)) }
    }

    /// Whether the part of the page came without which no answer can be read, or why it did not.
    pub fn can_be_read(self, came: Result<(), &str>) {
        self.desk.with_value(|desk| desk.can_be_read(came));
    }

    /// Whether what is shown is not of this text, since the engine is in trouble.
    pub fn is_in_trouble(self) -> bool {
        self.state.trouble.with(Option::is_some)
    }
}
