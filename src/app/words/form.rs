//! What is said about the form.

pub const DOCUMENT: &str = "Document";
pub const SERVER: &str = "Server";
pub const CLUSTER: &str = "Cluster";
pub const TRAFFIC: &str = "Traffic";

pub fn nodes(group: &str) -> String {
    format!("Nodes {group}")
}

// Above the fields.
pub const PART: &str = "Part";
pub const NEW_KIND: &str = "Kind of the new service";
pub const ADD_SERVICE: &str = "Add service";
pub const FIND: &str = "Find a field";
pub const NAME: &str = "Name";

// Instead of fields.
pub const GONE: &str = "This is not in the document any more. Choose another part above.";
pub const UNWRITTEN: &str = "The document says nothing of this yet. What you fill in is added to it.";
pub const TEXT_ONLY: &str = "Written in a way that only the text can show.";

// Below them.
pub const FEWER: &str = "Only what is set or usual";

pub fn more_fields(fields: usize) -> String {
    format!("{fields} more fields")
}

// A field.
/// The field that says what a service is.
pub const KIND: &str = "Kind";
pub const CHANGE: &str = "Change";
pub const NOT_SAID: &str = "not said yet";
pub const NOT_SET: &str = "not set";
pub const RESET: &str = "Reset to the default";

pub fn reset(field: &str) -> String {
    format!("Reset {field} to its default")
}

/// What a field is for, and what holds while nothing is written.
pub fn about(about: &str, default: &str) -> String {
    format!("{about} Default: {default}.").trim().to_owned()
}

/// What holds while nothing is written, in the field.
pub fn default(value: &str) -> String {
    format!("default: {value}")
}

// Lists.
pub const ADD: &str = "Add";
pub const ADD_HERE: &str = "Add …";
pub const ADD_NAME: &str = "name";
pub const NEW_NAME: &str = "New name";
pub const NEW_NAME_HERE: &str = "NAME";
pub const NEW_VALUE: &str = "New value";
pub const NEW_VALUE_HERE: &str = "value";

/// One of a list, by its place from 1.
pub fn item(list: &str, place: usize) -> String {
    format!("{list} {place}")
}

/// The name of one of a list, by its place from 1.
pub fn name_of_item(place: usize) -> String {
    format!("Name {place}")
}

pub fn value_of(name: &str) -> String {
    format!("Value of {name}")
}

pub fn remove(what: &str) -> String {
    format!("Remove {what}")
}

pub fn add_to(list: &str) -> String {
    format!("Add to {list}")
}

// Why a change is not made.
pub const NOT_WORKED_OUT: &str = "The change could not be worked out: try it again";
pub const TEXT_CHANGED: &str = "The text changed meanwhile: try it again";
