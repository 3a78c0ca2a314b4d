//! Runs programs in the project's folder and prints each command first.

use crate::timing::{Stopwatch, Time};
use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

/// The folder that holds the project.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// `program` with `arguments`, to be run in the project's folder with the project's tools before those of the machine.
pub fn command(program: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(find(program).unwrap_or_else(|| program.into()));
    command.args(arguments).current_dir(root()).env("PATH", env::join_paths(search_path()).unwrap_or_default());
    command
}

/// Prints and runs a command.
///
/// # Errors
/// When the command can't be started or fails.
pub fn run(command: &mut Command) -> Result<(), String> {
    println!("$ {}", said(command));
    let outcome = command.status();
    succeeded(command, outcome)
}

/// Prints and runs a `cargo test` without `--quiet`. Returns how long it built, and how long each target's tests ran.
///
/// # Errors
/// As [`run`]; the times are there all the same.
pub fn run_tests(command: &mut Command) -> (Vec<(String, Time)>, Result<(), String>) {
    println!("$ {}", said(command));
    let mut child = match command.stderr(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => return (Vec::new(), succeeded(command, Err(error))),
    };
    let mut stopwatch = Stopwatch::of_process(child.id());
    let mut times = Vec::new();
    let mut current = "build".to_owned();
    let lines = child.stderr.take().into_iter().flat_map(|errors| BufReader::new(errors).lines());
    for line in lines.map_while(Result::ok) {
        if let Some(target) = test_target(&line) {
            times.push((std::mem::replace(&mut current, target.to_owned()), stopwatch.lap()));
        }
        eprintln!("{line}");
    }
    times.push((current, stopwatch.lap()));
    (times, succeeded(command, child.wait()))
}

/// The target whose tests cargo announces in a line of its standard error.
fn test_target(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let running = line.strip_prefix("Running ").and_then(|line| line.rsplit_once(" (")).map(|(target, _)| target);
    running.or_else(|| line.starts_with("Doc-tests ").then_some(line))
}

fn succeeded(command: &Command, outcome: std::io::Result<ExitStatus>) -> Result<(), String> {
    match outcome {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("`{}` failed ({status})", said(command))),
        Err(error) => Err(format!("`{}` could not be started: {error}", said(command))),
    }
}

/// What a command prints on its standard output, without the last line's end; nothing when it fails or isn't there.
pub fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = command(program, arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// Where `program` is on the search path.
pub fn find(program: &str) -> Option<PathBuf> {
    let names = [program.to_owned(), format!("{program}{}", env::consts::EXE_SUFFIX), format!("{program}.cmd")];
    let names = if cfg!(windows) { &names[1..] } else { &names[..1] };
    search_path().iter().flat_map(|folder| names.iter().map(|name| folder.join(name))).find(|path| path.is_file())
}

/// npm's tools of the project, then cargo's, then the machine's.
fn search_path() -> Vec<PathBuf> {
    let cargo =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    let mut folders = vec![root().join("node_modules/.bin")];
    folders.extend(cargo.map(|home| home.join("bin")));
    folders.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    folders
}

/// The command as a person would type it, without the folders before the program's name.
fn said(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words: Vec<_> = std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::test_target;

    #[test]
    fn cargo_announces_the_targets_of_tests() {
        for (line, target) in [
            ("     Running unittests src/lib.rs (target/debug/deps/plimsoll-1f)", Some("unittests src/lib.rs")),
            ("     Running tests/golden.rs (target/debug/deps/golden-2e)", Some("tests/golden.rs")),
            ("   Doc-tests plimsoll", Some("Doc-tests plimsoll")),
            ("   Compiling plimsoll v0.1.0 (/home/me/plimsoll)", None),
        ] {
            assert_eq!(test_target(line), target);
        }
    }
}
