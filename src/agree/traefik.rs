//! What traefik-routes.yaml says.

use super::Said;
use super::ledger::{About, Fact, Ledger};
use super::yaml_file::Located;

/// The hosts that Traefik knows, how it serves them, and where they lead.
pub fn read<'a>(root: Located<'a>, said: &Said<'a>, ledger: &mut Ledger<'a>) {
    let project = ledger.said(&Fact::Name).next().unwrap_or_default().to_owned();
    for (_, router) in root.entries(&["http", "routers"]) {
        let rule = router.text_or(&["rule"], "");
        let host = rule.strip_prefix("Host(`").and_then(|rest| rest.strip_suffix("`)")).unwrap_or(rule);
        let leads_to = router.text_or(&["service"], "");
        // A redirect to HTTPS answers by itself.
        if leads_to == "noop@internal" {
            continue;
        }
        let scheme = if router.at(&["tls"]).is_some() { "https" } else { "http" };
        ledger.state(Fact::Scheme(host.to_owned()), scheme, router.place());
        let balancer = root.at(&["http", "services", leads_to, "loadBalancer"]);
        ledger.require(balancer.is_some(), router.place_of(&["service"]), || {
            format!("there is no service `{leads_to}`, to which `{host}` leads")
        });
        let Some(balancer) = balancer else { continue };
        let servers: Vec<Located> = balancer.items(&["servers"]).collect();
        for server in &servers {
            let address = server.text_or(&["url"], "").trim_start_matches("http://");
            let (name, port) = address.split_once(':').unwrap_or((address, ""));
            // One container of a service has a name of its own.
            let service = said.needs.keys().find(|service| {
                name.strip_prefix(&format!("{project}-{service}-")).is_some_and(|number| number.parse::<u32>().is_ok())
            });
            if let Some(service) = service {
                ledger.state_of(service, About::Replicas, servers.len(), balancer.place_of(&["servers"]));
            }
            let leads = format!("{}:{port}", service.map_or(name, String::as_str));
            ledger.state(Fact::Route(host.to_owned()), leads, server.place());
        }
    }
}
