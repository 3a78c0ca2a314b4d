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
        2 => node(),
        2 => go(),
        2 => java(),
        2 => site(),
        1 => own_dockerfile(),
        2 => image(),
        3 => database(),
        3 => catalog(),
        1 => external(),
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
    let stacks = [
        ("python", "python"),
        ("celery", "python"),
        ("node", "node"),
        ("go", "go"),
        ("java", "java"),
        ("dockerfile", "own"),
    ];
    let (recipe, stack) = stacks.iter().find_map(|(key, stack)| Some((service.get(*key)?, stack)))?;
    let fields = ["source", "version", "packages", "build", "files", "path", "target", "module", "jar"];
    let parts = fields.map(|field| match (&recipe[field], field) {
        (Value::Null, "source") => ".".to_owned(),
        (Value::Null, "version") if *stack == "python" => "3.14".to_owned(),
        (Value::Null, "packages") if *stack == "python" => "uv".to_owned(),
        (Value::Null, "packages") if *stack == "node" => "npm".to_owned(),
        (Value::Null, "version") if *stack == "node" => "24".to_owned(),
        (Value::Null, "version") if *stack == "go" => "1.26".to_owned(),
        (Value::Null, "version") if *stack == "java" => "21".to_owned(),
        (Value::Null, "build") if *stack == "java" => "maven".to_owned(),
        (Value::Null, "path") if *stack == "own" => "Dockerfile".to_owned(),
        (value, _) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    });
    let tag: String = parts.join("-").chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    Some(format!("registry.example.com:5000/acme/{stack}:1.0-{tag}"))
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
        sometimes("files", one_of(json!([["main.py"], ["app", "./alembic/", "alembic.ini"]]))),
    ]
}

fn web() -> BoxedStrategy<Object> {
    let python = |framework: Value, server: Value, app: Value| {
        let mut python = recipe();
        python.extend([
            always("framework", one_of(framework)),
            always("app", one_of(app)),
            sometimes("server", one_of(server.clone())),
        ]);
        if server == json!(["gunicorn"]) {
            python.extend([always("server", one_of(server)), often("preload", one_of(json!([true, false])))]);
        }
        let mut entries = vec![always("python", object(python)), sometimes("workers", one_of(json!([1, 2, 16])))];
        entries.extend(serving());
        finish(entries, true)
    };
    let asgi = || json!(["app.main:app", "site.asgi:application", "app:make()"]);
    prop_oneof![
        2 => python(json!(["fastapi"]), json!(["uvicorn", "gunicorn"]), asgi()),
        1 => python(json!(["fastapi"]), json!(["fastapi"]), json!(["app.main:app", "main:api"])),
        1 => python(json!(["starlette"]), json!(["uvicorn", "gunicorn"]), asgi()),
        1 => python(json!(["django"]), json!(["uvicorn", "gunicorn"]), json!(["site.asgi:application"])),
        2 => python(json!(["django", "flask"]), json!(["gunicorn"]), json!(["site.wsgi:application", "app:make()"])),
    ]
    .boxed()
}

/// What every web app that is built can have.
fn serving() -> Vec<Entry> {
    vec![
        sometimes("image", Just(json!(""))),
        sometimes("port", one_of(json!([80, 1023, 3000, 65535]))),
        sometimes("publish", one_of(json!([false, 0]))),
        often("health", health()),
        often("public", public()),
        steps(),
        pool(),
    ]
}

fn node() -> BoxedStrategy<Object> {
    let recipe = || {
        vec![
            sometimes("version", one_of(json!(["22", "24.1"]))),
            sometimes("packages", one_of(json!(["npm", "pnpm", "yarn"]))),
            sometimes("build", one_of(json!(["build", "build:all"]))),
            sometimes("source", one_of(json!(["services/web", "services/api"]))),
        ]
    };
    let app = [recipe(), vec![sometimes("app", one_of(json!(["dist/server.js", "./no"])))]].concat();
    let worker = [recipe(), vec![always("worker", command())]].concat();
    let serving = [vec![always("node", object(app))], serving()].concat();
    prop_oneof![3 => finish(serving, true), 1 => in_the_background("node", object(worker))].boxed()
}

fn go() -> BoxedStrategy<Object> {
    let recipe = || {
        vec![
            sometimes("version", one_of(json!(["1.25", "1.26.1"]))),
            sometimes("source", one_of(json!(["services/go"]))),
        ]
    };
    let app = [recipe(), vec![sometimes("app", one_of(json!([".", "./cmd/api", "cmd/site"])))]].concat();
    let worker = [recipe(), vec![always("worker", one_of(json!(["./cmd/worker"])))]].concat();
    let serving = [vec![always("go", object(app))], serving()].concat();
    prop_oneof![3 => finish(serving, true), 1 => in_the_background("go", object(worker))].boxed()
}

fn java() -> BoxedStrategy<Object> {
    let recipe = || {
        vec![
            sometimes("build", one_of(json!(["maven", "gradle"]))),
            sometimes("version", one_of(json!(["17", "25"]))),
            sometimes("module", one_of(json!(["api", "services/api"]))),
            sometimes("jar", one_of(json!(["shop-*.jar", "no.jar"]))),
            sometimes("source", one_of(json!(["services/java", "."]))),
        ]
    };
    let frameworks = json!(["spring-boot", "quarkus", "micronaut", "other"]);
    let app = [recipe(), vec![sometimes("framework", one_of(frameworks))]].concat();
    let worker = [recipe(), vec![always("worker", command())]].concat();
    let serving = [vec![always("java", object(app))], serving()].concat();
    prop_oneof![3 => finish(serving, true), 1 => in_the_background("java", object(worker))].boxed()
}

/// Its image is the service's own, so it is not named here, where no service knows of the others.
fn site() -> BoxedStrategy<Object> {
    let site = |server: Value| {
        object(vec![
            always("server", Just(server)),
            sometimes("build", one_of(json!(["build", "build:all"]))),
            sometimes("output", one_of(json!(["build/client", "out"]))),
            sometimes("assets", one_of(json!(["_astro", "static/js"]))),
            often("fallback", one_of(json!(["index.html", "app/200.html"]))),
            often("build_env", env()),
            sometimes("version", one_of(json!(["22", "24.1"]))),
            sometimes("packages", one_of(json!(["npm", "pnpm", "yarn"]))),
            sometimes("source", one_of(json!(["services/web", "services/site"]))),
        ])
    };
    let serving = || serving().into_iter().filter(|(name, _)| *name != "image");
    let caddy = std::iter::once(always("site", site(json!("caddy")))).chain(serving());
    let nginx = std::iter::once(always("site", site(json!("nginx")))).chain(serving());
    let nginx = nginx.chain([sometimes("workers", one_of(json!([1, 2, 16])))]);
    prop_oneof![finish(caddy.collect(), true), finish(nginx.collect(), true)].boxed()
}

fn own_dockerfile() -> BoxedStrategy<Object> {
    let own = object(vec![
        sometimes("path", one_of(json!(["deploy/Dockerfile.api", "Containerfile"]))),
        sometimes("target", one_of(json!(["runtime", "no"]))),
        sometimes("source", one_of(json!(["services/own", "."]))),
    ]);
    let entries = vec![
        always("dockerfile", own),
        sometimes("image", Just(json!(""))),
        often("command", command()),
        sometimes("user", one_of(json!([1000]))),
        steps(),
        pool(),
    ];
    listening_or_not(entries)
}

/// A database or cache that somebody else runs.
fn external() -> BoxedStrategy<Object> {
    let kind = |name: &'static str| {
        let host = one_of(json!([true, "db.internal.example.com"]));
        fields(vec![always(name, Just(json!({}))), always("external", host)])
    };
    prop_oneof![kind("postgres"), kind("mysql"), kind("redis"), kind("rabbitmq"), kind("elasticsearch")].boxed()
}

fn worker() -> BoxedStrategy<Object> {
    let mut python = recipe();
    python.push(always("worker", command()));
    in_the_background("python", object(python))
}

/// A program of the person's that serves nobody by itself.
fn in_the_background(key: &'static str, program: BoxedStrategy<Value>) -> BoxedStrategy<Object> {
    listening_or_not(vec![always(key, program), sometimes("image", Just(json!(""))), steps(), pool()])
}

/// A program that listens on a port, or does not, or runs now and then only.
fn listening_or_not(entries: Vec<Entry>) -> BoxedStrategy<Object> {
    let schedule = always("schedule", one_of(json!(["0 3 * * *", "*/5 0-6 1,15 * 1"])));
    prop_oneof![
        2 => finish(entries.clone(), true),
        2 => finish([entries.clone(), listening()].concat(), true),
        1 => finish([entries, vec![schedule]].concat(), false),
    ]
    .boxed()
}

fn celery() -> BoxedStrategy<Object> {
    let celery = |role: Value, more: Vec<Entry>| {
        let own = vec![sometimes("app", one_of(json!(["app.tasks", "no"]))), sometimes("role", Just(role))];
        let celery = object([recipe(), own, more].concat());
        vec![always("celery", celery), sometimes("image", Just(json!(""))), steps(), pool()]
    };
    let worker = celery(json!("worker"), vec![sometimes("concurrency", one_of(json!([1, 8])))]);
    let beat = celery(json!("beat"), vec![always("role", Just(json!("beat")))]);
    prop_oneof![3 => finish(worker, true), 1 => finish(beat, false)].boxed()
}

fn image() -> BoxedStrategy<Object> {
    let digest = format!("ghcr.io/acme/tool:1@sha256:{}", "0".repeat(64));
    let images = json!(["ghcr.io/acme/tool:1.4", "localhost:5000/a/b_c:X", "tool", "whoami:latest", digest]);
    listening_or_not(vec![
        always("image", one_of(images)),
        often("command", command()),
        sometimes("user", one_of(json!([1, 1000, 65535]))),
        steps(),
        pool(),
    ])
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
        finish(kind("kafka", json!(["4.1.0"]), disk()), false),
        finish(kind("elasticsearch", json!(["8.19.8"]), disk()), false),
        finish(kind("opensearch", json!(["2", "3.2.0"]), disk()), false),
        finish(
            kind("minio", json!(["RELEASE.2025-07-23T15-54-02Z"]), [disk(), vec![often("public", public())]].concat()),
            false
        ),
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
        sometimes("copied", one_of(json!(["20%", "100%"]))),
        sometimes("growth", one_of(json!(["5Mi", "0", "1Gi"]))),
        often("limit", one_of(json!(["512Mi", "1.5Gi", "1G", 600_000_001]))),
    ];
    let cpu = vec![
        often("request", one_of(json!(["250m", "1m", 2, 300]))),
        sometimes("per_request", one_of(json!(["12ms", "1s"]))),
    ];
    entries.extend([
        often("memory", object(memory)),
        sometimes("cpu", object(cpu)),
        sometimes("startup", one_of(json!(["0s", "90s", "20m", "1h"]))),
        sometimes("shutdown", one_of(json!(["0s", "500ms", "45s", "1h"]))),
        often("env", env()),
        often("secrets", secrets()),
        sometimes("secrets_as", one_of(json!(["variables", "files"]))),
        sometimes("outbound", one_of(json!([true, false]))),
        sometimes("writable", writable()),
    ]);
    let programs = ["python", "celery", "node", "go", "java", "site", "dockerfile", "image"];
    let is_program = entries.iter().any(|(name, _)| programs.contains(name));
    if is_program && !entries.iter().any(|(name, _)| *name == "storage") {
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
    const NAMES: &[&str] = &[
        "DATABASE_URL",
        "SECRET_KEY",
        "REDIS_URL",
        "API_TOKEN",
        "off",
        "DB_PASSWORD",
        "CELERY_BROKER_URL",
        "SPRING_DATASOURCE_URL",
    ];
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
