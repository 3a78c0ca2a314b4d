//! Running programs in the project's folder, each said in one line before it starts.

use std::env;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

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

/// Says and runs a command.
///
/// # Errors
/// When it can't be started or does not succeed, says which and how.
pub fn run(command: &mut Command) -> Result<(), String> {
    println!("$ {}", said(command));
    match command.status() {
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
