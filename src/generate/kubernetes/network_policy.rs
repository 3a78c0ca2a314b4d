//! Who may connect to a service: those that need it, and everyone if it is public.

use super::object::Noted;
use super::{Context, before_start, labels};
use crate::generate::notes::{Notes, path};
use crate::topology::{Service, Topology};
use k8s_openapi::api::networking::v1::{
    NetworkPolicy, NetworkPolicyIngressRule, NetworkPolicyPeer, NetworkPolicyPort, NetworkPolicySpec,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, LabelSelectorRequirement};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/concepts/services-networking/network-policies/";

/// The NetworkPolicy of a service's pods, and of its Job's, which serve nobody. A policy for each instead of one for
/// all leaves alone what else lives in the namespace.
pub(super) fn network_policy(context: Context) -> Noted<NetworkPolicy> {
    let service = context.service;
    let callers: Vec<&Service> =
        context.topology.services.iter().filter(|other| other.needs.contains(&context.id)).collect();
    let mut notes = Notes::new(context.origin("needs", "Who may connect to these pods").link(LINK));
    let (field, reason, ingress) = match service.port {
        None => ("port", "Nothing listens, so nobody may connect".to_owned(), Vec::new()),
        Some(port) if service.public.is_some() => {
            let reason = "Public: the gateway's pods live in another namespace, so the port is open to all".to_owned();
            ("public", reason, vec![rule(port, None)])
        }
        Some(_) if callers.is_empty() => {
            let reason = format!(
                "No service needs `{}`, so only kubectl port-forward gets through; name it in `needs`, or make it public",
                service.name
            );
            ("needs", reason, Vec::new())
        }
        Some(port) => {
            let names = callers.iter().map(|caller| format!("`{}`", caller.name)).collect::<Vec<_>>().join(", ");
            let pods = callers.iter().flat_map(|caller| pods_of(context.topology, caller)).collect();
            ("needs", format!("Open to those that need it: {names}"), vec![rule(port, Some(pods))])
        }
    };
    notes.at(path!["spec", "ingress"], context.origin(field, reason).link(LINK));
    let spec = NetworkPolicySpec {
        pod_selector: Some(named(pods_of(context.topology, service))),
        policy_types: Some(vec!["Ingress".to_owned()]),
        ingress: Some(ingress),
        egress: None,
    };
    let metadata = labels::metadata(context, service.name.as_str());
    Noted::new(NetworkPolicy { metadata, spec: Some(spec) }, notes)
}

/// Lets pods by their names, or everyone, connect to a port.
fn rule(port: u16, pods: Option<Vec<String>>) -> NetworkPolicyIngressRule {
    let port = NetworkPolicyPort {
        port: Some(IntOrString::Int(port.into())),
        protocol: Some("TCP".to_owned()),
        ..NetworkPolicyPort::default()
    };
    let peer = |pods| NetworkPolicyPeer { pod_selector: Some(named(pods)), ..NetworkPolicyPeer::default() };
    NetworkPolicyIngressRule { from: pods.map(|pods| vec![peer(pods)]), ports: Some(vec![port]) }
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
