//! Help while somebody writes a document: completion, hover, the way between paths and places, and forms.
//!
//! All of it works on a text and a byte offset, so that it serves the page's editor, and any other. Texts may be broken in
//! any way: [`yaml::outline`](crate::yaml::outline()) reads them. Fields, values and defaults come from the JSON Schema,
//! which is generated from the document's types.

pub mod completion;
pub mod form;
pub mod hover;
pub mod places;

mod amounts;
mod schema;
#[cfg(test)]
mod tests;
