//! How machines are compared: by price where all have one, else by size.

use super::Assumption;
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{Machine, NodeGroup};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The memory that counts as much as a processor. Providers that sell both apart ask for a processor as much as for 7.5 GB
/// (<https://cloud.google.com/compute/vm-instance-pricing>, E2 and N2) to 9 GB
/// (<https://aws.amazon.com/fargate/pricing/>).
const MEMORY_OF_A_CPU: Memory = Memory::from_gib(8);
/// Sizes that differ by less, in percent, are no reason to have more machines: prices differ by more.
const SIMILAR_PERCENT: u64 = 20;

/// How machines are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Scale {
    /// By price.
    Price,
    /// By size.
    Size,
}

/// The weight of a number of machines, in units of their scale.
pub(super) type Weight = u128;

impl Scale {
    /// Price, if each of the machines has one.
    pub(super) fn of(machines: &[Machine]) -> Self {
        if machines.iter().all(|machine| machine.price.is_some()) { Self::Price } else { Self::Size }
    }

    /// Returns the weight of `count` of the machine.
    pub(super) fn weight(self, machine: &Machine, count: u32) -> Weight {
        let one = match (self, machine.price) {
            (Self::Price, Some(price)) => price.cents().into(),
            _ => size(machine.cpu, machine.memory),
        };
        one.saturating_mul(count.into())
    }

    /// Returns the best: the lowest price or, among sizes that hardly differ from the smallest, the fewest machines.
    /// Each is the count of a machine.
    pub(super) fn best<'m>(self, found: impl Iterator<Item = (usize, &'m Machine, u32)> + Clone) -> Option<usize> {
        let weight = |machine, count| self.weight(machine, count);
        let least = found.clone().map(|(_, machine, count)| weight(machine, count)).min()?;
        let most = match self {
            Self::Price => least,
            Self::Size => least.saturating_mul(100 + u128::from(SIMILAR_PERCENT)) / 100,
        };
        let similar = found.filter(|(_, machine, count)| weight(machine, *count) <= most);
        similar.min_by_key(|(_, machine, count)| (*count, weight(machine, *count))).map(|(index, ..)| index)
    }

    /// Returns the assumption that states how it compares.
    pub(super) fn assumption(self) -> Assumption {
        match self {
            Self::Price => Assumption::ComparedByPrice,
            Self::Size => {
                Assumption::ComparedBySize { memory_of_a_core: MEMORY_OF_A_CPU, similar_percent: SIMILAR_PERCENT }
            }
        }
    }

    /// The machines from the least on, each with its place in the list.
    pub(super) fn sorted(self, machines: &[Machine]) -> Vec<(usize, &Machine)> {
        let mut sorted: Vec<(usize, &Machine)> = machines.iter().enumerate().collect();
        sorting::sort_by_key(&mut sorted, |(index, machine)| {
            (self.weight(machine, 1), Reverse(machine.memory), *index)
        });
        sorted
    }
}

/// The size of a machine: its memory, and as much again as its processors count for.
pub(super) fn size(cpu: Cpu, memory: Memory) -> Weight {
    let as_memory = u128::from(cpu.millis()) * u128::from(MEMORY_OF_A_CPU.bytes()) / 1000;
    as_memory + u128::from(memory.bytes())
}

/// The size of all machines of groups.
pub(super) fn size_of(groups: &[NodeGroup]) -> Weight {
    groups.iter().map(|group| size(group.cpu, group.memory).saturating_mul(group.count.into())).sum()
}
