//! What to run on one server, with Docker Compose.

use super::{Guide, by_hand, health_path, hosts, public, speaks_http};
use crate::topology::Topology;

/// The steps on a server.
pub fn server(guide: &mut Guide, topology: &Topology) {
    guide.heading(2, "On one server, with Docker Compose");
    let hosts = hosts(topology, |_| true);
    if !hosts.is_empty() {
        let ports = match super::hosts(topology, |public| public.tls).as_slice() {
            [] => "port 80",
            _ => "ports 80 and 443: certificates are issued only where both lead here",
        };
        let hosts = hosts.join(" and ");
        guide.paragraph(&format!("Let the DNS name {hosts} point at the server, and let its firewall pass {ports}."));
    }
    guide.commands(["docker compose up --build --detach --wait"]);
    guide.paragraph("This waits until every health check passes. Look at what runs, and at what it says:");
    guide.commands(["docker compose ps --all", "docker compose logs --tail 50"]);
    by_hand(guide, topology, |service| format!("docker compose run --rm {}", service.name));
    for service in &topology.services {
        if let Some(publish) = service.publish.filter(|_| service.public.is_none() && speaks_http(service)) {
            guide.paragraph(&format!("`{}` answers on the server itself:", service.name));
            guide.commands([format!("curl --include http://127.0.0.1:{}{}", publish.port, health_path(service))]);
        }
    }
    public(guide, topology);
    guide.paragraph("After a change, the first command again: containers that did not change stay as they are.");
}
