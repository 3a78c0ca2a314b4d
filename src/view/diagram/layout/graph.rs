//! The graph that is laid out, and the sizes of its nodes.

/// The width of a node.
pub const WIDTH: f64 = 176.0;
/// The room between two columns.
pub const GAP_ACROSS: f64 = 64.0;
/// What is to be laid out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// What each node is, in the document's order.
    pub nodes: Vec<Role>,
    /// The lines, from who needs to who is needed; places in `nodes`.
    pub lines: Vec<(usize, usize)>,
    /// How wide each of the frame's own words is, which stand at its head: at most [`WIDTH`].
    pub head: Vec<f64>,
    /// How large a node is.
    pub density: Density,
}

/// Where a node belongs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The way in: left of the frame.
    Door,
    /// What runs here: in the frame.
    Inside,
    /// What somebody else runs: right of the frame.
    Outside,
}

/// How large a node is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    /// Three lines of words.
    #[default]
    Roomy,
    /// One line of words, for many nodes.
    Dense,
}

impl Density {
    /// The height of a node.
    pub fn height(self) -> f64 {
        match self {
            Self::Roomy => 72.0,
            Self::Dense => 32.0,
        }
    }

    /// The room between two nodes of a column.
    pub fn gap(self) -> f64 {
        match self {
            Self::Roomy => 24.0,
            Self::Dense => 12.0,
        }
    }
}

/// A small count as a length.
pub fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
