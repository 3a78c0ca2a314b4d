//! What ties services to one another and to the outside: needs, hosts, ports of the server.

use super::super::document::{self, Document, Publish as WrittenPublish};
use super::super::{
    GatewayKind, Managed, ManagedId, Name, Needed, Public, Publish, Reach, Service, ServiceId, Variable, VariableValue,
};
use super::service::Source;
use super::targets::Targets;
use super::{Report, check, given, unknown_service};
use crate::finding::Finding;
use crate::kinds::program::{BehindProxy, Role};
use crate::message::message;
use crate::model::service_field;
use crate::rules;
use crate::text::Span;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// Ports that the reverse proxy of a public service takes on the server.
const PROXY_PORTS: [u16; 2] = [80, 443];

/// Hosts that are served by HTTPS each take a listener of the Gateway, beside the one that takes HTTP.
const MAX_ENCRYPTED: usize = 63;
const GATEWAY: &str = "https://gateway-api.sigs.k8s.io/reference/spec/#gatewayspec";

/// Ties `services`, which `written` describes in the same order.
pub fn resolve(
    services: &mut [Service],
    managed: &[Managed],
    written: &[Source],
    document: &Document,
    targets: &Targets,
    report: &mut Report,
) {
    needs(services, managed, written, document, report);
    public(services, written, targets, report);
    if targets.server.is_some() {
        publish(services, written, report);
        ways_out(services, managed, written, report);
    }
}

/// Connects the services; what points nowhere, or back in a circle, is left out.
fn needs(services: &mut [Service], managed: &[Managed], written: &[Source], document: &Document, report: &mut Report) {
    let running = written.iter().enumerate().map(|(index, source)| (&source.name, Needed::Service(ServiceId(index))));
    let elsewhere = managed.iter().enumerate().map(|(index, one)| (&one.name, Needed::Managed(ManagedId(index))));
    let known: FxHashMap<&str, Needed> =
        running.chain(elsewhere).map(|(name, needed)| (name.as_str(), needed)).collect();
    let mut needed_by: Vec<Vec<usize>> = vec![Vec::new(); services.len()];
    for (index, source) in written.iter().enumerate() {
        let entries = report.entries(&source.service.needs, |count: usize, most: usize| {
            message!("{count} needs are more than the {most} that one service can have", count, most)
        });
        // None of the entries adds to these: one that would closes a circle, and is left out.
        let waiting = if entries.is_empty() { Vec::new() } else { waiting_for(index, &needed_by) };
        for (name, span) in entries {
            let Some(&needed) = known.get(name.as_str()) else {
                // A service that is there and broken has a finding already.
                let is_written = document.services.get().is_some_and(|all| all.get(name).is_some());
                if !is_written {
                    report.add_with(|| {
                        let running = written.iter().map(|source| &source.name);
                        unknown_service(
                            name,
                            span,
                            running.chain(managed.iter().map(|one| &one.name)),
                            "Add it to `services`, or remove it here",
                        )
                    });
                }
                continue;
            };
            let target = needed.service().map(|ServiceId(index)| index);
            if target.is_some_and(|target| services[target].schedule.is_some()) {
                let finding = Finding::warning(
                    &rules::no_effect::RULE,
                    span,
                    message!("`{name}` runs now and then, so nobody can rely on it", name),
                );
                report.add(finding.help("Remove it here"));
            } else if services[index].needs.contains(&needed) {
                let finding =
                    Finding::warning(&rules::duplicate_name::RULE, span, message!("`{name}` is named twice", name));
                report.add(finding.help("Once is enough"));
            } else if let Some(target) = target.filter(|target| waiting[*target]) {
                report.add_with(|| {
                    let circle = path(services, target, index);
                    let names: Vec<&str> = circle.iter().map(|at| services[*at].name.as_str()).collect();
                    let message = message!(
                        "`{service}` would wait for itself: it needs {circle}",
                        service = source.name,
                        circle = names.join(", which needs ")
                    );
                    Finding::error(&rules::circular_needs::RULE, span, message).help("Remove one of these needs")
                });
            } else {
                if let Some(target) = target {
                    needed_by[target].push(index);
                }
                services[index].needs.push(needed);
            }
        }
    }
}

/// Which services wait for the one at `index`, over others too; it counts as one of them.
fn waiting_for(index: usize, needed_by: &[Vec<usize>]) -> Vec<bool> {
    let mut waiting = vec![false; needed_by.len()];
    waiting[index] = true;
    let mut open = vec![index];
    while let Some(at) = open.pop() {
        for next in &needed_by[at] {
            if !waiting[*next] {
                waiting[*next] = true;
                open.push(*next);
            }
        }
    }
    waiting
}

/// The way along needs from one service to another, both included; there must be one.
fn path(services: &[Service], from: usize, to: usize) -> Vec<usize> {
    let mut came_from: Vec<Option<usize>> = vec![None; services.len()];
    let mut seen = vec![false; services.len()];
    let mut open = vec![from];
    seen[from] = true;
    while let Some(at) = open.pop() {
        if at == to {
            let mut way = vec![at];
            while let Some(before) = came_from[way[way.len() - 1]] {
                way.push(before);
            }
            way.reverse();
            return way;
        }
        for ServiceId(next) in services[at].needed_services() {
            if !seen[next] {
                seen[next] = true;
                came_from[next] = Some(at);
                open.push(next);
            }
        }
    }
    Vec::new()
}

fn public(services: &mut [Service], written: &[Source], targets: &Targets, report: &mut Report) {
    let has_gateway = targets.cluster.as_ref().is_some_and(|cluster| cluster.gateway.kind == GatewayKind::GatewayApi);
    let mut encrypted = 0;
    let mut hosts: BTreeSet<String> = BTreeSet::new();
    for (service, source) in services.iter_mut().zip(written) {
        let Some((public, span)) = given(&source.service.public) else { continue };
        let Some(public) = one_public(service, public, span, report) else { continue };
        let place = source.service.public.get().and_then(|public| public.host.span()).unwrap_or(span);
        if hosts.contains(&public.host) {
            let finding = Finding::error(
                &rules::duplicate_host::RULE,
                place,
                message!("Two services claim the host `{host}`", host = public.host),
            );
            report.add(finding.help("Give each a host of its own"));
            continue;
        }
        encrypted += usize::from(public.tls);
        if has_gateway && encrypted > MAX_ENCRYPTED {
            let finding = Finding::error(
                &rules::too_many::RULE,
                place,
                message!("A Gateway has 64 listeners, so {most} hosts with HTTPS are the most", most = MAX_ENCRYPTED),
            )
            .link(GATEWAY);
            report.add(finding.help("Split the document, or write `gateway: ingress` in `cluster`"));
            continue;
        }
        hosts.insert(public.host.clone());
        trust_proxy(service);
        service.public = Some(public);
    }
}

fn one_public(service: &Service, written: &document::Public, span: Span, report: &mut Report) -> Option<Public> {
    if service.port.is_none() {
        let finding = Finding::error(
            &rules::no_port::RULE,
            span,
            message!("`{service}` listens on no port", service = service.name),
        );
        report.add(finding.help("Add `port`, or remove `public`"));
        return None;
    }
    if !service.kind.speaks_http {
        let finding = Finding::error(
            &rules::not_http::RULE,
            span,
            message!("{kind} speaks no HTTP, so no proxy can lead to it", kind = service.kind.product),
        );
        report.add(finding.help("Remove `public`; other services reach it by its name"));
        return None;
    }
    if written.host.is_absent() {
        let finding = Finding::error(&rules::missing_value::RULE, span, "A public service needs a host");
        report.add(finding.help("Add `host`, such as `shop.example.com`"));
    }
    let host = report.text(
        &written.host,
        check::is_host,
        |text: &str| message!("`{text}` is no host name", text),
        "Write a DNS name in lower case, such as `shop.example.com`",
    )?;
    Some(Public { host: host.to_owned(), tls: written.tls.get().copied().unwrap_or(true) })
}

/// Lets a server believe what the proxy in front of it says of the client.
fn trust_proxy(service: &mut Service) {
    let Some(BehindProxy { variable, value, reason }) = service.kind.behind_proxy else { return };
    if service.env.iter().any(|other| other.name == variable) {
        return;
    }
    service.env.push(Variable {
        name: variable.to_owned(),
        value: VariableValue::Plain(value.to_owned()),
        field: service.field(service_field!("public")),
        reason: Some(reason),
    });
}

/// Opens the server's ports, each for one service.
fn publish(services: &mut [Service], written: &[Source], report: &mut Report) {
    let someone_is_public = services.iter().any(|service| service.public.is_some());
    // By no service: by the reverse proxy.
    let mut taken: Vec<(u16, Option<Name>)> = Vec::new();
    if someone_is_public {
        taken.extend(PROXY_PORTS.map(|port| (port, None)));
    }
    // What is asked for comes before what is only offered.
    let (asked, offered): (Vec<_>, Vec<_>) =
        services.iter_mut().zip(written).partition(|(_, source)| !source.service.publish.is_absent());
    for (service, source) in asked {
        let (port, span) = match given(&source.service.publish) {
            Some((WrittenPublish::On(port), span)) => (*port, span),
            Some((WrittenPublish::Closed, _)) | None => continue,
        };
        if service.port.is_none() {
            let finding = Finding::error(
                &rules::no_port::RULE,
                span,
                message!("`{service}` listens on no port", service = service.name),
            );
            report.add(finding.help("Add `port`, or remove `publish`"));
        } else if service.replicas.steady() > 1 {
            let message = message!(
                "{replicas} replicas cannot share one port of the server",
                replicas = service.replicas.steady()
            );
            report.add(
                Finding::error(&rules::port_taken::RULE, span, message)
                    .help("Make it `public`, so that a proxy stands before them, or keep one replica"),
            );
        } else if let Some((port, owner)) = taken.iter().find(|(taken, _)| *taken == port) {
            let holder = taken_by(owner.as_ref());
            let message = message!("Port {port} of the server is already taken by {holder}", port);
            let finding = Finding::error(&rules::port_taken::RULE, span, message);
            report.add(finding.help("Give `publish` another port"));
        } else {
            taken.push((port, Some(service.name.clone())));
            service.publish = Some(Publish { port, reach: Reach::Everyone });
        }
    }
    for (service, source) in offered {
        // A port of the server takes a network with a way out, so it is not offered to what must have none.
        let is_offered = service.replicas.steady() == 1 && service.public.is_none() && service.outbound;
        let Some(port) = service.port.filter(|_| is_offered) else { continue };
        if service.kind.role != Role::Web {
            continue;
        }
        if let Some((port, owner)) = taken.iter().find(|(taken, _)| *taken == port) {
            let holder = taken_by(owner.as_ref());
            let message = message!(
                "`{service}` is not opened on the server: its port {port} is taken by {holder}",
                service = service.name,
                port
            );
            let span = source.service.port.span().unwrap_or(source.key_span);
            report.add(Finding::info(&rules::port_taken::RULE, span, message).help(
                "To try it from the server, give it a `publish` of its own; `publish: false` says that it needs none",
            ));
        } else {
            taken.push((port, Some(service.name.clone())));
            service.publish = Some(Publish { port, reach: Reach::Loopback });
        }
    }
}

/// The owner of a port of the server: the reverse proxy where it is no service.
fn taken_by(owner: Option<&Name>) -> String {
    owner.map_or_else(|| "the reverse proxy".to_owned(), |service| format!("`{service}`"))
}

/// Says where Compose lets out what must not get out: Docker's networks lead to everywhere or nowhere.
fn ways_out(services: &[Service], managed: &[Managed], written: &[Source], report: &mut Report) {
    const NETWORKS: &str = "https://docs.docker.com/reference/compose-file/networks/#internal";
    for (service, source) in services.iter().zip(written) {
        let Some((false, span)) = given(&source.service.outbound).map(|(outbound, span)| (*outbound, span)) else {
            continue;
        };
        let external = service.needs.iter().find_map(|needed| needed.managed()).map(|ManagedId(index)| &managed[index]);
        let (message, help) = if let Some(external) = external {
            (
                message!(
                    "On the server `{service}` can get out, since `{external}` lies outside",
                    service = service.name,
                    external = external.name
                ),
                "Let the server's firewall pass what goes there, and nothing else",
            )
        } else if service.publish.is_some() {
            (
                message!(
                    "On the server `{service}` can get out, since its published port needs a network that leads out",
                    service = service.name
                ),
                "Remove `publish`, or make it `public`: the proxy reaches it without",
            )
        } else {
            continue;
        };
        report.add(Finding::warning(&rules::no_effect::RULE, span, message).help(help).link(NETWORKS));
    }
}
