//! What is said about the engine.

pub const WORKING: &str = "Working out what follows";
pub const TRY_AGAIN: &str = "Try again";
pub const COPY_REPORT: &str = "Copy a report";

pub const NO_WORKERS: &str = "This browser does not let the page compute in the background (Web Workers), so nothing can be \
    worked out here. Your text is kept. Open the page in another browser, or use the plimsoll command.";
pub const NOT_LOADED: &str = "A part of the page did not load, without which nothing is worked out. Your text is kept, and the \
    last result stays. Check the connection; it is fetched again with your next change.";
pub const BROKE: &str = "This could not be worked out: the computation stopped, which is a mistake in Plimsoll or means that \
    memory ran out. Your text is kept, and the last result stays. Your next change is worked out afresh; please report the \
    text that did this.";
