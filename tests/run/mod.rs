//! Running the `plimsoll` command.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Runs the command with `stdin` as its standard input, to its end.
pub fn plimsoll(arguments: &[&str], stdin: &[u8]) -> Output {
    plimsoll_in(Path::new("."), arguments, stdin)
}

/// The same in another folder than the project's.
pub fn plimsoll_in(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_plimsoll"))
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command stops reading once it has seen that a text is too large.
    let _ = child.stdin.take().unwrap().write_all(stdin);
    child.wait_with_output().unwrap()
}
