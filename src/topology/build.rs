//! The images that are built.

use super::ServiceId;
use crate::kinds::Stack;

/// Index of a build in [`Topology::builds`](super::Topology::builds); valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuildId(pub(crate) usize);

/// An image that is built from the person's code. Services with the same code and stack share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Its full reference, such as `ghcr.io/acme/shop:1.4`.
    pub image: String,
    /// The folder of the code, relative to the Compose file: `.` or a path without `..`.
    pub context: String,
    /// The Dockerfile, relative to `context`: the person's own, or `Dockerfile`, or `Dockerfile.NAME` where one folder
    /// has several.
    pub dockerfile: String,
    /// How it is built.
    pub stack: Stack,
    /// Whether Plimsoll writes its Dockerfile.
    pub is_ours: bool,
    /// The port that the web app listens on, if one of the services is a web app.
    pub port: Option<u16>,
    /// What the container runs unless told otherwise: the first service's command. Empty where the person's own
    /// Dockerfile says it.
    pub command: Vec<String>,
    /// The services that run this image.
    pub services: Vec<ServiceId>,
}
