//! The diagram of a topology: its nodes and their labels, its layout, and the part of it that is in view.

pub mod camera;
pub mod layout;
pub mod picture;
pub mod signs;
pub mod text;
