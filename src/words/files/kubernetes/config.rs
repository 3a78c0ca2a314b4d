//! Why the variables and the secrets of a service stand where they stand.

pub const VARIABLE_OF_YOURS: &str = "A variable that you set";

pub fn variables_without_secrets(service: &str) -> String {
    format!("The variables of `{service}` that are no secrets")
}

pub fn every_variable_of(config_map: &str) -> String {
    format!("Every variable of the ConfigMap `{config_map}`")
}

pub fn secret_in_no_file(command: &str) -> String {
    format!("The value stands in no file: {command}")
}

pub fn secret_of_each_environment(secret: &str) -> String {
    format!("The value stands in no file: each environment has a Secret `{secret}` of its own")
}

// Secrets that a process reads from files.
pub fn secrets_in_files(folder: &str, secret: &str) -> String {
    format!(
        "Secrets in files below {folder}, in memory, which neither children nor error reports inherit; their values \
         stand in the Secret `{secret}` alone"
    )
}

pub fn readable_by_the_group(gid: u32) -> String {
    format!("Group {gid} may read them, which is that of the process")
}
