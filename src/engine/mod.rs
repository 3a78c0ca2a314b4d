//! What the page asks of the core, and what it gets: [`Task`]s and their answers, as bytes between two programs.
//!
//! The page and the core are programs of their own, so that the page is there before the core is and stays quick whatever the
//! core works on. A [`Question`] is one of the tasks; [`Question::answer`] runs it. Whatever crosses is bounded by what a page
//! can show, so that reading it takes no time that a person would notice.
//!
//! The bytes are [postcard](https://postcard.jamesmunns.com/)'s: small, and quick to read. That format tells nothing of
//! itself, so types that cross may not use `#[serde(flatten)]`, `untagged`, `tag` or `skip_serializing_if`; a test sends
//! every task there and back.

mod amend;
mod analyze;
mod buy;
mod fill;
mod generate;
mod pack;
mod report;
mod service;
mod simulate;
#[cfg(test)]
mod tests;
mod weigh;

pub use amend::Amend;
pub use analyze::{Analyze, Analyzed};
pub use buy::Buy;
pub use fill::Fill;
pub use generate::Generate;
pub use pack::Pack;
pub use report::{MOST_NODES, MOST_PODS, NodesSummary, Place, Placed, Report};
pub use service::{Role, ServiceSummary};
pub use simulate::Simulate;
pub use weigh::{Piece, Weigh};

use crate::progress::Progress;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Something to be worked out.
pub trait Task: Into<Question> {
    /// What comes of it.
    type Answer: Serialize + DeserializeOwned;

    /// What a newer one does to it, and whom it keeps waiting.
    const LANE: Lane;

    /// Works it out, and says now and then how far it is. The same task gives the same answer everywhere.
    fn run(self, progress: &mut Progress) -> Self::Answer;
}

/// Tasks of different lanes do not wait for each other; those of one lane are run one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// What follows from the text. Only the newest counts: it takes the place of the one before.
    Analysis,
    /// What happens over time. Only the newest counts.
    Simulation,
    /// What is short, and of which each counts: changes of the text, files to save.
    Errand,
}

/// Makes [`Question`] of the tasks.
macro_rules! questions {
    ($($task:ident),+ $(,)?) => {
        /// One of the tasks.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Question {
            $(#[doc = concat!("See [`", stringify!($task), "`].")] $task($task),)+
        }

        $(impl From<$task> for Question {
            fn from(task: $task) -> Self {
                Self::$task(task)
            }
        })+

        impl Question {
            /// Runs the task that `question` holds and returns its answer, both as bytes.
            ///
            /// # Errors
            /// The bytes hold no question, or its answer cannot be written; both only if the two programs are not of one build.
            pub fn answer(question: &[u8], progress: &mut Progress) -> Result<Vec<u8>, NotUnderstood> {
                match read(question)? {
                    $(Self::$task(task) => write(&task.run(progress)),)+
                }
            }
        }
    };
}

questions!(Amend, Analyze, Buy, Fill, Generate, Pack, Simulate, Weigh);

/// Bytes that are not what they were taken for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotUnderstood;

/// `value` as bytes.
///
/// # Errors
/// The value is of a type that the format cannot hold.
pub fn write(value: &impl Serialize) -> Result<Vec<u8>, NotUnderstood> {
    postcard::to_allocvec(value).map_err(|_| NotUnderstood)
}

/// The value that `bytes` hold.
///
/// # Errors
/// The bytes hold no such value.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, NotUnderstood> {
    postcard::from_bytes(bytes).map_err(|_| NotUnderstood)
}
