//! What is said of a command as it is written: that it is none, or works on its author's machine only.

// What is no command.
pub const NO_COMMAND_HELP: &str = "Write a program and its arguments, and close every quote";
pub const TOO_MANY_WORDS_HELP: &str = "Put them into a script";

pub fn no_command(text: &str) -> String {
    format!("`{text}` is no command")
}

pub fn too_many_words(count: usize, most: usize) -> String {
    format!("{count} words are more than the {most} that one command can have")
}

// What only a shell would understand.
pub const LET_A_SHELL_RUN_IT: &str = "Let a shell run it: `sh -c '…'`";
pub const LET_SH_RUN_IT: &str = "Let `sh` run it";
pub const VARIABLE_AS_PROGRAM_HELP: &str = "Set the variable in `env`";

pub fn passed_on_as_it_is(word: &str) -> String {
    format!("No shell reads this command: `{word}` is passed on as it is")
}

pub fn variable_as_program(word: &str) -> String {
    format!("No shell reads this command: `{word}` would be the program")
}

// What is not in the image.
pub const NAME_PROGRAM_ON_PATH: &str = "Name the program alone: the installed packages' programs are on the `PATH`";
pub const NAME_PROGRAM_OF_GO: &str =
    "Name a program of the image: each service's package is one, such as `api migrate`";
pub const NAME_PROGRAM: &str = "Name the program that it would start, such as `node dist/worker.js` or `alembic`";

pub fn not_in_image(program: &str) -> String {
    format!("`{program}` is not in the image: it stays in the stage that installs or builds")
}

/// The words of a command, or some of them.
pub fn leave_out(words: &str) -> String {
    format!("Leave out `{words}`")
}

// What stands between the program and the signal to stop.
pub const WRITE_SCRIPT_OF_NPM: &str = "Write what the script of `package.json` runs, such as `node dist/worker.js`";
pub const WRITE_EXEC: &str = "Write `exec` before the last command, which then takes the shell's place";

/// Of npm and its like.
pub fn signal_not_passed_on(program: &str) -> String {
    format!("`{program}` gets the signal to stop, and does not pass it on to what it started")
}

/// Of a shell.
pub fn signal_perhaps_not_passed_on(shell: &str) -> String {
    format!("`{shell}` gets the signal to stop, and may not pass it on to what it started")
}

pub fn no_need_of_shell(shell: &str) -> String {
    format!("Nothing here needs `{shell}`: write the command alone")
}

// What serves a developer.
pub const RELOAD: &str = "`--reload` watches files, which in an image never change";
pub const RELOAD_HELP: &str = "Leave it out";
pub const WRITE_FASTAPI_RUN: &str = "Write `fastapi run`";
pub const WRITE_APP: &str = "Write `app` instead of a command, and Gunicorn serves it";
pub const LEAVE_OUT_WATCH: &str = "Leave out `--watch`: in an image, files never change";
pub const WRITE_NODE: &str = "Write `node` instead: in an image, files never change";

pub fn for_developers(command: &str) -> String {
    format!("`{command}` is for developers")
}
