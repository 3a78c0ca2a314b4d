//! The parts of the page that need no browser: their own unit tests, run natively.

#[path = "../src/app/highlight.rs"]
mod highlight;

#[path = "../src/app/history/steps.rs"]
mod steps;

#[path = "../src/app/files/folders.rs"]
mod folders;

#[path = "../src/app/files/status.rs"]
mod status;

#[path = "../src/app/files/trace.rs"]
mod trace;
