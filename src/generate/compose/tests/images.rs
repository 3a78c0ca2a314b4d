//! What is built, and how one asks inside it.

use super::{DB, compose, service};
use serde_json::{Value, json};

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

/// The words of a health check.
fn test(services: &str, name: &str) -> Vec<String> {
    let test = service(services, name)["healthcheck"]["test"].clone();
    serde_json::from_value(test).unwrap()
}

#[test]
fn node_asks_by_itself_and_go_by_busybox() {
    let all = "  web: { node: {}, health: { path: /up }, public: { host: a.example.com } }\n  \
               go: { go: { source: go }, health: { path: /up }, public: { host: b.example.com } }\n  \
               plain: { node: { source: plain } }\n  tcp: { go: { source: tcp } }\n";
    let node = test(all, "web");
    assert_eq!((&node[..3], &node[4]), (&["CMD", "node", "-e"].map(str::to_owned)[..], &"--".to_owned()));
    assert_eq!(node[5..], ["http://127.0.0.1:8000/up", "Host=a.example.com", "X-Forwarded-Proto=https"]);
    let go = "CMD wget -q -O /dev/null --header Host: b.example.com --header X-Forwarded-Proto: https http://127.0.0.1:8000/up";
    assert_eq!(test(all, "go").join(" "), go);
    assert_eq!(test(all, "plain")[5..], ["8000"]);
    assert_eq!(test(all, "tcp"), ["CMD", "nc", "-z", "127.0.0.1", "8000"]);
}

#[test]
fn java_is_asked_by_bash_under_the_name_of_its_host() {
    let all = "  web: { java: {}, health: { path: /up }, public: { host: a.example.com } }\n  \
               alone: { java: { source: alone }, health: { path: /up } }\n  tcp: { java: { source: tcp } }\n";
    let web = test(all, "web");
    assert_eq!((&web[..3], web[3].contains('\n')), (&["CMD", "bash", "-c"].map(str::to_owned)[..], false));
    assert_eq!(web[4..], ["bash", "http://127.0.0.1:8000/up", "Host: a.example.com", "X-Forwarded-Proto: https"]);
    assert_eq!(test(all, "alone")[5..], ["http://127.0.0.1:8000/up"]);
    assert_eq!(test(all, "tcp")[3..], ["exec 3<>\"/dev/tcp/127.0.0.1/$$1\"", "bash", "8000"]);
}

#[test]
fn no_slim_image_is_asked_with_what_it_lacks() {
    let all = "  api: { python: {}, health: { path: /up } }\n  web: { node: { source: web }, health: { path: /up } }\n  \
               java: { java: { source: java }, health: { path: /up } }\n";
    for (name, program) in [("api", "python"), ("web", "node"), ("java", "bash")] {
        let words = test(all, name);
        assert_eq!(words[1], program);
        assert!(!words.iter().any(|word| word == "curl" || word == "wget"), "{words:?}");
    }
}

#[test]
fn in_an_image_of_your_own_nothing_can_be_asked() {
    let all = "  own: { dockerfile: {}, port: 80, health: { path: /up } }\n  api: { python: { source: api }, needs: [own] }\n";
    let services = compose(all)["services"].clone();
    assert_eq!(services["own"]["healthcheck"], Value::Null);
    assert_eq!(services["api"]["depends_on"], json!({ "own": { "condition": "service_started" } }));
}

#[test]
fn your_own_dockerfile_is_built_as_you_say() {
    let own =
        "  own: { dockerfile: { path: deploy/Dockerfile, target: runtime, source: app }, command: serve --fast }\n";
    let service = service(own, "own");
    let build = json!({ "context": "./app", "dockerfile": "deploy/Dockerfile", "target": "runtime" });
    assert_eq!((&service["build"], &service["command"]), (&build, &json!(["serve", "--fast"])));
    assert_eq!(service["user"], json!("10001:10001"));
}

#[test]
fn what_is_built_is_built_anew_while_you_develop() {
    let all = "  api: { python: {} }\n  bot: { python: { worker: bot } }\n  web: { node: { source: web } }\n";
    let services = compose(&format!("{all}{DB}"))["services"].clone();
    let watch = |path: &str| json!({ "watch": [{ "action": "rebuild", "path": path }] });
    assert_eq!((&services["api"]["develop"], &services["web"]["develop"]), (&watch("."), &watch("./web")));
    // Compose refuses to watch what it does not build.
    assert_eq!((&services["bot"]["develop"], &services["db"]["develop"]), (&Value::Null, &Value::Null));
}
