//! What the API server refuses although the schemas take it:
//! <https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/core/validation/validation.go>.

use super::{Files, Object, Rule, if_so, items};
use serde_json::Value;
use std::collections::BTreeSet;

pub const RULES: &[Rule] = &[
    ("names are unique for a kind", |files| {
        let mut seen = BTreeSet::new();
        let again = files.objects.iter().filter(|object| !seen.insert((&object.kind, &object.name)));
        again.map(|object| format!("{} {}", object.kind, object.name)).collect()
    }),
    ("names are DNS labels", |files| {
        let mut names: Vec<&str> = files.objects.iter().map(|object| object.name.as_str()).collect();
        let pods = files.pods();
        for pod in &pods {
            names.extend(pod.containers().chain(items(&pod.spec["volumes"])).filter_map(|one| one["name"].as_str()));
        }
        names.into_iter().filter(|name| !is_label(name)).map(str::to_owned).collect()
    }),
    ("a StatefulSet's pods have its name and a hash in a label", |files| {
        files.kind("StatefulSet").filter(|set| set.name.len() > 63 - 11).map(|set| set.name.clone()).collect()
    }),
    ("a CronJob's Jobs have its name and a time", |files| {
        files.kind("CronJob").filter(|job| job.name.len() > 52).map(|job| job.name.clone()).collect()
    }),
    ("the name of a port is an IANA service name", |files| {
        files.of_containers(|_, container| {
            let is_one =
                |name: &str| is_label(name) && name.len() <= 15 && name.contains(|c: char| c.is_ascii_lowercase());
            let mut names = items(&container["ports"]).filter_map(|port| port["name"].as_str());
            names.find(|name| !is_one(name)).map(str::to_owned)
        })
    }),
    ("what is in a list by name is there once", |files| {
        let once = |list: &Value, key: &str| {
            let mut seen = BTreeSet::new();
            items(list).find(|item| !seen.insert(item[key].to_string())).map(Value::to_string)
        };
        let mut violations = files.of_pods(|pod| once(&pod.spec["volumes"], "name"));
        violations.extend(files.of_pods(|pod| {
            let names: Vec<Value> = pod.containers().map(|container| container["name"].clone()).collect();
            let unique: BTreeSet<String> = names.iter().map(Value::to_string).collect();
            if_so(unique.len() != names.len(), format!("{names:?}"))
        }));
        violations.extend(files.of_containers(|_, container| {
            once(&container["volumeMounts"], "mountPath").or_else(|| once(&container["ports"], "name"))
        }));
        violations
    }),
    ("what is mounted is there", |files| {
        files.of_containers(|pod, container| {
            let claims =
                items(&pod.owner.value["spec"]["volumeClaimTemplates"]).map(|claim| &claim["metadata"]["name"]);
            let volumes: Vec<&Value> =
                items(&pod.spec["volumes"]).map(|volume| &volume["name"]).chain(claims).collect();
            items(&container["volumeMounts"]).find(|mount| !volumes.contains(&&mount["name"])).map(Value::to_string)
        })
    }),
    ("no volume is a claim's too", |files| {
        files.of_pods(|pod| {
            let claims: Vec<&Value> = items(&pod.owner.value["spec"]["volumeClaimTemplates"])
                .map(|claim| &claim["metadata"]["name"])
                .collect();
            items(&pod.spec["volumes"]).find(|volume| claims.contains(&&volume["name"])).map(Value::to_string)
        })
    }),
    ("an object that another names is there", |files| {
        let known = |kind: &str, name: &Value| files.kind(kind).any(|object| name == object.name.as_str());
        let mut violations = files.of_containers(|_, container| {
            let references = items(&container["envFrom"]).map(|from| &from["configMapRef"]["name"]);
            references.filter(|name| name.is_string()).find(|name| !known("ConfigMap", name)).map(Value::to_string)
        });
        for set in files.kind("StatefulSet") {
            let service = &set.value["spec"]["serviceName"];
            violations.extend(if_so(service.is_string() && !known("Service", service), service.to_string()));
        }
        violations
    }),
    ("a rollout can go on", |files| {
        let is_stuck = |deployment: &&Object| {
            let rolling = &deployment.value["spec"]["strategy"]["rollingUpdate"];
            let none = |value: &Value| value == 0 || value == "0%";
            rolling.is_object() && none(&rolling["maxSurge"]) && none(&rolling["maxUnavailable"])
        };
        files.kind("Deployment").filter(is_stuck).map(|deployment| deployment.name.clone()).collect()
    }),
    ("a pod has longer to end than it sleeps first", |files| {
        files.of_pods(|pod| {
            let grace = pod.spec["terminationGracePeriodSeconds"].as_u64().unwrap_or(30);
            let mut containers = pod.serving();
            let sleeps =
                |container: &Value| container["lifecycle"]["preStop"]["sleep"]["seconds"].as_u64().unwrap_or(0);
            if_so(containers.any(|container| sleeps(container) >= grace), grace.to_string())
        })
    }),
    ("the kustomization lists every file with objects, once", |files: &Files| {
        let resources: Vec<&Value> = items(&files.kustomization["resources"]).collect();
        let unique: BTreeSet<String> = resources.iter().map(ToString::to_string).collect();
        if_so(unique.len() != resources.len(), format!("{resources:?}")).into_iter().collect()
    }),
];

fn is_label(text: &str) -> bool {
    let end = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
    text.len() <= 63 && text.starts_with(end) && text.ends_with(end) && text.chars().all(|c| end(c) || c == '-')
}
