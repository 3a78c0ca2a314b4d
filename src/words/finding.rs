//! What is said of findings themselves, and where all files of a document are looked at.

pub const MEND_THESE_FIRST: &str = "Mend these first";
/// Where the files of a document do not agree.
pub const FILES_DISAGREE_HELP: &str =
    "All files follow from one document, so this is a mistake of Plimsoll: report it with the document";

pub fn more_than_these(told: usize) -> String {
    format!("There are more findings than these {told}")
}
