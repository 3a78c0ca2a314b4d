//! What is said in the generated files, and of them: a module for each of their generators.

pub mod compose;
pub mod dockerfile;
