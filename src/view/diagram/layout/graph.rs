//! The graph that is laid out, and the sizes of its nodes.

/// The width of a node.
pub const WIDTH: f64 = 176.0;
/// The gap between two columns.
pub const GAP_ACROSS: f64 = 64.0;
/// The graph to lay out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Graph {
    /// The role of each node, in the document's order.
    pub nodes: Vec<Role>,
    /// The lines, from a node to one that it needs; indices of `nodes`.
    pub lines: Vec<(usize, usize)>,
    /// The width of each sign at the head of the frame: at most [`WIDTH`].
    pub head: Vec<f64>,
    /// The size of the nodes.
    pub density: Density,
}

/// The place of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The internet: left of the frame.
    Door,
    /// A service that runs here: in the frame.
    Inside,
    /// An external service: right of the frame.
    Outside,
}

/// The size of the nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Density {
    /// Three lines of text.
    #[default]
    Roomy,
    /// One line of text, for many nodes.
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

    /// The gap between two nodes of a column.
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
