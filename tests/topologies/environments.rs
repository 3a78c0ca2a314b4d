//! Environments: changes of services that allow them.

use super::fields::{Entry, always, fields, often, one_of, sometimes};
use super::texts::text;
use super::{Object, host};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What one environment changes: the namespace, if it names one, and what a service may change, for each of the first
/// few services.
pub type Changes = (Option<&'static str>, Vec<Object>);

/// None for most documents; else up to three.
pub fn environments() -> impl Strategy<Value = Vec<Changes>> {
    let memory = vec![
        sometimes("process", one_of(json!(["80Mi"]))),
        sometimes("shared", one_of(json!(["1Mi"]))),
        sometimes("per_request", one_of(json!(["2Mi"]))),
        sometimes("copied", one_of(json!(["20%"]))),
        sometimes("growth", one_of(json!(["3Mi"]))),
        often("limit", one_of(json!(["768Mi", "2Gi"]))),
    ];
    let cpu = vec![often("request", one_of(json!(["50m"]))), sometimes("per_request", one_of(json!(["20ms"])))];
    let autoscale =
        vec![often("min", one_of(json!([1, 3]))), always("max", Just(json!(6))), sometimes("cpu", Just(json!("60%")))];
    let public = vec![always("host", Just(json!(""))), sometimes("tls", one_of(json!([true, false])))];
    let change = fields(vec![
        sometimes("image", one_of(json!(["ghcr.io/acme/tool:1.5"]))),
        sometimes("replicas", one_of(json!([0, 1, 3]))),
        sometimes("autoscale", object(autoscale)),
        sometimes("memory", object(memory)),
        sometimes("cpu", object(cpu)),
        sometimes("env", text().prop_map(|text| json!({ "LOG_LEVEL": text, "ADDED": "x" }))),
        often("public", object(public)),
        often("storage", one_of(json!(["30Gi"]))),
    ]);
    let namespace = prop::option::weighted(0.5, prop::sample::select(&["own", "null"][..]));
    let environment = (namespace, prop::collection::vec(change, 0..5));
    prop_oneof![4 => Just(Vec::new()), 1 => prop::collection::vec(environment, 1..4)]
}

fn object(entries: Vec<Entry>) -> BoxedStrategy<Value> {
    fields(entries).prop_map(Value::Object).boxed()
}

/// Adds the environments to a document, with what its services can change.
pub fn add(environments: Vec<Changes>, document: &mut Object) {
    const NAMES: [&str; 3] = ["staging", "production", "no"];
    if environments.is_empty() {
        return;
    }
    let services = document["services"].as_object().cloned().unwrap_or_default();
    let mut added = Object::new();
    for (name, (namespace, changes)) in NAMES.into_iter().zip(environments) {
        let mut changed = Object::new();
        for ((service, written), mut change) in services.iter().zip(changes) {
            let is_one = ["replicas", "autoscale"].iter().all(|key| written.get(key).is_none());
            // What has one container, or none, keeps that.
            if is_one || change.contains_key("autoscale") {
                change.remove("replicas");
            }
            if is_one {
                change.remove("autoscale");
            }
            if written.get("image").is_none()
                || ["python", "celery", "node", "go", "java", "site", "dockerfile"]
                    .iter()
                    .any(|key| written.get(key).is_some())
            {
                change.remove("image");
            }
            for key in ["public", "storage"] {
                if written.get(key).is_none() {
                    change.remove(key);
                }
            }
            if let Some(public) = change.get_mut("public") {
                public["host"] = host(service, &format!("{name}.example.com")).into();
            }
            if written.get("external").is_none() {
                changed.insert(service.clone(), Value::Object(change));
            }
        }
        let mut environment = Object::new();
        if let Some(namespace) = namespace {
            environment.insert("namespace".to_owned(), format!("{namespace}-{name}").into());
        }
        environment.insert("services".to_owned(), Value::Object(changed));
        added.insert(name.to_owned(), Value::Object(environment));
    }
    document.insert("environments".to_owned(), Value::Object(added));
}
