//! The client of the engine, which is a program of its own (`src/bin/plimsoll-engine.rs`) in dedicated workers. The page
//! asks it for everything that takes longer than a frame.

mod code;
mod state;
mod trouble_bar;
mod worker;
mod worker_pool;
mod working_line;

use leptos::prelude::*;
use plimsoll::engine::{Task, read, write};
use state::State;
pub use state::Stopped;
use std::rc::Rc;
pub use trouble_bar::TroubleBar;
use worker_pool::WorkerPool;
pub use working_line::WorkingLine;

/// Sends [`Task`]s to the engine.
#[derive(Clone, Copy)]
pub struct Client {
    pool: StoredValue<Rc<WorkerPool>, LocalStorage>,
    state: State,
}

impl Client {
    /// Provides a client to all components below, and starts loading the engine's program.
    pub fn provide() -> Self {
        let state = State::idle();
        let client = Self { pool: StoredValue::new_local(WorkerPool::open(state)), state };
        provide_context(client);
        client
    }

    /// The client of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Sends `task` at once, whether or not the answer is awaited.
    ///
    /// # Errors
    /// Returns why there is no answer.
    pub fn ask<T: Task>(self, task: T) -> impl Future<Output = Result<T::Answer, Stopped>> + use<T> {
        let answer = self.send(task);
        async move { read(&answer.await?).map_err(|_| Stopped::Broken) }
    }

    /// Sends `task` as [`Self::ask`] does, and returns the encoded answer.
    ///
    /// # Errors
    /// Returns why there is no answer.
    pub fn send<T: Task>(self, task: T) -> impl Future<Output = Result<Vec<u8>, Stopped>> + use<T> {
        let question = write(&task.into()).map_err(|_| Stopped::Broken);
        let answer = question.map(|question| self.pool.with_value(|pool| pool.ask(T::LANE, question)));
        async move { answer?.await.unwrap_or(Err(Stopped::Superseded)) }
    }

    /// Reports whether the part of the page that decodes answers has loaded, or why it has not.
    pub fn set_decoder(self, loaded: Result<(), &str>) {
        self.pool.with_value(|pool| pool.set_decoder(loaded));
    }

    /// Whether the engine is in trouble, so that the page shows the results of an earlier text.
    pub fn is_in_trouble(self) -> bool {
        self.state.trouble.with(Option::is_some)
    }

    /// The state of the engine.
    fn state(self) -> State {
        self.state
    }
}
