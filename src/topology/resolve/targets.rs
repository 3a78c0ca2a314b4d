//! Where it runs, and what arrives: server, cluster and traffic.

use super::super::document::{self, Document};
use super::super::{Cluster, Gateway, GatewayKind, Name, NodeGroup, Server, Traffic, defaults};
use super::{MAX_NODES, Report, check, given};
use crate::finding::Finding;
use crate::yaml::Field;

/// What a service has to know of its surroundings.
pub struct Targets {
    pub server: Option<Server>,
    pub cluster: Option<Cluster>,
    pub traffic: Option<Traffic>,
}

impl Targets {
    /// Both targets with their defaults where the document names neither; else those that it names.
    pub fn resolve(document: &Document, name: &Name, report: &mut Report) -> Self {
        let neither = document.server.is_absent() && document.cluster.is_absent();
        let wants_server = neither || !document.server.is_absent();
        let wants_cluster = neither || !document.cluster.is_absent();
        Self {
            server: wants_server.then(|| server(document.server.get().unwrap_or(&document::Server::default()), report)),
            cluster: wants_cluster
                .then(|| cluster(document.cluster.get().unwrap_or(&document::Cluster::default()), name, report)),
            traffic: document.traffic.get().and_then(|written| traffic(written, report)),
        }
    }
}

fn server(written: &document::Server, report: &mut Report) -> Server {
    let cpu = report.positive(&written.cpu, "The processors of the server").unwrap_or(defaults::MACHINE_CPU);
    let memory = report.positive(&written.memory, "The memory of the server").unwrap_or(defaults::MACHINE_MEMORY);
    let half = crate::quantity::Memory::from_bytes(memory.bytes() / 2);
    let system = match given(&written.system) {
        Some((system, span)) if *system >= memory => {
            let message = format!("The system takes {system}, which is all that the server has ({memory})");
            report.add(
                Finding::error("out-of-range", span, message).help("Give the server more memory, or the system less"),
            );
            half
        }
        Some((system, _)) => *system,
        None => defaults::SERVER_SYSTEM.min(half),
    };
    Server { cpu, memory, system, proxy: written.proxy.get().copied().unwrap_or(defaults::PROXY) }
}

fn cluster(written: &document::Cluster, name: &Name, report: &mut Report) -> Cluster {
    let kind = written.gateway.get().copied().unwrap_or(defaults::GATEWAY);
    let class_help = "Use the name of a GatewayClass or IngressClass of the cluster, such as `nginx`";
    let class = report.text(&written.class, is_object_name, "class", class_help).map(str::to_owned);
    let default_class = (kind == GatewayKind::GatewayApi).then(|| defaults::GATEWAY_CLASS.to_owned());
    let issuer_help = "Use the name of a ClusterIssuer of cert-manager, such as `letsencrypt`";
    let issuer = report.text(&written.issuer, is_object_name, "issuer", issuer_help).unwrap_or(defaults::ISSUER);
    Cluster {
        nodes: nodes(&written.nodes, report),
        gateway: Gateway { kind, class: class.or(default_class), issuer: issuer.to_owned() },
        namespace: report.name(&written.namespace).unwrap_or_else(|| name.clone()),
        quota: written.quota.get().copied().unwrap_or(false),
    }
}

/// A Kubernetes object's name: DNS labels with dots between.
fn is_object_name(text: &str) -> bool {
    check::is_host(text) || Name::new(text).is_some()
}

fn nodes(written: &Field<Vec<Field<document::Nodes>>>, report: &mut Report) -> Vec<NodeGroup> {
    if written.get().is_none() {
        let mut group = node_group(&document::Nodes::default(), report);
        group.count = defaults::NODE_COUNT;
        return vec![group];
    }
    let mut groups: Vec<NodeGroup> = Vec::new();
    let mut left = MAX_NODES;
    for (entry, span) in report.entries(written, "groups of nodes") {
        let mut group = node_group(entry, report);
        if groups.iter().any(|other| other.name == group.name) {
            let place = entry.name.span().unwrap_or(span);
            let message = format!("There are two groups of nodes called `{}`", group.name);
            report.add(Finding::error("duplicate-name", place, message).help("Give each group a `name` of its own"));
            continue;
        }
        if group.count > left {
            let message = format!("The cluster has more than {MAX_NODES} nodes");
            let finding = Finding::error("too-many", entry.count.span().unwrap_or(span), message)
                .help("Kubernetes is made for 5,000 nodes; only so many are planned")
                .link("https://kubernetes.io/docs/setup/best-practices/cluster-large/");
            report.add(finding);
            group.count = left;
        }
        left -= group.count;
        groups.push(group);
    }
    groups
}

fn node_group(written: &document::Nodes, report: &mut Report) -> NodeGroup {
    NodeGroup {
        name: report.name(&written.name).unwrap_or_else(|| Name::known(defaults::NODE_NAME)),
        count: report.number(&written.count, 0..=MAX_NODES, "nodes").unwrap_or(defaults::NODE_GROUP_COUNT),
        cpu: report.positive(&written.cpu, "The processors of a node").unwrap_or(defaults::MACHINE_CPU),
        memory: report.positive(&written.memory, "The memory of a node").unwrap_or(defaults::MACHINE_MEMORY),
        reserve: written.reserve.get().copied().unwrap_or(defaults::RESERVE),
    }
}

fn traffic(written: &document::Traffic, report: &mut Report) -> Option<Traffic> {
    let rate = given(&written.rate);
    let peak = given(&written.peak);
    let latency = written.latency.get().copied().unwrap_or(defaults::LATENCY);
    let (rate, peak) = match (rate, peak) {
        (Some((rate, span)), Some((peak, _))) if rate > peak => {
            let message = format!("The usual rate ({rate}) is above the peak ({peak})");
            report.add(Finding::warning("out-of-range", span, message).help("Write the larger of the two as `peak`"));
            (*rate, *rate)
        }
        (Some((rate, _)), Some((peak, _))) => (*rate, *peak),
        (Some((rate, _)), None) => (*rate, *rate),
        (None, Some((peak, _))) => (*peak, *peak),
        (None, None) => return None,
    };
    Some(Traffic { rate, peak, latency })
}
