//! Why a text is not changed.

pub const DOCUMENT_IS_NO_MAP: &str = "The document is no map, so it can only be changed as text";

pub fn unreadable(why: &str) -> String {
    format!("The text cannot be read, so it can only be changed as text: {why}")
}

pub fn not_there(path: &str) -> String {
    format!("There is no `{path}` in the text")
}

pub fn no_map(path: &str) -> String {
    format!("`{path}` is no map in the text: change it there first")
}

pub fn no_list(path: &str) -> String {
    format!("`{path}` is no list in the text: change it there first")
}

pub fn alias(path: &str) -> String {
    format!("`{path}` repeats what is written at an anchor: change it there, in the text")
}

pub fn merged(path: &str) -> String {
    format!("`{path}` comes from another map by `<<`: change it in the text")
}

pub fn repeated(path: &str) -> String {
    format!("`{path}` is repeated elsewhere by an alias, which would change too: use the text")
}

pub fn taken(name: &str) -> String {
    format!("There is a `{name}` already")
}

pub fn needs_itself(service: &str) -> String {
    format!("`{service}` cannot need itself")
}

pub fn unusual(path: &str) -> String {
    format!("`{path}` is written in a way that can only be changed in the text")
}
