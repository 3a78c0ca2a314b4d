//! The values that describe a container and the load on it, whatever kind of service it runs.

mod container;
mod curve;
mod field_path;
pub mod instance_types;
pub mod measured;
mod memory;
mod name;
mod schedule;
mod schema_paths;
mod values;

pub use crate::quantity::{Cpu, Memory};
pub use container::{HealthCheck, Storage, User, Variable, VariableValue};
pub use curve::Curve;
pub(crate) use curve::whole;
pub use field_path::{FieldPath, KindField, ServiceField, TopField};
pub(crate) use field_path::{field_path, kind_field, service_field};
pub use measured::Measured;
pub use memory::{ContainerMemory, FigureSource, ProcessModel};
pub use name::Name;
pub use schedule::Schedule;
pub use values::{Duration, Percent, Price, Rate};
