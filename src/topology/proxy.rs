//! The proxy that Compose puts before the public services: Caddy, which fetches and renews certificates by itself.

use super::Topology;
use crate::quantity::Memory;

/// The limit of the proxy's container. Compose's file and the plan both take it from here.
pub const PROXY_MEMORY: Memory = Memory::from_mib(128);

/// What the proxy needs while it forwards: an order of magnitude, as for the catalog's services.
pub const PROXY_NEED: Memory = Memory::from_mib(48);

impl Topology {
    /// Whether Compose needs a proxy: something that listens is public.
    pub fn has_proxy(&self) -> bool {
        self.services.iter().any(|service| service.public.is_some() && service.port.is_some())
    }
}
