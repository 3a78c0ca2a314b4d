//! What is said of the memory that a container is to have.

pub const ZERO_PROCESS: &str = "The memory of a process cannot be 0";
pub const ZERO_LIMIT: &str = "The limit cannot be 0";
pub const COPIES_ARE_MEASURED: &str = "The measured figures are those after traffic, and have what is copied in them";
pub const COPIES_ARE_MEASURED_HELP: &str = "Write `shared` too, or remove it";
pub const NOTHING_TO_COPY: &str = "These processes load the app each for themselves: there is nothing to copy";
pub const NOTHING_TO_COPY_HELP: &str = "Remove `copied`, or let Gunicorn `preload` the app";
