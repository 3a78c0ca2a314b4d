//! What the manifests hold, read back from their text.

use super::{artifacts, before_start, config, labels, pod};
use crate::topology::{HealthCheck, Name, Topology, VariableValue};
use proptest::prelude::*;
use serde::Deserialize as _;
use serde_json::{Value, json};

const SHOP: &str = r#"
name: shop
services:
  api:
    python: { app: "app.main:app" }
    image: ghcr.io/acme/shop:1.4
    replicas: 3
    env: { LOG_LEVEL: info }
    secrets: [DATABASE_URL]
    before_start:
      - { run: alembic upgrade head }
      - { run: python -m app.seed }
    health: { path: /healthz }
    needs: [db, cache]
    public: { host: shop.example.com }
  mailer: { celery: { app: app.tasks }, needs: [db, cache] }
  db: { postgres: {}, storage: 10Gi }
  cache: { redis: {} }
cluster: {}
"#;

fn topology(text: &str) -> Topology {
    let analysis = crate::analyze(text);
    assert!(analysis.findings.is_empty(), "{:?}", analysis.findings);
    analysis.outputs.unwrap().topology
}

/// Every object of every file, in order.
fn objects(topology: &Topology) -> Vec<Value> {
    artifacts(topology).iter().flat_map(|file| read(&file.text)).collect()
}

fn read(text: &str) -> Vec<Value> {
    serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).unwrap()).collect()
}

fn object(topology: &Topology, kind: &str, name: &str) -> Option<Value> {
    objects(topology).into_iter().find(|object| {
        object["kind"] == kind && object["metadata"]["name"].as_str().is_some_and(|other| other.starts_with(name))
    })
}

fn kinds(topology: &Topology, name: &str) -> Vec<String> {
    objects(topology)
        .iter()
        .filter(|object| object["metadata"]["labels"][labels::NAME] == name)
        .filter_map(|object| object["kind"].as_str().map(str::to_owned))
        .collect()
}

#[test]
fn each_service_has_the_objects_that_it_needs_and_no_others() {
    let shop = topology(SHOP);
    let always = |workload: &str| vec!["ServiceAccount".to_owned(), workload.to_owned(), "NetworkPolicy".to_owned()];
    assert_eq!(kinds(&shop, "mailer"), always("Deployment"));
    assert_eq!(
        kinds(&shop, "db"),
        ["ServiceAccount", "ConfigMap", "StatefulSet", "Service", "NetworkPolicy"].map(str::to_owned)
    );
    assert_eq!(
        kinds(&shop, "api"),
        ["ServiceAccount", "ConfigMap", "Deployment", "Service", "HTTPRoute", "PodDisruptionBudget", "NetworkPolicy"]
            .map(str::to_owned)
    );
    assert_eq!(kinds(&shop, "api-before-start"), ["Job"]);
    assert!(!objects(&shop).iter().any(|object| object["kind"] == "Secret"), "a secret stands in no file");
}

#[test]
fn the_kustomization_lists_every_other_file() {
    let files = artifacts(&topology(SHOP));
    let (kustomization, others) = files.split_last().unwrap();
    let kustomization = &read(&kustomization.text)[0];
    let paths: Vec<&str> = others.iter().map(|file| file.path.strip_prefix("k8s/").unwrap()).collect();
    assert_eq!(kustomization["resources"], json!(paths));
    assert_eq!(kustomization["namespace"], "shop");
    assert_eq!(kustomization["images"], json!([{ "name": "ghcr.io/acme/shop", "newTag": "1.4" }]));
}

#[test]
fn services_called_like_a_shared_file_have_a_file_of_their_own() {
    let services = ["namespace", "gateway", "kustomization"].map(|name| format!("  {name}: {{ redis: {{}} }}\n"));
    let files = artifacts(&topology(&format!("services:\n{}cluster: {{}}\n", services.concat())));
    let mut paths: Vec<String> = files.into_iter().map(|file| file.path).collect();
    paths.sort();
    let expected = ["gateway.service", "kustomization.service", "kustomization", "namespace.service", "namespace"];
    assert_eq!(paths, expected.map(|name| format!("k8s/{name}.yaml")));
}

#[test]
fn every_line_says_why_it_is_there() {
    for file in artifacts(&topology(SHOP)) {
        for (line, origin) in file.lines() {
            let origin = origin.unwrap_or_else(|| panic!("{}: {line}", file.path));
            assert!(!origin.reason.ends_with('.') && !origin.field.ends_with('.'), "{origin:?}");
            assert!(origin.link.is_none_or(|link| link.starts_with("https://")), "{origin:?}");
        }
    }
}

#[test]
fn nothing_is_written_that_the_cluster_fills_in() {
    fn assert_said(value: &Value) {
        match value {
            Value::Null => panic!("null"),
            Value::Array(items) => items.iter().for_each(assert_said),
            Value::Object(entries) => {
                assert!(!entries.contains_key("status") && !entries.contains_key("creationTimestamp"));
                entries.values().for_each(assert_said);
            }
            _ => {}
        }
    }
    objects(&topology(SHOP)).iter().for_each(assert_said);
}

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
fn the_pods_of_a_job_have_the_name_of_no_service() {
    let text = SHOP.replace("  cache: {", "  api-before-start: { image: \"a:1\" }\n  cache: {");
    let job = object(&topology(&text), "Job", "api").unwrap();
    let name = &job["spec"]["template"]["metadata"]["labels"][labels::NAME];
    assert!(name.as_str().is_some_and(|name| name.starts_with("api-before-start-")), "{name}");
}

#[test]
fn only_those_who_need_a_service_may_connect() {
    let shop = topology(SHOP);
    let ingress = |name| object(&shop, "NetworkPolicy", name).unwrap()["spec"]["ingress"].clone();
    let callers = json!([{ "key": labels::NAME, "operator": "In", "values": ["api", "api-before-start", "mailer"] }]);
    assert_eq!(ingress("db")[0]["from"], json!([{ "podSelector": { "matchExpressions": callers } }]));
    assert_eq!(ingress("db")[0]["ports"], json!([{ "port": 5432, "protocol": "TCP" }]));
    assert_eq!(ingress("api"), json!([{ "ports": [{ "port": 8000, "protocol": "TCP" }] }]));
    assert_eq!(ingress("mailer"), json!([]));
}

#[test]
fn probes_differ_and_databases_are_not_killed_by_one() {
    let shop = topology(SHOP);
    let container =
        |kind, name| object(&shop, kind, name).unwrap()["spec"]["template"]["spec"]["containers"][0].clone();
    let api = container("Deployment", "api");
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        assert_eq!(
            api[probe]["httpGet"],
            json!({ "path": "/healthz", "port": "http", "httpHeaders": [{ "name": "Host", "value": "shop.example.com" }] })
        );
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
fn the_autoscaler_and_not_the_workload_says_how_many() {
    let text = "services: { api: { python: {}, autoscale: { min: 2, max: 5, cpu: 70% } } }\ncluster: {}\n";
    let topology = topology(text);
    assert!(object(&topology, "Deployment", "api").unwrap()["spec"].get("replicas").is_none());
    let autoscaler = object(&topology, "HorizontalPodAutoscaler", "api").unwrap();
    assert_eq!(autoscaler["spec"]["scaleTargetRef"]["kind"], "Deployment");
    assert_eq!((&autoscaler["spec"]["minReplicas"], &autoscaler["spec"]["maxReplicas"]), (&json!(2), &json!(5)));
}

#[test]
fn steps_run_where_they_are_asked_to() {
    let steps = |steps: &str| {
        let text = format!("services: {{ api: {{ python: {{}}, before_start: [{steps}] }} }}\ncluster: {{}}\n");
        let topology = topology(&text);
        let args = |containers: &Value| -> Vec<String> {
            let containers = containers.as_array().into_iter().flatten();
            containers
                .map(|one| serde_json::from_value::<Vec<String>>(one["args"].clone()).unwrap().join(" "))
                .collect()
        };
        let job =
            object(&topology, "Job", "api").map(|job| job["spec"]["template"]["spec"].clone()).unwrap_or_default();
        let pod = object(&topology, "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let main = args(&pod["containers"]).concat();
        (args(&job["initContainers"]), args(&job["containers"]), args(&pod["initContainers"]), main)
    };
    let uvicorn = "uvicorn main:app --host 0.0.0.0 --port 8000 --workers 1";
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        steps("{ run: one }, { run: two }, { run: 'three it' }"),
        (list(&["one", "two"]), list(&["three it"]), list(&[]), uvicorn.to_owned())
    );
    assert_eq!(steps("{ run: one, when: every-start }"), (list(&[]), list(&[]), list(&["one"]), uvicorn.to_owned()));
    assert_eq!(
        steps(r#"{ run: "echo 'a b'", how: in-container }"#),
        (list(&[]), list(&[]), list(&[]), format!("sh -c set -e\necho 'a b'\nexec \"$@\" -- {uvicorn}"))
    );
    assert_eq!(steps("{ run: one, how: by-hand }"), (list(&[]), list(&[]), list(&[]), uvicorn.to_owned()));
}

#[test]
fn steps_that_need_the_disk_run_in_its_own_pod() {
    let text = "services: { app: { image: 'a:1', port: 80, storage: 1Gi, storage_path: /data, before_start: [{ run: migrate }] } }\ncluster: {}\n";
    let topology = topology(text);
    assert!(object(&topology, "Job", "app").is_none());
    let pod = object(&topology, "StatefulSet", "app").unwrap()["spec"]["template"]["spec"].clone();
    assert_eq!(pod["initContainers"][0]["args"], json!(["migrate"]));
    assert_eq!(pod["initContainers"][0]["volumeMounts"][0]["mountPath"], "/data");
}

#[test]
fn a_job_that_differs_has_another_name() {
    let name = |text: &str| object(&topology(text), "Job", "api").unwrap()["metadata"]["name"].clone();
    let before = name(SHOP);
    for (from, to) in [("shop:1.4", "shop:1.5"), ("upgrade head", "upgrade +1"), ("name: shop", "name: store")] {
        assert_ne!(name(&SHOP.replace(from, to)), before, "{to}");
    }
    assert_eq!(name(&SHOP.replace("replicas: 3", "replicas: 4")), before);
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
fn https_ends_at_the_gateway_and_http_is_sent_on() {
    let shop = topology(SHOP);
    let gateway = object(&shop, "Gateway", "shop").unwrap();
    let listener = &gateway["spec"]["listeners"][1];
    assert_eq!((&listener["hostname"], &listener["port"]), (&json!("shop.example.com"), &json!(443)));
    assert_eq!(listener["tls"]["certificateRefs"], json!([{ "name": "api-tls" }]));
    let route = object(&shop, "HTTPRoute", "api").unwrap();
    assert_eq!(route["spec"]["parentRefs"], json!([{ "name": "shop", "sectionName": listener["name"] }]));
    assert_eq!(route["spec"]["rules"], json!([{ "backendRefs": [{ "name": "api", "port": 8000 }] }]));
    let redirect = object(&shop, "HTTPRoute", "redirect").unwrap();
    let filter = json!({ "type": "RequestRedirect", "requestRedirect": { "scheme": "https", "statusCode": 301 } });
    assert_eq!(redirect["spec"]["rules"], json!([{ "filters": [filter] }]));
    assert_eq!(redirect["spec"]["parentRefs"], json!([{ "name": "shop", "sectionName": "http" }]));
}

#[test]
fn without_https_nothing_is_sent_on_and_no_certificate_asked_for() {
    let plain = topology(&SHOP.replace("host: shop.example.com", "host: shop.example.com, tls: false"));
    assert!(object(&plain, "HTTPRoute", "redirect").is_none());
    let gateway = object(&plain, "Gateway", "shop").unwrap();
    assert_eq!(gateway["spec"]["listeners"], json!([{ "name": "http", "port": 80, "protocol": "HTTP" }]));
    assert!(gateway["metadata"].get("annotations").is_none());
}

#[test]
fn an_ingress_leads_to_the_service_where_that_is_asked_for() {
    let shop = topology(&SHOP.replace("cluster: {}", "cluster: { gateway: ingress, class: nginx }"));
    assert!(object(&shop, "Gateway", "").is_none() && object(&shop, "HTTPRoute", "").is_none());
    let ingress = object(&shop, "Ingress", "api").unwrap();
    assert_eq!(ingress["spec"]["ingressClassName"], "nginx");
    assert_eq!(ingress["spec"]["tls"], json!([{ "hosts": ["shop.example.com"], "secretName": "api-tls" }]));
    assert_eq!(ingress["metadata"]["annotations"], json!({ "cert-manager.io/cluster-issuer": "letsencrypt" }));
}

#[test]
fn a_certificate_does_not_replace_the_secret_of_the_variables() {
    let shop = topology(&SHOP.replace("name: shop", "name: api-tls"));
    let gateway = object(&shop, "Gateway", "api-tls").unwrap();
    assert_eq!(gateway["spec"]["listeners"][1]["tls"]["certificateRefs"], json!([{ "name": "api-certificate" }]));
}

#[test]
fn the_longest_names_stay_inside_the_limits() {
    let long = "a".repeat(63);
    let text = SHOP.replace("  db:", &format!("  {long}:")).replace("[db, cache]", &format!("[{long}, cache]"));
    let other = "b".repeat(63);
    let topology = topology(&text.replace("  api:", &format!("  {other}:")));
    for object in objects(&topology).iter().filter(|object| object["kind"] != "Kustomization") {
        let name = object["metadata"]["name"].as_str().unwrap();
        let limit = if object["kind"] == "StatefulSet" { 52 } else { 63 };
        assert!(Name::new(name).is_some() && name.len() <= limit, "{name}");
    }
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
fn the_default_namespace_is_not_ours_to_make() {
    let shop = topology(&SHOP.replace("cluster: {}", "cluster: { namespace: default }"));
    assert!(object(&shop, "Namespace", "").is_none());
    assert!(artifacts(&shop).iter().all(|file| file.path != "k8s/namespace.yaml"));
}

/// Text that means something to a shell, to YAML or to a template, and any other.
fn hostile() -> impl Strategy<Value = String> {
    const KNOWN: &[&str] = &[
        "on",
        "1e3",
        "0777",
        "12:30:45",
        "2026-11-23",
        "~",
        "",
        "null",
        "---",
        "- a",
        "a: b",
        "a\n---\nb: c\n",
        "# x",
        "x #",
        "{{ .Values.x }}",
        "'",
        "\"",
        "\\",
        "|",
        ">",
        "&a",
        "*a",
        "!t",
        "%Y",
        "@",
        "`",
        "$(HOME)",
        "$$",
        "\t",
        " x ",
        "é",
        "\u{2028}",
        "\u{feff}",
        "\u{85}",
        "\r\n",
        "=",
        "<<",
        "[",
        "{",
        ",",
    ];
    prop_oneof![prop::sample::select(KNOWN).prop_map(str::to_owned), "[^\0]{0,40}"]
}

/// The shop with `value` wherever a person can write any text.
fn shop_with(shop: &Topology, value: &str) -> Topology {
    let mut shop = shop.clone();
    for service in &mut shop.services {
        for variable in &mut service.env {
            if let VariableValue::Plain(plain) = &mut variable.value {
                value.clone_into(plain);
            }
        }
        for step in &mut service.before_start {
            step.command.push(value.to_owned());
        }
        service.command.get_or_insert_default().push(value.to_owned());
        service.health = match service.health {
            HealthCheck::Http { .. } => HealthCheck::Http { path: value.to_owned() },
            _ => HealthCheck::Command(vec![value.to_owned()]),
        };
    }
    shop
}

/// Puts `value` in the place of `stand_in`, escaped in commands, and leaves out what follows from it by a hash.
fn put(tree: &mut Value, stand_in: &str, value: &str, is_command: bool) {
    match tree {
        Value::String(text) if text == stand_in && is_command => {
            *text = before_start::literal(&[value.to_owned()]).concat();
        }
        Value::String(text) if text == stand_in => value.clone_into(text),
        Value::Array(items) => items.iter_mut().for_each(|item| put(item, stand_in, value, is_command)),
        Value::Object(entries) => {
            entries.remove(config::CHECKSUM);
            let is_job = |name: &Value| name.as_str().is_some_and(|name| name.starts_with("api-before-start-"));
            if entries.get("name").is_some_and(is_job) {
                entries.remove("name");
            }
            for (key, entry) in entries {
                put(entry, stand_in, value, is_command || key == "args" || key == "exec");
            }
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_text_changes_the_structure(values in prop::collection::vec(hostile(), 4)) {
        const STAND_IN: &str = "stand-in";
        let shop = topology(SHOP);
        for value in values {
            let mut expected = objects(&shop_with(&shop, STAND_IN));
            for tree in &mut expected {
                put(tree, STAND_IN, &value, false);
            }
            let mut found = objects(&shop_with(&shop, &value));
            // Nothing holds NUL: only the hashes go.
            for tree in &mut found {
                put(tree, "\0", "", false);
            }
            prop_assert_eq!(found, expected);
        }
    }
}
