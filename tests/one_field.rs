//! Two documents that differ in one field give files that differ only where that field matters.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod differences;
mod topologies;

use differences::{differences, matches};
use plimsoll::analyze;
use plimsoll::topology::Topology;
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A field of the schema, what is done to it, where it can be done, and the places of the files that may follow: `SELF` is
/// the service's name, `*` anything.
type Row = (&'static str, Change, When, &'static [&'static [&'static str]]);

/// What is done to a field.
#[derive(Clone, Copy)]
enum Change {
    /// It gets this value, in JSON.
    To(&'static str),
    /// It is true if it was false, which it is by default if this is.
    Toggle(bool),
    /// The list gets one item more, or the map one entry.
    More(&'static str),
    /// The list loses its last item.
    Less,
    /// The first step runs something else.
    Step,
}

/// Where it can be done.
#[derive(Clone, Copy, PartialEq)]
enum When {
    /// Wherever something runs.
    Runs,
    /// Where the map that holds the field is written.
    InMap,
    /// Where the field is written.
    Given,
    /// Where the map is written, and no other service runs the same image.
    BuiltAlone,
}

/// The Job of the first steps has a name that follows from its content, which others name.
const JOB: &[&str] = &[
    "k8s/SELF.yaml Job/*",
    "k8s/SELF.yaml Role/*",
    "k8s/SELF.yaml RoleBinding/*",
    "k8s/SELF.yaml *.template.spec.initContainers.*.command.*",
    "DEPLOY.md",
];
/// Where the limit stands.
const MEMORY: &[&str] = &[
    "compose.yaml services.SELF.memswap_limit",
    "compose.yaml services.SELF-before-start*.memswap_limit",
    "compose.yaml services.SELF*.deploy.resources.*",
    "k8s/SELF.yaml *.resources.*.memory",
    "k8s/quota.yaml *",
    // Go's collector, V8 and Java are told of the limit.
    "compose.yaml services.SELF*.environment.GOMEMLIMIT",
    "compose.yaml services.SELF*.environment.NODE_OPTIONS",
    "compose.yaml services.SELF*.environment.JDK_JAVA_OPTIONS",
    "k8s/SELF.yaml ConfigMap/data.GOMEMLIMIT",
    "k8s/SELF.yaml ConfigMap/data.NODE_OPTIONS",
    // Java's heap is a share of the limit.
    "compose.yaml services.SELF*.environment.ES_JAVA_OPTS",
    "compose.yaml services.SELF*.environment.OPENSEARCH_JAVA_OPTS",
    "compose.yaml services.SELF*.environment.KAFKA_HEAP_OPTS",
    "k8s/SELF.yaml ConfigMap/data.ES_JAVA_OPTS",
    "k8s/SELF.yaml ConfigMap/data.OPENSEARCH_JAVA_OPTS",
    "k8s/SELF.yaml ConfigMap/data.KAFKA_HEAP_OPTS",
    "k8s/SELF.yaml ConfigMap/data.JDK_JAVA_OPTIONS",
    "k8s/SELF.yaml *.template.metadata.annotations*",
];
/// What a key-value store may keep follows from its limit.
const STORE: &[&str] = &["compose.yaml services.SELF.command.*", "k8s/SELF.yaml *.containers.0.args.*"];
/// What the command of a service is.
const COMMAND: &[&str] = &[
    "*Dockerfile* CMD",
    // Where services share an image, those say their command that is not the image's.
    "compose.yaml services.*.command*",
    "k8s/SELF.yaml *.args*",
];
/// Which ports of the server are open: what one service gives up, another is offered.
const PUBLISHED: &[&str] = &["compose.yaml services.*.ports*", "DEPLOY.md"];
const HEALTH: &[&str] = &[
    "compose.yaml services.SELF.healthcheck*",
    "traefik-routes.yaml http.services.SELF.loadBalancer.healthCheck*",
    "compose.yaml services.*.depends_on.SELF.condition",
    "k8s/SELF.yaml *Probe*",
    "DEPLOY.md",
];
const HOST: &[&str] = &[
    "Caddyfile",
    "traefik-routes.yaml http.routers.SELF*",
    "traefik-routes.yaml http.services.SELF.*",
    "compose.yaml services.SELF.healthcheck.test*",
    "k8s/gateway.yaml *",
    "k8s/SELF.yaml HTTPRoute/spec.*",
    "k8s/SELF.yaml Ingress/*",
    "k8s/SELF.yaml *Probe.httpGet.httpHeaders*",
    "DEPLOY.md",
];
const VARIABLES: &[&str] = &[
    "compose.yaml services.SELF*.environment*",
    "k8s/SELF.yaml ConfigMap/*",
    "k8s/SELF.yaml *.envFrom*",
    "k8s/SELF.yaml *.env.*",
    "k8s/SELF.yaml *.env",
    "k8s/SELF.yaml *.template.metadata.annotations*",
    // Django's settings are read while the image is built.
    "*Dockerfile* RUN",
];
const NETWORKS: &[&str] =
    &["compose.yaml services.*.networks*", "compose.yaml networks*", "k8s/*.yaml NetworkPolicy/*"];
const NOTHING: &[&str] = &[];

const SECRETS: &[&str] = &[
    ".env.example",
    "compose.yaml services.SELF*.secrets*",
    "compose.yaml secrets*",
    "k8s/SELF.yaml *.volumes*",
    "k8s/SELF.yaml *.volumeMounts*",
    "DEPLOY.md",
];
const REPLICAS: &[&str] = &[
    "compose.yaml services.SELF.deploy.replicas",
    "Caddyfile",
    "k8s/SELF.yaml */spec.replicas",
    "k8s/SELF.yaml *.topologySpreadConstraints*",
    "k8s/SELF.yaml PodDisruptionBudget/*",
    "k8s/quota.yaml *",
];
const PORT: &[&str] = &[
    "*Dockerfile* EXPOSE",
    // The configuration of a static site's server.
    "*Dockerfile* :*",
    "*Dockerfile* \t\tlisten",
    "Caddyfile",
    "k8s/SELF.yaml */spec.template.spec.containers.0.ports.*",
    "k8s/SELF.yaml */spec.template.spec.securityContext.sysctls*",
    "k8s/SELF.yaml Service/spec.ports.*",
    "k8s/SELF.yaml HTTPRoute/spec.rules.*",
];
const ANY_JOB: &[&str] = &[
    "k8s/*.yaml Job/*",
    "k8s/*.yaml Role/*",
    "k8s/*.yaml RoleBinding/*",
    "k8s/*.yaml *.template.spec.initContainers.*.command.*",
    "DEPLOY.md",
];

/// How long a container gets to start.
const STARTUP: &[&str] = &[
    "compose.yaml services.SELF.healthcheck.start_period",
    "k8s/SELF.yaml *.startupProbe.failureThreshold",
    "k8s/SELF.yaml Deployment/spec.progressDeadlineSeconds",
];
/// How long it gets to end.
const SHUTDOWN: &[&str] =
    &["compose.yaml services.SELF*.stop_grace_period", "k8s/SELF.yaml *.terminationGracePeriodSeconds", "DEPLOY.md"];
/// What is set aside of the processors.
const CPU: &[&str] =
    &["compose.yaml services.SELF*.cpu_shares", "k8s/SELF.yaml *.resources.requests.cpu", "k8s/quota.yaml *"];
const OPTIONS: &[&str] = &["compose.yaml services.SELF.command*", "k8s/SELF.yaml *.containers.0.args*"];
/// The folders of the containers.
const FOLDERS: &[&str] =
    &["compose.yaml services.SELF*.tmpfs*", "k8s/SELF.yaml *.volumeMounts*", "k8s/SELF.yaml *.volumes*"];
/// Addresses in the example of `.env`.
const EXAMPLE: &[&str] = &[".env.example"];
/// A tag, and what differs between an image's own variants: users, and PostgreSQL's folder.
const VERSION: &[&str] = &[
    "compose.yaml services.SELF.image",
    "compose.yaml services.SELF.user",
    "compose.yaml services.SELF.tmpfs*",
    "compose.yaml services.SELF.volumes.*",
    "k8s/SELF.yaml *.image",
    "k8s/SELF.yaml *.securityContext.*",
    "k8s/SELF.yaml *.volumeMounts*",
    "k8s/SELF.yaml *.volumes*",
    "DEPLOY.md",
];
/// What builds an image.
const BUILD: &[&str] = &["*Dockerfile* *", "*.dockerignore", "compose.yaml services.SELF.develop*", "DEPLOY.md"];
/// Where an image is built: the folders may become those of one image or of several.
const SOURCE: &[&str] = &["compose.yaml services.*.build*", "compose.yaml services.*.develop*"];
const IMAGE: &[&str] = &[
    "compose.yaml services.*.image",
    "k8s/*.yaml *.image",
    "k8s/*.yaml *.imagePullPolicy",
    "k8s/kustomization.yaml Kustomization/images*",
    "DEPLOY.md",
];
const ANY_MEMORY: &[&str] = &[
    "compose.yaml services.*.memswap_limit",
    "compose.yaml services.*.deploy.resources.*",
    "k8s/*.yaml *.resources.*.memory",
    "k8s/quota.yaml *",
    "compose.yaml services.*.environment.GOMEMLIMIT",
    "compose.yaml services.*.environment.NODE_OPTIONS",
    "compose.yaml services.*.environment.JDK_JAVA_OPTIONS",
    "k8s/*.yaml ConfigMap/data.GOMEMLIMIT",
    "k8s/*.yaml ConfigMap/data.NODE_OPTIONS",
    "k8s/*.yaml ConfigMap/data.JDK_JAVA_OPTIONS",
    "k8s/*.yaml *.template.metadata.annotations*",
];

use Change::{Less, More, Step, To, Toggle};
use When::{BuiltAlone, Given, InMap, Runs};

#[rustfmt::skip]
const ROWS: &[Row] = &[
    ("version", To("1"), Runs, &[NOTHING]),
    ("services.*.env", More(r#"["LOG_LEVEL", "changed"]"#), Runs, &[VARIABLES, JOB]),
    ("services.*.secrets", More(r#""ADDED_SECRET""#), Runs, &[VARIABLES, SECRETS, JOB]),
    ("services.*.secrets_as", To(r#""files""#), Given, &[VARIABLES, SECRETS, HEALTH, JOB]),
    ("services.*.image", To(r#""ghcr.io/acme/changed:9""#), Given, &[IMAGE, ANY_JOB]),
    ("services.*.replicas", To("3"), Given, &[REPLICAS, HOST, PUBLISHED, NETWORKS, MEMORY, JOB]),
    ("services.*.autoscale.cpu", To(r#""55%""#), InMap, &[&["k8s/SELF.yaml HorizontalPodAutoscaler/spec.metrics.*"]]),
    ("services.*.autoscale.max", To("12"), InMap, &[&["k8s/SELF.yaml HorizontalPodAutoscaler/spec.maxReplicas", "k8s/SELF.yaml PodDisruptionBudget/spec.maxUnavailable"], MEMORY, JOB]),
    ("services.*.autoscale.min", To("2"), InMap, &[REPLICAS, HOST, &["k8s/SELF.yaml HorizontalPodAutoscaler/spec.minReplicas"], PUBLISHED, NETWORKS]),
    ("services.*.memory.limit", To(r#""777Mi""#), Runs, &[MEMORY, STORE, JOB]),
    ("services.*.memory.process", To(r#""99Mi""#), Runs, &[MEMORY, STORE, JOB]),
    ("services.*.memory.shared", To(r#""99Mi""#), Runs, &[MEMORY, STORE, JOB]),
    ("services.*.memory.per_request", To(r#""9Mi""#), Runs, &[MEMORY, STORE, JOB]),
    ("services.*.memory.copied", To(r#""50%""#), Runs, &[MEMORY, STORE, JOB]),
    ("services.*.memory.growth", To(r#""9Mi""#), Runs, &[NOTHING]),
    ("services.*.startup", To(r#""400s""#), Runs, &[STARTUP]),
    ("services.*.shutdown", To(r#""77s""#), Runs, &[COMMAND, VARIABLES, SHUTDOWN, JOB]),
    ("services.*.cpu.request", To(r#""333m""#), Runs, &[CPU, JOB]),
    ("services.*.cpu.per_request", To(r#""33ms""#), Runs, &[NOTHING]),
    ("services.*.database_pool.size", To("7"), InMap, &[NOTHING]),
    ("services.*.database_pool.overflow", To("7"), InMap, &[NOTHING]),
    ("services.*.health.path", To(r#""/changed""#), Given, &[HEALTH]),
    ("services.*.public.host", To(r#""changed.example.org""#), Given, &[HOST]),
    ("services.*.public.tls", Toggle(true), InMap, &[HOST, &["compose.yaml services.proxy*", "compose.yaml volumes.proxy*", "traefik-routes.yaml http.middlewares.redirect.*", "k8s/quota.yaml *"]]),
    ("services.*.port", To("4321"), Given, &[PORT, VARIABLES, COMMAND, HEALTH, PUBLISHED, HOST, NETWORKS, JOB]),
    ("services.*.publish", To("false"), Given, &[PUBLISHED, NETWORKS]),
    ("services.*.command", To(r#""changed now""#), Given, &[COMMAND]),
    ("services.*.workers", To("3"), Given, &[COMMAND, MEMORY, CPU, JOB]),
    ("services.*.storage", To(r#""77Gi""#), Given, &[&["k8s/SELF.yaml StatefulSet/spec.volumeClaimTemplates.*.storage", "k8s/SELF.yaml PersistentVolumeClaim/spec.resources.requests.storage", "k8s/quota.yaml *"]]),
    ("services.*.storage_path", To(r#""/changed""#), Given, &[FOLDERS, &["compose.yaml services.SELF*.volumes.*", "*Dockerfile* RUN"]]),
    ("services.*.user", To("4242"), Given, &[&["compose.yaml services.SELF*.user", "compose.yaml services.SELF*.tmpfs*", "k8s/SELF.yaml *.securityContext.*"], SECRETS, JOB]),
    ("services.*.writable", More(r#""/changed""#), Runs, &[FOLDERS, JOB]),
    ("services.*.needs", Less, Given, &[NETWORKS, &["compose.yaml services.SELF*.depends_on*", ".env.example"]]),
    ("services.*.before_start", Step, Given, &[&["compose.yaml services.SELF*.command*", "k8s/SELF.yaml *.args*"], JOB]),
    ("services.*.outbound", Toggle(true), Runs, &[NETWORKS, PUBLISHED]),
    ("services.*.schedule", To(r#""7 7 * * *""#), Given, &[&["k8s/SELF.yaml CronJob/spec.schedule", "DEPLOY.md"]]),
    ("services.*.python.app", To(r#""changed.asgi:changed""#), Given, &[COMMAND]),
    ("services.*.python.worker", To(r#""changed now""#), Given, &[COMMAND]),
    ("services.*.python.preload", Toggle(false), Given, &[COMMAND, MEMORY, JOB]),
    ("services.*.python.version", To(r#""3.13""#), BuiltAlone, &[BUILD]),
    ("services.*.python.packages", To(r#""pip""#), BuiltAlone, &[BUILD]),
    ("services.*.python.files", To(r#"["changed.py"]"#), BuiltAlone, &[BUILD]),
    ("services.*.celery.app", To(r#""changed.tasks""#), InMap, &[COMMAND, HEALTH]),
    ("services.*.celery.concurrency", To("3"), Given, &[COMMAND, MEMORY, CPU, JOB]),
    ("services.*.celery.version", To(r#""3.13""#), BuiltAlone, &[BUILD]),
    ("services.*.celery.packages", To(r#""pip""#), BuiltAlone, &[BUILD]),
    ("services.*.celery.files", To(r#"["changed.py"]"#), BuiltAlone, &[BUILD]),
    ("services.*.node.app", To(r#""changed.js""#), Given, &[COMMAND]),
    ("services.*.node.worker", To(r#""changed now""#), Given, &[COMMAND]),
    ("services.*.node.version", To(r#""23""#), BuiltAlone, &[BUILD]),
    ("services.*.node.packages", To(r#""yarn""#), BuiltAlone, &[BUILD]),
    ("services.*.node.build", To(r#""changed""#), BuiltAlone, &[BUILD]),
    ("services.*.go.app", To(r#""./cmd/changed""#), Given, &[COMMAND, BUILD, JOB]),
    ("services.*.go.worker", To(r#""./cmd/changed""#), Given, &[COMMAND, BUILD, JOB]),
    ("services.*.go.version", To(r#""1.24""#), BuiltAlone, &[BUILD]),
    ("services.*.java.worker", To(r#""changed now""#), Given, &[COMMAND]),
    ("services.*.java.build", To(r#""gradle""#), BuiltAlone, &[BUILD]),
    ("services.*.java.version", To(r#""22""#), BuiltAlone, &[BUILD]),
    ("services.*.java.module", To(r#""changed/module""#), BuiltAlone, &[BUILD]),
    ("services.*.java.jar", To(r#""changed-*.jar""#), BuiltAlone, &[BUILD]),
    ("services.*.site.build", To(r#""changed""#), InMap, &[BUILD]),
    ("services.*.site.output", To(r#""changed""#), InMap, &[BUILD]),
    ("services.*.site.assets", To(r#""changed""#), InMap, &[BUILD]),
    ("services.*.site.fallback", To(r#""changed.html""#), InMap, &[BUILD]),
    ("services.*.site.build_env", More(r#"["VITE_CHANGED", "changed"]"#), InMap, &[BUILD]),
    ("services.*.site.version", To(r#""23""#), InMap, &[BUILD]),
    ("services.*.site.packages", To(r#""yarn""#), InMap, &[BUILD]),
    ("services.*.dockerfile.path", To(r#""changed/Dockerfile""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.dockerfile.target", To(r#""changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.python.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.celery.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.node.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.go.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.java.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.site.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.dockerfile.source", To(r#""services/changed""#), BuiltAlone, &[BUILD, SOURCE]),
    ("services.*.postgres.database", To(r#""changed""#), InMap, &[VARIABLES, HEALTH, EXAMPLE]),
    ("services.*.postgres.user", To(r#""changed""#), InMap, &[VARIABLES, HEALTH, EXAMPLE]),
    ("services.*.postgres.max_connections", To("77"), InMap, &[OPTIONS]),
    ("services.*.postgres.version", To(r#""17.1""#), InMap, &[VERSION, VARIABLES]),
    ("services.*.mysql.database", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mysql.user", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mysql.max_connections", To("77"), InMap, &[OPTIONS]),
    ("services.*.mysql.version", To(r#""9.1""#), InMap, &[VERSION]),
    ("services.*.mariadb.database", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mariadb.user", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mariadb.max_connections", To("77"), InMap, &[OPTIONS]),
    ("services.*.mariadb.version", To(r#""11.4""#), InMap, &[VERSION]),
    ("services.*.mongodb.database", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mongodb.user", To(r#""changed""#), InMap, &[VARIABLES, EXAMPLE]),
    ("services.*.mongodb.max_connections", To("77"), InMap, &[OPTIONS]),
    ("services.*.mongodb.version", To(r#""6.0""#), InMap, &[VERSION]),
    ("services.*.redis.version", To(r#""7.4""#), InMap, &[VERSION]),
    ("services.*.valkey.version", To(r#""8.1""#), InMap, &[VERSION]),
    ("services.*.rabbitmq.version", To(r#""4.0""#), InMap, &[VERSION]),
    ("services.*.kafka.version", To(r#""4.0.0""#), InMap, &[VERSION]),
    ("services.*.elasticsearch.version", To(r#""8.19.8""#), InMap, &[VERSION]),
    ("services.*.opensearch.version", To(r#""2""#), InMap, &[VERSION]),
    ("services.*.minio.version", To(r#""RELEASE.2025-07-23T15-54-02Z""#), InMap, &[VERSION]),
    ("services.*.memcached.version", To(r#""1.6.1""#), InMap, &[VERSION, HEALTH]),
    ("services.*.nginx.version", To(r#""1.28""#), InMap, &[VERSION]),
    ("machines", To(r#"[{ "name": "changed", "cpu": 7, "memory": "7Gi", "price": 7 }]"#), Runs, &[NOTHING]),
    ("server.cpu", To("3"), InMap, &[NOTHING]),
    ("server.type", To(r#""cpx42""#), InMap, &[NOTHING]),
    ("server.memory", To(r#""77Gi""#), InMap, &[NOTHING]),
    ("server.system", To(r#""77Mi""#), InMap, &[NOTHING]),
    ("server.proxy", To(r#""traefik""#), InMap, &[&["Caddyfile", "traefik*", "compose.yaml services.*.labels*", "compose.yaml services.proxy*", "compose.yaml volumes*", "compose.yaml configs*", "*.dockerignore", "DEPLOY.md"]]),
    ("cluster.nodes", To(r#"[{ "name": "changed", "count": 7, "cpu": 7, "memory": "7Gi", "reserve": "aks", "pods": 17, "system": { "pods": 2, "cpu": "100m", "memory": "50Mi" }, "type": "cx43", "max": 9, "startup": "3m" }]"#), InMap, &[&["k8s/*.yaml *.topologySpreadConstraints*"]]),
    // The default of `zones` follows from it.
    ("cluster.survive", To(r#""nothing""#), InMap, &[&["k8s/*.yaml *.topologySpreadConstraints*"]]),
    ("cluster.gateway", To(r#""ingress""#), InMap, &[&["k8s/gateway.yaml *", "k8s/*.yaml HTTPRoute/*", "k8s/*.yaml Ingress/*", "k8s/kustomization.yaml Kustomization/resources.*", "k8s/quota.yaml *", "DEPLOY.md"]]),
    ("cluster.class", To(r#""changed""#), InMap, &[&["k8s/gateway.yaml Gateway/spec.gatewayClassName", "k8s/*.yaml Ingress/spec.ingressClassName", "DEPLOY.md"]]),
    ("cluster.issuer", To(r#""changed""#), InMap, &[&["k8s/gateway.yaml Gateway/metadata.annotations.*", "k8s/*.yaml Ingress/metadata.annotations.*", "DEPLOY.md"]]),
    ("cluster.namespace", To(r#""changed""#), InMap, &[&["k8s/namespace.yaml *", "k8s/kustomization.yaml Kustomization/namespace", "k8s/kustomization.yaml Kustomization/resources.*", "DEPLOY.md"]]),
    ("cluster.quota", Toggle(false), InMap, &[&["k8s/quota.yaml *", "k8s/kustomization.yaml Kustomization/resources.*", "DEPLOY.md"]]),
    ("traffic.rate", To(r#""30/s""#), InMap, &[ANY_MEMORY, ANY_JOB]),
    ("traffic.peak", To(r#""5000/s""#), InMap, &[ANY_MEMORY, ANY_JOB]),
    ("traffic.curve", To(r#""daily""#), InMap, &[NOTHING]),
    ("traffic.latency", To(r#""700ms""#), InMap, &[ANY_MEMORY, ANY_JOB]),
];

/// Fields that make a service what it is, or whose name many things have: what follows from another value is another
/// topology, of which nothing has to stay as it was.
const ANOTHER_TOPOLOGY: &[&str] = &[
    "name",
    "services.*.celery.role",
    "services.*.external",
    "services.*.java.framework",
    "services.*.python.framework",
    "services.*.python.server",
    "services.*.site.server",
];

#[test]
fn every_field_says_what_it_may_change() {
    let schema: Value = serde_json::from_str(include_str!("../public/schema.json")).unwrap();
    let known = ROWS.iter().map(|(field, ..)| *field).chain(ANOTHER_TOPOLOGY.iter().copied());
    let known: BTreeSet<String> = known.map(str::to_owned).collect();
    let mut fields = BTreeSet::new();
    leaves(&schema, &schema, "", &mut fields);
    // What an environment changes is held in `overlays.rs`.
    fields.retain(|field| !field.starts_with("environments."));
    assert_eq!(known, fields);
}

/// The paths of the fields that hold no fields themselves.
fn leaves(root: &Value, schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => root.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    let entries = &schema["additionalProperties"];
    let below = |name: &str| if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
    let has_fields = |schema: &Value| schema["properties"].is_object() || schema["$ref"].is_string();
    if let Some(properties) = schema["properties"].as_object() {
        for (name, field) in properties {
            leaves(root, field, &below(name), found);
        }
    } else if has_fields(entries) {
        leaves(root, entries, &below("*"), found);
    } else {
        found.insert(path.to_owned());
    }
}

// Two tests, so that two processors work on them.
proptest! {
    #![proptest_config(topologies::config(150))]

    #[test]
    fn a_change_of_one_field_changes_what_it_concerns(
        document in topologies::documents(),
        index in any::<prop::sample::Index>(),
    ) {
        changes_what_they_concern(&ROWS[..ROWS.len() / 2], &document, index)?;
    }

    #[test]
    fn a_change_of_another_field_changes_what_it_concerns(
        document in topologies::documents(),
        index in any::<prop::sample::Index>(),
    ) {
        changes_what_they_concern(&ROWS[ROWS.len() / 2..], &document, index)?;
    }
}

fn changes_what_they_concern(rows: &[Row], document: &Value, index: prop::sample::Index) -> Result<(), TestCaseError> {
    let before = analyze(&topologies::text(document)).outputs.unwrap();
    let files = before.artifacts();
    let names: Vec<&String> = document["services"].as_object().unwrap().keys().collect();
    let name = names[index.index(names.len())];
    for (field, change, when, places) in rows {
        let mut other = document.clone();
        if (*when == BuiltAlone && !builds_alone(&before.topology, name))
            || changed(&mut other, field, *change, *when, name).is_none()
        {
            continue;
        }
        let after = analyze(&topologies::text(&other)).outputs.unwrap();
        // With another recipe it may share the image of others.
        if *when == BuiltAlone && !builds_alone(&after.topology, name) {
            continue;
        }
        let allowed: Vec<String> = places.concat().iter().map(|place| place.replace("SELF", name)).collect();
        let differences = differences(&files, &after.artifacts()).into_iter();
        let spooky: Vec<String> =
            differences.filter(|place| !allowed.iter().any(|pattern| matches(pattern, place))).collect();
        prop_assert!(spooky.is_empty(), "{field} of {name} changes {spooky:#?}\n{}", topologies::text(document));
    }
    Ok(())
}

/// Whether no other service runs the image of this one.
fn builds_alone(topology: &Topology, name: &str) -> bool {
    let service = topology.services.iter().find(|service| service.name.as_str() == name);
    let build = service.and_then(|service| service.build);
    build.is_some_and(|build| topology.build(build).services.len() == 1)
}

/// Changes a field of the document, or of one of its services; nothing where that cannot be.
fn changed(document: &mut Value, field: &str, change: Change, when: When, service: &str) -> Option<()> {
    let (mut object, path) = match field.strip_prefix("services.*.") {
        Some(path) => (&mut document["services"][service], path),
        None => (document, field),
    };
    if object.get("external").is_some() {
        return None;
    }
    let (map, leaf) = path.split_once('.').map_or((None, path), |(map, leaf)| (Some(map), leaf));
    if let Some(map) = map {
        if when != Runs {
            object.get(map)?;
        }
        object = object.as_object_mut()?.entry(map).or_insert_with(|| json!({}));
    }
    if when == Given {
        object.get(leaf)?;
    }
    let object = object.as_object_mut()?;
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap();
    match change {
        To(value) => drop(object.insert(leaf.to_owned(), read(value))),
        Toggle(default) => {
            let was = object.get(leaf).map_or(default, |value| *value == true);
            object.insert(leaf.to_owned(), (!was).into());
        }
        More(entry) => match read(entry) {
            Value::Array(pair) => {
                let map = object.entry(leaf).or_insert_with(|| json!({}));
                map[pair[0].as_str()?] = pair[1].clone();
            }
            item => object.entry(leaf).or_insert_with(|| json!([])).as_array_mut()?.push(item),
        },
        Less => drop(object.get_mut(leaf)?.as_array_mut()?.pop()?),
        Step => object.get_mut(leaf)?.get_mut(0)?["run"] = json!("changed now"),
    }
    Some(())
}
