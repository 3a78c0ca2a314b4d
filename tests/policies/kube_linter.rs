//! <https://docs.kubelinter.io/#/generated/checks>: the checks that are on by default, and those of the others that mean
//! something here.

use super::{Files, Object, Pod, Rule, if_so, items, selects};
use serde_json::Value;
use std::collections::BTreeSet;

pub const RULES: &[Rule] = &[
    ("dangling-service", |files| selecting_nothing(files, "Service", "/spec/selector")),
    ("dangling-networkpolicy", |files| selecting_nothing(files, "NetworkPolicy", "/spec/podSelector")),
    ("dangling-networkpolicypeer-podselector", |files| {
        let mut violations = Vec::new();
        for policy in files.kind("NetworkPolicy") {
            let rules = items(&policy.value["spec"]["ingress"]).flat_map(|rule| items(&rule["from"]));
            let rules = rules.chain(items(&policy.value["spec"]["egress"]).flat_map(|rule| items(&rule["to"])));
            let own = rules.filter(|peer| peer.get("podSelector").is_some() && peer.get("namespaceSelector").is_none());
            let dangling = own.filter(|peer| !files.pods().iter().any(|pod| pod.is_selected_by(&peer["podSelector"])));
            violations.extend(dangling.map(|peer| format!("{}: {peer}", policy.name)));
        }
        violations
    }),
    ("dangling-horizontalpodautoscaler", |files| {
        let target = |autoscaler: &Object| {
            let target = &autoscaler.value["spec"]["scaleTargetRef"];
            files
                .objects
                .iter()
                .any(|object| target["kind"] == object.kind.as_str() && target["name"] == object.name.as_str())
        };
        named(files.kind("HorizontalPodAutoscaler").filter(|autoscaler| !target(autoscaler)))
    }),
    ("dangling-ingress", |files| {
        let service = |ingress: &Object| {
            let backend = &ingress.value["spec"]["rules"][0]["http"]["paths"][0]["backend"]["service"];
            has_port(files, &backend["name"], &backend["port"]["number"])
        };
        named(files.kind("Ingress").filter(|ingress| !service(ingress)))
    }),
    ("deprecated-service-account-field", |files| {
        files.of_pods(|pod| if_so(pod.spec.get("serviceAccount").is_some(), ""))
    }),
    ("duplicate-env-var", |files| {
        files.of_containers(|_, container| {
            let mut seen = BTreeSet::new();
            items(&container["env"]).find(|variable| !seen.insert(variable["name"].as_str())).map(Value::to_string)
        })
    }),
    ("env-var-secret", |files| {
        files.of_containers(|_, container| {
            let is_secret = |variable: &&Value| {
                let name = variable["name"].as_str().unwrap_or_default().to_ascii_lowercase();
                let is_called_so = ["secret", "password", "token", "key"].iter().any(|word| name.contains(word));
                is_called_so && variable.get("value").is_some() && !name.ends_with("_file")
            };
            items(&container["env"]).find(is_secret).map(Value::to_string)
        })
    }),
    ("invalid-target-ports", |files| {
        let mut violations = Vec::new();
        for service in files.kind("Service") {
            for port in items(&service.value["spec"]["ports"]) {
                let target = port.get("targetPort").unwrap_or(&port["port"]);
                let listens = |pod: &Pod| pod.serving().any(|container| has_container_port(container, target));
                let mut pods =
                    files.pods().into_iter().filter(|pod| pod.is_selected_by(&service.value["spec"]["selector"]));
                if !pods.all(|pod| listens(&pod)) {
                    violations.push(format!("{}: {target}", service.name));
                }
            }
        }
        violations
    }),
    ("latest-tag", |files| {
        // What the person names has a finding of its own.
        files.of_containers(|_, container| {
            let image = container["image"].as_str().unwrap_or_default();
            if_so(image.is_empty() || image.ends_with(':'), image)
        })
    }),
    ("liveness-port", |files| probes_at_closed_ports(files, "livenessProbe")),
    ("readiness-port", |files| probes_at_closed_ports(files, "readinessProbe")),
    ("startup-port", |files| probes_at_closed_ports(files, "startupProbe")),
    ("mismatching-selector", |files| {
        let selector = |object: &Object| object.value["spec"]["selector"].clone();
        let own = |pod: &&Pod| matches!(pod.owner.kind.as_str(), "Deployment" | "StatefulSet");
        let missed = |pod: &&Pod| !pod.is_selected_by(&selector(pod.owner));
        files.pods().iter().filter(own).filter(missed).map(|pod| pod.owner.name.clone()).collect()
    }),
    ("no pod of another object is selected", |files| {
        let mut violations = Vec::new();
        for owner in files.objects.iter().filter(|object| matches!(object.kind.as_str(), "Deployment" | "StatefulSet"))
        {
            let selector = &owner.value["spec"]["selector"];
            let others =
                files.pods().into_iter().filter(|pod| !std::ptr::eq(pod.owner, owner) && pod.is_selected_by(selector));
            violations.extend(others.map(|pod| format!("{} finds the pods of {}", owner.name, pod.owner.name)));
        }
        violations
    }),
    ("no-anti-affinity", |files| {
        // Spread constraints are what the documentation recommends today, and Polaris asks for them by name.
        files.of_pods(|pod| {
            let constraints: Vec<&Value> = items(&pod.spec["topologySpreadConstraints"]).collect();
            let is_spread = constraints.iter().any(|one| selects(&one["labelSelector"], pod.labels));
            if_so(replicas(files, pod.owner) > 1 && !is_spread, "")
        })
    }),
    ("no-extensions-v1beta", |files| {
        named(
            files
                .objects
                .iter()
                .filter(|object| object.value["apiVersion"].as_str().is_some_and(|v| v.contains("beta"))),
        )
    }),
    ("no-read-only-root-fs", |files| {
        files.of_containers(|_, container| if_so(container["securityContext"]["readOnlyRootFilesystem"] != true, ""))
    }),
    ("non-existent-service-account", |files| {
        files.of_pods(|pod| {
            let account = pod.spec["serviceAccountName"].as_str().unwrap_or("default");
            if_so(account == "default" || !files.kind("ServiceAccount").any(|known| known.name == account), account)
        })
    }),
    ("pdb-max-unavailable", |files| {
        named(files.kind("PodDisruptionBudget").filter(|budget| {
            let most = &budget.value["spec"]["maxUnavailable"];
            most == 0 || most == "0%" || budget.value["spec"].get("minAvailable").is_some()
        }))
    }),
    ("pdb-unhealthy-pod-eviction-policy", |files| {
        let lasting = |budget: &&Object| budget.value["spec"]["unhealthyPodEvictionPolicy"] != "AlwaysAllow";
        named(files.kind("PodDisruptionBudget").filter(lasting))
    }),
    ("ssh-port", |files| {
        files
            .of_containers(|_, container| if_so(items(&container["ports"]).any(|port| port["containerPort"] == 22), ""))
    }),
    ("unset-cpu-requirements", |files| {
        files.of_containers(|_, container| if_so(!container["resources"]["requests"]["cpu"].is_string(), ""))
    }),
    ("unset-memory-requirements", |files| {
        files.of_containers(|_, container| {
            let resources = &container["resources"];
            let (request, limit) = (&resources["requests"]["memory"], &resources["limits"]["memory"]);
            if_so(!request.is_string() || request != limit, format!("{request} {limit}"))
        })
    }),
    ("no-readiness-probe", |files| {
        files.of_containers(|_, container| {
            let listens = items(&container["ports"]).next().is_some();
            if_so(listens && container.get("readinessProbe").is_none(), "")
        })
    }),
    ("non-isolated-pod", |files| {
        files.of_pods(|pod| {
            let is_selected = |policy: &Object| pod.is_selected_by(&policy.value["spec"]["podSelector"]);
            if_so(!files.kind("NetworkPolicy").any(is_selected), "")
        })
    }),
    ("use-namespace", |files| {
        // A base has the namespaces of its overlays.
        let has_namespace = files.is_base || files.kustomization["namespace"].is_string();
        if_so(!files.objects.is_empty() && !has_namespace, "the kustomization").into_iter().collect()
    }),
];

/// How many pods an object makes at most.
pub fn replicas(files: &Files, owner: &Object) -> u64 {
    let scales = |autoscaler: &&Object| autoscaler.value["spec"]["scaleTargetRef"]["name"] == owner.name.as_str();
    let autoscaler = files.kind("HorizontalPodAutoscaler").find(scales);
    autoscaler
        .map_or(&owner.value["spec"]["replicas"], |autoscaler| &autoscaler.value["spec"]["maxReplicas"])
        .as_u64()
        .unwrap_or(1)
}

/// Whether a Service has this port.
pub fn has_port(files: &Files, service: &Value, number: &Value) -> bool {
    let has = |one: &Object| items(&one.value["spec"]["ports"]).any(|port| &port["port"] == number);
    files.kind("Service").any(|one| service == one.name.as_str() && has(one))
}

fn has_container_port(container: &Value, port: &Value) -> bool {
    items(&container["ports"]).any(|listening| &listening["name"] == port || &listening["containerPort"] == port)
}

fn probes_at_closed_ports(files: &Files, probe: &str) -> Vec<String> {
    files.of_containers(|_, container| {
        let probe = &container[probe];
        let port = probe["httpGet"].get("port").or(probe["tcpSocket"].get("port"))?;
        if_so(!has_container_port(container, port), port.to_string())
    })
}

fn selecting_nothing(files: &Files, kind: &str, selector: &str) -> Vec<String> {
    let selects = |object: &Object| {
        object
            .value
            .pointer(selector)
            .is_some_and(|selector| files.pods().iter().any(|pod| pod.is_selected_by(selector)))
    };
    named(files.kind(kind).filter(|object| !selects(object)))
}

fn named<'a>(objects: impl Iterator<Item = &'a Object>) -> Vec<String> {
    objects.map(|object| format!("{} {}", object.kind, object.name)).collect()
}
