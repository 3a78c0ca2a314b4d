//! Pods: their rights, their probes, how many there are and how they end.

use super::super::{labels, pod};
use super::{SHOP, object, objects, topology};
use crate::topology::Name;
use serde_json::{Value, json};

/// <https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted>
#[test]
fn every_pod_is_restricted_and_writes_to_its_folders_only() {
    let pods: Vec<Value> =
        objects(&topology(SHOP)).iter().filter_map(|object| object.pointer("/spec/template/spec").cloned()).collect();
    assert_eq!(pods.len(), 5);
    for pod in pods {
        let rights = &pod["securityContext"];
        assert_eq!(rights["runAsNonRoot"], true);
        assert_ne!(rights["runAsUser"], 0);
        assert_eq!(rights["fsGroup"], rights["runAsGroup"]);
        assert_eq!(rights["seccompProfile"]["type"], "RuntimeDefault");
        let volumes: Vec<&Value> = pod["volumes"].as_array().unwrap().iter().map(|volume| &volume["name"]).collect();
        let lists = [&pod["containers"], &pod["initContainers"]];
        for container in lists.into_iter().filter_map(Value::as_array).flatten() {
            assert_eq!(
                container["securityContext"],
                json!({
                    "allowPrivilegeEscalation": false,
                    "capabilities": { "drop": ["ALL"] },
                    "readOnlyRootFilesystem": true
                })
            );
            let resources = &container["resources"];
            assert_eq!(resources["requests"]["memory"], resources["limits"]["memory"]);
            assert!(resources["limits"].get("cpu").is_none() && resources["requests"]["cpu"].is_string());
            for mount in container["volumeMounts"].as_array().unwrap() {
                assert!(mount["name"] == pod::DISK || volumes.contains(&&mount["name"]), "{mount}");
            }
        }
    }
}

#[test]
fn selectors_find_the_pods_of_the_service_and_not_its_job() {
    let shop = topology(SHOP);
    let workload = object(&shop, "Deployment", "api").unwrap();
    let pods = &workload["spec"]["template"]["metadata"]["labels"];
    let selector = json!({ labels::NAME: "api" });
    assert_eq!(pods[labels::NAME], "api");
    assert_eq!(workload["spec"]["selector"]["matchLabels"], selector);
    assert_eq!(object(&shop, "Service", "api").unwrap()["spec"]["selector"], selector);
    assert_eq!(object(&shop, "PodDisruptionBudget", "api").unwrap()["spec"]["selector"]["matchLabels"], selector);
    let job = object(&shop, "Job", "api").unwrap();
    assert_eq!(job["spec"]["template"]["metadata"]["labels"][labels::NAME], "api-before-start");
}

#[test]
fn probes_differ_and_databases_are_not_killed_by_one() {
    let shop = topology(SHOP);
    let container =
        |kind, name| object(&shop, kind, name).unwrap()["spec"]["template"]["spec"]["containers"][0].clone();
    let api = container("Deployment", "api");
    // Django answers to its own name only, and may send on what seems to be no HTTPS.
    let as_the_gateway = json!([
        { "name": "Host", "value": "shop.example.com" },
        { "name": "X-Forwarded-Proto", "value": "https" }
    ]);
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        assert_eq!(api[probe]["httpGet"], json!({ "path": "/healthz", "port": "http", "httpHeaders": as_the_gateway }));
    }
    assert_ne!(api["readinessProbe"], api["livenessProbe"]);
    let db = container("StatefulSet", "db");
    assert!(db["readinessProbe"]["exec"].is_object() && db.get("livenessProbe").is_none());
    let mailer = container("Deployment", "mailer");
    assert!(mailer.get("readinessProbe").is_none() && mailer.get("lifecycle").is_none());
}

#[test]
fn a_pod_has_the_time_that_the_service_needs_after_the_proxies_know() {
    let shop = topology(SHOP);
    for (kind, name, sleep) in [("Deployment", "api", 5), ("Deployment", "mailer", 0), ("StatefulSet", "db", 0)] {
        let pod = object(&shop, kind, name).unwrap()["spec"]["template"]["spec"].clone();
        let service = shop.services.iter().find(|service| service.name.as_str() == name).unwrap();
        assert_eq!(pod["terminationGracePeriodSeconds"], service.grace_seconds() + sleep, "{name}");
    }
}

#[test]
fn replicas_spread_by_one_soft_constraint_if_there_can_be_two() {
    for (replicas, spreads) in [("replicas: 1", false), ("replicas: 2", true), ("autoscale: { min: 1, max: 2 }", true)]
    {
        let text = format!("services: {{ api: {{ python: {{ }}, {replicas} }} }}\ncluster: {{}}\n");
        let pod = object(&topology(&text), "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let constraint = json!([{
            "maxSkew": 1,
            "topologyKey": "kubernetes.io/hostname",
            "whenUnsatisfiable": "ScheduleAnyway",
            "labelSelector": { "matchLabels": { labels::NAME: "api" } }
        }]);
        assert_eq!(pod.get("topologySpreadConstraints"), spreads.then_some(&constraint), "{replicas}");
    }
}

#[test]
fn replicas_spread_over_zones_too_where_there_are_some() {
    for (cluster, keys) in [
        ("{ nodes: [{ count: 3, zones: 3 }] }", &["topology.kubernetes.io/zone", "kubernetes.io/hostname"][..]),
        ("{ survive: zone }", &["topology.kubernetes.io/zone", "kubernetes.io/hostname"]),
        ("{ nodes: [{ count: 3, zones: 1 }] }", &["kubernetes.io/hostname"]),
    ] {
        let text = format!("services: {{ api: {{ python: {{ }}, replicas: 2 }} }}\ncluster: {cluster}\n");
        let pod = object(&topology(&text), "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let constraints = pod["topologySpreadConstraints"].as_array().unwrap();
        let found: Vec<&str> = constraints.iter().filter_map(|one| one["topologyKey"].as_str()).collect();
        assert_eq!(found, keys, "{cluster}");
        assert!(constraints.iter().all(|one| one["whenUnsatisfiable"] == "ScheduleAnyway"), "{constraints:?}");
    }
}

#[test]
fn the_autoscaler_and_not_the_workload_says_how_many() {
    let text = "services: { api: { python: {}, autoscale: { min: 2, max: 5, cpu: 70% } } }\ncluster: {}\n";
    let topology = topology(text);
    assert!(object(&topology, "Deployment", "api").unwrap()["spec"].get("replicas").is_none());
    let autoscaler = object(&topology, "HorizontalPodAutoscaler", "api").unwrap();
    assert_eq!(autoscaler["spec"]["scaleTargetRef"]["kind"], "Deployment");
    assert_eq!(autoscaler["spec"]["behavior"], json!({ "scaleDown": { "stabilizationWindowSeconds": 300 } }));
    assert_eq!((&autoscaler["spec"]["minReplicas"], &autoscaler["spec"]["maxReplicas"]), (&json!(2), &json!(5)));
}

#[test]
fn a_changed_variable_makes_new_pods() {
    let annotations = |text: &str| {
        let deployment = object(&topology(text), "Deployment", "api").unwrap();
        deployment["spec"]["template"]["metadata"]["annotations"].clone()
    };
    assert_ne!(annotations(&SHOP.replace("info", "debug")), annotations(SHOP));
    assert_eq!(annotations(&SHOP.replace("replicas: 3", "replicas: 4")), annotations(SHOP));
}

#[test]
fn folders_of_like_names_are_volumes_of_their_own() {
    let text = "services: { app: { image: 'a:1', writable: [/a/b, /a-b, /data, /1] } }\ncluster: {}\n";
    let pod = object(&topology(text), "Deployment", "app").unwrap()["spec"]["template"]["spec"].clone();
    let names: std::collections::BTreeSet<&str> =
        pod["volumes"].as_array().unwrap().iter().map(|volume| volume["name"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 5);
    assert!(names.iter().all(|name| Name::new(name).is_some() && *name != pod::DISK), "{names:?}");
}

#[test]
fn secret_files_are_read_by_the_process_alone_and_never_stand_among_its_variables() {
    let text = SHOP
        .replace(
            "secrets: [DATABASE_URL]",
            "secrets: [DATABASE_URL]\n    secrets_as: files\n    writable: [/run/secrets]",
        )
        .replace("postgres: {}", "postgres: {}, secrets_as: files");
    let shop = topology(&text);
    for (kind, name, key) in [("Deployment", "api", "DATABASE_URL"), ("StatefulSet", "db", "DB_PASSWORD")] {
        let pod = object(&shop, kind, name).unwrap()["spec"]["template"]["spec"].clone();
        let secret = json!({ "secretName": "shop", "items": [{ "key": key, "path": key }], "defaultMode": 0o440 });
        let volumes = pod["volumes"].as_array().unwrap();
        assert!(volumes.contains(&json!({ "name": "secrets", "secret": secret })), "{volumes:?}");
        let container = &pod["containers"][0];
        let below: Vec<&Value> = container["volumeMounts"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|mount| mount["mountPath"] == "/run/secrets")
            .collect();
        assert_eq!(below, [&json!({ "name": "secrets", "mountPath": "/run/secrets", "readOnly": true })]);
        assert!(container.get("env").is_none());
    }
    let settings = object(&shop, "ConfigMap", "db").unwrap()["data"].clone();
    assert_eq!(settings["POSTGRES_PASSWORD_FILE"], "/run/secrets/DB_PASSWORD");
    let job = object(&shop, "Job", "api").unwrap()["spec"]["template"]["spec"].clone();
    assert_eq!(job["containers"][0]["volumeMounts"][1]["mountPath"], "/run/secrets");
}

#[test]
fn a_process_that_is_not_root_may_listen_below_1024_if_it_has_to() {
    for (port, sysctls) in [
        (80, json!([{ "name": "net.ipv4.ip_unprivileged_port_start", "value": "80" }])),
        (1024, Value::Null),
        (8000, Value::Null),
    ] {
        let text = format!("services: {{ api: {{ python: {{}}, port: {port} }} }}\ncluster: {{}}\n");
        let deployment = object(&topology(&text), "Deployment", "api").unwrap();
        let security = &deployment["spec"]["template"]["spec"]["securityContext"];
        assert_eq!((&security["sysctls"], &security["runAsNonRoot"]), (&sysctls, &json!(true)), "{port}");
    }
}

#[test]
fn emptying_a_machine_moves_one_pod_or_a_tenth_of_them_and_is_never_held_up() {
    let budget = |replicas: &str| {
        let text = format!("services: {{ api: {{ python: {{}}, {replicas} }} }}\ncluster: {{}}\n");
        object(&topology(&text), "PodDisruptionBudget", "api").map(|budget| budget["spec"]["maxUnavailable"].clone())
    };
    assert_eq!(budget("replicas: 1"), None);
    assert_eq!(budget("replicas: 2"), Some(json!(1)));
    assert_eq!(budget("autoscale: { min: 1, max: 10 }"), Some(json!(1)));
    assert_eq!(
        budget("replicas: 11"),
        Some(json!("10%")),
        "rounded up: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages"
    );
}
