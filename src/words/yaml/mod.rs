//! What is wrong with a text that is no YAML, or no YAML that is taken.

pub mod syntax;
pub mod tree;
pub mod types;

/// In place of a file that cannot be.
pub fn cannot_be_written(why: &str) -> String {
    format!("Cannot be written: {why}")
}
