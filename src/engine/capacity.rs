//! The task of the capacity view: the machines to buy.

use super::{Lane, Task};
use crate::plan::capacity::{CapacityPlan, capacity};
use crate::progress::Progress;
use serde::{Deserialize, Serialize};

/// Finds the smallest server and the smallest cluster that carry what a text describes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Capacity {
    /// The document.
    pub text: String,
}

impl Task for Capacity {
    /// `None` if the text cannot be read at all.
    type Answer = Option<CapacityPlan>;
    const LANE: Lane = Lane::Background;

    fn run(self, _: &mut Progress) -> Option<CapacityPlan> {
        crate::topology_of(&self.text).map(|topology| capacity(&topology))
    }
}
