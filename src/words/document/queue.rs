//! What is said of background processes that take their work from a queue.

pub const BEAT_HELP: &str = "Write `celery: { app: …, role: beat }` instead of `python`: then there is never more than \
                             one, and its timetable's state has a folder to be written to";
pub const DRAMATIQ_COUNTS_PROCESSORS: &str = "Dramatiq would start a process for each of the machine's processors";
pub const CELERY_COUNTS_PROCESSORS: &str =
    "Unless its settings say otherwise, Celery would start a process for each of the machine's processors";

pub fn write_their_number(option: &str, number: &str) -> String {
    format!("Write `{option} {number}`, which is what the memory is planned for, or another number")
}

pub fn add_their_number(option: &str, number: &str) -> String {
    format!("Add `{option} {number}`")
}
