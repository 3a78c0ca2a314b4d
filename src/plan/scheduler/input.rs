//! A cluster from Kubernetes' own JSON: what `kubectl get nodes,pods,services,replicasets -o json` prints, or an object
//! with the lists `nodes`, `pods` (in the order in which they are to be scheduled), `existing`, `services`,
//! `replicaSets`, `statefulSets`, `replicationControllers` and `namespaces`, each of which may be left out.

use super::cluster::{
    AffinityTerm, Cluster, Effect, HostPort, Image, InclusionPolicy, NameRequirement, Node, NodeTerm, PodAffinity,
    PodTemplate, Resources, Service, SpreadConstraint, Taint, Toleration, Weighted, WhenUnsatisfiable,
};
use super::labels::{Labels, Requirement, Selector, Test};
use super::request::{Container, ContainerKind, Requests, pod_requests};
use super::{NodeIndex, Scheduler};
use crate::quantity::{Cpu, Memory, QuantityError};
use k8s_openapi::api::apps::v1::{ReplicaSet, StatefulSet};
use k8s_openapi::api::core::v1 as core;
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1 as meta;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt;

/// A cluster, what runs in it, and what is to be placed.
#[derive(Debug, Clone, Default)]
pub struct Input {
    /// The cluster.
    pub cluster: Cluster,
    /// The pods that have a node of the cluster.
    pub existing: Vec<(Pod, NodeIndex)>,
    /// The pods that wait for one, in queue order.
    pub pending: Vec<Pod>,
}

/// A pod by its name.
#[derive(Debug, Clone)]
pub struct Pod {
    /// Namespace and name: `default/api-0`.
    pub name: String,
    /// Its scheduling constraints.
    pub template: PodTemplate,
}

/// Why some JSON is no cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputError {
    /// Where: `pods[3] (default/api-0)`, or nothing for the whole.
    pub place: String,
    /// The problem, and how to fix it where that is not obvious.
    pub message: String,
}

impl Input {
    /// Reads a cluster from JSON.
    ///
    /// # Errors
    /// When it is not JSON, not Kubernetes objects, or has values that Kubernetes would not take.
    pub fn from_json(json: &str) -> Result<Self, InputError> {
        Self::from_value(serde_json::from_str(json).map_err(|error| fail(format!("this is not JSON: {error}")))?)
    }

    /// Reads a cluster from parsed JSON.
    ///
    /// # Errors
    /// When it is not Kubernetes objects, or has values that Kubernetes would not take.
    pub fn from_value(json: Value) -> Result<Self, InputError> {
        let Value::Object(mut object) = json else {
            return Err(fail("this is no Kubernetes list; write what `kubectl get nodes,pods -o json` prints"));
        };
        let mut objects = Objects::default();
        match object.remove("items") {
            Some(items) => {
                for (place, item) in list("items", items)? {
                    objects.add_by_kind(&place, item)?;
                }
                objects.pending_in_queue_order();
            }
            None => objects.add_by_list(object)?,
        }
        objects.into_input()
    }

    /// A scheduler with the existing pods in place.
    pub fn scheduler(&self) -> Scheduler {
        let mut scheduler = Scheduler::new(self.cluster.clone());
        for (pod, node) in &self.existing {
            let template = scheduler.template(pod.template.clone());
            scheduler.bind(template, *node);
        }
        scheduler
    }
}

/// The objects as Kubernetes has them, with where each stood.
#[derive(Default)]
struct Objects {
    nodes: Vec<(String, core::Node)>,
    pods: Vec<(String, core::Pod)>,
    services: Vec<core::Service>,
    /// The selectors of what may own a pod, by API version and kind, namespace and name.
    owners: BTreeMap<(&'static str, String, String), (String, OwnerSelector)>,
    namespaces: BTreeMap<String, Labels>,
}

enum OwnerSelector {
    Labels(Labels),
    Selector(meta::LabelSelector),
}

const REPLICA_SET: &str = "apps/v1 ReplicaSet";
const STATEFUL_SET: &str = "apps/v1 StatefulSet";
const REPLICATION_CONTROLLER: &str = "v1 ReplicationController";

impl Objects {
    fn add_by_kind(&mut self, place: &str, item: Value) -> Result<(), InputError> {
        let kind = item.get("kind").and_then(Value::as_str).map(str::to_owned);
        match kind.as_deref() {
            Some(kind) => self.add(kind, place, item),
            None => Err(fail("this has no `kind`").at(place)),
        }
    }

    fn add_by_list(&mut self, mut object: serde_json::Map<String, Value>) -> Result<(), InputError> {
        const LISTS: [(&str, &str); 8] = [
            ("nodes", "Node"),
            ("existing", "Pod"),
            ("pods", "Pod"),
            ("services", "Service"),
            ("replicaSets", "ReplicaSet"),
            ("statefulSets", "StatefulSet"),
            ("replicationControllers", "ReplicationController"),
            ("namespaces", "Namespace"),
        ];
        if !LISTS.iter().any(|(name, _)| object.contains_key(*name)) {
            return Err(fail(
                "this has neither `items` nor `nodes`; write what `kubectl get nodes,pods -o json` prints",
            ));
        }
        for (name, kind) in LISTS {
            for (place, item) in list(name, object.remove(name).unwrap_or_default())? {
                self.add(kind, &place, item)?;
            }
        }
        Ok(())
    }

    /// Objects of other kinds do not concern the scheduler.
    fn add(&mut self, kind: &str, place: &str, item: Value) -> Result<(), InputError> {
        match kind {
            "Node" => self.nodes.push((place.to_owned(), read(place, item)?)),
            "Pod" => self.pods.push((place.to_owned(), read(place, item)?)),
            "Service" => self.services.push(read(place, item)?),
            "ReplicaSet" => {
                let object: ReplicaSet = read(place, item)?;
                let selector = object.spec.map(|spec| OwnerSelector::Selector(spec.selector));
                self.add_owner(REPLICA_SET, place, &object.metadata, selector);
            }
            "StatefulSet" => {
                let object: StatefulSet = read(place, item)?;
                let selector = object.spec.map(|spec| OwnerSelector::Selector(spec.selector));
                self.add_owner(STATEFUL_SET, place, &object.metadata, selector);
            }
            "ReplicationController" => {
                let object: core::ReplicationController = read(place, item)?;
                let selector = object.spec.and_then(|spec| spec.selector).map(OwnerSelector::Labels);
                self.add_owner(REPLICATION_CONTROLLER, place, &object.metadata, selector);
            }
            "Namespace" => {
                let object: core::Namespace = read(place, item)?;
                let name = object.metadata.name.unwrap_or_default();
                self.namespaces.insert(name, object.metadata.labels.unwrap_or_default());
            }
            _ => {}
        }
        Ok(())
    }

    fn add_owner(
        &mut self,
        kind: &'static str,
        place: &str,
        metadata: &meta::ObjectMeta,
        selector: Option<OwnerSelector>,
    ) {
        if let Some(selector) = selector {
            let key = (kind, namespace(metadata), metadata.name.clone().unwrap_or_default());
            self.owners.insert(key, (place.to_owned(), selector));
        }
    }

    /// The order of the scheduling queue: higher priority first, then older first.
    /// Source: `pkg/scheduler/framework/plugins/queuesort/priority_sort.go`.
    fn pending_in_queue_order(&mut self) {
        self.pods.sort_by_key(|(_, pod)| {
            let priority = pod.spec.as_ref().and_then(|spec| spec.priority).unwrap_or(0);
            (std::cmp::Reverse(priority), pod.metadata.creation_timestamp.as_ref().map(|time| time.0))
        });
    }

    fn into_input(self) -> Result<Input, InputError> {
        let owners =
            self.owners.into_iter().map(|(key, (place, selector))| Ok((key, owner_selector(&place, selector)?)));
        let owners: Owners = owners.collect::<Result<_, InputError>>()?;
        let mut by_name = BTreeMap::new();
        let mut nodes = Vec::with_capacity(self.nodes.len());
        for (place, node) in self.nodes {
            let node = self::node(node).map_err(|error| error.at(&place))?;
            if by_name.insert(node.name.clone(), NodeIndex(nodes.len())).is_some() {
                return Err(fail(format!("there is another node of the name `{}`", node.name)).at(&place));
            }
            nodes.push(node);
        }
        let services = self.services.into_iter().map(service).collect();
        let mut input = Input { cluster: Cluster { nodes, services, namespaces: self.namespaces }, ..Input::default() };
        for (place, pod) in self.pods {
            let phase = pod.status.as_ref().and_then(|status| status.phase.as_deref());
            if matches!(phase, Some("Succeeded" | "Failed")) {
                continue;
            }
            let name = format!("{}/{}", namespace(&pod.metadata), pod.metadata.name.as_deref().unwrap_or_default());
            let node = pod.spec.as_ref().and_then(|spec| spec.node_name.clone()).filter(|node| !node.is_empty());
            let template = template(pod, &owners).map_err(|error| error.at(&format!("{place} ({name})")))?;
            let pod = Pod { name, template };
            match node {
                None => input.pending.push(pod),
                // A pod on a node that is gone takes nothing from those that are left.
                Some(node) => input.existing.extend(by_name.get(&node).map(|node| (pod, *node))),
            }
        }
        Ok(input)
    }
}

type Owners = BTreeMap<(&'static str, String, String), Selector>;

fn list(name: &str, value: Value) -> Result<Vec<(String, Value)>, InputError> {
    match value {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => {
            Ok(items.into_iter().enumerate().map(|(index, item)| (format!("{name}[{index}]"), item)).collect())
        }
        _ => Err(fail("this is no list").at(name)),
    }
}

fn read<T: DeserializeOwned>(place: &str, value: Value) -> Result<T, InputError> {
    serde_json::from_value(value).map_err(|error| fail(error.to_string()).at(place))
}

fn namespace(metadata: &meta::ObjectMeta) -> String {
    metadata.namespace.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| "default".to_owned())
}

fn service(service: core::Service) -> Service {
    let namespace = namespace(&service.metadata);
    Service { namespace, selector: service.spec.and_then(|spec| spec.selector).unwrap_or_default() }
}

fn owner_selector(place: &str, selector: OwnerSelector) -> Result<Selector, InputError> {
    match selector {
        OwnerSelector::Labels(labels) => Ok(Selector::equal(&labels)),
        OwnerSelector::Selector(selector) => self::selector(selector).map_err(|error| error.at(place)),
    }
}

// Nodes

fn node(node: core::Node) -> Result<Node, InputError> {
    let name = node.metadata.name.filter(|name| !name.is_empty()).ok_or_else(|| fail("this node has no name"))?;
    let spec = node.spec.unwrap_or_default();
    let status = node.status.unwrap_or_default();
    // Source: `SetDefaults_NodeStatus` of `pkg/apis/core/v1/defaults.go`.
    let mut allocatable = requests(status.allocatable.or(status.capacity).unwrap_or_default())?;
    let max_pods = allocatable.other.remove("pods").unwrap_or_default();
    let taints = spec.taints.into_iter().flatten().map(taint).collect::<Result<_, _>>()?;
    let images = status.images.into_iter().flatten().map(|image| Image {
        names: image.names.unwrap_or_default(),
        size: Memory::from_bytes(image.size_bytes.and_then(|size| u64::try_from(size).ok()).unwrap_or_default()),
    });
    Ok(Node {
        name,
        labels: node.metadata.labels.unwrap_or_default(),
        taints,
        unschedulable: spec.unschedulable.unwrap_or_default(),
        allocatable: Resources {
            cpu: allocatable.cpu.unwrap_or_default(),
            memory: allocatable.memory.unwrap_or_default(),
            ephemeral_storage: allocatable.ephemeral_storage.unwrap_or_default(),
            other: allocatable.other,
        },
        max_pods,
        images: images.collect(),
    })
}

fn taint(taint: core::Taint) -> Result<Taint, InputError> {
    Ok(Taint { key: taint.key, value: taint.value.unwrap_or_default(), effect: effect(&taint.effect)? })
}

fn effect(effect: &str) -> Result<Effect, InputError> {
    match effect {
        "NoSchedule" => Ok(Effect::NoSchedule),
        "PreferNoSchedule" => Ok(Effect::PreferNoSchedule),
        "NoExecute" => Ok(Effect::NoExecute),
        _ => Err(unknown(effect, unknown_effect)),
    }
}

fn unknown_effect(written: &str) -> String {
    format!("a taint's effect is `{written}`; write NoSchedule, PreferNoSchedule or NoExecute")
}

// Pods

fn template(pod: core::Pod, owners: &Owners) -> Result<PodTemplate, InputError> {
    let namespace = namespace(&pod.metadata);
    let spec = pod.spec.unwrap_or_default();
    let owner = owner(&pod.metadata, &namespace, owners);
    let requests = pod_requests(
        &containers(&spec)?,
        &pod_level(&spec)?,
        &spec.overhead.map(self::requests).transpose()?.unwrap_or_default(),
    );
    let affinity = spec.affinity.unwrap_or_default();
    let node_affinity = affinity.node_affinity.unwrap_or_default();
    let required = node_affinity.required_during_scheduling_ignored_during_execution;
    let preferred = node_affinity.preferred_during_scheduling_ignored_during_execution;
    let near = affinity.pod_affinity.unwrap_or_default();
    let away = affinity.pod_anti_affinity.unwrap_or_default();
    let constraints = spec.topology_spread_constraints.into_iter().flatten();
    let init = spec.init_containers.unwrap_or_default();
    Ok(PodTemplate {
        labels: pod.metadata.labels.unwrap_or_default(),
        requests: requests.requests,
        scored_requests: requests.scored_requests,
        host_ports: host_ports(&init, &spec.containers),
        images: init.into_iter().chain(spec.containers).map(|container| container.image.unwrap_or_default()).collect(),
        node_name: None,
        node_selector: spec.node_selector.unwrap_or_default(),
        required_node_affinity: required
            .map(|required| required.node_selector_terms.into_iter().map(node_term).collect())
            .transpose()?,
        preferred_node_affinity: preferred
            .into_iter()
            .flatten()
            .map(|term| Ok(Weighted { weight: weight(term.weight)?, term: node_term(term.preference)? }))
            .collect::<Result<_, _>>()?,
        tolerations: spec.tolerations.into_iter().flatten().map(toleration).collect::<Result<_, _>>()?,
        pod_affinity: pod_affinity(
            near.required_during_scheduling_ignored_during_execution,
            near.preferred_during_scheduling_ignored_during_execution,
            &namespace,
        )?,
        pod_anti_affinity: pod_affinity(
            away.required_during_scheduling_ignored_during_execution,
            away.preferred_during_scheduling_ignored_during_execution,
            &namespace,
        )?,
        spread: constraints.map(spread_constraint).collect::<Result<_, _>>()?,
        owner,
        terminating: pod.metadata.deletion_timestamp.is_some(),
        namespace,
    })
}

fn owner(metadata: &meta::ObjectMeta, namespace: &str, owners: &Owners) -> Selector {
    let references = metadata.owner_references.iter().flatten();
    let controller = references.into_iter().find(|reference| reference.controller == Some(true));
    let kind = controller.and_then(|reference| {
        let written = format!("{} {}", reference.api_version, reference.kind);
        [REPLICA_SET, STATEFUL_SET, REPLICATION_CONTROLLER].into_iter().find(|kind| **kind == written)
    });
    let key = kind.zip(controller).map(|(kind, owner)| (kind, namespace.to_owned(), owner.name.clone()));
    key.and_then(|key| owners.get(&key)).cloned().unwrap_or_default()
}

fn containers(spec: &core::PodSpec) -> Result<Vec<Container>, InputError> {
    let init = spec.init_containers.iter().flatten().map(|container| (container, kind_of(container)));
    let regular = spec.containers.iter().map(|container| (container, ContainerKind::Regular));
    let container = |(container, kind): (&core::Container, _)| {
        let resources = container.resources.clone().unwrap_or_default();
        // Source: `SetDefaults_Pod` of `pkg/apis/core/v1/defaults.go`: a limit is also the request if there is none.
        let mut amounts = resources.limits.unwrap_or_default();
        amounts.extend(resources.requests.unwrap_or_default());
        Ok(Container { kind, requests: requests(amounts)? })
    };
    init.chain(regular).map(container).collect()
}

fn kind_of(container: &core::Container) -> ContainerKind {
    match container.restart_policy.as_deref() {
        Some("Always") => ContainerKind::Sidecar,
        _ => ContainerKind::Init,
    }
}

/// Pod-level resource requests.
fn pod_level(spec: &core::PodSpec) -> Result<Requests, InputError> {
    let resources = spec.resources.clone().unwrap_or_default();
    requests(resources.requests.or(resources.limits).unwrap_or_default())
}

fn requests(amounts: BTreeMap<String, Quantity>) -> Result<Requests, InputError> {
    let mut requests = Requests::default();
    for (name, Quantity(text)) in amounts {
        let invalid = |error: QuantityError| fail(format!("`{name}`: {error}; {}", error.help()));
        if name == "cpu" {
            requests.cpu = Some(text.parse::<Cpu>().map_err(invalid)?);
            continue;
        }
        let amount = Memory::from_kubernetes(&text).map_err(invalid)?;
        match name.as_str() {
            "memory" => requests.memory = Some(amount),
            "ephemeral-storage" => requests.ephemeral_storage = Some(amount),
            _ => drop(requests.other.insert(name, amount.bytes())),
        }
    }
    Ok(requests)
}

fn host_ports(init: &[core::Container], containers: &[core::Container]) -> Vec<HostPort> {
    let sidecars = init.iter().filter(|container| kind_of(container) == ContainerKind::Sidecar);
    let ports = sidecars.chain(containers).flat_map(|container| container.ports.iter().flatten());
    ports
        .filter_map(|port| {
            let or = |text: &Option<String>, default: &str| {
                text.clone().filter(|text| !text.is_empty()).unwrap_or_else(|| default.to_owned())
            };
            Some(HostPort {
                ip: or(&port.host_ip, "0.0.0.0"),
                protocol: or(&port.protocol, "TCP"),
                port: port.host_port.filter(|port| *port > 0)?,
            })
        })
        .collect()
}

fn toleration(toleration: core::Toleration) -> Result<Toleration, InputError> {
    let written = |text: Option<String>| text.filter(|text| !text.is_empty());
    let value = match toleration.operator.as_deref() {
        None | Some("" | "Equal") => Some(toleration.value.unwrap_or_default()),
        Some("Exists") => None,
        Some(operator) => return Err(unknown(operator, unknown_toleration)),
    };
    let effect = written(toleration.effect).map(|text| effect(&text)).transpose()?;
    Ok(Toleration { key: written(toleration.key), value, effect })
}

fn unknown_toleration(written: &str) -> String {
    format!("a toleration's operator is `{written}`; write Exists or Equal")
}

fn node_term(term: core::NodeSelectorTerm) -> Result<NodeTerm, InputError> {
    let labels = term.match_expressions.into_iter().flatten().map(|expression| {
        let test = match expression.operator.as_str() {
            "Gt" => Test::Gt(bound(&expression.key, expression.values)?),
            "Lt" => Test::Lt(bound(&expression.key, expression.values)?),
            operator => test(&expression.key, operator, expression.values)?,
        };
        Ok(Requirement { key: expression.key, test })
    });
    let names =
        term.match_fields.into_iter().flatten().map(|field| match (field.key.as_str(), field.operator.as_str()) {
            ("metadata.name", "In") => Ok(NameRequirement::In(field.values.unwrap_or_default())),
            ("metadata.name", "NotIn") => Ok(NameRequirement::NotIn(field.values.unwrap_or_default())),
            (key, operator) => Err(unknown(&format!("{key} {operator}"), unknown_field_selector)),
        });
    Ok(NodeTerm { labels: labels.collect::<Result<_, _>>()?, names: names.collect::<Result<_, _>>()? })
}

fn unknown_field_selector(written: &str) -> String {
    format!("a field selector is `{written}`; write metadata.name In or NotIn")
}

fn bound(key: &str, values: Option<Vec<String>>) -> Result<i64, InputError> {
    match values.unwrap_or_default().as_slice() {
        [value] => {
            value.parse().map_err(|_| fail(format!("`{key}` is to be compared with `{value}`, which is no number")))
        }
        _ => Err(fail(format!("`{key}` is to be compared; write one number in `values`"))),
    }
}

fn test(key: &str, operator: &str, values: Option<Vec<String>>) -> Result<Test, InputError> {
    let values = values.unwrap_or_default();
    match (operator, values.is_empty()) {
        ("In", false) => Ok(Test::In(values)),
        ("NotIn", false) => Ok(Test::NotIn(values)),
        ("Exists", true) => Ok(Test::Exists),
        ("DoesNotExist", true) => Ok(Test::DoesNotExist),
        ("In" | "NotIn", true) => Err(fail(format!("`{key} {operator}` has no `values`"))),
        ("Exists" | "DoesNotExist", false) => Err(fail(format!("`{key} {operator}` takes no `values`"))),
        _ => Err(unknown(operator, unknown_requirement)),
    }
}

fn unknown_requirement(written: &str) -> String {
    format!("the operator of a requirement is `{written}`; write In, NotIn, Exists or DoesNotExist")
}

fn selector(selector: meta::LabelSelector) -> Result<Selector, InputError> {
    let mut requirements = Selector::equal(&selector.match_labels.unwrap_or_default()).0;
    for expression in selector.match_expressions.into_iter().flatten() {
        let test = test(&expression.key, &expression.operator, expression.values)?;
        requirements.push(Requirement { key: expression.key, test });
    }
    Ok(Selector(requirements))
}

fn pod_affinity(
    required: Option<Vec<core::PodAffinityTerm>>,
    preferred: Option<Vec<core::WeightedPodAffinityTerm>>,
    namespace: &str,
) -> Result<PodAffinity, InputError> {
    let required = required.into_iter().flatten().map(|term| affinity_term(term, namespace));
    let preferred = preferred.into_iter().flatten().map(|term| {
        Ok(Weighted { weight: weight(term.weight)?, term: affinity_term(term.pod_affinity_term, namespace)? })
    });
    Ok(PodAffinity { required: required.collect::<Result<_, _>>()?, preferred: preferred.collect::<Result<_, _>>()? })
}

fn affinity_term(term: core::PodAffinityTerm, namespace: &str) -> Result<AffinityTerm, InputError> {
    let mut namespaces = term.namespaces.unwrap_or_default();
    if namespaces.is_empty() && term.namespace_selector.is_none() {
        namespaces.push(namespace.to_owned());
    }
    Ok(AffinityTerm {
        selector: term.label_selector.map(selector).transpose()?,
        namespaces,
        namespace_selector: term.namespace_selector.map(selector).transpose()?,
        topology_key: term.topology_key,
    })
}

fn weight(weight: i32) -> Result<i32, InputError> {
    if (1..=100).contains(&weight) {
        Ok(weight)
    } else {
        Err(fail(format!("the weight {weight} is not from 1 to 100")))
    }
}

fn spread_constraint(constraint: core::TopologySpreadConstraint) -> Result<SpreadConstraint, InputError> {
    let policy = |policy: Option<String>, default| match policy.as_deref() {
        None | Some("") => Ok(default),
        Some("Honor") => Ok(InclusionPolicy::Honor),
        Some("Ignore") => Ok(InclusionPolicy::Ignore),
        Some(other) => Err(unknown(other, unknown_spread_policy)),
    };
    let positive = |number: i32, name| {
        if number > 0 { Ok(number) } else { Err(fail(format!("`{name}` is {number}; it must be 1 or more"))) }
    };
    Ok(SpreadConstraint {
        topology_key: constraint.topology_key,
        max_skew: positive(constraint.max_skew, "maxSkew")?,
        when_unsatisfiable: match constraint.when_unsatisfiable.as_str() {
            "DoNotSchedule" => WhenUnsatisfiable::DoNotSchedule,
            "ScheduleAnyway" => WhenUnsatisfiable::ScheduleAnyway,
            other => return Err(unknown(other, unknown_when_unsatisfiable)),
        },
        selector: constraint.label_selector.map(selector).transpose()?,
        match_label_keys: constraint.match_label_keys.unwrap_or_default(),
        min_domains: positive(constraint.min_domains.unwrap_or(1), "minDomains")?,
        node_affinity: policy(constraint.node_affinity_policy, InclusionPolicy::Honor)?,
        node_taints: policy(constraint.node_taints_policy, InclusionPolicy::Ignore)?,
    })
}

fn unknown_spread_policy(written: &str) -> String {
    format!("a spread constraint's policy is `{written}`; write Honor or Ignore")
}

fn unknown_when_unsatisfiable(written: &str) -> String {
    format!("`whenUnsatisfiable` is `{written}`; write DoNotSchedule or ScheduleAnyway")
}

// Errors

fn fail(message: impl Into<String>) -> InputError {
    InputError { place: String::new(), message: message.into() }
}

/// Something else is to be written, as `said`.
fn unknown(written: &str, said: fn(&str) -> String) -> InputError {
    let written: String = written.chars().take(60).collect();
    fail(said(&written))
}

impl InputError {
    fn at(self, place: &str) -> Self {
        Self { place: place.to_owned(), ..self }
    }
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

impl std::error::Error for InputError {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// One of everything that is read.
    fn sample() -> Value {
        let selector = json!({
            "matchLabels": { "app": "web" },
            "matchExpressions": [{ "key": "tier", "operator": "NotIn", "values": ["db"] }],
        });
        let term = json!({
            "topologyKey": "zone", "labelSelector": selector, "namespaces": ["default"], "namespaceSelector": {},
        });
        let affinity = json!({
            "requiredDuringSchedulingIgnoredDuringExecution": [term],
            "preferredDuringSchedulingIgnoredDuringExecution": [{ "weight": 7, "podAffinityTerm": term }],
        });
        let node_term = json!({
            "matchExpressions": [{ "key": "gen", "operator": "Gt", "values": ["3"] }],
            "matchFields": [{ "key": "metadata.name", "operator": "In", "values": ["n"] }],
        });
        let container = json!({
            "name": "main", "image": "web", "ports": [{ "containerPort": 80, "hostPort": 80 }],
            "resources": { "requests": { "cpu": "100m" }, "limits": { "memory": "1Gi", "nvidia.com/gpu": "1" } },
        });
        json!({
            "nodes": [{
                "metadata": { "name": "n", "labels": { "zone": "a", "gen": "4" } },
                "spec": { "unschedulable": false, "taints": [{ "key": "k", "value": "v", "effect": "PreferNoSchedule" }] },
                "status": {
                    "allocatable": { "cpu": "2", "memory": "4Gi", "pods": "10" },
                    "images": [{ "names": ["web:latest"], "sizeBytes": 50_000_000 }],
                },
            }],
            "pods": [{
                "metadata": {
                    "name": "p", "labels": { "app": "web" },
                    "ownerReferences": [{ "apiVersion": "apps/v1", "kind": "ReplicaSet", "name": "web", "uid": "1", "controller": true }],
                },
                "spec": {
                    "containers": [container],
                    "initContainers": [{ "name": "log", "restartPolicy": "Always" }],
                    "overhead": { "cpu": "10m" },
                    "nodeSelector": { "zone": "a" },
                    "tolerations": [{ "key": "k", "operator": "Equal", "value": "v", "effect": "NoSchedule" }],
                    "topologySpreadConstraints": [{
                        "topologyKey": "zone", "maxSkew": 1, "minDomains": 1, "whenUnsatisfiable": "DoNotSchedule",
                        "labelSelector": selector, "matchLabelKeys": ["v"], "nodeTaintsPolicy": "Honor",
                    }],
                    "affinity": {
                        "nodeAffinity": {
                            "requiredDuringSchedulingIgnoredDuringExecution": { "nodeSelectorTerms": [node_term] },
                            "preferredDuringSchedulingIgnoredDuringExecution": [{ "weight": 3, "preference": node_term }],
                        },
                        "podAffinity": affinity,
                    },
                },
            }],
            "existing": [{ "metadata": { "name": "old" }, "spec": { "nodeName": "n", "containers": [container] } }],
            "services": [{ "metadata": { "name": "web" }, "spec": { "selector": { "app": "web" } } }],
            "replicaSets": [{ "metadata": { "name": "web" }, "spec": { "selector": { "matchLabels": { "app": "web" } } } }],
            "namespaces": [{ "metadata": { "name": "default" } }],
        })
    }

    #[test]
    fn what_kubernetes_writes_is_read() {
        let input = Input::from_value(sample()).expect("a cluster");
        assert_eq!((input.existing.len(), input.pending.len()), (1, 1));
        let pod = &input.pending[0];
        assert_eq!((pod.name.as_str(), pod.template.namespace.as_str()), ("default/p", "default"));
        assert_eq!(pod.template.owner, Selector(vec![Requirement::equal("app", "web")]));
        // A limit without a request is the request; the overhead comes on top.
        let requests = &pod.template.requests;
        assert_eq!((requests.cpu, requests.memory), (Cpu::from_millis(110), Memory::from_gib(1)));
        assert_eq!(requests.other.get("nvidia.com/gpu"), Some(&1));
        assert_eq!(input.scheduler().nodes()[0].pods, 1);
    }

    #[test]
    fn what_kubectl_prints_is_read_in_queue_order() {
        let pod = |name: &str, created: &str, more: Value| {
            let mut spec = json!({ "containers": [] });
            spec.as_object_mut().expect("an object").extend(more.as_object().cloned().unwrap_or_default());
            json!({ "kind": "Pod", "metadata": { "name": name, "creationTimestamp": created }, "spec": spec })
        };
        let mut done = pod("done", "2026-01-01T00:00:00Z", json!({ "nodeName": "n" }));
        done["status"]["phase"] = json!("Succeeded");
        let list = json!({ "kind": "List", "apiVersion": "v1", "items": [
            { "kind": "Node", "metadata": { "name": "n" }, "status": { "capacity": { "cpu": 2, "pods": 5 } } },
            pod("young", "2026-01-02T00:00:00Z", json!({})),
            pod("old", "2026-01-01T00:00:00Z", json!({})),
            pod("urgent", "2026-01-03T00:00:00Z", json!({ "priority": 1000 })),
            pod("bound", "2026-01-01T00:00:00Z", json!({ "nodeName": "n" })),
            pod("lost", "2026-01-01T00:00:00Z", json!({ "nodeName": "gone" })),
            done,
            { "kind": "ConfigMap", "metadata": { "name": "other" } },
        ] });
        let input = Input::from_value(list).expect("a cluster");
        let names: Vec<_> = input.pending.iter().map(|pod| pod.name.as_str()).collect();
        assert_eq!(names, ["default/urgent", "default/old", "default/young"]);
        assert_eq!(input.existing.iter().map(|(pod, _)| pod.name.as_str()).collect::<Vec<_>>(), ["default/bound"]);
        // The API server takes the capacity for allocatable where a node does not say.
        assert_eq!(input.cluster.nodes[0].allocatable.cpu, Cpu::from_cores(2));
    }

    #[test]
    fn what_is_no_cluster_is_told_where_and_why() {
        let node = |json: &str| format!(r#"{{"nodes":[{{"metadata":{{"name":"n"}},{json}}}]}}"#);
        let pod =
            |spec: &str| format!(r#"{{"pods":[{{"metadata":{{"name":"p"}},"spec":{{"containers":[],{spec}}}}}]}}"#);
        for (json, message) in [
            ("{", "this is not JSON: EOF while parsing an object at line 1 column 1"),
            ("[]", "this is no Kubernetes list; write what `kubectl get nodes,pods -o json` prints"),
            ("{}", "this has neither `items` nor `nodes`; write what `kubectl get nodes,pods -o json` prints"),
            (r#"{"items":{}}"#, "items: this is no list"),
            (r#"{"items":[{"spec":{}}]}"#, "items[0]: this has no `kind`"),
            (r#"{"items":[{"kind":"Node","metadata":3}]}"#, "items[0]: invalid type: integer `3`, expected ObjectMeta"),
            (r#"{"nodes":[{"metadata":{}}]}"#, "nodes[0]: this node has no name"),
            (
                r#"{"nodes":[{"metadata":{"name":"n"}},{"metadata":{"name":"n"}}]}"#,
                "nodes[1]: there is another node of the name `n`",
            ),
            (
                &node(r#""status":{"allocatable":{"cpu":"-1"}}"#),
                "nodes[0]: `cpu`: `-1` is negative; write zero or more, such as `250m` or `0.5`",
            ),
            (
                &node(r#""status":{"allocatable":{"memory":"4GB"}}"#),
                "nodes[0]: `memory`: `4GB` has the unit `GB`, which is none of memory; write a number and one of the units Ki, Mi, Gi, Ti (binary) or k, M, G, T (decimal)",
            ),
            (
                &node(r#""spec":{"taints":[{"key":"k","effect":"Never"}]}"#),
                "nodes[0]: a taint's effect is `Never`; write NoSchedule, PreferNoSchedule or NoExecute",
            ),
            (
                &pod(r#""tolerations":[{"operator":"Gt"}]"#),
                "pods[0] (default/p): a toleration's operator is `Gt`; write Exists or Equal",
            ),
            (
                &pod(
                    r#""topologySpreadConstraints":[{"topologyKey":"z","maxSkew":0,"whenUnsatisfiable":"DoNotSchedule"}]"#,
                ),
                "pods[0] (default/p): `maxSkew` is 0; it must be 1 or more",
            ),
            (
                &pod(
                    r#""affinity":{"nodeAffinity":{"preferredDuringSchedulingIgnoredDuringExecution":[{"weight":101,"preference":{}}]}}"#,
                ),
                "pods[0] (default/p): the weight 101 is not from 1 to 100",
            ),
            (
                &pod(
                    r#""affinity":{"nodeAffinity":{"requiredDuringSchedulingIgnoredDuringExecution":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"k","operator":"Gt","values":["x"]}]}]}}}"#,
                ),
                "pods[0] (default/p): `k` is to be compared with `x`, which is no number",
            ),
        ] {
            assert_eq!(Input::from_json(json).unwrap_err().to_string(), message);
        }
        let deep = "[".repeat(100_000);
        assert!(
            Input::from_json(&deep).unwrap_err().to_string().starts_with("this is not JSON: recursion limit exceeded")
        );
    }

    /// The places of all the values in it.
    fn pointers(value: &Value, at: &str, found: &mut Vec<String>) {
        found.push(at.to_owned());
        match value {
            Value::Object(fields) => fields.iter().for_each(|(key, value)| {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), found);
            }),
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, value)| pointers(value, &format!("{at}/{index}"), found));
            }
            _ => {}
        }
    }

    fn junk() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            Just(json!({})),
            Just(json!([])),
            Just(json!("")),
            Just(json!("9223372036854775807")),
            Just(json!("1e-99")),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,9}".prop_map(Value::from),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn no_json_makes_reading_or_scheduling_panic(
            changes in prop::collection::vec((any::<prop::sample::Index>(), junk()), 1..4),
        ) {
            let mut cluster = sample();
            for (place, junk) in changes {
                let mut places = Vec::new();
                pointers(&cluster, "", &mut places);
                *cluster.pointer_mut(&places[place.index(places.len())]).expect("a place") = junk;
            }
            if let Ok(input) = Input::from_value(cluster) {
                let mut scheduler = input.scheduler();
                for pod in input.pending {
                    let template = scheduler.template(pod.template);
                    let decision = scheduler.schedule(template);
                    prop_assert_eq!(decision.node().is_none(), decision.message.is_some());
                }
            }
        }
    }
}
