//! What is said in the generated files, and of them.
