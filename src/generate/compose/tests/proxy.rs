//! The reverse proxies.

use super::{artifacts, compose, keys, service, with_server};
use serde_json::{Value, json};

const TRAEFIK: &str = "{ proxy: traefik }";

/// compose.yaml's proxy, and the routes, for Traefik.
fn traefik(services: &str) -> (Value, Value) {
    let files = with_server(TRAEFIK, services);
    assert_eq!(files[1].path, "traefik-routes.yaml");
    let read = |index: usize| -> Value { serde_yaml::from_str(&files[index].text).unwrap() };
    (read(0)["services"]["proxy"].clone(), read(1)["http"].clone())
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
fn traefik_is_not_root_and_has_no_docker_socket() {
    let (proxy, _) = traefik("  api: { python: {}, public: { host: a.example.com } }\n");
    assert_eq!((&proxy["image"], &proxy["user"]), (&json!("traefik:v3"), &json!("10001:10001")));
    assert_eq!(
        (&proxy["read_only"], &proxy["cap_drop"], &proxy["cap_add"]),
        (&json!(true), &json!(["ALL"]), &Value::Null)
    );
    assert_eq!(proxy["ports"], json!(["80:8080", "443:8443", "443:8443/udp"]));
    let mounts = json!([
        {
            "type": "bind",
            "source": "./traefik-routes.yaml",
            "target": "/etc/traefik/routes.yaml",
            "read_only": true,
            "bind": { "create_host_path": false },
        },
        { "type": "volume", "source": "proxy-data", "target": "/var/tmp" },
    ]);
    assert_eq!(proxy["volumes"], mounts);
}

#[test]
fn traefik_leads_http_to_https_and_each_request_to_the_next_replica() {
    let (_, routes) =
        traefik("  api: { python: {}, replicas: 2, health: { path: /up }, public: { host: a.example.com } }\n");
    let to_service = json!({
        "rule": "Host(`a.example.com`)",
        "entryPoints": ["websecure"],
        "middlewares": ["retry"],
        "service": "api",
        "tls": { "certResolver": "letsencrypt" },
    });
    let redirect = json!({
        "rule": "Host(`a.example.com`)",
        "entryPoints": ["web"],
        "middlewares": ["redirect"],
        "service": "noop@internal",
    });
    assert_eq!(routes["routers"], json!({ "api": to_service, "api_redirect": redirect }));
    assert_eq!(
        routes["middlewares"]["redirect"],
        json!({ "redirectScheme": { "scheme": "https", "permanent": true } })
    );
    let balancer = json!({
        "servers": [{ "url": "http://shop-api-1:8000" }, { "url": "http://shop-api-2:8000" }],
        "healthCheck": {
            "path": "/up",
            "interval": "5s",
            "hostname": "a.example.com",
            "headers": { "X-Forwarded-Proto": "https" },
        },
    });
    assert_eq!(routes["services"], json!({ "api": { "loadBalancer": balancer } }));
}

#[test]
fn traefik_asks_for_no_certificate_where_no_host_wants_one() {
    let (proxy, routes) = traefik("  web: { nginx: {}, public: { host: b.example.com, tls: false } }\n");
    let command = proxy["command"].to_string();
    assert!(!command.contains("acme") && !command.contains("websecure"), "{command}");
    assert_eq!((&proxy["ports"], proxy["volumes"].as_array().map(Vec::len)), (&json!(["80:8080"]), Some(1)));
    let to_service = json!({
        "rule": "Host(`b.example.com`)",
        "entryPoints": ["web"],
        "middlewares": ["retry"],
        "service": "web",
    });
    assert_eq!(routes["routers"], json!({ "web": to_service }));
    assert_eq!(keys(&routes["middlewares"]), ["retry"]);
    assert_eq!(routes["services"]["web"]["loadBalancer"]["servers"], json!([{ "url": "http://web:8080" }]));
}

#[test]
fn replicas_that_dns_cannot_name_are_reached_by_the_name_of_all() {
    for (name, replicas) in [("api", 65), (&*"a".repeat(60), 2)] {
        let services =
            format!("  {name}: {{ python: {{}}, replicas: {replicas}, public: {{ host: a.example.com }} }}\n");
        let (_, routes) = traefik(&services);
        let servers = &routes["services"][name]["loadBalancer"]["servers"];
        assert_eq!(*servers, json!([{ "url": format!("http://{name}:8000") }]));
    }
}
