//! What is said about the text's field. What the full editor says is in `editor/words.js`.

pub const LABEL: &str = "Topology, as YAML";
