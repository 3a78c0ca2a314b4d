//! Defaults as the document spells them, for the JSON Schema.

use crate::model::instance_types::InstanceType;
use crate::model::{Cpu, Duration, Memory, Percent};

pub(super) fn cpu(cpu: Cpu) -> String {
    cpu.kubernetes()
}

pub(super) fn memory(memory: Memory) -> String {
    memory.kubernetes()
}

pub(super) fn percent(percent: Percent) -> String {
    format!("{}%", percent.get())
}

/// The names of all instance types that are known.
pub(super) fn instance_types() -> Vec<&'static str> {
    InstanceType::all().iter().map(|one| one.name).collect()
}

/// Uses the largest unit that leaves a whole number.
pub(super) fn duration(duration: Duration) -> String {
    let micros = duration.micros();
    let units = [("m", 60_000_000), ("s", 1_000_000), ("ms", 1000)];
    match units.into_iter().find(|(_, unit)| micros >= *unit && micros.is_multiple_of(*unit)) {
        Some((name, unit)) => format!("{}{name}", micros / unit),
        None => format!("{micros}us"),
    }
}
