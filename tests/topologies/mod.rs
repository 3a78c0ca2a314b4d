//! Documents of every shape, for property tests: every field of the format, and what it takes to be valid.
//!
//! Each service is drawn by itself; then `tie` makes what has to fit together fit: needs without a circle, hosts and
//! ports taken once, one name for each image.

#![allow(dead_code, reason = "each test takes what it needs")]

mod environments;
mod fields;
mod services;
pub mod styled;
pub mod texts;

use fields::{always, fields, often, one_of, sometimes};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value, json};

/// The fields of a map of the document.
pub type Object = Map<String, Value>;

/// Names of services, of all lengths, among them those that our own objects and files have.
const NAMES: &[&str] = &[
    "api",
    "web",
    "db",
    "cache",
    "queue",
    "worker",
    "proxy",
    "proxy-2",
    "api-before-start",
    "api-before-start-2",
    "namespace",
    "gateway",
    "kustomization",
    "redirect-to-https",
    "shop",
    "data",
    "no",
    "y",
    "null",
    "x",
    "a-1",
    "private",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab",
    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb",
];

/// So many documents for one property; of one that fails, smaller ones are looked for, but not for long.
pub fn config(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, max_shrink_time: 20_000, ..ProptestConfig::default() }
}

/// Documents that are valid, of 1 to 12 services.
pub fn documents() -> impl Strategy<Value = Value> {
    prop_oneof![3 => 1..=4_usize, 2 => 5..=8_usize, 1 => 9..=12_usize].prop_flat_map(documents_of)
}

fn documents_of(size: usize) -> impl Strategy<Value = Value> {
    let names = prop::sample::subsequence(NAMES, size).prop_shuffle();
    let services = prop::collection::vec(services::service(), size);
    // For each service a number whose bits say which of those before it are needed.
    let needs = prop::collection::vec(any::<u16>(), size);
    (names, services, needs, top(), environments::environments()).prop_map(
        |(names, services, needs, mut document, changes)| {
            tie(&names, services, &needs, &mut document);
            environments::add(changes, &mut document);
            Value::Object(document)
        },
    )
}

/// So many documents, for judges that are asked once about many. `PROPTEST_RNG_SEED` draws others.
pub fn samples(count: usize) -> Vec<Value> {
    drawn(&documents(), count)
}

/// So many values of a strategy.
pub fn drawn<S: Strategy>(strategy: &S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::new(ProptestConfig::default());
    (0..count).map(|_| strategy.new_tree(&mut runner).expect("no value is refused").current()).collect()
}

/// The document as a person would write it.
pub fn text(document: &Value) -> String {
    plimsoll::yaml::to_yaml(document)
}

/// All but the services.
fn top() -> BoxedStrategy<Object> {
    let server = fields(vec![
        sometimes("cpu", one_of(json!([1, "1500m", 8]))),
        often("memory", one_of(json!(["2Gi", "16Gi", "1T"]))),
        sometimes("type", one_of(json!(["cx33", "m7i.large", "s-1vcpu-1gb"]))),
        sometimes("system", one_of(json!(["256Mi", "512M"]))),
        sometimes("proxy", one_of(json!(["caddy", "traefik"]))),
    ]);
    let system = fields(vec![
        often("pods", one_of(json!([0, 3]))),
        often("cpu", one_of(json!(["150m"]))),
        often("memory", one_of(json!(["120Mi"]))),
    ]);
    let nodes = fields(vec![
        often("count", one_of(json!([1, 3, 12]))),
        often("cpu", one_of(json!([2, 4, "3500m"]))),
        often("memory", one_of(json!(["4Gi", "16Gi"]))),
        often("reserve", one_of(json!(["kubelet", "gke", "eks", "aks", "doks"]))),
        sometimes("type", one_of(json!(["t3.medium", "e2-medium", "Standard_D4s_v5", "cpx32", "g-2vcpu-8gb"]))),
        sometimes("pods", one_of(json!([17, 110]))),
        sometimes("system", system.prop_map(Value::Object)),
        sometimes("max", one_of(json!([12, 20]))),
        sometimes("startup", one_of(json!(["90s"]))),
        sometimes("zones", one_of(json!([1, 2, 3]))),
    ]);
    let nodes = prop::collection::vec(nodes, 1..4).prop_map(|groups| {
        let named = groups.into_iter().zip(["general", "large", "no"]).map(|(mut group, name)| {
            group.insert("name".to_owned(), name.into());
            group
        });
        named.collect::<Value>()
    });
    let cluster = fields(vec![
        often("nodes", nodes),
        often("survive", one_of(json!(["node", "zone", "nothing"]))),
        often("gateway", one_of(json!(["gateway-api", "ingress"]))),
        sometimes("class", one_of(json!(["nginx", "internal.example.com", "on"]))),
        sometimes("issuer", one_of(json!(["letsencrypt-staging", "null"]))),
        sometimes("namespace", one_of(json!(["default", "production", "y"]))),
        sometimes("quota", one_of(json!([true, false]))),
    ]);
    let traffic = fields(vec![
        always("rate", one_of(json!(["40/s", "90/min"]))),
        sometimes("peak", one_of(json!(["200/s", "1000/s"]))),
        sometimes("latency", one_of(json!(["80ms", "1.5s"]))),
        sometimes("curve", one_of(json!(["daily", "spike 1/s 2/s", ["0s 40/s", "60s 20/s"]]))),
    ]);
    fields(vec![
        sometimes("version", Just(json!(1))),
        often("name", one_of(json!(["shop", "no", "a", NAMES[22], NAMES[24]]))),
        sometimes("machines", machines()),
        often("server", server.prop_map(Value::Object)),
        often("cluster", cluster.prop_map(Value::Object)),
        sometimes("traffic", traffic.prop_map(Value::Object)),
    ])
}

/// Machines to buy, each with a price or none of them.
fn machines() -> impl Strategy<Value = Value> {
    let machine = fields(vec![
        often("cpu", one_of(json!([1, 2, "3500m", 16]))),
        often("memory", one_of(json!(["2Gi", "8Gi", "64Gi"]))),
        always("price", one_of(json!([5, "19.50", 80]))),
    ]);
    (prop::collection::vec(machine, 1..5), any::<bool>()).prop_map(|(machines, is_priced)| {
        let named = machines.into_iter().zip(["small", "cx22", "no", "a b"]).map(|(mut machine, name)| {
            machine.insert("name".to_owned(), name.into());
            if !is_priced {
                machine.remove("price");
            }
            machine
        });
        named.collect::<Value>()
    })
}

/// Makes one valid document of what was drawn apart.
fn tie(names: &[&str], services: Vec<Object>, needs: &[u16], document: &mut Object) {
    let on_server = document.contains_key("server") || !document.contains_key("cluster");
    let mut tied = Object::new();
    for (index, (name, mut service)) in names.iter().zip(services).enumerate() {
        let mut needed: Vec<&str> = names[..index]
            .iter()
            .enumerate()
            .filter(|(bit, _)| needs[index] >> bit & 1 == 1)
            .map(|(_, name)| *name)
            .collect();
        if index % 2 == 1 {
            needed.reverse();
        }
        if !needed.is_empty() && !service.contains_key("external") {
            service.insert("needs".to_owned(), json!(needed));
        }
        if let Some(public) = service.get_mut("public") {
            public["host"] = host(name, "example.com").into();
        }
        let has_disk = services::has_disk(&service);
        if has_disk && on_server {
            service.remove("autoscale");
            service.remove("replicas");
        }
        let replicas = service.get("replicas").or_else(|| service.get("autoscale")?.get("min"));
        let is_alone = replicas.is_none_or(|replicas| replicas.as_u64() <= Some(1));
        match service.get_mut("publish") {
            Some(Value::Bool(_)) => {}
            Some(port) if is_alone => *port = (20_000 + index).into(),
            _ => drop(service.remove("publish")),
        }
        if let Some(image) = services::built_image(&service) {
            service.insert("image".to_owned(), image.into());
        }
        tied.insert((*name).to_owned(), Value::Object(service));
    }
    document.insert("services".to_owned(), Value::Object(tied));
}

/// The host of a service, which no other has.
fn host(service: &str, domain: &str) -> String {
    format!("{service}.{domain}")
}
