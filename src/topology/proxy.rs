//! The proxy that Compose puts before the public services: Caddy or Traefik, which fetch and renew certificates
//! themselves.

use super::{Name, Topology};
use crate::quantity::Memory;

/// The limit of the proxy's container. Compose's file and the plan both take it from here.
pub const PROXY_MEMORY: Memory = Memory::from_mib(128);

/// What the proxy needs while it forwards: an order of magnitude, as for the catalog's services.
pub const PROXY_NEED: Memory = Memory::from_mib(48);

impl Topology {
    /// The name of the proxy among Compose's services: `proxy`, or the first of `proxy-2`, `proxy-3` and so on that no
    /// service has.
    pub fn proxy_name(&self) -> Name {
        let is_free = |name: &Name| self.services.iter().all(|service| service.name != *name);
        let proxy = Name::known("proxy");
        let numbered = (2_u32..).filter_map(|number| Name::new(&format!("{proxy}-{number}")));
        std::iter::once(proxy.clone()).chain(numbered).find(is_free).unwrap_or(proxy)
    }

    /// Whether Compose needs a proxy: something that listens is public.
    pub fn has_proxy(&self) -> bool {
        self.services.iter().any(|service| service.public.is_some() && service.port.is_some())
    }
}
