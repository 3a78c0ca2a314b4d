//! Documents with environments, and any changes in them.

use proptest::collection::btree_map;
use proptest::option::of;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Documents of a cluster that name from one to three environments.
pub fn documents() -> impl Strategy<Value = String> {
    let namespaces = of(select(vec!["default", "live", "other"]));
    let environment = (namespaces, btree_map(select(SERVICES.to_vec()), changes(), 0..SERVICES.len()))
        .prop_map(|(namespace, services)| without_absent(json!({ "namespace": namespace, "services": services })));
    let environments = btree_map(select(vec!["staging", "live", "base"]), environment, 1..=3);
    (services(), cluster(), environments).prop_map(|(services, cluster, environments)| {
        json!({ "name": "shop", "services": services, "cluster": cluster, "environments": environments }).to_string()
    })
}

const SERVICES: [&str; 7] = ["api", "mailer", "tool", "tool-too", "report", "db", "cache"];

fn services() -> impl Strategy<Value = Value> {
    let how = select(vec!["job", "init-container", "in-container"]);
    let scaled = select(vec![json!({ "replicas": 1 }), json!({ "replicas": 3 }), json!({ "autoscale": { "max": 4 } })]);
    let tool = select(vec!["ghcr.io/acme/tool:1", "ghcr.io/acme/tool"]);
    (how, scaled, public(), select(vec!["variables", "files"]), tool).prop_map(
        |(how, scaled, public, secrets_as, tool)| {
            let mut api = json!({
                "python": {}, "image": "ghcr.io/acme/shop:1.0", "env": { "A": "1", "B": "on" }, "secrets": ["KEY"],
                "secrets_as": secrets_as, "before_start": [{ "run": "alembic upgrade head", "how": how }],
                "needs": ["db", "cache"], "public": public, "health": { "path": "/healthz" },
            });
            api.as_object_mut().unwrap().extend(scaled.as_object().unwrap().clone());
            json!({
                "api": api,
                "mailer": { "celery": { "app": "app.tasks" }, "needs": ["db", "cache"] },
                "tool": { "image": tool, "port": 8080, "user": 1000, "storage": "1Gi", "storage_path": "/data" },
                "tool-too": { "image": tool, "port": 8081, "user": 1000, "public": { "host": "tool.example.com" } },
                "report": { "python": { "worker": "python -m app.report" }, "schedule": "0 3 * * *", "needs": ["db"] },
                "db": { "postgres": {}, "storage": "10Gi" },
                "cache": { "redis": {} },
            })
        },
    )
}

fn cluster() -> impl Strategy<Value = Value> {
    (of(Just("default")), select(vec!["gateway-api", "ingress"]), any::<bool>()).prop_map(
        |(namespace, gateway, quota)| {
            without_absent(json!({ "namespace": namespace, "gateway": gateway, "quota": quota }))
        },
    )
}

/// What an environment changes about a service; some of it makes no sense for some of them.
fn changes() -> impl Strategy<Value = Value> {
    let image = select(vec![
        "ghcr.io/acme/shop:2.0",
        "ghcr.io/acme/tool:1",
        "ghcr.io/acme/tool:2",
        "registry.example.com:5000/shop:1.0",
        "tool",
        "tool@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    ]);
    let autoscale = (1..4_u32, 4..9_u32).prop_map(|(min, max)| json!({ "min": min, "max": max }));
    let variables = btree_map(select(vec!["A", "C", "D"]), "[a-z0-9:~ ]{0,6}", 0..3);
    let sizes = || select(vec!["64Mi", "100Mi", "1Gi", "2.5Gi"]);
    (
        (of(image), of(0..5_u32), of(autoscale), of(sizes()), of(sizes())),
        (of(select(vec!["100m", "2"])), of(variables), of(public()), of(sizes())),
    )
        .prop_map(|((image, replicas, autoscale, limit, process), (cpu, env, public, storage))| {
            without_absent(json!({
                "image": image, "replicas": replicas, "autoscale": autoscale, "env": env, "public": public,
                "memory": { "limit": limit, "process": process }, "cpu": { "request": cpu }, "storage": storage,
            }))
        })
}

fn public() -> impl Strategy<Value = Value> {
    (select(vec!["shop.example.com", "s.example.com", "example.org"]), any::<bool>())
        .prop_map(|(host, tls)| json!({ "host": host, "tls": tls }))
}

/// The value without what is not given.
fn without_absent(value: Value) -> Value {
    match value {
        Value::Object(entries) => {
            let given = entries.into_iter().map(|(key, value)| (key, without_absent(value)));
            let is_given = |value: &Value| !value.is_null() && value.as_object().is_none_or(|map| !map.is_empty());
            Value::Object(given.filter(|(_, value)| is_given(value)).collect::<Map<_, _>>())
        }
        value => value,
    }
}
