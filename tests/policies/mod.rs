//! What linters, policies and the API server ask of the files, each rule under its own name, over what another reader
//! than ours makes of the files.
//!
//! Where tools disagree, `src/generate/kubernetes/mod.rs` says what is done here; those rules are left out: limits of
//! processors, `imagePullPolicy: Always`, secrets as files, a liveness probe for every pod, three replicas.

mod api_server;
mod compose;
mod dockerfile;
mod kube_linter;
mod kube_score;
mod pod_security;
mod polaris;

use plimsoll::generate::Artifact;
use serde::Deserialize;
use serde_json::Value;

/// The files of a topology, read.
pub struct Files {
    pub compose: Value,
    pub objects: Vec<Object>,
    pub kustomization: Value,
    /// Whether environments apply what is here.
    pub is_base: bool,
    pub dockerfiles: Vec<(String, String)>,
}

/// An object of the cluster.
pub struct Object {
    pub kind: String,
    pub name: String,
    pub value: Value,
}

/// The pods that an object makes.
pub struct Pod<'a> {
    pub owner: &'a Object,
    pub spec: &'a Value,
    pub labels: &'a Value,
}

/// A rule: what is against it.
type Rule = (&'static str, fn(&Files) -> Vec<String>);

/// All rules, by tool.
const RULES: [(&str, &[Rule]); 7] = [
    ("Pod Security Standards, restricted", pod_security::RULES),
    ("kube-linter", kube_linter::RULES),
    ("kube-score", kube_score::RULES),
    ("Polaris", polaris::RULES),
    ("API server", api_server::RULES),
    ("Compose", compose::RULES),
    ("Dockerfile", dockerfile::RULES),
];

/// All that is against a rule, with the rule's name.
pub fn violations(artifacts: &[Artifact]) -> Vec<String> {
    let files = Files::read(artifacts);
    let mut violations = Vec::new();
    for (tool, rules) in RULES {
        for (rule, check) in rules {
            violations.extend(check(&files).into_iter().map(|what| format!("{tool}: {rule}: {what}")));
        }
    }
    violations
}

/// The names of all rules.
pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().flat_map(|(_, rules)| rules.iter().map(|(rule, _)| *rule))
}

impl Files {
    /// What the texts say.
    pub fn read(artifacts: &[Artifact]) -> Self {
        let file_name = |artifact: &&Artifact| artifact.path.rsplit('/').next().unwrap_or_default().to_owned();
        let is_dockerfile = |artifact: &&Artifact| {
            let name = file_name(artifact);
            name.starts_with("Dockerfile") && !name.ends_with(".dockerignore")
        };
        let compose = artifacts.iter().find(|artifact| artifact.path == "compose.yaml");
        // What an overlay makes of the base is for `overlays.rs`.
        let is_manifest = |path: &str| path.starts_with("k8s/") && !path.starts_with("k8s/overlays/");
        let manifests = artifacts.iter().filter(|artifact| is_manifest(&artifact.path));
        let mut documents: Vec<Value> = manifests.flat_map(|artifact| documents(&artifact.text)).collect();
        let is_kustomization = |document: &Value| document["kind"] == "Kustomization";
        let kustomization = documents.iter().position(is_kustomization).map(|at| documents.swap_remove(at));
        Self {
            compose: compose.map_or(Value::Null, |file| documents_of_one(&file.text)),
            objects: documents.into_iter().map(Object::new).collect(),
            kustomization: kustomization.unwrap_or_default(),
            is_base: artifacts.iter().any(|artifact| artifact.path.starts_with("k8s/overlays/")),
            dockerfiles: artifacts
                .iter()
                .filter(is_dockerfile)
                .map(|artifact| (artifact.path.clone(), artifact.text.clone()))
                .collect(),
        }
    }

    /// The objects of a kind.
    pub fn kind<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Object> {
        self.objects.iter().filter(move |object| object.kind == kind)
    }

    /// Everything that makes pods.
    pub fn pods(&self) -> Vec<Pod<'_>> {
        let template = |object: &Object| match object.kind.as_str() {
            "Deployment" | "StatefulSet" | "Job" => Some("/spec/template"),
            "CronJob" => Some("/spec/jobTemplate/spec/template"),
            _ => None,
        };
        self.objects
            .iter()
            .filter_map(|owner| {
                let template = owner.value.pointer(template(owner)?)?;
                Some(Pod { owner, spec: &template["spec"], labels: &template["metadata"]["labels"] })
            })
            .collect()
    }

    /// `OWNER: WHAT` for each pod that `check` says something of.
    pub fn of_pods(&self, check: impl Fn(&Pod) -> Option<String>) -> Vec<String> {
        let of = |pod: &Pod| check(pod).map(|what| format!("{} {}: {what}", pod.owner.kind, pod.owner.name));
        self.pods().iter().filter_map(of).collect()
    }

    /// `OWNER: CONTAINER: WHAT` for each container, those of init too, that `check` says something of.
    pub fn of_containers(&self, check: impl Fn(&Pod, &Value) -> Option<String>) -> Vec<String> {
        let mut violations = Vec::new();
        for pod in self.pods() {
            for container in pod.containers() {
                let what = check(&pod, container);
                let owner = &pod.owner;
                violations
                    .extend(what.map(|what| format!("{} {}: {}: {what}", owner.kind, owner.name, container["name"])));
            }
        }
        violations
    }

    /// Compose's services.
    pub fn services(&self) -> impl Iterator<Item = (&String, &Value)> {
        self.compose["services"].as_object().into_iter().flatten()
    }
}

impl Object {
    fn new(value: Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self { kind: text(&value["kind"]), name: text(&value["metadata"]["name"]), value }
    }
}

impl Pod<'_> {
    /// Its containers, those of init first.
    pub fn containers(&self) -> impl Iterator<Item = &Value> {
        items(&self.spec["initContainers"]).chain(self.serving())
    }

    /// Its containers but those of init.
    pub fn serving(&self) -> impl Iterator<Item = &Value> {
        items(&self.spec["containers"])
    }

    /// Whether a selector finds it.
    pub fn is_selected_by(&self, selector: &Value) -> bool {
        selects(selector, self.labels)
    }
}

/// The items of a list; none of anything else.
pub fn items(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

/// Whether a label selector, or the plain map of a Service's, finds these labels.
pub fn selects(selector: &Value, labels: &Value) -> bool {
    let has_parts = selector.get("matchLabels").or(selector.get("matchExpressions")).is_some();
    let pairs = if has_parts { &selector["matchLabels"] } else { selector };
    let matches = |(key, value): (&String, &Value)| labels.get(key) == Some(value);
    let finds = |requirement: &Value| {
        let label = labels.get(requirement["key"].as_str().unwrap_or_default());
        let is_listed = items(&requirement["values"]).any(|value| Some(value) == label);
        match requirement["operator"].as_str() {
            Some("In") => is_listed,
            Some("NotIn") => !is_listed,
            Some("Exists") => label.is_some(),
            Some("DoesNotExist") => label.is_none(),
            _ => false,
        }
    };
    pairs.as_object().into_iter().flatten().all(matches) && items(&selector["matchExpressions"]).all(finds)
}

/// `what` where something is so.
pub fn if_so(is_so: bool, what: impl Into<String>) -> Option<String> {
    is_so.then(|| what.into())
}

fn documents(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).unwrap()).collect()
}

fn documents_of_one(text: &str) -> Value {
    documents(text).pop().unwrap()
}
