//! What FastAPI's deployment docs ask of a server and of a cluster (<https://fastapi.tiangolo.com/deployment/concepts/>),
//! concept by concept, and what Plimsoll makes of it on both. The numbers are those of `docs/concepts.md`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use plimsoll::{Analysis, analyze, plan};
use serde::Deserialize as _;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// An app with all that the concepts speak of, for both targets.
const SHOP: &str = r#"
name: shop
services:
  api:
    python: { app: "app.main:app" }
    replicas: 3
    secrets: [DATABASE_URL]
    before_start:
      - { run: alembic upgrade head }
      - { run: python -m app.initial_data }
    health: { path: /healthz }
    needs: [db]
    public: { host: shop.example.com }
  docs:
    python: { app: "docs:app", source: docs }
    public: { host: docs.example.com }
  db: { postgres: { version: "18" } }
server: { cpu: 4, memory: 8Gi }
cluster: {}
"#;

/// What comes of a document.
struct Made {
    compose: Value,
    /// The objects of the cluster, by kind and name.
    objects: BTreeMap<(String, String), Value>,
    files: BTreeMap<String, String>,
    plan: String,
    /// The rules of the findings.
    rules: BTreeSet<&'static str>,
}

fn made(text: &str) -> Made {
    let Analysis { findings, outputs } = analyze(text);
    let outputs = outputs.unwrap();
    let read = |text: &str| -> Vec<Value> {
        serde_yaml::Deserializer::from_str(text).map(|document| Value::deserialize(document).unwrap()).collect()
    };
    let files: BTreeMap<String, String> = outputs.artifacts().into_iter().map(|file| (file.path, file.text)).collect();
    let id = |object: &Value| {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        (text(&object["kind"]), text(&object["metadata"]["name"]))
    };
    let manifests = files.iter().filter(|(path, _)| path.starts_with("k8s/"));
    let objects = manifests.flat_map(|(_, text)| read(text)).map(|object| (id(&object), object)).collect();
    let compose = files.get("compose.yaml").map_or(Value::Null, |text| read(text).remove(0));
    let rules = findings.iter().map(|finding| finding.rule.id).collect();
    Made { compose, objects, files, plan: plan::to_text(&outputs.plan), rules }
}

impl Made {
    fn service(&self, name: &str) -> &Value {
        &self.compose["services"][name]
    }

    fn object(&self, kind: &str, name: &str) -> &Value {
        &self.objects[&(kind.to_owned(), name.to_owned())]
    }

    /// The only Job.
    fn job(&self) -> Option<&Value> {
        self.objects.iter().find(|((kind, _), _)| kind == "Job").map(|(_, job)| job)
    }

    /// The specification of a Deployment's pods.
    fn pod(&self, name: &str) -> &Value {
        &self.object("Deployment", name)["spec"]["template"]["spec"]
    }

    /// The Compose services that publish ports of the server.
    fn publishing(&self) -> Vec<&str> {
        let services = self.compose["services"].as_object().unwrap().iter();
        services.filter(|(_, service)| !service["ports"].is_null()).map(|(name, _)| name.as_str()).collect()
    }
}

fn words(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().map(|word| word.as_str().unwrap()).collect()
}

fn text(list: &Value) -> String {
    words(list).join(" ")
}

/// 18: `postgres`, `redis` and the others.
#[test]
fn official_images_are_configured_by_variables_and_joined_by_an_internal_network() {
    let shop = made(SHOP);
    let db = shop.service("db");
    assert_eq!((&db["image"], &db["environment"]["POSTGRES_DB"]), (&json!("postgres:18"), &json!("app")));
    assert_eq!(db["networks"], json!(["private"]));
    assert_eq!(shop.compose["networks"]["private"]["internal"], true);
    assert!(words(&shop.service("api")["networks"]).contains(&"private"));

    let pod = &shop.object("StatefulSet", "db")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!((&pod["image"], &pod["envFrom"][0]["configMapRef"]["name"]), (&json!("postgres:18"), &json!("db")));
    assert_eq!(shop.object("ConfigMap", "db")["data"]["POSTGRES_DB"], "app");
    let callers = &shop.object("NetworkPolicy", "db")["spec"]["ingress"][0]["from"][0]["podSelector"];
    assert!(callers.to_string().contains("\"api\"") && !callers.to_string().contains("docs"), "{callers}");
}

/// 19: `public`, `publish`.
#[test]
fn one_component_listens_on_the_public_port_and_passes_requests_on() {
    let shop = made(SHOP);
    assert_eq!(shop.publishing(), ["proxy"]);
    assert_eq!(shop.service("api")["deploy"]["replicas"], 3);
    assert!(shop.files["Caddyfile"].contains("dynamic a api 8000"), "asks for the addresses of all three");

    assert_eq!(shop.object("Gateway", "shop")["spec"]["listeners"][0]["port"], 80);
    let backends = &shop.object("HTTPRoute", "api")["spec"]["rules"][0]["backendRefs"];
    assert_eq!((&backends[0]["name"], &backends[0]["port"]), (&json!("api"), &json!(8000)));
    assert!(!shop.files["k8s/api.yaml"].contains("hostPort"), "pods of one machine would be in each other's way");
}

/// 21 and 21e: `public.tls`.
#[test]
fn https_ends_at_a_proxy_outside_the_image() {
    let shop = made(SHOP);
    assert!(words(&shop.service("proxy")["ports"]).contains(&"443:443"));
    let listener = &shop.object("Gateway", "shop")["spec"]["listeners"][1];
    assert_eq!((&listener["protocol"], &listener["tls"]["mode"]), (&json!("HTTPS"), &json!("Terminate")));
    // So a new certificate needs no restart of the app.
    for path in ["Dockerfile", "k8s/api.yaml"] {
        assert!(!shop.files[path].contains("ssl"), "{path}");
    }
}

/// 21a and 21d: `cluster.issuer`; Caddy's own default on one server.
#[test]
fn certificates_are_issued_and_renewed_by_themselves() {
    let shop = made(SHOP);
    // Caddy does so for every host that it is told by its name alone; the challenge may come to port 80.
    assert!(shop.files["Caddyfile"].lines().any(|line| line == "shop.example.com {"));
    assert!(words(&shop.service("proxy")["ports"]).contains(&"80:80"));
    assert_eq!(shop.service("proxy")["volumes"][1]["target"], "/data", "certificates outlive the container");

    let annotations = &shop.object("Gateway", "shop")["metadata"]["annotations"];
    assert_eq!(annotations["cert-manager.io/cluster-issuer"], "letsencrypt");
    let other = made(&SHOP.replace("cluster: {}", "cluster: { gateway: ingress, issuer: letsencrypt-staging }"));
    let annotations = &other.object("Ingress", "api")["metadata"]["annotations"];
    assert_eq!(annotations["cert-manager.io/cluster-issuer"], "letsencrypt-staging");
}

/// 21b: `public.host`.
#[test]
fn the_domain_has_to_point_at_a_fixed_address() {
    let guide = &made(SHOP).files["DEPLOY.md"];
    let hosts = "`shop.example.com` and `docs.example.com`";
    assert!(guide.contains(&format!("Let the DNS names {hosts} point at the server")), "{guide}");
    assert!(guide.contains(&format!("Let the DNS names {hosts} point at the gateway's address")), "{guide}");
}

/// 21c: `public.host`.
#[test]
fn one_proxy_holds_the_certificates_of_many_domains() {
    let shop = made(SHOP);
    for host in ["shop.example.com {", "docs.example.com {"] {
        assert!(shop.files["Caddyfile"].lines().any(|line| line == host));
    }
    let listeners = shop.object("Gateway", "shop")["spec"]["listeners"].as_array().unwrap().iter();
    let https: Vec<_> =
        listeners.filter(|one| one["port"] == 443).map(|one| one["hostname"].as_str().unwrap()).collect();
    assert_eq!(https, ["shop.example.com", "docs.example.com"]);
}

/// 22: a stated default.
#[test]
fn everything_starts_again_after_a_reboot() {
    let shop = made(SHOP);
    for service in ["api", "docs", "db", "proxy"] {
        assert_eq!(shop.service(service)["restart"], "unless-stopped", "{service}");
    }
    // Controllers of the cluster keep the pods; none is started by itself.
    assert_eq!(shop.object("Deployment", "api")["spec"]["replicas"], 3);
    assert_eq!(shop.object("StatefulSet", "db")["spec"]["replicas"], 1);
    assert!(!shop.objects.keys().any(|(kind, _)| kind == "Pod"));
}

/// 23: a stated default; `health` for what hangs and does not crash.
#[test]
fn what_crashes_is_restarted_and_a_step_that_fails_is_not_tried_forever() {
    let shop = made(SHOP);
    assert_eq!(shop.service("api")["restart"], "unless-stopped");
    assert_eq!(shop.service("api-before-start-1")["restart"], "no");

    // What is not said is `Always`, with pauses that grow to five minutes.
    assert_eq!(shop.pod("api")["restartPolicy"], Value::Null);
    assert_eq!(shop.pod("api")["containers"][0]["livenessProbe"]["httpGet"]["path"], "/healthz");
    let job = &shop.job().unwrap()["spec"];
    assert_eq!((&job["backoffLimit"], &job["template"]["spec"]["restartPolicy"]), (&json!(6), &json!("Never")));
}

/// 24a: `replicas`, with one process as the default of `workers`.
#[test]
fn a_cluster_replicates_containers_of_one_process_each() {
    let shop = made(SHOP);
    assert_eq!(shop.object("Deployment", "api")["spec"]["replicas"], 3);
    assert!(text(&shop.pod("api")["containers"][0]["args"]).contains("--workers 1 "));
}

/// 24b: `replicas`, `public`.
#[test]
fn one_load_balancer_shares_requests_out_and_tells_apps_apart_by_domain() {
    let shop = made(SHOP);
    assert!(shop.files["Caddyfile"].contains("reverse_proxy docs:8000"));
    let selector = &shop.object("Service", "api")["spec"]["selector"];
    assert_eq!(selector, &shop.object("Deployment", "api")["spec"]["selector"]["matchLabels"]);
    for (app, host) in [("api", "shop.example.com"), ("docs", "docs.example.com")] {
        assert_eq!(shop.object("HTTPRoute", app)["spec"]["hostnames"], json!([host]));
    }
}

/// 24c: `workers`, or `replicas`, which Compose balances today.
#[test]
fn one_server_runs_several_workers_in_a_container_or_several_containers() {
    let with = |field: &str| made(&format!("services: {{ api: {{ python: {{}}, {field} }} }}\nserver: {{}}\n"));
    let workers = with("workers: 4");
    assert!(workers.files["Dockerfile"].contains(r#""--workers", "4""#), "{}", workers.files["Dockerfile"]);
    assert_eq!(workers.service("api")["deploy"]["replicas"], Value::Null);
    let replicas = with("replicas: 4, public: { host: a.example.com }");
    assert!(replicas.files["Dockerfile"].contains(r#""--workers", "1""#));
    assert_eq!(replicas.service("api")["deploy"]["replicas"], 4);
}

/// 24d: every default can be chosen otherwise.
#[test]
fn no_advice_is_written_in_stone() {
    let made = made("services: { api: { python: {}, workers: 4, replicas: 2 } }\ncluster: {}\n");
    assert!(text(&made.pod("api")["containers"][0]["args"]).contains("--workers 4 "));
    // What it costs is told, and no more.
    assert_eq!(format!("{:?}", made.rules), r#"{"workers-die-together"}"#);
}

/// 24e: `traffic`.
#[test]
fn one_process_serves_many_requests_at_once() {
    let text = "services: { api: { python: {} } }\ncluster: {}\ntraffic: { peak: 100/s, latency: 80ms }\n";
    assert!(made(text).plan.contains("8 requests in flight × 1 MiB  100/s × 80 ms"), "{}", made(text).plan);
}

/// 25a: `memory.limit`.
#[test]
fn memory_is_asked_for_and_limited_by_one_figure() {
    let shop = made(&SHOP.replace("replicas: 3", "replicas: 3\n    memory: { limit: 300Mi }"));
    let resources = &shop.pod("api")["containers"][0]["resources"];
    assert_eq!((&resources["requests"]["memory"], &resources["limits"]["memory"]), (&json!("300Mi"), &json!("300Mi")));
    let resources = &shop.service("api")["deploy"]["resources"];
    assert_eq!(
        (&resources["reservations"]["memory"], &resources["limits"]["memory"]),
        (&json!("300M"), &json!("300M"))
    );
}

/// 25b: `memory.process`, `cluster.nodes`.
#[test]
fn a_large_model_shows_how_many_containers_a_machine_carries() {
    let with = |nodes: u32| {
        made(&format!(
            "services: {{ api: {{ python: {{}}, replicas: 4, memory: {{ process: 2Gi }} }} }}\n\
             cluster: {{ nodes: [{{ count: {nodes}, cpu: 4, memory: 4Gi }}] }}\n"
        ))
    };
    assert!(with(3).rules.contains("pod-without-node"), "three machines carry one each: {}", with(3).plan);
    assert!(!with(6).rules.contains("pod-without-node"), "{}", with(6).plan);
}

/// 25c: `workers`.
#[test]
fn the_processes_of_a_container_add_up() {
    let need = |workers: u32| {
        let text = format!(
            "services: {{ api: {{ python: {{}}, workers: {workers}, memory: {{ process: 100Mi }} }} }}\nserver: {{}}\n"
        );
        analyze(&text).outputs.unwrap().plan.services[0].steady.need.bytes() >> 20
    };
    // Each needs its own, and the process that watches them comes with the second.
    assert_eq!(need(4) - need(2), 200);
    assert!(need(2) - need(1) > 100);
}

/// 25d: the docs' own example, which is one of ours.
#[test]
fn four_models_of_one_gigabyte_do_not_fit_a_server_of_three() {
    let four = made(include_str!("../examples/too-many-workers.yaml"));
    assert!(four.plan.contains("It sinks"), "{}", four.plan);
    assert!(four.rules.contains("server-too-small"), "{:?}", four.rules);
    let one = made(&include_str!("../examples/too-many-workers.yaml").replace("workers: 4", "workers: 2"));
    assert!(!one.rules.contains("server-too-small"), "{:?}", one.rules);
}

/// 25e: `server.system`, `nodes.reserve`.
#[test]
fn the_machine_keeps_memory_for_other_processes() {
    let plan = made("services: { api: { python: {} } }\nserver: { memory: 4Gi }\ncluster: {}\n").plan;
    assert!(plan.contains("4 GiB less 512 MiB for the system"), "{plan}");
    let plan = made("services: { api: { python: {} } }\nserver: { memory: 4Gi, system: 1Gi }\n").plan;
    assert!(plan.contains("4 GiB less 1 GiB for the system"), "{plan}");
}

/// 25f: a stated default: a limit is the need and a quarter more.
#[test]
fn a_limit_that_nobody_gave_leaves_room_for_a_spike_and_wastes_little() {
    for (service, plan) in analyze(SHOP).outputs.unwrap().plan.services.iter().map(|plan| (&plan.service, plan.steady))
    {
        let (need, limit) = (plan.need.bytes() >> 20, plan.limit.bytes() >> 20);
        assert!(need * 100 <= limit * 80 && need * 2 >= limit, "{service}: {need} of {limit} MiB");
    }
}

/// 26a: `before_start`, with `when: once` as the default.
#[test]
fn migrations_run_once_however_many_replicas_start() {
    let shop = made(SHOP);
    assert_eq!(text(&shop.service("api-before-start-1")["command"]), "alembic upgrade head");
    assert_eq!(shop.service("api-before-start-1")["deploy"]["replicas"], Value::Null);
    let job = &shop.job().unwrap()["spec"];
    assert_eq!((&job["completions"], &job["parallelism"]), (&Value::Null, &Value::Null), "one, if nothing is said");
    assert!(!text(&shop.pod("api")["containers"][0]["args"]).contains("alembic"));
}

/// 26b: `before_start.how`, with `job` as the default of what runs once.
#[test]
fn replicas_wait_for_a_separate_container_with_the_steps() {
    let shop = made(SHOP);
    let waits = shop.service("api")["depends_on"].as_object().unwrap();
    assert!(waits.values().any(|one| one["condition"] == "service_completed_successfully"), "{waits:?}");
    let job = shop.job().unwrap()["metadata"]["name"].as_str().unwrap();
    let wait = &shop.pod("api")["initContainers"][0];
    assert!(text(&wait["command"]).ends_with(&format!("job/{job}")), "{wait}");

    // An init container would run in each of the three pods, at once.
    let each = made(&SHOP.replace("upgrade head }", "upgrade head, how: init-container }"));
    assert_eq!(text(&each.pod("api")["initContainers"][1]["args"]), "alembic upgrade head");
}

/// 26c: `before_start.when: every-start`.
#[test]
fn what_is_harmless_in_parallel_runs_before_every_start() {
    let made = made(&SHOP.replace("upgrade head }", "upgrade head, when: every-start }"));
    let init = made.pod("api")["initContainers"].as_array().unwrap();
    assert!(init.iter().any(|container| text(&container["args"]) == "alembic upgrade head"), "{init:?}");
    assert!(text(&made.service("api")["command"]).contains("alembic upgrade head"));
}

/// 26d: `before_start.how: in-container`.
#[test]
fn a_step_can_run_in_the_container_right_before_the_app() {
    let made = made(&SHOP.replace("upgrade head }", "upgrade head, how: in-container }"));
    for command in [&made.pod("api")["containers"][0]["args"], &made.service("api")["command"]] {
        // The step's failure ends the container, and the app takes the place of the shell.
        let [shell, option, script, ..] = words(command)[..] else { panic!("{command}") };
        assert_eq!([shell, option], ["sh", "-c"]);
        assert!(script.contains("set -e\nalembic") || script.contains("upgrade head && "), "{script}");
        assert!(script.contains("exec \""), "{script}");
    }
}

/// 26e: no `before_start`, or `how: by-hand`.
#[test]
fn without_steps_nothing_runs_before() {
    let none = made("services: { api: { python: {} } }\nserver: {}\ncluster: {}\n");
    assert!(none.job().is_none() && none.pod("api")["initContainers"].is_null());
    assert_eq!(none.compose["services"].as_object().unwrap().len(), 1);
    let by_hand =
        made("services: { api: { python: {}, before_start: [{ run: migrate, how: by-hand }] } }\ncluster: {}\n");
    assert!(by_hand.job().is_none());
    assert!(by_hand.files["DEPLOY.md"].contains("kubectl exec --namespace app deployment/api -- migrate"));
}

/// 27: `server`, `cluster`; both where neither is given.
#[test]
fn one_description_is_deployed_on_a_server_or_on_a_cluster() {
    let files = |targets: &str| {
        let files = made(&format!("services: {{ api: {{ python: {{}} }} }}\n{targets}")).files;
        (files.contains_key("compose.yaml"), files.contains_key("k8s/kustomization.yaml"))
    };
    assert_eq!(files("server: {}\n"), (true, false));
    assert_eq!(files("cluster: {}\n"), (false, true));
    assert_eq!(files(""), (true, true));
}

/// 28: the template's three commands are one.
#[test]
fn one_command_builds_migrates_and_starts() {
    let shop = made(SHOP);
    assert!(shop.files["DEPLOY.md"].contains("\n    docker compose up --build --detach --wait\n"));
    assert!(shop.files["DEPLOY.md"].contains("\n    kubectl apply --kustomize k8s\n"));
}

/// 29: the order of `before_start`, `needs`.
#[test]
fn steps_wait_for_the_database_and_run_in_their_order() {
    let shop = made(SHOP);
    assert_eq!(shop.service("api-before-start-1")["depends_on"]["db"]["condition"], "service_healthy");
    let second = shop.service("api-before-start-2");
    assert_eq!(text(&second["command"]), "python -m app.initial_data");
    assert_eq!(second["depends_on"]["api-before-start-1"]["condition"], "service_completed_successfully");

    // A Job tries again until the database answers; all but the last of its steps are init containers.
    let pod = &shop.job().unwrap()["spec"]["template"]["spec"];
    let last = pod["initContainers"].as_array().unwrap().last().unwrap();
    assert_eq!(text(&last["args"]), "alembic upgrade head");
    assert_eq!(text(&pod["containers"][0]["args"]), "python -m app.initial_data");
}

/// 30: `server.proxy`, `cluster.gateway`.
#[test]
fn the_proxy_sends_http_on_to_https_without_the_socket_of_docker() {
    let shop = made(SHOP);
    assert!(!shop.files["compose.yaml"].contains("docker.sock"), "it is root on the server");
    let redirect = &shop.object("HTTPRoute", "redirect-to-https")["spec"]["rules"][0]["filters"][0];
    assert_eq!(redirect["requestRedirect"]["scheme"], "https");
}

/// 31: a stated default of `postgres`.
#[test]
fn postgres_18_keeps_its_data_where_its_image_does() {
    let shop = made(SHOP);
    let db = shop.service("db");
    assert_eq!(db["volumes"][0]["target"], "/var/lib/postgresql");
    assert!(text(&db["healthcheck"]["test"]).starts_with("CMD pg_isready"));
    let container = &shop.object("StatefulSet", "db")["spec"]["template"]["spec"]["containers"][0];
    assert_eq!(container["volumeMounts"][0]["mountPath"], "/var/lib/postgresql");
    assert!(text(&container["readinessProbe"]["exec"]["command"]).starts_with("pg_isready"));
}

/// 32: `health`.
#[test]
fn health_is_asked_for_with_what_the_image_has() {
    let shop = made(SHOP);
    assert!(text(&shop.service("api")["healthcheck"]["test"]).starts_with("CMD python "), "slim images have no curl");
    assert!(!shop.files["Dockerfile"].contains("curl"));
    assert_eq!(shop.pod("api")["containers"][0]["readinessProbe"]["httpGet"]["path"], "/healthz");
}

/// 33: `secrets`.
#[test]
fn nothing_starts_without_its_secrets() {
    let shop = made(SHOP);
    let said = shop.service("db")["environment"]["POSTGRES_PASSWORD"].as_str().unwrap();
    assert!(said.starts_with("${DB_PASSWORD:?"), "{said}");
    assert!(shop.files[".env.example"].contains("DB_PASSWORD="));
    let variable = &shop.pod("api")["containers"][0]["env"][0];
    assert_eq!(variable["name"], "DATABASE_URL");
    assert_eq!(variable["valueFrom"]["secretKeyRef"]["optional"], Value::Null);
}

/// 34: `memory`, `user`, and a variable that says whom to trust.
#[test]
fn every_container_has_a_limit_and_a_user_and_trusts_only_private_networks() {
    let shop = made(SHOP);
    for (name, service) in shop.compose["services"].as_object().unwrap() {
        assert!(!service["deploy"]["resources"]["limits"]["memory"].is_null(), "{name}");
        // The proxy is root without root's rights, since its image makes no other user.
        assert!(!service["user"].is_null() || name == "proxy", "{name}");
    }
    for name in ["api", "docs"] {
        assert_eq!(shop.pod(name)["securityContext"]["runAsNonRoot"], true);
        for said in [&shop.service(name)["environment"], &shop.object("ConfigMap", name)["data"]] {
            assert_eq!(said["FORWARDED_ALLOW_IPS"], "127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16");
        }
    }
}

/// 35: nothing of a development machine is deployed.
#[test]
fn nothing_runs_that_the_document_does_not_name() {
    let shop = made(SHOP);
    let names: Vec<&str> = shop.compose["services"].as_object().unwrap().keys().map(String::as_str).collect();
    assert!(names.iter().all(|name| *name == "proxy" || ["api", "docs", "db"].iter().any(|one| name.starts_with(one))));
    let workloads = shop.objects.keys().filter(|(kind, _)| ["Deployment", "StatefulSet"].contains(&kind.as_str()));
    assert_eq!(workloads.map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["api", "docs", "db"]);
    assert!(!shop.files["Dockerfile"].contains("--reload"));
}

/// The concepts that `docs/concepts.md` lists: number, and the fields of its row.
#[test]
fn the_table_of_concepts_names_all_of_them_and_fields_that_are_there() {
    let table = include_str!("../docs/concepts.md");
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| ") && line[2..].starts_with(|first: char| first.is_ascii_digit()))
        .map(|line| line.split(" | ").map(|cell| cell.trim_matches(['|', ' '])).collect())
        .collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(numbers, (1..=35).map(|number: u32| number.to_string()).collect::<Vec<_>>());
    let schema = include_str!("../public/schema.json");
    for row in rows {
        assert_eq!(row.len(), 5, "{row:?}");
        for field in row[2].split('`').skip(1).step_by(2) {
            for key in field.split([':', ' ']).next().unwrap().split('.') {
                assert!(schema.contains(&format!("\"{key}\": {{")), "{}: there is no `{key}`", row[0]);
            }
        }
    }
}
