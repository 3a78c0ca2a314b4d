//! What is said in the generated files, and of them: a module for each of their generators.

pub mod compose;
pub mod dockerfile;
pub mod env_example;
pub mod guide;
pub mod kubernetes;

use super::listed;

/// Why a container runs an image that is neither built nor in the catalog.
pub const NAMED_IMAGE: &str = "The image that you named";

/// Names as a sentence lists them.
fn all_of(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    listed(&names, "and")
}
