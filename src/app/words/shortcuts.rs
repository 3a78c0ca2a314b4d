//! What keys do.

pub const TITLE: &str = "Keyboard shortcuts";
pub const EVERYWHERE: &str = "Everywhere";
pub const IN_TEXT: &str = "In the text";
pub const IN_LISTS: &str = "In tabs, lists and the picture";
pub const OR: &str = "or";
pub const THEN: &str = "then";

// What is written on keys.
pub const ALT: &str = "Alt";
pub const CTRL: &str = "Ctrl";
pub const END: &str = "End";
pub const ENTER: &str = "Enter";
pub const ESCAPE: &str = "Esc";
pub const HOME: &str = "Home";
pub const SHIFT: &str = "Shift";
pub const SPACE: &str = "Space";
pub const TAB: &str = "Tab";

// What they do.
pub const SHEET: &str = "This sheet";
pub const CLOSE: &str = "Close what is open";
pub const UNDO: &str = "Undo, whoever made the change";
pub const REDO: &str = "Redo";
pub const FIND: &str = "Find and replace";
pub const COMPLETE: &str = "What could stand here";
pub const TO_LINES: &str = "The lines that come from here";
pub const INDENT: &str = "Indent, or less";
pub const LEAVE: &str = "Leave the text by keyboard";
pub const MOVE: &str = "The next and the one before";
pub const ENDS: &str = "The first and the last";

pub fn about(version: &str) -> String {
    format!("On a Mac, ⌘ does what Ctrl does. Plimsoll {version}; everything is worked out in this tab.")
}
