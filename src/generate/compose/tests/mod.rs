//! What compose.yaml says for small topologies.

mod images;
mod networks;
mod proxy;
mod secrets;

use crate::generate::Artifact;
use serde_json::{Value, json};

/// The generated files of these services on a server.
fn artifacts(services: &str) -> Vec<Artifact> {
    with_server("{}", services)
}

fn with_server(server: &str, services: &str) -> Vec<Artifact> {
    let text = format!("name: shop\nserver: {server}\nservices:\n{services}");
    super::artifacts(&crate::analyze(&text).outputs.unwrap().topology)
}

/// compose.yaml as another reader reads it.
fn compose(services: &str) -> Value {
    serde_yaml::from_str(&artifacts(services)[0].text).unwrap()
}

fn service(services: &str, name: &str) -> Value {
    compose(services)["services"][name].clone()
}

fn keys(value: &Value) -> Vec<&str> {
    let text = value.as_object().map(|map| map.keys().map(String::as_str).collect());
    text.unwrap_or_default()
}

const DB: &str = "  db: { postgres: {} }\n";

#[test]
fn a_single_service_is_whole_and_small() {
    let expected = r#"name: shop
services:
  api:
    image: shop:0.1.0
    build:
      context: "."
    pull_policy: build
    develop:
      watch:
        - action: rebuild
          path: "."
    healthcheck:
      test:
        - CMD
        - python
        - -I
        - -c
        - "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)"
        - "8000"
      interval: 30s
      timeout: 10s
      retries: 3
      start_period: 60s
      start_interval: 2s
    ports:
      - "127.0.0.1:8000:8000"
    restart: unless-stopped
    stop_grace_period: 35s
    init: true
    user: "10001:10001"
    read_only: true
    tmpfs:
      - "/tmp:uid=10001,gid=10001,mode=0700"
    cap_drop:
      - ALL
    security_opt:
      - no-new-privileges:true
    cpu_shares: 102
    memswap_limit: 256M
    deploy:
      resources:
        limits:
          memory: 256M
        reservations:
          memory: 256M
    logging:
      driver: local
"#;
    assert_eq!(artifacts("  api: { python: {}, memory: { limit: 256Mi } }")[0].text, expected);
}

#[test]
fn compose_expands_nothing_but_the_secrets() {
    let api = service("  api: { python: {}, env: { MOTTO: 'a$B ${C:-d} $$', N: '007' }, secrets: [KEY] }", "api");
    let expected = json!({ "MOTTO": "a$$B $${C:-d} $$$$", "N": "007", "KEY": "${KEY:?set KEY in .env}" });
    assert_eq!(api["environment"], expected);
    let bot =
        service("  bot: { python: { worker: 'bot --price $5' } }\n  two: { python: { worker: 'two $X' } }", "two");
    assert_eq!(bot["command"], json!(["two", "$$X"]));
}

#[test]
fn steps_that_run_once_come_one_after_the_other_before_the_service() {
    let steps = "  api:\n    python: {}\n    needs: [db]\n    secrets: [DATABASE_URL]\n    before_start:\n      \
                 - { run: alembic upgrade head }\n      - { run: python seed.py }\n      - { run: 'by hand', how: by-hand }\n";
    let services = compose(&format!("{steps}{DB}"))["services"].clone();
    assert_eq!(keys(&services), ["api", "api-before-start-1", "api-before-start-2", "db"]);
    let first = &services["api-before-start-1"];
    assert_eq!(first["command"], json!(["alembic", "upgrade", "head"]));
    assert_eq!(first["restart"], json!("no"));
    assert_eq!(first["image"], services["api"]["image"]);
    assert_eq!(first["environment"], services["api"]["environment"]);
    assert_eq!(first["depends_on"], json!({ "db": { "condition": "service_healthy" } }));
    assert!(first["healthcheck"].is_null() && first["ports"].is_null());
    let completed = json!({ "condition": "service_completed_successfully" });
    assert_eq!(services["api-before-start-2"]["depends_on"]["api-before-start-1"], completed);
    assert_eq!(services["api"]["depends_on"]["api-before-start-2"], completed);
    assert!(services["api"]["depends_on"]["api-before-start-1"].is_null());
}

#[test]
fn steps_of_every_start_run_in_the_container_and_give_way() {
    for how in ["init-container", "in-container"] {
        let api = service(
            &format!(
                "  api:\n    python: {{}}\n    before_start: [{{ run: \"seed 'it''s $HOME; x'\", when: every-start, how: {how} }}]"
            ),
            "api",
        );
        let words = api["command"].as_array().unwrap();
        let read: Vec<&str> = words.iter().filter_map(Value::as_str).collect();
        assert_eq!((read[0], read[1], read[3], read[4]), ("sh", "-c", "sh", "uvicorn"));
        // Compose makes `$` of `$$`, and the shell takes the quotes off.
        let script = shlex::split(&read[2].replace("$$", "$")).unwrap();
        assert_eq!(script, ["seed", "its $HOME; x", "&&", "exec", "$@"]);
    }
}

#[test]
fn a_step_before_a_command_that_only_the_image_knows_has_its_own_container() {
    let image = "  api:\n    image: 'a/b:1'\n    before_start: [{ run: warm up, when: every-start }]\n";
    let services = compose(image)["services"].clone();
    assert_eq!(services["api-before-start"]["command"], json!(["warm", "up"]));
    assert!(services["api-before-start"]["pull_policy"].is_null());
    assert!(services["api"]["command"].is_null());
    let named = compose(&format!("{image}    command: serve\n"))["services"].clone();
    assert_eq!(named["api"]["command"][4], json!("serve"));
}

#[test]
fn disks_are_volumes_and_their_folders_no_tmpfs() {
    let file = compose(
        "  api: { python: {}, storage: 1Gi, storage_path: /data, writable: [/data, /cache], before_start: [{ run: seed }] }\n  \
         db: { postgres: { version: '18' } }\n  old: { postgres: { version: '17' } }\n",
    );
    let volume = |source: &str, target: &str| json!([{ "type": "volume", "source": source, "target": target }]);
    assert_eq!(file["services"]["api"]["volumes"], volume("api-data", "/data"));
    assert_eq!(file["services"]["api-before-start"]["volumes"], volume("api-data", "/data"));
    let tmpfs = json!(["/tmp:uid=10001,gid=10001,mode=0700", "/cache:uid=10001,gid=10001,mode=0700"]);
    assert_eq!(file["services"]["api"]["tmpfs"], tmpfs);
    // https://github.com/docker-library/postgres/pull/1259
    assert_eq!(file["services"]["db"]["volumes"], volume("db-data", "/var/lib/postgresql"));
    assert_eq!(file["services"]["old"]["volumes"], volume("old-data", "/var/lib/postgresql/data"));
    assert_eq!(file["volumes"], json!({ "api-data": {}, "db-data": {}, "old-data": {} }));
}

#[test]
fn replicas_start_and_compose_starts_the_fewest() {
    for (replicas, expected) in [
        ("replicas: 3", json!(3)),
        ("replicas: 1", Value::Null),
        ("replicas: 0", json!(0)),
        ("autoscale: { min: 2, max: 5 }", json!(2)),
    ] {
        let api = service(&format!("  api: {{ python: {{}}, {replicas} }}"), "api");
        assert_eq!(api["deploy"]["replicas"], expected, "{replicas}");
    }
}

#[test]
fn every_line_says_why_it_is_there() {
    let all = "  api: { python: {}, needs: [db], secrets: [A], secrets_as: files, replicas: 2, health: { path: /up }, before_start: [{ run: a }, { run: b }], public: { host: a.example.com } }\n  \
               site: { node: { source: site }, outbound: false, public: { host: b.example.com, tls: false } }\n  \
               nightly: { go: { worker: ./report, source: report }, schedule: 0 3 * * * }\n";
    let all = format!("{all}{DB}");
    for artifact in artifacts(&all).into_iter().chain(with_server("{ proxy: traefik }", &all)) {
        for (line, origin) in artifact.lines() {
            let origin = origin.unwrap_or_else(|| panic!("{}: {line}", artifact.path));
            assert!(!origin.field.is_empty() && !origin.reason.is_empty(), "{line}: {origin:?}");
        }
        let explained = artifact.explained();
        assert!(explained.lines().filter(|line| !line.trim_start().starts_with('#')).eq(artifact.text.lines()));
        if artifact.path == "compose.yaml" {
            assert_eq!(
                serde_yaml::from_str::<Value>(&explained).unwrap(),
                serde_yaml::from_str::<Value>(&artifact.text).unwrap()
            );
        }
    }
}

#[test]
fn rabbitmq_finds_its_data_again_in_a_new_container() {
    let broker = service("  broker: { rabbitmq: {} }\n", "broker");
    assert_eq!(broker["hostname"], "broker");
    assert_eq!(broker["volumes"][0]["target"], "/var/lib/rabbitmq");
    assert!(service(DB, "db").get("hostname").is_none());
}

#[test]
fn what_has_a_schedule_waits_for_cron() {
    let report =
        "  report: { python: { worker: python report.py }, schedule: 0 3 * * *, before_start: [{ run: check }] }\n";
    let services = compose(report)["services"].clone();
    for name in ["report", "report-before-start"] {
        assert_eq!((&services[name]["profiles"], &services[name]["restart"]), (&json!(["scheduled"]), &json!("no")));
        assert_eq!(services[name]["pull_policy"], json!("never"));
    }
    assert_eq!(
        (&services["report"]["build"], &services["report"]["develop"]),
        (&json!({ "context": "." }), &Value::Null)
    );

    // What runs all the time builds the image, since that is what `docker compose up` starts.
    let shared = compose(&format!("{report}  api: {{ python: {{}} }}\n"))["services"].clone();
    assert_eq!((&shared["report"]["build"], &shared["api"]["build"]), (&Value::Null, &json!({ "context": "." })));
    assert_eq!(shared["api"]["profiles"], Value::Null);
}

#[test]
fn nothing_starts_for_what_somebody_else_runs() {
    let file = compose(
        "  api: { python: {}, needs: [db, cache], outbound: false }\n  db: { postgres: {}, external: db.example.com }\n  \
         cache: { redis: {}, external: true }\n",
    );
    assert_eq!(keys(&file["services"]), ["api"]);
    assert_eq!((&file["services"]["api"]["depends_on"], &file["networks"]), (&Value::Null, &Value::Null));
}

#[test]
fn memory_has_a_limit_and_no_swap_beyond_it() {
    let api = service("  api: { python: {}, memory: { limit: 200Mi } }", "api");
    let limits = &api["deploy"]["resources"]["limits"]["memory"];
    assert_eq!((limits, &api["memswap_limit"], &api["mem_limit"]), (&json!("200M"), &json!("200M"), &Value::Null));
}

#[test]
fn the_file_has_no_version_since_compose_warns_of_one() {
    // https://docs.docker.com/reference/compose-file/version-and-name/
    assert_eq!(keys(&compose("  api: { python: {} }")), ["name", "services"]);
}

#[test]
fn celery_counts_its_own_processes_and_there_is_one_beat() {
    let all = compose("  work: { celery: { concurrency: 3 } }\n  beat: { celery: { role: beat }, replicas: 2 }\n");
    let command = |name: &str| all["services"][name]["command"].as_array().cloned();
    // The first service's command is the image's.
    assert_eq!((command("work"), all["services"]["beat"]["deploy"]["replicas"].clone()), (None, Value::Null));
    assert!(command("beat").unwrap().contains(&json!("beat")));
}
