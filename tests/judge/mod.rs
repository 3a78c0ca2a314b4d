//! Programs of other makers that judge what is generated.

#![allow(dead_code, reason = "each test takes what it needs")]

use serde_json::Value;
use std::env;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// One of Python's programs, such as `python` or `hadolint`: of the folder `PLIMSOLL_JUDGES`, where `cargo xtask test`
/// has installed them, else of the machine.
pub fn judge(program: &str) -> Command {
    Command::new(env::var_os("PLIMSOLL_JUDGES").map_or_else(PathBuf::new, PathBuf::from).join(program))
}

/// Node's program, which finds the packages of package.json where it is run in the project's folder.
pub fn node() -> Command {
    Command::new(env::var_os("PLIMSOLL_NODE").unwrap_or_else(|| "node".into()))
}

/// Has `program` read `text`; the lines of JSON that it answers.
pub fn answer(program: &mut Command, text: &str) -> Vec<Value> {
    let mut child = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("it has a standard input");
    // It reads all before it answers.
    input.write_all(text.as_bytes()).expect("it reads");
    drop(input);
    let output = child.wait_with_output().expect("it ends");
    assert!(output.status.success(), "{program:?}");
    let text = String::from_utf8(output.stdout).expect("it writes UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("it writes JSON")).collect()
}
