//! Why the lines of a Dockerfile, and of what is not sent to its builder, are there.

pub mod go;
pub mod ignore;
pub mod image;
pub mod node;
pub mod python;
