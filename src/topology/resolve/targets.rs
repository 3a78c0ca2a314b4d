//! Where it runs, and what arrives: server, cluster and traffic.

use super::super::document::{self, Document, WrittenCurve};
use super::super::{Cluster, Curve, Gateway, GatewayKind, Name, NodeGroup, Rate, Server, Survive, Traffic, defaults};
use super::super::{GivenSystem, SystemPods};
use super::instance;
use super::{MAX_NODES, MAX_PODS_OF_A_NODE, MAX_ZONES, Report, check, given, shortened};
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::instance_types::InstanceType;
use crate::rules;
use crate::text::Span;
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
    let instance = instance::resolve(&written.instance, report);
    let cpu = report
        .positive(&written.cpu, "The processors of the server cannot be 0")
        .or(instance.map(InstanceType::cpu))
        .unwrap_or(defaults::MACHINE_CPU);
    let memory = report
        .positive(&written.memory, "The memory of the server cannot be 0")
        .or(instance.map(InstanceType::memory))
        .unwrap_or(defaults::MACHINE_MEMORY);
    let half = crate::quantity::Memory::from_bytes(memory.bytes() / 2);
    let system = match given(&written.system) {
        Some((system, span)) if *system >= memory => {
            let message =
                message!("The system takes {system}, which is all that the server has ({memory})", system, memory);
            let finding = Finding::error(&rules::out_of_range::RULE, span, message);
            report.add(finding.help("Give the server more memory, or the system less"));
            half
        }
        Some((system, _)) => *system,
        None => defaults::SERVER_SYSTEM.min(half),
    };
    Server { cpu, memory, instance, system, proxy: written.proxy.get().copied().unwrap_or(defaults::PROXY) }
}

fn cluster(written: &document::Cluster, name: &Name, report: &mut Report) -> Cluster {
    let kind = written.gateway.get().copied().unwrap_or(defaults::GATEWAY);
    let class = report
        .text(
            &written.class,
            is_object_name,
            |text| message!("`{text}` is no class", text),
            "Use the name of a GatewayClass or IngressClass of the cluster, such as `nginx`",
        )
        .map(str::to_owned);
    let default_class = (kind == GatewayKind::GatewayApi).then(|| defaults::GATEWAY_CLASS.to_owned());
    let issuer = report.text(
        &written.issuer,
        is_object_name,
        |text| message!("`{text}` is no issuer", text),
        "Use the name of a ClusterIssuer of cert-manager, such as `letsencrypt`",
    );
    let survive = written.survive.get().copied().unwrap_or(defaults::SURVIVE);
    let nodes = nodes(&written.nodes, survive, report);
    if let Some((Survive::Zone, span)) = given(&written.survive)
        && nodes.iter().all(|group| group.zones == 1)
    {
        let finding = Finding::warning(
            &rules::one_zone::RULE,
            span,
            "The loss of a zone cannot be survived while all nodes are in one",
        )
        .help("Give a group of nodes `zones: 3`, or remove `zones`");
        report.add(finding.cite());
    }
    Cluster {
        nodes,
        system: Vec::new(),
        survive,
        gateway: Gateway {
            kind,
            class: class.or(default_class),
            issuer: issuer.unwrap_or(defaults::ISSUER).to_owned(),
        },
        namespace: report.name(&written.namespace).unwrap_or_else(|| name.clone()),
        quota: written.quota.get().copied().unwrap_or(false),
    }
}

/// A Kubernetes object's name: DNS labels with dots between.
fn is_object_name(text: &str) -> bool {
    check::is_host(text) || Name::new(text).is_some()
}

fn nodes(written: &Field<Vec<Field<document::Nodes>>>, survive: Survive, report: &mut Report) -> Vec<NodeGroup> {
    if written.get().is_none() {
        let mut group = node_group(&document::Nodes::default(), survive, report);
        group.count = defaults::NODE_COUNT;
        return vec![group];
    }
    let mut groups: Vec<NodeGroup> = Vec::new();
    let mut left = MAX_NODES;
    let too_many = |count, most| {
        message!("{count} groups of nodes are more than the {most} that one cluster can have", count, most)
    };
    for (entry, span) in report.entries(written, too_many) {
        let mut group = node_group(entry, survive, report);
        if groups.iter().any(|other| other.name == group.name) {
            let place = entry.name.span().unwrap_or(span);
            let message = message!("There are two groups of nodes called `{group}`", group = group.name);
            let finding = Finding::error(&rules::duplicate_name::RULE, place, message);
            report.add(finding.help("Give each group a `name` of its own"));
            continue;
        }
        if group.count > left {
            let place = entry.count.span().unwrap_or(span);
            let finding = Finding::error(
                &rules::too_many::RULE,
                place,
                message!("The cluster has more than {most} nodes", most = MAX_NODES),
            )
            .help("Kubernetes is made for 5,000 nodes; only so many are planned")
            .cite();
            report.add(finding);
            group.count = left;
            group.max = left;
        }
        left -= group.count;
        groups.push(group);
    }
    groups
}

fn node_group(written: &document::Nodes, survive: Survive, report: &mut Report) -> NodeGroup {
    let zones = if survive == Survive::Zone { defaults::ZONES_TO_LOSE_ONE } else { 1 };
    let count = report.number(&written.count, 0..=MAX_NODES, nodes_out_of_range);
    let count = count.unwrap_or(defaults::NODE_GROUP_COUNT);
    let max = report.number(&written.max, 0..=MAX_NODES, nodes_out_of_range).unwrap_or(count);
    if max < count {
        let place = written.max.span().unwrap_or_default();
        let message = message!("The most nodes ({max}) are fewer than there are ({count})", max, count);
        let finding = Finding::error(&rules::out_of_range::RULE, place, message);
        report.add(finding.help("Write `max` as large as `count` or larger"));
    }
    if max <= count {
        report.no_effect(
            &written.startup,
            "The cluster autoscaler adds no such machine, so how long one takes does not matter",
            "Add `max`, how many there may be, or remove `startup`",
        );
    }
    let instance = instance::resolve(&written.instance, report);
    NodeGroup {
        name: report.name(&written.name).unwrap_or_else(|| Name::known(defaults::NODE_NAME)),
        count,
        cpu: report
            .positive(&written.cpu, "The processors of a node cannot be 0")
            .or(instance.map(InstanceType::cpu))
            .unwrap_or(defaults::MACHINE_CPU),
        memory: report
            .positive(&written.memory, "The memory of a node cannot be 0")
            .or(instance.map(InstanceType::memory))
            .unwrap_or(defaults::MACHINE_MEMORY),
        pods: report
            .number(&written.pods, 1..=MAX_PODS_OF_A_NODE, |pods| message!("{pods} pods is out of range", pods))
            .map(u64::from),
        given_system: written.system.get().map(|system| GivenSystem {
            pods: report
                .number(&system.pods, 0..=MAX_PODS_OF_A_NODE, |pods| message!("{pods} pods is out of range", pods)),
            cpu: system.cpu.get().copied(),
            memory: system.memory.get().copied(),
        }),
        system: SystemPods::default(),
        reserve: (written.reserve.get().copied())
            .or(instance.map(|one| instance::reserve(one.cloud)))
            .unwrap_or(defaults::RESERVE),
        instance,
        max: max.max(count),
        startup: report.up_to_an_hour(&written.startup).unwrap_or(defaults::NODE_STARTUP),
        zones: report
            .number(&written.zones, 1..=MAX_ZONES, |zones| message!("{zones} zones is out of range", zones))
            .unwrap_or(zones),
    }
}

fn nodes_out_of_range(nodes: u32) -> Message {
    message!("{nodes} nodes is out of range", nodes)
}

fn traffic(written: &document::Traffic, report: &mut Report) -> Option<Traffic> {
    let curve = given(&written.curve);
    let own = curve.and_then(|(curve, _)| curve.0.parse::<Curve>().ok());
    let written_rates = rates(written, report);
    let (rate, peak) = match (written_rates, &own) {
        (Some(rates), _) => rates,
        (None, Some(own)) => (own.usual(), own.highest()),
        (None, None) => {
            let is_bare = |text: &str| Curve::is_bare(text) && written.rate.is_absent() && written.peak.is_absent();
            if let Some((curve, span)) = curve.filter(|(curve, _)| is_bare(&curve.0)) {
                let message = message!("`{curve}` does not say from which rate to which", curve = curve.0.trim());
                let finding = Finding::error(&rules::missing_value::RULE, span, message);
                report.add(finding.help("Add `rate` and `peak`, such as `rate: 40/s, peak: 200/s`"));
                return None;
            }
            (Rate::per_second(0), Rate::per_second(0))
        }
    };
    let curve = curve.and_then(|(curve, span)| read(curve, rate, peak, span, report));
    if written_rates.is_none() && curve.is_none() {
        return None;
    }
    Some(Traffic { rate, peak, latency: written.latency.get().copied().unwrap_or(defaults::LATENCY), curve })
}

/// The usual rate and the peak, if one of them is written.
fn rates(written: &document::Traffic, report: &mut Report) -> Option<(Rate, Rate)> {
    match (given(&written.rate), given(&written.peak)) {
        (Some((rate, span)), Some((peak, _))) if rate > peak => {
            let message = message!("The usual rate ({rate}) is above the peak ({peak})", rate, peak);
            let finding = Finding::warning(&rules::out_of_range::RULE, span, message);
            report.add(finding.help("Write the larger of the two as `peak`"));
            Some((*rate, *rate))
        }
        (Some((rate, _)), Some((peak, _))) => Some((*rate, *peak)),
        (Some((rate, _)), None) => Some((*rate, *rate)),
        (None, Some((peak, _))) => Some((*peak, *peak)),
        (None, None) => None,
    }
}

/// The curve, if it is one; what goes above the peak is not planned for.
fn read(written: &WrittenCurve, rate: Rate, peak: Rate, span: Span, report: &mut Report) -> Option<Curve> {
    match Curve::read(&written.0, rate, peak) {
        Ok(curve) => {
            let highest = curve.highest();
            if highest > peak {
                let message = message!(
                    "The curve goes up to {highest}, and memory is planned for a peak of {peak}",
                    highest,
                    peak
                );
                let finding = Finding::warning(&rules::out_of_range::RULE, span, message);
                report.add(finding.help(format!("Write `peak: {highest}`")));
            }
            Some(curve)
        }
        Err(message) => {
            let (what, help) = message.split_once('\n').unwrap_or((&message, "Write `daily`, for example"));
            report.add(Finding::error(&rules::wrong_value::RULE, span, shortened(what)).help(help));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    /// The topology, and the findings as `RULE: MESSAGE`.
    fn read(text: &str) -> (crate::topology::Topology, Vec<String>) {
        let analysis = crate::analyze(&format!("services: {{ a: {{ python: {{}} }} }}\n{text}\n"));
        let findings = analysis.findings.iter().map(|finding| format!("{}: {}", finding.rule.id, finding.message));
        (analysis.outputs.unwrap().topology, findings.collect())
    }

    #[test]
    fn a_curve_takes_the_rates_of_the_document_or_brings_its_own() {
        for (text, rate, peak, curve) in [
            ("rate: 40/s, peak: 200/s, curve: daily", "40/s", "200/s", "daily 40/s 200/s"),
            ("rate: 40/s, peak: 200/s, curve: ' spike '", "40/s", "200/s", "spike 40/s 200/s"),
            ("curve: step 5/s 9/s 2m", "5/s", "9/s", "step 5/s 9/s 2m"),
            ("curve: [60s 200/s, 0s 40/s]", "40/s", "200/s", "0s 40/s, 60s 200/s"),
            ("peak: 100/s, curve: steady 40/s", "100/s", "100/s", "steady 40/s"),
        ] {
            let (topology, findings) = read(&format!("traffic: {{ {text} }}"));
            assert_eq!(findings, Vec::<String>::new(), "{text}");
            let traffic = topology.traffic.unwrap();
            assert_eq!((traffic.rate.to_string(), traffic.peak.to_string()), (rate.to_owned(), peak.to_owned()));
            assert_eq!(traffic.curve, Some(curve.parse().unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_curve_is_told_so_and_the_rates_stay() {
        for (text, finding) in [
            ("curve: daily", "missing-value: `daily` does not say from which rate to which"),
            ("rate: 4/s, curve: loud", "wrong-value: `loud` is no traffic"),
            ("rate: 4/s, curve: []", "wrong-value: There is no traffic here"),
            ("rate: 4/s, curve: 1e999s 4/s", "wrong-value: `1e999s` is no length of time"),
            (
                "rate: 4/s, curve: steady 900/s",
                "out-of-range: The curve goes up to 900/s, and memory is planned for a peak of 4/s",
            ),
        ] {
            let (topology, findings) = read(&format!("traffic: {{ {text} }}"));
            assert_eq!(findings, [finding], "{text}");
            assert_eq!(topology.traffic.is_some(), text.contains("rate"), "{text}");
        }
    }

    #[test]
    fn times_and_counts_of_nodes_are_bounded() {
        for (text, finding) in [
            (
                "cluster: { nodes: [{ count: 3, max: 2 }] }",
                "out-of-range: The most nodes (2) are fewer than there are (3)",
            ),
            ("cluster: { nodes: [{ max: 5001 }] }", "out-of-range: 5001 nodes is out of range"),
            (
                "cluster: { nodes: [{ max: 2, startup: 2h }] }",
                "out-of-range: 7200 s are longer than the hour that can be planned with",
            ),
            (
                "cluster: { nodes: [{ startup: 9m }] }",
                "no-effect: The cluster autoscaler adds no such machine, so how long one takes does not matter",
            ),
        ] {
            let findings = read(text).1;
            assert!(findings.iter().any(|other| other == finding), "{findings:?}");
        }
    }
}
