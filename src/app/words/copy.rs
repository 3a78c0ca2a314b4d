//! What is said about copying.

pub const COPY: &str = "Copy";
pub const COPIED: &str = "Copied";
pub const NOT_COPIED: &str = "Not copied: the browser does not allow it";
