//! The proxy that Compose puts before the public services: Caddy or Traefik, which fetch and renew certificates
//! themselves.

use super::document::ProxyKind;
use super::{Name, Topology};
use crate::model::measured;
use crate::quantity::Memory;

/// The limit of the proxy's container. Compose's file and the plan both take it from here.
pub const PROXY_MEMORY: Memory = Memory::from_mib(128);

impl Topology {
    /// The name of the proxy among Compose's services: `proxy`, or the first of `proxy-2`, `proxy-3` and so on that no
    /// service has.
    pub fn proxy_name(&self) -> Name {
        let is_free = |name: &Name| self.services.iter().all(|service| service.name != *name);
        let proxy = Name::known("proxy");
        let numbered = (2_u32..).filter_map(|number| Name::new(&format!("{proxy}-{number}")));
        std::iter::once(proxy.clone()).chain(numbered).find(is_free).unwrap_or(proxy)
    }

    /// What the proxy takes while it forwards, as measured.
    pub fn proxy_need(&self) -> Memory {
        let measured = match self.server.as_ref().map(|server| server.proxy) {
            Some(ProxyKind::Traefik) => measured::TRAEFIK,
            Some(ProxyKind::Caddy) | None => measured::CADDY,
        };
        measured.with_traffic.shared + measured.with_traffic.each
    }

    /// Whether Compose needs a proxy: something that listens is public.
    pub fn has_proxy(&self) -> bool {
        self.services.iter().any(|service| service.public.is_some() && service.port.is_some())
    }
}
