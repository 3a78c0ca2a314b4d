//! The way to the core: everything that is worked out is asked of the engine.

use leptos::prelude::{expect_context, provide_context};
use plimsoll::engine::Task;

/// Answers [`Task`]s.
#[derive(Clone, Copy)]
pub struct Engine;

/// A task without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// A newer task took its place.
    #[expect(dead_code, reason = "the core still runs in the page")]
    Superseded,
}

impl Engine {
    /// Makes the engine known to all that is shown below.
    pub fn provide() -> Self {
        provide_context(Self);
        Self
    }

    /// The engine of this page.
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Asks for `task` to be done.
    ///
    /// # Errors
    /// Why there is no answer.
    #[expect(clippy::unused_async, reason = "the core still runs in the page")]
    pub async fn ask<T: Task>(self, task: T) -> Result<T::Answer, Stopped> {
        Ok(task.run(&mut |_| {}))
    }
}
