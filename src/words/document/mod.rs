//! What is wrong with a document that is YAML.

pub mod build;
pub mod catalog;
pub mod code_files;
pub mod common;
pub mod curve;
pub mod environments;
pub mod external;
pub mod image;
pub mod links;
pub mod machines;
pub mod memory;
pub mod program;
pub mod queue;
pub mod schedule;
pub mod service;
pub mod targets;
pub mod variables;
pub mod written_command;

use crate::topology::Name;

// The document as a whole.
pub const UNKNOWN_VERSION_HELP: &str = "Write `version: 1`, or leave it out";
pub const TOO_MANY_SERVICES_HELP: &str = "Only the first are used; split the document";
pub const TOO_MUCH_WRITTEN_HELP: &str = "This service and those after it are left out; let them have fewer variables, \
                                         steps or needs, or split the document";

pub fn unknown_version(version: u32) -> String {
    format!("Version {version} of the document is not known")
}

pub fn too_many_services(count: usize, most: usize) -> String {
    format!("{count} services are more than the {most} that one document can have")
}

/// Of the first service with which a document becomes more than can be followed.
pub fn too_much_written(service: &Name) -> String {
    format!("With `{service}`, the files would be too large to follow what you type")
}

// The names of services.
pub const NEAREST_IS_TAKEN_HELP: &str = "Give it another name";
pub const THE_CLUSTERS_OWN_HELP: &str = "Give the service another name, or the cluster another `namespace`";

pub fn nearest_is_taken(written: &str, nearest: &Name) -> String {
    format!("`{written}` is no DNS label, and the nearest, `{nearest}`, is another service's name")
}

pub fn the_clusters_own(service: &Name) -> String {
    format!("The namespace `default` has a `{service}` already, which is the cluster's own")
}
