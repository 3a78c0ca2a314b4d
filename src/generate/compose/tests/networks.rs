//! Who shares a network with whom.

use super::{DB, compose, service};
use serde_json::json;

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
fn what_must_not_get_out_has_no_network_that_leads_there() {
    let all = "  api: { python: {}, public: { host: a.example.com }, outbound: false, before_start: [{ run: seed }] }\n  \
               bot: { python: { worker: bot }, outbound: false }\n  web: { python: {}, outbound: false }\n";
    let file = compose(all);
    for (name, networks) in [
        ("proxy", json!(["public", "inbound"])),
        ("api", json!(["inbound"])),
        ("api-before-start", json!(["private"])),
        ("bot", json!(["private"])),
        ("web", json!(["private"])),
    ] {
        assert_eq!(file["services"][name]["networks"], networks, "{name}");
    }
    let declared = json!({ "public": {}, "inbound": { "internal": true }, "private": { "internal": true } });
    assert_eq!(file["networks"], declared);
    assert!(file["services"]["web"]["ports"].is_null(), "a published port needs a network that leads out");
}

#[test]
fn a_service_that_needs_what_lies_outside_gets_there() {
    let all = "  api: { python: {}, needs: [db, cache], outbound: false }\n  db: { postgres: {}, external: db.example.com }\n  \
               cache: { redis: {} }\n";
    assert_eq!(service(all, "api")["networks"], json!(["default", "private"]));
}
