//! The generated files: their folders, their status since the baseline, their lines by field, and their syntax.

pub mod folders;
pub mod highlight;
pub mod status;
pub mod trace;
