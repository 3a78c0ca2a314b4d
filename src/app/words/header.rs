//! What the top of the page says.

pub const NAME: &str = "Plimsoll";
pub const PLAN_FOR: &str = "Plan for";
pub const SERVER: &str = "Server";
pub const CLUSTER: &str = "Cluster";
pub const EXAMPLES: &str = "Examples";
pub const START_FROM: &str = "Start from an example";
pub const SHARE: &str = "Share";
pub const DOWNLOAD: &str = "Download files";
pub const SHORTCUTS: &str = "Keyboard shortcuts";
pub const MORE: &str = "More";

pub fn version(version: &str) -> String {
    format!("Plimsoll {version}")
}

pub const UNDO: &str = "Undo";
pub const UNDO_HELP: &str = "Undo (Ctrl+Z)";
pub const REDO: &str = "Redo";
pub const REDO_HELP: &str = "Redo (Ctrl+Shift+Z)";

// The page's colours.
pub const AS_SYSTEM: &str = "as the system";
pub const LIGHT: &str = "light";
pub const DARK: &str = "dark";

pub fn colours(now: &str, next: &str) -> String {
    format!("Colours: {now}. Change to {next}")
}
