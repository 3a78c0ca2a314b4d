//! Environments: the document with its own changes, each in a namespace of its own.

use plimsoll::topology::{Replicas, Topology};

const DOCUMENT: &str = "\
name: shop
services:
  api: { python: {}, replicas: 3, env: { LEVEL: info, A: b }, public: { host: shop.example.com }, needs: [db] }
  db: { postgres: {}, storage: 10Gi }
cluster: {}
";

fn environments(text: &str) -> (Vec<(String, Topology)>, Vec<String>) {
    let analysis = plimsoll::analyze(&format!("{DOCUMENT}environments:\n{text}"));
    let environments = analysis.outputs.map(|outputs| outputs.topology.environments).unwrap_or_default();
    let messages = analysis.findings.into_iter().filter(|finding| finding.rule.id != "single-replica");
    (
        environments.into_iter().map(|environment| (environment.name.to_string(), environment.topology)).collect(),
        messages.map(|finding| finding.message.into_string()).collect(),
    )
}

#[test]
fn an_environment_changes_what_it_names_and_nothing_else() {
    let (environments, messages) = environments(
        "  staging: { services: { api: { replicas: 1, env: { LEVEL: debug }, public: { host: s.example.com } } } }\n",
    );
    assert_eq!(messages, [""; 0]);
    let [(name, topology)] = environments.as_slice() else { panic!("{environments:?}") };
    let api = &topology.services[0];
    assert_eq!((name.as_str(), topology.cluster.as_ref().unwrap().namespace.as_str()), ("staging", "shop-staging"));
    assert_eq!((api.replicas, api.public.as_ref().unwrap().host.as_str()), (Replicas::Fixed(1), "s.example.com"));
    assert_eq!(
        api.env.iter().map(|variable| variable.name.as_str()).collect::<Vec<_>>(),
        ["LEVEL", "A", "FORWARDED_ALLOW_IPS"]
    );
    assert_eq!(topology.name.as_str(), "shop");
    assert!(topology.server.is_none() && topology.environments.is_empty());

    let base = plimsoll::analyze(DOCUMENT).outputs.unwrap().topology;
    assert_eq!(topology.services[1], base.services[1]);
}

#[test]
fn an_environment_adds_what_the_document_has_not() {
    let (environments, messages) =
        environments("  a: { services: { db: { env: { TZ: UTC }, memory: { limit: 1Gi }, cpu: { request: 1 } } } }\n");
    assert_eq!(messages, [""; 0]);
    let db = &environments[0].1.services[1];
    assert!(db.env.iter().any(|variable| variable.name == "TZ"), "{db:?}");
    assert_eq!((db.memory.limit.kubernetes(), db.cpu.kubernetes()), ("1Gi".to_owned(), "1".to_owned()));
}

#[test]
fn replicas_and_the_autoscaler_give_way_to_each_other() {
    let (environments, messages) = environments(
        "  a: { services: { api: { autoscale: { min: 2, max: 5 }, public: { host: a.example.com } } } }\n  b: {}\n",
    );
    assert_eq!(messages, [""; 0]);
    assert!(matches!(environments[0].1.services[0].replicas, Replicas::Autoscaled { min: 2, max: 5, .. }));
    assert_eq!(environments[1].1.services[0].replicas, Replicas::Fixed(3));
}

#[test]
fn what_is_wrong_in_an_environment_is_said_once_and_where_it_stands() {
    for (text, message) in [
        ("  a: { services: { apy: {} } }\n", "There is no service `apy`"),
        ("  a: { services: { api: { replicas: 99999 } } }\n", "99999 replicas is out of range"),
        ("  a: {}\n  b: { namespace: shop-a }\n", "`b` would take the place of `a`"),
        ("  a: {}\n  b: {}\n", "`a` and `b` claim the same host, `shop.example.com`"),
        ("  A b: {}\n", "`A b` is no DNS label"),
    ] {
        let (_, messages) = environments(text);
        assert_eq!(messages, [message]);
    }
}

#[test]
fn only_a_cluster_has_environments() {
    let text = "services: { api: { python: {} } }\nserver: {}\nenvironments: { a: {} }\n";
    let analysis = plimsoll::analyze(text);
    assert_eq!(analysis.findings[0].rule.id, "no-effect");
    assert!(analysis.outputs.unwrap().topology.environments.is_empty());
}
