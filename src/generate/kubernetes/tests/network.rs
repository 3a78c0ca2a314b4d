//! Who may connect to whom, and the way from outside.

use super::super::labels;
use super::{SHOP, object, topology};
use serde_json::json;

#[test]
fn only_those_who_need_a_service_may_connect() {
    let shop = topology(SHOP);
    let ingress = |name| object(&shop, "NetworkPolicy", name).unwrap()["spec"]["ingress"].clone();
    let callers = json!([{ "key": labels::NAME, "operator": "In", "values": ["api", "api-before-start", "mailer"] }]);
    assert_eq!(ingress("db")[0]["from"], json!([{ "podSelector": { "matchExpressions": callers } }]));
    assert_eq!(ingress("db")[0]["ports"], json!([{ "port": 5432, "protocol": "TCP" }]));
    assert_eq!(ingress("api"), json!([{ "ports": [{ "port": 8000, "protocol": "TCP" }] }]));
    assert_eq!(ingress("mailer"), json!([]));
}

#[test]
fn https_ends_at_the_gateway_and_http_is_sent_on() {
    let shop = topology(SHOP);
    let gateway = object(&shop, "Gateway", "shop").unwrap();
    let listener = &gateway["spec"]["listeners"][1];
    assert_eq!((&listener["hostname"], &listener["port"]), (&json!("shop.example.com"), &json!(443)));
    assert_eq!(listener["tls"]["certificateRefs"], json!([{ "name": "api-tls" }]));
    let route = object(&shop, "HTTPRoute", "api").unwrap();
    assert_eq!(route["spec"]["parentRefs"], json!([{ "name": "shop", "sectionName": listener["name"] }]));
    assert_eq!(route["spec"]["rules"], json!([{ "backendRefs": [{ "name": "api", "port": 8000 }] }]));
    let redirect = object(&shop, "HTTPRoute", "redirect").unwrap();
    let filter = json!({ "type": "RequestRedirect", "requestRedirect": { "scheme": "https", "statusCode": 301 } });
    assert_eq!(redirect["spec"]["rules"], json!([{ "filters": [filter] }]));
    assert_eq!(redirect["spec"]["parentRefs"], json!([{ "name": "shop", "sectionName": "http" }]));
}

#[test]
fn without_https_nothing_is_sent_on_and_no_certificate_asked_for() {
    let plain = topology(&SHOP.replace("host: shop.example.com", "host: shop.example.com, tls: false"));
    assert!(object(&plain, "HTTPRoute", "redirect").is_none());
    let gateway = object(&plain, "Gateway", "shop").unwrap();
    assert_eq!(gateway["spec"]["listeners"], json!([{ "name": "http", "port": 80, "protocol": "HTTP" }]));
    assert!(gateway["metadata"].get("annotations").is_none());
}

#[test]
fn an_ingress_leads_to_the_service_where_that_is_asked_for() {
    let shop = topology(&SHOP.replace("cluster: {}", "cluster: { gateway: ingress, class: nginx }"));
    assert!(object(&shop, "Gateway", "").is_none() && object(&shop, "HTTPRoute", "").is_none());
    let ingress = object(&shop, "Ingress", "api").unwrap();
    assert_eq!(ingress["spec"]["ingressClassName"], "nginx");
    assert_eq!(ingress["spec"]["tls"], json!([{ "hosts": ["shop.example.com"], "secretName": "api-tls" }]));
    assert_eq!(ingress["metadata"]["annotations"], json!({ "cert-manager.io/cluster-issuer": "letsencrypt" }));
}

#[test]
fn a_certificate_does_not_replace_the_secret_of_the_variables() {
    let shop = topology(&SHOP.replace("name: shop", "name: api-tls"));
    let gateway = object(&shop, "Gateway", "api-tls").unwrap();
    assert_eq!(gateway["spec"]["listeners"][1]["tls"]["certificateRefs"], json!([{ "name": "api-certificate" }]));
}
