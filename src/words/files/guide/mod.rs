//! What DEPLOY.md says.

pub mod checks;
pub mod cluster;
pub mod server;

use crate::words::files::all_of;

// Headings.
pub fn deploying(name: &str) -> String {
    format!("Deploying {name}")
}

pub const SECRETS: &str = "Secrets";
/// Also what the server's part is known by when the guide is read back.
pub const SERVER: &str = "On one server, with Docker Compose";
/// Also what the cluster's part is known by.
pub const CLUSTER: &str = "On Kubernetes";

// The beginning, and secrets.
pub const WHAT_TO_RUN: &str =
    "What to run, in this order, in the folder of these files. Each step says what to look at after it.";
pub fn replace_in(files: &[&str], stand_in: &str) -> String {
    let them = if files.len() == 1 { "that file" } else { "these files" };
    format!(
        "Replace every `{stand_in}` in {}, and keep {them} out of version control. This shows what is left to replace:",
        all_of(files)
    )
}

pub fn passwords_of_filled_disks(databases: &[&str]) -> String {
    format!(
        "A database takes its password when its disk is first filled: that of {} has later to be changed inside too.",
        all_of(databases)
    )
}

// Services.
pub fn steps_by_hand(service: &str) -> String {
    format!("What `{service}` leaves to you:")
}

pub fn answers_everyone(service: &str) -> String {
    format!("`{service}` answers everyone:")
}
