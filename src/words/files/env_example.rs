//! What `.env.example` says of its keys, and why they are there.

pub const KEYS_OF_ENV: &str = "The keys of .env, which is never committed";
pub const SECRET_IN_NO_OTHER_FILE: &str = "A secret that stands in no other file";

// The first lines.
pub fn copy_and_replace(stand_in: &str) -> String {
    format!("Copy to .env, replace every {stand_in}, and keep .env out of version control.")
}

/// With the `command` that makes up a secret.
pub fn characters_without_quotes(command: &str) -> String {
    format!("Letters, digits, - and _ mean the same to Compose, to kubectl and in a URL: {command}")
}

// A key.
/// What services call a secret, and the services as [`reader`] names them.
pub fn purpose(uses: &[(&str, String)]) -> String {
    let first = uses.first().map(|(name, _)| *name);
    let said = uses.iter().enumerate().map(|(number, (name, reader))| {
        if number > 0 && Some(*name) == first { reader.clone() } else { format!("{name} of {reader}") }
    });
    format!("{}.", said.collect::<Vec<_>>().join(", "))
}

pub fn reader(service: &str, from_a_file: bool) -> String {
    if from_a_file { format!("{service} (a file)") } else { service.to_owned() }
}

/// Of an address that has a password in it.
pub fn password_is(key: &str) -> String {
    format!("Its password is {key}.")
}

pub fn same_password(key: &str, service: &str) -> String {
    format!("The same as {key}: {service} has one password.")
}

pub fn sqlalchemy_names_the_driver(scheme: &str) -> String {
    format!("For SQLAlchemy the scheme names the driver too, such as {scheme}.")
}
