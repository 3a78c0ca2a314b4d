//! Who may connect to a service's pods, and what these may connect to: what `needs` says, and nothing else.
//!
//! - Each service has a policy of its own, so that whatever else lives in the namespace is left alone. It names both
//!   directions, which denies what no rule of it allows.
//! - The policy is that of the service's Job as well, whose steps need what the service needs.
//! - Names are looked up on port 53 of any address: the cluster's DNS, a cache on the node
//!   (<https://github.com/kubernetes/kubernetes/blob/master/cluster/addons/dns/nodelocaldns/README.md>) and a cloud's own
//!   resolver stand at different ones, and a rule that misses the right one stops everything.
//! - For the same reason the cluster's API has its usual ports and no address: it is outside of the pods' network, where
//!   some network plugins match no address at all (<https://github.com/cilium/cilium/issues/14724>).

use super::object::Noted;
use super::{Context, before_start, labels};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::{Needed, Service, Topology};
use k8s_openapi::api::networking::v1::{
    IPBlock, NetworkPolicy, NetworkPolicyEgressRule, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort,
    NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";
const DEFAULT: &str = "https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-and-all-egress-traffic";
const DNS: &str = "https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/";
const METADATA: &str = "https://kubernetes.io/docs/concepts/security/security-checklist/#network-security";
const API: &str = "https://kubernetes.io/docs/concepts/security/controlling-access/#transport-security";

/// Where names are looked up.
const DNS_PORT: u16 = 53;
/// Where clusters serve their API: most of them, minikube, and MicroK8s.
const API_PORTS: [u16; 4] = [443, 6443, 8443, 16443];
/// What of IPv4 is not the internet: private networks, those between provider and customer, link-local ones with the
/// metadata services of clouds, and Azure's, which has an address of its own
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry>,
/// <https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16>).
const NOT_INTERNET: [&str; 6] =
    ["10.0.0.0/8", "100.64.0.0/10", "168.63.129.16/32", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];
/// What of IPv6 is not the internet: unique local and link-local networks
/// (<https://www.iana.org/assignments/iana-ipv6-special-registry>).
const NOT_INTERNET_6: [&str; 2] = ["fc00::/7", "fe80::/10"];

/// The NetworkPolicy of a service's pods, and of its Job's.
pub(super) fn network_policy(context: Context) -> Noted<NetworkPolicy> {
    let mut notes = Notes::new(
        context
            .origin(
                service_field!("needs"),
                "Who may connect to these pods, and what they may connect to; all else is denied, both ways",
            )
            .link(DEFAULT),
    );
    let ingress = ingress(context);
    notes.nest(path!["spec", "ingress"], ingress.notes);
    let egress = egress(context);
    notes.nest(path!["spec", "egress"], egress.notes);
    let spec = NetworkPolicySpec {
        pod_selector: Some(named(pods_of(context.topology, context.service))),
        policy_types: Some(vec!["Ingress".to_owned(), "Egress".to_owned()]),
        ingress: Some(ingress.value),
        egress: Some(egress.value),
    };
    let metadata = labels::metadata(context, context.service.name.as_str());
    Noted::new(NetworkPolicy { metadata, spec: Some(spec) }, notes)
}

/// Who may connect: those that need the service, and everyone if it is public.
fn ingress(context: Context) -> Noted<Vec<NetworkPolicyIngressRule>> {
    let service = context.service;
    let callers: Vec<&Service> =
        context.topology.services.iter().filter(|other| other.needs.contains(&Needed::Service(context.id))).collect();
    let (field, reason, rules) = match service.port {
        None => (service_field!("port"), "Nothing listens, so nobody may connect".to_owned(), Vec::new()),
        Some(port) if service.public.is_some() => {
            let reason = "Public: the gateway's pods live in another namespace, so the port is open to all".to_owned();
            (
                service_field!("public"),
                reason,
                vec![NetworkPolicyIngressRule { from: None, ports: Some(vec![tcp(port)]) }],
            )
        }
        Some(_) if callers.is_empty() => (
            service_field!("needs"),
            format!(
                "No service needs `{}`, so only kubectl port-forward gets through; name it in `needs`, or make it \
                 public",
                service.name
            ),
            Vec::new(),
        ),
        Some(port) => {
            let names: Vec<&str> = callers.iter().map(|caller| caller.name.as_str()).collect();
            let pods = callers.iter().flat_map(|caller| pods_of(context.topology, caller)).collect();
            let rule = NetworkPolicyIngressRule { from: Some(vec![peer(named(pods))]), ports: Some(vec![tcp(port)]) };
            (service_field!("needs"), open_to(&names), vec![rule])
        }
    };
    Noted::new(rules, Notes::new(context.origin(field, reason).link(LINK)))
}

/// Explains the ingress rule for `callers`.
fn open_to(callers: &[&str]) -> String {
    let callers: Vec<String> = callers.iter().map(|name| format!("`{name}`")).collect();
    format!("Open to those that need it: {}", callers.join(", "))
}

/// What the pods may connect to.
fn egress(context: Context) -> Noted<Vec<NetworkPolicyEgressRule>> {
    let service = context.service;
    let mut rules: Vec<(NetworkPolicyEgressRule, Origin)> = service
        .needs
        .iter()
        .filter_map(|id| needed(context, *id))
        .chain(service.outbound.then(|| internet(context)))
        .collect();
    if !rules.is_empty() {
        let ports = vec![udp(DNS_PORT), tcp(DNS_PORT)];
        let rule = NetworkPolicyEgressRule { ports: Some(ports), to: None };
        rules.insert(
            0,
            (
                rule,
                context
                    .origin(
                        service_field!("needs"),
                        "Looks names up, wherever the cluster's DNS or its cache on the node may be",
                    )
                    .link(DNS),
            ),
        );
    }
    if service.waits_for_job() {
        let rule = NetworkPolicyEgressRule { ports: Some(API_PORTS.map(tcp).to_vec()), to: None };
        rules.push((
            rule,
            context
                .origin(
                    service_field!("before_start"),
                    "Asks the cluster's API whether the Job has completed; its address is the cluster's own affair",
                )
                .link(API),
        ));
    }
    let mut notes = Notes::default();
    if rules.is_empty() {
        notes.at(
            path![],
            context
                .origin(service_field!("outbound"), "Connects to nothing: whoever breaks in takes nothing out")
                .link(LINK),
        );
    }
    let mut values = Vec::with_capacity(rules.len());
    for (rule, origin) in rules {
        notes.at(path![values.len()], origin);
        values.push(rule);
    }
    Noted::new(values, notes)
}

/// The port of a service that this one needs.
fn needed(context: Context, needed: Needed) -> Option<(NetworkPolicyEgressRule, Origin)> {
    let (port, to, reason) = match needed {
        Needed::Managed(id) => {
            let managed = context.topology.managed_service(id);
            (managed.port, None, connects_outside(managed.name.as_str(), managed.host.as_deref()))
        }
        Needed::Service(id) => {
            let service = context.topology.service(id);
            let name = service.name.as_str();
            (service.port?, Some(vec![peer(named(vec![name.to_owned()]))]), format!("Connects to `{name}`"))
        }
    };
    let rule = NetworkPolicyEgressRule { ports: Some(vec![tcp(port)]), to };
    Some((rule, context.origin(service_field!("needs"), reason).link(LINK)))
}

/// Explains the egress rule for an external service, at `host` if that is known.
fn connects_outside(service: &str, host: Option<&str>) -> String {
    let host = host.map_or(String::new(), |host| format!(" at {host}"));
    format!("Connects to `{service}`{host}, which somebody else runs: at which address, only DNS knows")
}

/// The internet, whatever the port.
fn internet(context: Context) -> (NetworkPolicyEgressRule, Origin) {
    let block = |cidr: &str, except: &[&str]| NetworkPolicyPeer {
        ip_block: Some(IPBlock {
            cidr: cidr.to_owned(),
            except: Some(except.iter().map(|block| (*block).to_owned()).collect()),
        }),
        ..NetworkPolicyPeer::default()
    };
    let to = vec![block("0.0.0.0/0", &NOT_INTERNET), block("::/0", &NOT_INTERNET_6)];
    (
        NetworkPolicyEgressRule { ports: None, to: Some(to) },
        context
            .origin(
                service_field!("outbound"),
                "The internet, but not the cluster, its network, nor the cloud's metadata service, which hands out \
                 credentials of the machine",
            )
            .link(METADATA),
    )
}

fn tcp(port: u16) -> NetworkPolicyPort {
    NetworkPolicyPort { port: Some(IntOrString::Int(port.into())), protocol: Some("TCP".to_owned()), end_port: None }
}

fn udp(port: u16) -> NetworkPolicyPort {
    NetworkPolicyPort { protocol: Some("UDP".to_owned()), ..tcp(port) }
}

fn peer(pods: LabelSelector) -> NetworkPolicyPeer {
    NetworkPolicyPeer { pod_selector: Some(pods), ..NetworkPolicyPeer::default() }
}

/// The names by which the pods of a service and of its Job are known.
fn pods_of(topology: &Topology, service: &Service) -> Vec<String> {
    let mut names = vec![service.name.to_string()];
    if !before_start::in_job(service).is_empty() {
        names.push(labels::job_name(topology, service));
    }
    names
}

fn named(mut names: Vec<String>) -> LabelSelector {
    if names.len() == 1 {
        let labels = names.pop().map(|name| [(labels::NAME.to_owned(), name)].into());
        return LabelSelector { match_labels: labels, match_expressions: None };
    }
    let requirement =
        LabelSelectorRequirement { key: labels::NAME.to_owned(), operator: "In".to_owned(), values: Some(names) };
    LabelSelector { match_labels: None, match_expressions: Some(vec![requirement]) }
}
