//! Reading YAML with the place of every value, and writing YAML that every reader takes the same way.
//!
//! Text becomes a tree whose nodes know their bytes ([`tree`]), and the tree becomes types by serde ([`de`]): one
//! mistake spoils one field, and says where it is. A tree of our own on `saphyr-parser`'s events costs the page a
//! sixth of what `serde-saphyr` would, and gives minimal edits of the text besides.

mod findings;
mod scan;
mod syntax;

pub mod de;
pub mod tree;

pub use de::{Field, Map, MapEntry, read};
pub use findings::MAX_FINDINGS;
pub use tree::{Entry, Node, Parsed, Value, parse};
