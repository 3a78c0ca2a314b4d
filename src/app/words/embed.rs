//! What the embedded page says of its own.

pub const TEXT: &str = "Text";
/// A narrow page shows the first part only.
pub const OPEN: &str = "Open";
pub const OPEN_IN: &str = "in Plimsoll";
pub const OPEN_WHERE: &str = "Opens this text in Plimsoll, in a tab of its own";
pub const EMPTY: &str = "Describe a deployment in the text, and what follows from it stands here.";
pub const UNREADABLE: &str = "This text cannot be read yet. What is wrong, and where, is said above.";
pub const NO_ENGINE: &str = "The part that computes did not load";
pub const TOO_LONG: &str = "The document is longer than 1 MiB";
