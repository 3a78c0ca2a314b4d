//! One service of each kind, with every field that means something to it.

use super::Object;
use super::fields::{Entry, always, fields, often, one_of, sometimes};
use super::texts::{command, text};
use proptest::prelude::*;
use serde_json::{Value, json};

/// A service of any kind.
pub fn service() -> BoxedStrategy<Object> {
    prop_oneof![
        4 => web(),
        2 => worker(),
        2 => celery(),
        2 => image(),
        3 => database(),
        3 => catalog(),
    ]
    .boxed()
}

/// Whether the service keeps data on a disk or in memory, so that it cannot be several.
pub fn has_disk(service: &Object) -> bool {
    service.contains_key("storage")
}

/// The name of the image that is built for the service, where `image` asks for one: the same for the same recipe.
pub fn built_image(service: &Object) -> Option<String> {
    service.get("image")?;
    let recipe = service.get("python").or(service.get("celery"))?;
    let part = |name: &str, default: &str| recipe[name].as_str().unwrap_or(default).replace(['.', '/'], "");
    let (source, version, packages) = (part("source", "."), part("version", "3.14"), part("packages", "uv"));
    Some(format!("registry.example.com:5000/acme/app{source}-{version}-{packages}:1.0"))
}

fn object(entries: Vec<Entry>) -> BoxedStrategy<Value> {
    fields(entries).prop_map(Value::Object).boxed()
}

/// What makes an image of the person's code. Few choices each, so that services share images.
fn recipe() -> Vec<Entry> {
    vec![
        sometimes("version", one_of(json!(["3.12", "3.14"]))),
        sometimes("packages", one_of(json!(["uv", "pip", "poetry"]))),
        sometimes("source", one_of(json!(["services/api", "."]))),
    ]
}

fn web() -> BoxedStrategy<Object> {
    let mut python = recipe();
    python.extend([
        always("framework", one_of(json!(["fastapi", "starlette", "django", "flask"]))),
        always("app", one_of(json!(["app.main:app", "site.wsgi:application", "site.asgi:application", "app:make()"]))),
    ]);
    let mut entries = vec![
        always("python", object(python)),
        sometimes("image", Just(json!(""))),
        sometimes("port", one_of(json!([80, 1023, 3000, 65535]))),
        sometimes("publish", one_of(json!([false, 0]))),
        sometimes("workers", one_of(json!([1, 2, 16]))),
        often("health", health()),
        often("public", public()),
    ];
    entries.extend([steps(), pool()]);
    finish(entries, true)
}

fn worker() -> BoxedStrategy<Object> {
    let mut python = recipe();
    python.push(always("worker", command()));
    let mut entries = vec![always("python", object(python)), sometimes("image", Just(json!("")))];
    entries.extend([steps(), pool()]);
    prop_oneof![
        3 => finish(entries.clone(), true),
        1 => finish([entries, listening()].concat(), true),
    ]
    .boxed()
}

fn celery() -> BoxedStrategy<Object> {
    let mut celery = recipe();
    celery.extend([
        sometimes("app", one_of(json!(["app.tasks", "no"]))),
        sometimes("concurrency", one_of(json!([1, 8]))),
    ]);
    let mut entries = vec![always("celery", object(celery)), sometimes("image", Just(json!("")))];
    entries.extend([steps(), pool()]);
    finish(entries, true)
}

fn image() -> BoxedStrategy<Object> {
    let digest = format!("ghcr.io/acme/tool:1@sha256:{}", "0".repeat(64));
    let images = json!(["ghcr.io/acme/tool:1.4", "localhost:5000/a/b_c:X", "tool", "whoami:latest", digest]);
    let mut entries = vec![
        always("image", one_of(images)),
        often("command", command()),
        sometimes("user", one_of(json!([1, 1000, 65535]))),
    ];
    entries.extend([steps(), pool()]);
    prop_oneof![
        1 => finish(entries.clone(), true),
        3 => finish([entries, listening()].concat(), true),
    ]
    .boxed()
}

/// What a program that listens can have, and no other.
fn listening() -> Vec<Entry> {
    vec![
        always("port", one_of(json!([80, 8080, 9000]))),
        sometimes("publish", one_of(json!([false, 0]))),
        often("health", health()),
        often("public", public()),
    ]
}

fn database() -> BoxedStrategy<Object> {
    let kind = |name: &'static str, versions: Value| {
        let inside = vec![
            sometimes("version", one_of(versions)),
            sometimes("database", one_of(json!(["shop", "no", "on"]))),
            sometimes("user", one_of(json!(["shop", "y"]))),
            sometimes("max_connections", one_of(json!([20, 500]))),
        ];
        let entries = vec![
            always(name, object(inside)),
            often("storage", one_of(json!(["10Gi", "500M"]))),
            sometimes("storage_path", one_of(json!(["/disk", "/tmp"]))),
            sometimes("publish", one_of(json!([false, 0]))),
        ];
        finish(entries, false)
    };
    prop_oneof![
        3 => kind("postgres", json!(["18", "17", "16-alpine", "18.1-alpine"])),
        1 => kind("mysql", json!(["8.4", "9"])),
        1 => kind("mariadb", json!(["11.8"])),
        1 => kind("mongodb", json!(["8.0", "7"])),
    ]
    .boxed()
}

fn catalog() -> BoxedStrategy<Object> {
    let kind = |name: &'static str, versions: Value, more: Vec<Entry>| {
        let mut entries = vec![
            always(name, object(vec![sometimes("version", one_of(versions))])),
            sometimes("publish", one_of(json!([false, 0]))),
        ];
        entries.extend(more);
        entries
    };
    let disk = || vec![sometimes("storage", one_of(json!(["1Gi", "1.5Gi"])))];
    prop_oneof![
        finish(kind("redis", json!(["8", "8-alpine"]), disk()), false),
        finish(kind("valkey", json!(["9", "9-alpine"]), disk()), false),
        finish(kind("rabbitmq", json!(["4.1", "4.1-alpine"]), disk()), false),
        finish(kind("memcached", json!(["1.6", "1.6-alpine"]), Vec::new()), false),
        finish(kind("nginx", json!(["1.29", "1.29-alpine"]), vec![often("public", public())]), true),
    ]
    .boxed()
}

/// Adds what every kind can have; several replicas only where that means something.
fn finish(mut entries: Vec<Entry>, can_be_several: bool) -> BoxedStrategy<Object> {
    let memory = vec![
        often("process", one_of(json!(["60Mi", "140Mi", "200M"]))),
        sometimes("shared", one_of(json!(["30Mi", 1_000_000]))),
        sometimes("per_request", one_of(json!(["1Mi", "0"]))),
        often("limit", one_of(json!(["512Mi", "1.5Gi", "1G", 600_000_001]))),
    ];
    let cpu = vec![
        often("request", one_of(json!(["250m", "1m", 2, 300]))),
        sometimes("per_request", one_of(json!(["12ms", "1s"]))),
    ];
    entries.extend([
        often("memory", object(memory)),
        sometimes("cpu", object(cpu)),
        often("env", env()),
        often("secrets", secrets()),
        sometimes("writable", writable()),
    ]);
    let is_built_or_given = entries.iter().any(|(name, _)| ["python", "celery", "image"].contains(name));
    if is_built_or_given && !entries.iter().any(|(name, _)| *name == "storage") {
        let with_disk = [
            entries.clone(),
            vec![
                always("storage", one_of(json!(["1Gi", "20G"]))),
                always("storage_path", one_of(json!(["/var/lib/app", "/data", "/tmp"]))),
            ],
        ]
        .concat();
        return prop_oneof![4 => replicated(entries, can_be_several), 1 => replicated(with_disk, can_be_several)]
            .boxed();
    }
    replicated(entries, can_be_several)
}

fn replicated(entries: Vec<Entry>, can_be_several: bool) -> BoxedStrategy<Object> {
    if !can_be_several {
        return fields(entries);
    }
    let autoscale = vec![
        often("min", one_of(json!([1, 2]))),
        always("max", one_of(json!([2, 10]))),
        sometimes("cpu", one_of(json!(["70%", 1]))),
    ];
    prop_oneof![
        2 => fields(entries.clone()),
        2 => fields([entries.clone(), vec![always("replicas", one_of(json!([0, 1, 2, 5])))]].concat()),
        1 => fields([entries, vec![always("autoscale", object(autoscale))]].concat()),
    ]
    .boxed()
}

fn health() -> BoxedStrategy<Value> {
    object(vec![always("path", one_of(json!(["/healthz", "/", "/a/b.c~d;e=f,g@h:i!$&()*+"])))])
}

/// The host is the service's own, so it is filled in where its name is known.
fn public() -> BoxedStrategy<Value> {
    object(vec![always("host", Just(json!(""))), often("tls", one_of(json!([true, false])))])
}

fn env() -> BoxedStrategy<Value> {
    const NAMES: &[&str] =
        &["LOG_LEVEL", "VALUE", "no", "y", "_", "ON", "FORWARDED_ALLOW_IPS", "POSTGRES_DB", "PATH", "A1"];
    prop::sample::subsequence(NAMES, 0..4)
        .prop_flat_map(|names| {
            prop::collection::vec(text(), names.len())
                .prop_map(move |values| names.iter().map(|name| (*name).to_owned()).zip(values).collect::<Value>())
        })
        .boxed()
}

fn secrets() -> BoxedStrategy<Value> {
    const NAMES: &[&str] =
        &["DATABASE_URL", "SECRET_KEY", "REDIS_URL", "API_TOKEN", "off", "DB_PASSWORD", "CELERY_BROKER_URL"];
    prop::sample::subsequence(NAMES, 0..4).prop_map(|names| json!(names)).boxed()
}

fn writable() -> BoxedStrategy<Value> {
    const FOLDERS: &[&str] = &["/var/cache/app", "/tmp", "/data", "/var/cache-app", "/a/b", "/a-b", "/run/x@y+z.d"];
    prop::sample::subsequence(FOLDERS, 1..4).prop_map(|folders| json!(folders)).boxed()
}

fn steps() -> Entry {
    let once = fields(vec![
        always("run", command()),
        sometimes("when", Just(json!("once"))),
        often("how", one_of(json!(["job", "init-container", "in-container", "by-hand"]))),
    ]);
    let every_start = fields(vec![
        always("run", command()),
        always("when", Just(json!("every-start"))),
        often("how", one_of(json!(["init-container", "in-container", "by-hand"]))),
    ]);
    let step = prop_oneof![once, every_start].prop_map(Value::Object);
    often("before_start", prop::collection::vec(step, 1..4).prop_map(Value::from))
}

fn pool() -> Entry {
    sometimes(
        "database_pool",
        object(vec![often("size", one_of(json!([1, 20]))), often("overflow", one_of(json!([0, 10])))]),
    )
}
