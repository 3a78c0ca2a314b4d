//! Reading YAML with the place of every value, and writing YAML that every reader takes the same way.
//!
//! Text becomes a tree whose nodes know their bytes ([`tree`]), and the tree becomes types by serde ([`de`]): one
//! mistake spoils one field, and says where it is. A tree of our own on `saphyr-parser`'s events costs the page a
//! sixth of what `serde-saphyr` would, and gives minimal edits of the text besides. [`write`](mod@write) goes the other
//! way: what serde gives, as text whose lines know which value they show.

mod field;
mod outline;
mod scan;
mod syntax;

pub mod de;
pub mod tree;
pub mod write;

pub use de::{known_keys, read};
pub(crate) use tree::parse_own;

pub use field::{Field, Map, MapEntry};
pub use outline::{Pair, Part, Shape, outline};
pub use tree::{Entry, Node, Parsed, Value, parse};
pub use write::{Along, Segment, scalar, to_yaml, to_yaml_along};
pub(crate) use write::{value_along, value_of};
