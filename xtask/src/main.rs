//! Builds, serves and tests Plimsoll: `cargo xtask help`.
fn main() {}
