//! What a container is told and given: variables, a health check, a user, a disk.

use crate::model::FieldPath;
use crate::quantity::Memory;

/// An environment variable of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Its name: a letter or `_`, then letters, digits and `_`.
    pub name: String,
    /// Its value, or where the value is kept.
    pub value: VariableValue,
    /// The document's path of what asks for it, such as `services.api.env.LOG_LEVEL`.
    pub field: FieldPath,
    /// Why it is there, if the person did not write it.
    pub reason: Option<&'static str>,
}

/// The value of a variable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VariableValue {
    /// As it stands.
    Plain(String),
    /// A secret: the key in `.env` for Compose, and in the Secret named like the topology on Kubernetes.
    Secret {
        /// The key.
        key: String,
    },
}

/// How to see that a service is well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HealthCheck {
    /// The path answers 200 on the service's port.
    Http {
        /// An absolute path.
        path: String,
    },
    /// The service's port accepts a connection.
    Tcp,
    /// A command inside the container ends with 0; it runs in exec form, without a shell.
    Command(Vec<String>),
    /// There is nothing to ask: a worker that listens on no port.
    None,
}

/// A disk that survives a restart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// Its size.
    pub size: Memory,
    /// Where it is mounted: an absolute path.
    pub path: String,
}

/// The user and group that a process runs as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct User {
    /// User id, never 0.
    pub uid: u32,
    /// Group id. It is 0 only where an official image's files belong to that group.
    pub gid: u32,
}
