//! Programs of other makers that judge what is generated.

use std::env;
use std::path::PathBuf;
use std::process::Command;

/// One of Python's programs, such as `python` or `hadolint`: of the folder `PLIMSOLL_JUDGES`, where `cargo xtask test`
/// has installed them, else of the machine.
pub fn judge(program: &str) -> Command {
    Command::new(env::var_os("PLIMSOLL_JUDGES").map_or_else(PathBuf::new, PathBuf::from).join(program))
}
