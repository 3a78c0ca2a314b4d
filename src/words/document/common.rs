//! What is said of fields of more than one kind.

use crate::topology::Duration;

// Names.
pub const NO_DNS_LABEL_HELP: &str =
    "Use a letter first, then a-z, 0-9 and `-`, 63 characters at most: others reach it under this name";

pub fn no_dns_label(text: &str) -> String {
    format!("`{text}` is no DNS label")
}

pub fn rename_to(name: &str) -> String {
    format!("Rename to `{name}`")
}

/// Where something is said of a service that is not there.
pub fn no_service(name: &str) -> String {
    format!("There is no service `{name}`")
}

pub fn did_you_mean(name: &str) -> String {
    format!("Did you mean `{name}`?")
}

pub fn replace_by_name(name: &str) -> String {
    format!("Replace by `{name}`")
}

// Numbers and times.
pub const ZERO_HELP: &str = "Write more than 0, or leave it out";
pub const LONGER_THAN_AN_HOUR_HELP: &str = "Write a time from 0 up to an hour (`1h`)";

pub fn write_a_number(lowest: u64, highest: u64) -> String {
    format!("Write a number from {lowest} to {highest}")
}

pub fn longer_than_an_hour(time: Duration) -> String {
    format!("{time} are longer than the hour that can be planned with")
}

pub fn connections_out_of_range(connections: u32) -> String {
    format!("{connections} connections is out of range")
}

// Lists.
pub const ONLY_FIRST_USED: &str = "Only the first are used";

// Celery beat, which is a service of its own or a command.
pub const TWO_BEATS: &str = "Two of Celery beat would send every task twice";
