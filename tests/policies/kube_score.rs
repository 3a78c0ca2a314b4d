//! <https://github.com/zegl/kube-score/blob/master/README_CHECKS.md>

use super::kube_linter::{has_port, replicas};
use super::{Object, Rule, if_so, items};
use serde_json::Value;

pub const RULES: &[Rule] = &[
    ("deployment-has-poddisruptionbudget", |files| {
        files.of_pods(|pod| {
            let is_kept = |budget: &Object| pod.is_selected_by(&budget.value["spec"]["selector"]);
            let is_several = replicas(files, pod.owner) > 1 && pod.owner.kind != "Job";
            if_so(is_several != files.kind("PodDisruptionBudget").any(is_kept), "")
        })
    }),
    ("pod-probes-identical", |files| {
        files.of_containers(|_, container| {
            let (readiness, liveness) = (&container["readinessProbe"], &container["livenessProbe"]);
            if_so(liveness.is_object() && readiness == liveness, liveness.to_string())
        })
    }),
    ("deployment-replicas and horizontalpodautoscaler-replicas", |files| {
        let is_scaled = |owner: &Object| {
            let scales = |scaler: &Object| scaler.value["spec"]["scaleTargetRef"]["name"] == owner.name.as_str();
            files.kind("HorizontalPodAutoscaler").any(scales)
        };
        let both = |owner: &&Object| owner.value["spec"].get("replicas").is_some() && is_scaled(owner);
        files.kind("Deployment").filter(both).map(|owner| owner.name.clone()).collect()
    }),
    ("service-type", |files| {
        let open = |service: &&Object| service.value["spec"].get("type").is_some_and(|kind| kind != "ClusterIP");
        files.kind("Service").filter(open).map(|service| service.name.clone()).collect()
    }),
    ("container-ephemeral-storage", |files| {
        files.of_pods(|pod| {
            let has_limit = |volume: &&Value| volume["emptyDir"]["sizeLimit"].is_string();
            let folders = items(&pod.spec["volumes"]).filter(|volume| volume.get("emptyDir").is_some());
            folders.filter(|volume| !has_limit(volume)).map(Value::to_string).next()
        })
    }),
    ("label-values", |files| {
        let is_value = |value: &Value| {
            value.as_str().is_some_and(|text| {
                let inner = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
                let end = |c: char| c.is_ascii_alphanumeric();
                text.len() <= 63 && text.chars().all(inner) && text.starts_with(end) && text.ends_with(end)
            })
        };
        let labels = files.objects.iter().map(|object| &object.value["metadata"]["labels"]);
        let pods = files.pods();
        let labels = labels.chain(pods.iter().map(|pod| pod.labels));
        let labels = labels.flat_map(|labels| labels.as_object().into_iter().flatten());
        labels.filter(|(_, value)| !is_value(value)).map(|(key, value)| format!("{key}: {value}")).collect()
    }),
    ("route-targets-service", |files| {
        let mut violations = Vec::new();
        for route in files.kind("HTTPRoute") {
            for backend in items(&route.value["spec"]["rules"]).flat_map(|rule| items(&rule["backendRefs"])) {
                violations.extend(if_so(!has_port(files, &backend["name"], &backend["port"]), backend.to_string()));
            }
            for parent in items(&route.value["spec"]["parentRefs"]) {
                let has_listener = |gateway: &Object| {
                    items(&gateway.value["spec"]["listeners"]).any(|listener| listener["name"] == parent["sectionName"])
                };
                let is_there = |gateway: &Object| parent["name"] == gateway.name.as_str() && has_listener(gateway);
                violations.extend(if_so(!files.kind("Gateway").any(is_there), parent.to_string()));
            }
        }
        violations
    }),
];
