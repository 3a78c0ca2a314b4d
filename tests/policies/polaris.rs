//! <https://polaris.docs.fairwinds.com/checks/security/> and the lists beside it.

use super::{Object, Rule, if_so};
use serde_json::Value;

pub const RULES: &[Rule] = &[
    ("automountServiceAccountToken", |files| {
        let is_mounted = |account: &&Object| account.value["automountServiceAccountToken"] != false;
        files.kind("ServiceAccount").filter(is_mounted).map(|account| account.name.clone()).collect()
    }),
    ("metadataAndNameMismatched", |files| {
        // A StatefulSet's name is cut where its pods' labels could not hold it.
        let name = |object: &Object| object.value["metadata"]["labels"]["app.kubernetes.io/name"].clone();
        let differs = |object: &&Object| name(object) != object.name.as_str();
        files.kind("Deployment").filter(differs).map(|object| object.name.clone()).collect()
    }),
    ("deploymentMissingReplicas", |files| {
        files.of_pods(|pod| {
            let spec = &pod.owner.value["spec"];
            let scales = |scaler: &Object| scaler.value["spec"]["scaleTargetRef"]["name"] == pod.owner.name.as_str();
            let is_scaled = files.kind("HorizontalPodAutoscaler").any(scales);
            let runs_for_good = matches!(pod.owner.kind.as_str(), "Deployment" | "StatefulSet");
            if_so(runs_for_good && spec.get("replicas").is_none() && !is_scaled, "")
        })
    }),
    ("tlsSettingsMissing", |files| {
        let lacks_hosts = |ingress: &&Object| {
            let spec = &ingress.value["spec"];
            let issuer = &ingress.value["metadata"]["annotations"]["cert-manager.io/cluster-issuer"];
            spec.get("tls").is_some() && spec["tls"][0]["hosts"][0] != spec["rules"][0]["host"]
                || spec.get("tls").is_some() != issuer.is_string()
        };
        files.kind("Ingress").filter(lacks_hosts).map(|ingress| ingress.name.clone()).collect()
    }),
    ("sensitiveContainerEnvVar", |files| {
        files.of_containers(|_, container| {
            let plain = |variable: &Value| variable["valueFrom"].get("secretKeyRef").is_none();
            let variables = container["env"].as_array().into_iter().flatten();
            let is_password =
                |variable: &&Value| variable["name"].as_str().is_some_and(|name| name.ends_with("PASSWORD"));
            variables.filter(is_password).find(|variable| plain(variable)).map(Value::to_string)
        })
    }),
];
