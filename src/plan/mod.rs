//! What a topology takes and where it lands: memory, placement, machines.

pub mod allocatable;
pub mod scheduler;
