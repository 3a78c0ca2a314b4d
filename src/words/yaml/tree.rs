//! What is wrong with YAML that is not taken, or not all of it.

// More than is read.
pub fn too_large(bytes: usize, most: usize) -> String {
    format!("The text has {bytes} bytes; at most {most} are read")
}

pub fn too_deep(most: usize) -> String {
    format!("Lists and maps stand in each other more than {most} deep, so nothing is read")
}

pub fn too_many_values(most: usize) -> String {
    format!("There are more than {most} values, so nothing is read")
}

pub fn too_many_repeated(most: usize) -> String {
    format!("Anchors and aliases repeat more than {most} values, so nothing is read")
}

// What is left out.
pub const SECOND_DOCUMENT: &str = "A second document starts here; only the first one is read";
pub const SECOND_DOCUMENT_HELP: &str = "Keep one document, without a line `---` in it";
pub const ENDLESS_ALIAS: &str = "This alias stands inside of what it repeats, which would have no end";
pub const ENDLESS_ALIAS_HELP: &str = "Write the value out";
pub const UNKNOWN_TAG_HELP: &str = "Remove the tag";
pub const NOTHING_TO_MERGE: &str = "`<<` takes a map, or a list of maps, to merge";

pub fn unknown_tag(tag: &str) -> String {
    format!("The tag `{tag}` means nothing here, and is ignored")
}

// Keys.
pub const NO_KEY: &str = "This value has no key";
pub const KEY_IS_NO_TEXT: &str = "A key is a text, and neither a list nor a map";
pub const KEY_IS_NO_TEXT_HELP: &str = "A text that starts with `{` or `[` needs quotes";
pub const REPEATED_KEY_HELP: &str = "Remove one of them";

pub fn repeated_key(key: &str) -> String {
    format!("`{key}` is given twice in this map; only the first one counts")
}
