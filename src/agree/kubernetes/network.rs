//! What Services, routes and NetworkPolicies say of who reaches whom.

use super::super::Said;
use super::super::ledger::{About, Fact, Ledger, Place};
use super::super::yaml_file::Located;
use super::{NAME, Object, Objects, selects};

/// Reads what leads to pods.
pub fn read<'a>(objects: &Objects<'a>, said: &Said<'a>, ledger: &mut Ledger<'a>) {
    for service in objects.of("Service") {
        let place = service.at.place_of(&["spec", "selector"]);
        let finds = |(_, template): (Object, Located)| found(service.at.at(&["spec", "selector"]), template);
        ledger.require(objects.workloads().any(finds), place, || format!("Service `{}` finds no pods", service.name));
        for port in service.at.items(&["spec", "ports"]) {
            ledger.state_of(service.name, About::Port, port.text_or(&["port"], ""), port.place());
            let target = port.text_or(&["targetPort"], "");
            let listens = |(_, template): (Object, Located)| {
                let named = |port: Located| {
                    port.text(&["name"]) == Some(target) || port.text(&["containerPort"]) == Some(target)
                };
                let mut containers = template.items(&["spec", "containers"]);
                found(service.at.at(&["spec", "selector"]), template)
                    && containers.any(|container| container.items(&["ports"]).any(named))
            };
            let is_open = objects.workloads().any(listens);
            ledger.require(is_open, port.place(), || format!("no pod of `{}` has the port `{target}`", service.name));
        }
    }
    for budget in objects.of("PodDisruptionBudget") {
        let finds = |(_, template): (Object, Located)| found(budget.at.at(&["spec", "selector"]), template);
        let place = budget.at.place_of(&["spec", "selector"]);
        ledger.require(objects.workloads().any(finds), place, || format!("the budget `{}` finds no pods", budget.name));
    }
    for route in objects.of("HTTPRoute") {
        http_route(route, objects, ledger);
    }
    for ingress in objects.of("Ingress") {
        for rule in ingress.at.items(&["spec", "rules"]) {
            let host = rule.text_or(&["host"], "");
            for path in rule.items(&["http", "paths"]) {
                let backend = |key: &[&str]| path.text(&[&["backend", "service"], key].concat()).unwrap_or_default();
                let leads = format!("{}:{}", backend(&["name"]), backend(&["port", "number"]));
                ledger.state(Fact::Route(host.to_owned()), leads, path.place());
            }
            let scheme = if ingress.at.at(&["spec", "tls"]).is_some() { "https" } else { "http" };
            ledger.state(Fact::Scheme(host.to_owned()), scheme, rule.place());
        }
    }
    for policy in objects.of("NetworkPolicy") {
        callers(policy, objects, said, ledger);
    }
}

/// Whether a selector finds the pods of a template.
fn found(selector: Option<Located>, template: Located) -> bool {
    selector.zip(template.at(&["metadata", "labels"])).is_some_and(|(selector, labels)| selects(selector, labels))
}

fn http_route<'a>(route: Object<'a>, objects: &Objects<'a>, ledger: &mut Ledger<'a>) {
    let listener = |parent: Located<'a>| {
        let gateway = objects.named("Gateway", parent.text_or(&["name"], ""))?;
        let section = parent.text(&["sectionName"]);
        gateway.at.items(&["spec", "listeners"]).find(|listener| listener.text(&["name"]) == section)
    };
    let mut scheme = None;
    for parent in route.at.items(&["spec", "parentRefs"]) {
        let listener = listener(parent);
        ledger.require(listener.is_some(), parent.place(), || format!("`{}` hangs on no listener", route.name));
        scheme = listener.and_then(|listener| listener.text(&["protocol"])).map(str::to_ascii_lowercase);
        if let Some(host) = listener.and_then(|listener| listener.at(&["hostname"])) {
            let (place, host) = (host.place(), host.node.text());
            let takes = route.at.items(&["spec", "hostnames"]).any(|taken| taken.node.text() == host);
            ledger.require(takes, parent.place(), || {
                format!("the listener of `{}` takes `{}` only, says {place}", route.name, host.unwrap_or_default())
            });
        }
    }
    for host in route.at.items(&["spec", "hostnames"]) {
        let name = host.node.text().unwrap_or_default();
        ledger.state(Fact::Scheme(name.to_owned()), scheme.clone().unwrap_or_default(), host.place());
        for backend in route.at.items(&["spec", "rules"]).flat_map(|rule| rule.items(&["backendRefs"])) {
            let leads = format!("{}:{}", backend.text_or(&["name"], ""), backend.text_or(&["port"], ""));
            ledger.state(Fact::Route(name.to_owned()), leads, backend.place());
        }
    }
}

/// Whoever needs a service on the server may connect to it on the cluster, and nobody else.
fn callers<'a>(policy: Object<'a>, objects: &Objects<'a>, said: &Said<'a>, ledger: &mut Ledger<'a>) {
    let selector = policy.at.at(&["spec", "podSelector"]);
    let own = |(object, template): &(Object, Located<'a>)| object.kind != "Job" && found(selector, *template);
    let Some((_, called)) = objects.workloads().find(own) else {
        return ledger.require(false, policy.at.place(), || format!("the policy `{}` finds no pods", policy.name));
    };
    let name = called.text_or(&["metadata", "labels", NAME], "");
    let (mut is_open_to_all, mut admitted) = (false, Vec::new());
    for rule in policy.at.items(&["spec", "ingress"]) {
        for port in rule.items(&["ports"]) {
            ledger.state_of(name, About::Port, port.text_or(&["port"], ""), port.place());
        }
        is_open_to_all |= rule.at(&["from"]).is_none();
        admitted.extend(rule.items(&["from"]).filter_map(|peer| peer.at(&["podSelector"])));
    }
    let place = policy.at.place_of(&["spec", "ingress"]);
    let listens = called.items(&["spec", "containers"]).any(|container| container.at(&["ports"]).is_some());
    if !listens {
        return;
    }
    for (object, template) in objects.workloads() {
        let caller = template.text_or(&["spec", "serviceAccountName"], "");
        let (leaves, labels) = (leaves_for(objects, template, called), template.at(&["metadata", "labels"]));
        let may = |selector: &Located| labels.is_some_and(|labels| selects(*selector, labels));
        let is_let_in = is_open_to_all || admitted.iter().any(may);
        if let Some(way_out) = leaves.filter(|_| !is_let_in) {
            ledger.require(false, place, || {
                format!("`{name}` does not let {} `{}` in, which {way_out} lets out", object.kind, object.name)
            });
        }
        let Some(needs) = said.needs.get(caller) else { continue };
        match (needs.get(name), is_let_in, leaves) {
            (Some(needed), false, _) => ledger.require(false, place, || {
                format!("{} `{}` may not connect to `{name}`, which it waits for in {needed}", object.kind, object.name)
            }),
            (Some(needed), true, None) => ledger.require(false, template.place(), || {
                format!(
                    "no policy lets {} `{}` out to `{name}`, which it waits for in {needed}",
                    object.kind, object.name
                )
            }),
            (None, true, _) if !is_open_to_all => ledger.require(false, place, || {
                format!("{} `{}` may connect to `{name}`, and does not need it", object.kind, object.name)
            }),
            _ => ledger.require(true, place, String::new),
        }
    }
}

/// The policy that lets the pods of one template out to those of another.
fn leaves_for<'a>(objects: &Objects<'a>, caller: Located<'a>, called: Located<'a>) -> Option<Place<'a>> {
    let policies = objects.of("NetworkPolicy").filter(|policy| found(policy.at.at(&["spec", "podSelector"]), caller));
    let mut rules = policies.flat_map(|policy| policy.at.items(&["spec", "egress"]));
    let leads = |rule: &Located<'a>| rule.items(&["to"]).any(|peer| found(peer.at(&["podSelector"]), called));
    rules.find(leads).map(Located::place)
}
