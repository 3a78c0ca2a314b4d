//! What Traefik's routes say.

use super::ledger::{About, Fact, Ledger};
use super::question;
use super::yaml_file::Located;

/// Reads the routes; `compose` tells the services from their containers.
pub fn read<'a>(root: Located<'a>, compose: Located<'a>, ledger: &mut Ledger<'a>) {
    for (_, router) in root.entries(&["http", "routers"]) {
        let rule = router.text_or(&["rule"], "");
        let host = rule.strip_prefix("Host(`").and_then(|rule| rule.strip_suffix("`)")).unwrap_or(rule);
        let name = router.text_or(&["service"], "");
        // What sends people on to HTTPS leads nowhere.
        if name.ends_with("@internal") {
            continue;
        }
        let scheme = if router.at(&["tls"]).is_some() { "https" } else { "http" };
        ledger.state(Fact::Scheme(host.to_owned()), scheme, router.place());
        let balancer = root.at(&["http", "services", name, "loadBalancer"]);
        ledger
            .require(balancer.is_some(), router.place(), || format!("the service `{name}` of the route is not there"));
        let Some(balancer) = balancer else { continue };
        let mut containers = 0;
        for server in balancer.items(&["servers"]) {
            let address = server.text_or(&["url"], "").trim_start_matches("http://");
            let (container, port) = address.rsplit_once(':').unwrap_or((address, ""));
            containers += usize::from(compose.at(&["services", container]).is_none());
            let service = service_of(container, compose);
            ledger.state(Fact::Route(host.to_owned()), format!("{service}:{port}"), server.place());
        }
        if containers > 0 {
            ledger.state_of(name, About::Replicas, containers, balancer.place());
        }
        if let Some(check) = balancer.at(&["healthCheck"]) {
            let asked = question::get(check.text_or(&["path"], ""), check.text(&["hostname"]));
            ledger.state_of(name, About::Health, asked, check.place());
        }
    }
}

/// The service of a container that is named by itself: `PROJECT-SERVICE-NUMBER`.
fn service_of<'a>(container: &'a str, compose: Located<'a>) -> &'a str {
    if compose.at(&["services", container]).is_some() {
        return container;
    }
    let project = compose.text_or(&["name"], "");
    let inner = container.strip_prefix(project).and_then(|rest| rest.strip_prefix('-'));
    inner.and_then(|inner| inner.rsplit_once('-')).map_or(container, |(service, _)| service)
}
