//! What is said of the variables and the secrets of a service.

// Why a variable is there.
pub const PASSWORD_FILE: &str = "The image reads the password from this file";
pub const PORT_TO_LISTEN_ON: &str =
    "Where such programs look for the port by custom: this one has to listen on it, at 0.0.0.0";
pub const GARBAGE_LIMIT: &str = "Nine tenths of the limit: Go clears up before the kernel kills it";

// What is wrong.
pub const REMOVE_SECRETS_AS: &str = "Remove `secrets_as`";
pub const NUL_IN_VALUE: &str = "A variable cannot hold the character NUL";
pub const NUL_IN_VALUE_HELP: &str = "Remove `\\0`";
pub const NO_NAME_HELP: &str = "Use letters, digits and `_`, a letter or `_` first";
pub const GIVEN_TWICE_HELP: &str = "Keep it in `env` or in `secrets`, once";

pub fn too_many_variables(count: usize, most: usize) -> String {
    format!("{count} variables are more than the {most} that one service can have")
}

pub fn too_many_secrets(count: usize, most: usize) -> String {
    format!("{count} secrets are more than the {most} that one service can have")
}

pub fn reads_no_secret_file(kind: &str) -> String {
    format!("{kind} reads no secret from a file")
}

pub fn no_name(text: &str) -> String {
    format!("`{text}` is no name of a variable")
}

pub fn given_twice(name: &str) -> String {
    format!("`{name}` is given twice")
}
