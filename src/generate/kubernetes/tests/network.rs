//! Who may connect to whom, and the way from outside.

use super::super::labels;
use super::{SHOP, object, objects, topology};
use serde_json::{Value, json};

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

/// The rules of a service's policy for one direction.
fn rules(text: &str, name: &str, direction: &str) -> Vec<Value> {
    let spec = object(&topology(text), "NetworkPolicy", name).unwrap()["spec"].clone();
    assert_eq!(spec["policyTypes"], json!(["Ingress", "Egress"]), "what no rule allows is denied");
    spec[direction].as_array().unwrap().clone()
}

fn dns() -> Value {
    json!({ "ports": [{ "port": 53, "protocol": "UDP" }, { "port": 53, "protocol": "TCP" }] })
}

#[test]
fn pods_connect_to_what_they_need_and_to_the_internet_but_not_to_private_networks() {
    let rules = rules(SHOP, "mailer", "egress");
    let db = json!({
        "to": [{ "podSelector": { "matchLabels": { labels::NAME: "db" } } }],
        "ports": [{ "port": 5432, "protocol": "TCP" }]
    });
    assert_eq!(rules.len(), 4);
    assert_eq!((&rules[0], &rules[1]), (&dns(), &db));
    assert_eq!(rules[2]["ports"], json!([{ "port": 6379, "protocol": "TCP" }]));
    let (internet, blocks) = (&rules[3], rules[3]["to"].as_array().unwrap());
    assert!(internet.get("ports").is_none());
    assert_eq!((&blocks[0]["ipBlock"]["cidr"], &blocks[1]["ipBlock"]["cidr"]), (&json!("0.0.0.0/0"), &json!("::/0")));
    for (block, network) in [(0, "10.0.0.0/8"), (0, "169.254.0.0/16"), (1, "fc00::/7"), (1, "fe80::/10")] {
        let except = blocks[block]["ipBlock"]["except"].as_array().unwrap();
        assert!(except.contains(&json!(network)), "{network}");
    }
}

/// Shop and all that it can have: steps, a schedule, a service that nobody needs.
fn wide() -> Vec<Value> {
    let more = "  report: { image: 'a:1', schedule: '0 3 * * *', needs: [db], before_start: [{ run: one }] }\n  cache:";
    objects(&topology(&SHOP.replace("  cache:", more)))
}

/// The names that a selector of pods lists.
fn selected(selector: &Value) -> Vec<&str> {
    let listed = selector.pointer("/matchExpressions/0/values").and_then(Value::as_array);
    let only = selector["matchLabels"][labels::NAME].as_str();
    listed.into_iter().flatten().filter_map(Value::as_str).chain(only).collect()
}

#[test]
fn every_pod_has_one_policy_and_what_else_lives_in_the_namespace_has_none() {
    let objects = wide();
    let templates = ["/spec/template", "/spec/jobTemplate/spec/template"];
    let pods = objects.iter().flat_map(|object| templates.iter().filter_map(|path| object.pointer(path)));
    let mut names: Vec<&str> = pods.map(|pod| pod["metadata"]["labels"][labels::NAME].as_str().unwrap()).collect();
    let policies = objects.iter().filter(|object| object["kind"] == "NetworkPolicy");
    let mut chosen: Vec<&str> = policies.flat_map(|policy| selected(&policy["spec"]["podSelector"])).collect();
    names.sort_unstable();
    chosen.sort_unstable();
    assert_eq!(names, ["api", "api-before-start", "cache", "db", "mailer", "report", "report-before-start"]);
    assert_eq!(chosen, names);
}

#[test]
fn whoever_may_go_out_to_a_service_is_let_in_there() {
    let objects = wide();
    let policies: Vec<&Value> = objects.iter().filter(|object| object["kind"] == "NetworkPolicy").collect();
    let rules = |policy: &'static str, direction: &str| -> Vec<Value> {
        let policy = policies.iter().find(|one| one["metadata"]["name"] == policy).unwrap();
        policy["spec"][direction].as_array().unwrap().clone()
    };
    let mut ways = Vec::new();
    for caller in ["api", "mailer", "report", "db", "cache"] {
        for rule in rules(caller, "egress") {
            for needed in ["db", "cache"] {
                if selected(&rule["to"][0]["podSelector"]) == [needed] {
                    let entrance = &rules(needed, "ingress")[0];
                    assert!(selected(&entrance["from"][0]["podSelector"]).contains(&caller), "{caller} to {needed}");
                    assert_eq!(entrance["ports"], rule["ports"]);
                    ways.push((caller, needed));
                }
            }
        }
    }
    assert_eq!(ways, [("api", "db"), ("api", "cache"), ("mailer", "db"), ("mailer", "cache"), ("report", "db")]);
}

#[test]
fn databases_connect_to_nothing() {
    assert_eq!(rules(SHOP, "db", "egress"), [] as [Value; 0]);
}

#[test]
fn without_outbound_a_service_connects_to_what_it_needs_alone() {
    let text = SHOP.replace("needs: [db, cache] }", "needs: [db], outbound: false }");
    assert_eq!(rules(&text, "mailer", "egress").len(), 2);
    let alone = "services: { job: { image: 'a:1', outbound: false } }\ncluster: {}\n";
    assert_eq!(rules(alone, "job", "egress"), [] as [Value; 0]);
}

#[test]
fn only_pods_that_wait_for_a_job_reach_the_clusters_api() {
    let api = |rule: &Value| rule["ports"].to_string().contains("6443") && rule.get("to").is_none();
    assert!(rules(SHOP, "api", "egress").iter().any(api));
    assert!(!rules(SHOP, "mailer", "egress").iter().any(api));
}

#[test]
fn a_database_that_somebody_else_runs_is_a_port_at_any_address() {
    for external in ["true", "db.example.com"] {
        let text = format!(
            "services:\n  api: {{ python: {{}}, needs: [db], outbound: false }}\n  db: {{ postgres: {{}}, external: {external} }}\n\
             cluster: {{}}\n"
        );
        assert_eq!(rules(&text, "api", "egress"), [dns(), json!({ "ports": [{ "port": 5432, "protocol": "TCP" }] })]);
        assert!(objects(&topology(&text)).iter().all(|object| object["metadata"]["name"] != "db"));
    }
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
