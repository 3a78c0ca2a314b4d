//! The picture of a plan: each machine a hull, each container its cargo, and the load line across.

use crate::plan::simulate::ReplicaState;
use crate::quantity::{Cpu, Memory};
use crate::view::colour::Colour;

/// The picture.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Picture {
    /// The machines.
    pub hulls: Vec<Hull>,
    /// The cargo without a machine, a row for each reason.
    pub unplaced: Vec<UnplacedRow>,
    /// A sentence about what is left out.
    pub left_out: Option<String>,
}

/// A machine.
#[derive(Debug, Clone, PartialEq)]
pub struct Hull {
    /// Its name.
    pub name: String,
    /// Its memory.
    pub memory: Memory,
    /// The memory that it reserves for itself.
    pub system: Memory,
    /// The cargo that it should carry at most.
    pub load_line: Memory,
    /// Whether it carries more.
    pub is_past_line: bool,
    /// Whether it does not run.
    pub is_stopped: bool,
    /// The size that its cargo may grow to, if that is more than the room it takes.
    pub may_grow_to: Option<Memory>,
    /// Its memory in words, such as `1.9 GiB of 2.8 GiB`.
    pub memory_words: String,
    /// Its processors in words.
    pub cpu_words: String,
    /// Its cargo.
    pub cargo: Vec<Cargo>,
}

/// A row of cargo without a machine.
#[derive(Debug, Clone, PartialEq)]
pub struct UnplacedRow {
    /// The reason.
    pub why: UnplacedReason,
    /// Its figures, the more important first.
    pub words: [String; 2],
    /// The cargo.
    pub cargo: Vec<Cargo>,
}

/// UnplacedReason cargo has no machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnplacedReason {
    /// None has room for it.
    NoRoom,
    /// Machines are on their way for it.
    Waits,
    /// It does not run.
    NotRunning,
}

impl UnplacedReason {
    /// The title of the row.
    pub fn name(self) -> &'static str {
        match self {
            Self::NoRoom => "No room",
            Self::Waits => "Waiting",
            Self::NotRunning => "Not running",
        }
    }
}

/// A container, or several that are drawn as one.
#[derive(Debug, Clone, PartialEq)]
pub struct Cargo {
    /// Its key in the picture.
    pub key: String,
    /// Its label.
    pub label: String,
    /// The service's colour.
    pub colour: Colour,
    /// The memory that it takes.
    pub size: Memory,
    /// The memory that it needs at peak, if that is not all.
    pub need: Option<Memory>,
    /// Its look.
    pub look: Look,
    /// The label for screen readers.
    pub words: String,
}

/// The look of cargo, by its state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Look {
    /// It runs.
    #[default]
    Plain,
    /// It runs at peak only.
    Extra,
    /// It has started, or waits to, and is not ready.
    Starting,
    /// It is terminating, and still holds its memory.
    Ending,
    /// It is lost with its machine.
    Lost,
}

impl Look {
    /// The look of a replica in that state.
    pub fn of(state: ReplicaState) -> Self {
        match state {
            ReplicaState::Ready => Self::Plain,
            ReplicaState::Pending | ReplicaState::Starting | ReplicaState::Waiting => Self::Starting,
            ReplicaState::Ending => Self::Ending,
            ReplicaState::Lost => Self::Lost,
        }
    }

    /// The CSS class that draws it.
    pub fn class(self) -> &'static str {
        match self {
            Self::Plain => "",
            Self::Extra => "is-extra",
            Self::Starting => "is-starting",
            Self::Ending => "is-ending",
            Self::Lost => "is-lost",
        }
    }
}

impl Picture {
    /// The memory that is as wide as the picture.
    pub fn scale(&self) -> Memory {
        let hulls = self.hulls.iter().map(Hull::length);
        let unplaced = self.unplaced.iter().map(|row| row.cargo.iter().map(|cargo| cargo.size).sum());
        hulls.chain(unplaced).max().unwrap_or_default()
    }

    /// The label of the cargo of that key, wherever it is.
    pub fn words(&self, key: &str) -> Option<&str> {
        let unplaced = self.unplaced.iter().flat_map(|row| &row.cargo);
        let all = self.hulls.iter().flat_map(|hull| &hull.cargo).chain(unplaced);
        all.filter(|cargo| cargo.key == key).map(|cargo| cargo.words.as_str()).next()
    }
}

impl Hull {
    /// The length of the drawing, whether or not the cargo fits.
    pub fn length(&self) -> Memory {
        self.memory.max(self.system + self.may_grow_to.unwrap_or_default()).max(self.memory + self.excess())
    }

    /// The cargo that exceeds its memory.
    pub fn excess(&self) -> Memory {
        self.system + self.cargo.iter().map(|cargo| cargo.size).sum() - self.memory
    }
}

/// A part of the processors of a machine.
pub fn cpu_of(part: Cpu, whole: Cpu) -> String {
    format!("{} of {whole}", part.compose())
}
