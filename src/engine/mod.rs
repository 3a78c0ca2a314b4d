//! The protocol between the page and the core: [`Task`]s and their answers, as bytes between two programs.
//!
//! The page and the core are programs of their own, so that the page is there before the core is and stays quick whatever the
//! core works on. A [`Request`] is one of the tasks; [`Request::answer`] runs it. Whatever crosses is bounded by what a page
//! can show, so that reading it takes no time that a person would notice.
//!
//! The bytes are [postcard](https://postcard.jamesmunns.com/)'s: small, and quick to read. That format tells nothing of
//! itself, so types that cross may not use `#[serde(flatten)]`, `untagged`, `tag` or `skip_serializing_if`; a test sends
//! every task there and back.

mod analyze;
mod assist;
mod capacity;
mod describe_form;
mod edit;
mod generate;
mod memory_by_service;
mod report;
mod service;
mod simulate;
#[cfg(test)]
mod tests;
mod zip;

pub use analyze::{Analyze, Analyzed};
pub use assist::Assist;
pub use capacity::Capacity;
pub use describe_form::DescribeForm;
pub use edit::Edit;
pub use generate::Generate;
pub use memory_by_service::{MemoryByService, Piece};
pub use report::{MOST_NODES, MOST_PODS, NodesSummary, Place, Placed, Report};
pub use service::{Role, ServiceSummary};
pub use simulate::Simulate;
pub use zip::Zip;

use crate::progress::Progress;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// A task that the engine works out.
pub trait Task: Into<Request> {
    /// Its result.
    type Answer: Serialize + DeserializeOwned;

    /// The lane that it waits in.
    const LANE: Lane;

    /// Runs the task, and reports progress from time to time. The same task gives the same answer everywhere.
    fn run(self, progress: &mut Progress) -> Self::Answer;
}

/// Tasks of different lanes do not wait for each other; those of one lane run one after the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Lane {
    /// Analysis of the text. Only the newest task counts: it replaces the one before.
    Analysis,
    /// Simulations. Only the newest task counts.
    Simulation,
    /// Short tasks, each of which counts: edits of the text, files to save.
    Background,
    /// Help for the text editor, which is expected within a frame or two and must not wait for other tasks.
    Editor,
}

/// Declares [`Request`], with a variant for each task.
macro_rules! requests {
    ($($task:ident),+ $(,)?) => {
        /// One of the tasks.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Request {
            $(#[doc = concat!("See [`", stringify!($task), "`].")] $task($task),)+
        }

        $(impl From<$task> for Request {
            fn from(task: $task) -> Self {
                Self::$task(task)
            }
        })+

        impl Request {
            /// Runs the task that `request` holds and returns its answer, both as bytes.
            ///
            /// # Errors
            /// The bytes hold no request, or its answer cannot be written; both only if the two programs are not of one build.
            pub fn answer(request: &[u8], progress: &mut Progress) -> Result<Vec<u8>, DecodeError> {
                match read(request)? {
                    $(Self::$task(task) => write(&task.run(progress)),)+
                }
            }
        }
    };
}

requests!(Analyze, Assist, Capacity, DescribeForm, Edit, Generate, MemoryByService, Simulate, Zip);

/// The bytes do not hold the expected value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError;

/// Encodes a value.
///
/// # Errors
/// The value is of a type that the format cannot hold.
pub fn write(value: &impl Serialize) -> Result<Vec<u8>, DecodeError> {
    postcard::to_allocvec(value).map_err(|_| DecodeError)
}

/// Decodes a value.
///
/// # Errors
/// The bytes hold no such value.
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, DecodeError> {
    postcard::from_bytes(bytes).map_err(|_| DecodeError)
}
