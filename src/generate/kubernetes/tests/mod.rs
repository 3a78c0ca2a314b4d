//! What the manifests hold, read back from their text.

mod hostile;
mod network;
mod pods;
mod quota;
mod schedule;
mod steps;

use super::{artifacts, labels};
use crate::finding::Severity;
use crate::topology::{Name, Topology};
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
    let wrong = analysis.findings.iter().find(|finding| finding.severity != Severity::Info);
    assert_eq!(wrong, None);
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
    assert_eq!(kinds(&shop, "api-before-start"), ["Role", "RoleBinding", "Job"]);
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
    let services =
        ["namespace", "quota", "gateway", "kustomization"].map(|name| format!("  {name}: {{ redis: {{}} }}\n"));
    let files = artifacts(&topology(&format!("services:\n{}cluster: {{}}\n", services.concat())));
    let mut paths: Vec<String> = files.into_iter().map(|file| file.path).collect();
    paths.sort();
    let expected = [
        "gateway.service",
        "kustomization.service",
        "kustomization",
        "namespace.service",
        "namespace",
        "quota.service",
    ];
    assert_eq!(paths, expected.map(|name| format!("k8s/{name}.yaml")));
}

#[test]
fn every_line_says_why_it_is_there() {
    for file in artifacts(&topology(SHOP)) {
        for (line, origin) in file.lines() {
            let origin = origin.unwrap_or_else(|| panic!("{}: {line}", file.path));
            assert!(!origin.reason.ends_with('.') && !origin.field.ends_with('.'), "{origin:?}");
            assert!(origin.link.as_ref().is_none_or(|link| link.starts_with("https://")), "{origin:?}");
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

#[test]
fn the_longest_names_stay_inside_the_limits() {
    let long = "a".repeat(63);
    let text = SHOP.replace("  db:", &format!("  {long}:")).replace("[db, cache]", &format!("[{long}, cache]"));
    let other = "b".repeat(63);
    let scheduled = format!("  {}: {{ image: 'a:1', schedule: '0 3 * * *' }}\n  mailer:", "c".repeat(63));
    let topology = topology(&text.replace("  api:", &format!("  {other}:")).replace("  mailer:", &scheduled));
    for object in objects(&topology).iter().filter(|object| object["kind"] != "Kustomization") {
        let name = object["metadata"]["name"].as_str().unwrap();
        let limit = if object["kind"] == "StatefulSet" || object["kind"] == "CronJob" { 52 } else { 63 };
        assert!(Name::new(name).is_some() && name.len() <= limit, "{name}");
    }
}

#[test]
fn the_default_namespace_is_not_ours_to_make() {
    let shop = topology(&SHOP.replace("cluster: {}", "cluster: { namespace: default }"));
    assert!(object(&shop, "Namespace", "").is_none());
    assert!(artifacts(&shop).iter().all(|file| file.path != "k8s/namespace.yaml"));
}
