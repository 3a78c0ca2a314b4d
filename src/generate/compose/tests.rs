//! What compose.yaml says for small topologies.

use crate::generate::Artifact;
use serde_json::{Value, json};

/// The generated files of these services on a server.
fn artifacts(services: &str) -> Vec<Artifact> {
    let text = format!("name: shop\nserver: {{}}\nservices:\n{services}");
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
fn others_wait_for_what_can_be_asked() {
    let services = "  api: { python: {}, needs: [db, image, bot] }\n  image: { image: 'a/b:1', port: 80 }\n  \
                    bot: { python: { worker: bot } }\n";
    let api = service(&format!("{services}{DB}"), "api");
    let expected = json!({
        "db": { "condition": "service_healthy" },
        "image": { "condition": "service_started" },
        "bot": { "condition": "service_started" },
    });
    assert_eq!(api["depends_on"], expected);
}

#[test]
fn a_health_path_is_an_argument_and_is_asked_as_the_proxy_would() {
    let api = service("  api: { python: {}, health: { path: /up$x }, public: { host: a.example.com } }", "api");
    let test = api["healthcheck"]["test"].as_array().unwrap();
    let arguments = ["http://127.0.0.1:8000/up$$x", "Host=a.example.com", "X-Forwarded-Proto=https"];
    assert_eq!(test[5..], arguments.map(Value::from));
    assert!(!test[4].as_str().unwrap().contains("up"));
}

#[test]
fn an_image_is_built_once_and_never_taken_from_a_registry() {
    let services = "  api: { python: {} }\n  bot: { python: { worker: bot } }\n  old: { python: { source: old, version: '3.11' } }\n";
    let services = compose(services)["services"].clone();
    assert_eq!((&services["api"]["pull_policy"], &services["bot"]["pull_policy"]), (&json!("build"), &json!("never")));
    assert_eq!(services["bot"]["build"], Value::Null);
    assert_eq!(services["bot"]["image"], services["api"]["image"]);
    assert_eq!(services["old"]["build"], json!({ "context": "./old" }));
    assert_eq!(services["api"]["command"], Value::Null);
    assert_eq!(services["bot"]["command"], json!(["bot"]));
    let two = compose("  api: { python: {} }\n  old: { python: { version: '3.11' } }\n");
    assert_eq!(two["services"]["old"]["build"]["dockerfile"], json!("Dockerfile.old"));
}

#[test]
fn databases_have_no_way_out_and_the_proxy_no_way_in() {
    let all = "  api: { python: {}, needs: [db, model], public: { host: a.example.com } }\n  \
               model: { python: {}, publish: false }\n  bot: { python: { worker: bot }, needs: [db] }\n";
    let file = compose(&format!("{all}{DB}"));
    for (name, networks) in [
        ("proxy", json!(["public"])),
        ("api", json!(["public", "private"])),
        ("model", json!(["default", "private"])),
        ("bot", json!(["default", "private"])),
        ("db", json!(["private"])),
    ] {
        assert_eq!(file["services"][name]["networks"], networks, "{name}");
    }
    assert_eq!(file["networks"], json!({ "public": {}, "private": { "internal": true } }));

    let open = service("  db: { postgres: {}, publish: 5432 }\n  bot: { python: { worker: bot }, needs: [db] }", "db");
    assert_eq!((&open["ports"], &open["networks"]), (&json!(["5432:5432"]), &json!(["default", "private"])));
    assert!(compose("  bot: { python: { worker: bot } }")["networks"].is_null());
}

#[test]
fn steps_are_not_where_the_proxy_is() {
    let services =
        "  api: { python: {}, before_start: [{ run: seed }], needs: [db], public: { host: a.example.com } }\n";
    let step = service(&format!("{services}{DB}"), "api-before-start");
    assert_eq!(step["networks"], json!(["default", "private"]));
}

#[test]
fn added_services_take_no_name_that_is_taken() {
    let file = compose(
        "  proxy: { python: {}, before_start: [{ run: seed }], public: { host: a.example.com } }\n  \
         proxy-before-start: { python: { worker: bot } }\n",
    );
    assert_eq!(
        keys(&file["services"]),
        ["proxy", "proxy-2", "proxy-before-start", "proxy-before-start-2"],
        "the document's own, and two that were added"
    );
    assert_eq!(file["services"]["proxy-2"]["image"], json!("caddy:2"));
    assert_eq!(file["services"]["proxy"]["depends_on"].as_object().unwrap().len(), 1);
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
fn the_proxy_leads_each_host_to_its_service() {
    let caddyfile = |services: &str| artifacts(services).pop().map(|artifact| (artifact.path, artifact.text)).unwrap();
    let services = "  api: { python: {}, replicas: 2, public: { host: a.example.com } }\n  \
                    web: { nginx: {}, public: { host: b.example.com, tls: false } }\n";
    let text = "a.example.com {\n\treverse_proxy {\n\t\tdynamic a api 8000 {\n\t\t\trefresh 5s\n\t\t}\n\t\tlb_try_duration 5s\n\t}\n}\n\
                http://b.example.com {\n\treverse_proxy web:8080 {\n\t\tlb_try_duration 5s\n\t}\n}\n";
    assert_eq!(caddyfile(services), ("Caddyfile".to_owned(), text.to_owned()));
    let proxy = service(services, "proxy");
    assert_eq!(proxy["ports"], json!(["80:80", "443:443", "443:443/udp"]));
    assert_eq!(
        (&proxy["read_only"], &proxy["cap_drop"], &proxy["cap_add"]),
        (&json!(true), &json!(["ALL"]), &json!(["NET_BIND_SERVICE"]))
    );
    let plain = service("  web: { nginx: {}, public: { host: b.example.com, tls: false } }", "proxy");
    assert_eq!(plain["ports"], json!(["80:80"]));
}

#[test]
fn every_line_says_why_it_is_there() {
    let all = "  api: { python: {}, needs: [db], secrets: [A], replicas: 2, before_start: [{ run: a }, { run: b }], public: { host: a.example.com } }\n";
    for artifact in artifacts(&format!("{all}{DB}")) {
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
