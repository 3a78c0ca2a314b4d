//! What the namespace may take.

use super::{SHOP, object, topology};
use serde_json::json;

#[test]
fn the_quota_is_what_the_files_start_at_the_busiest_time() {
    let text = "\
services:
  api: { python: {}, autoscale: { min: 2, max: 4 }, cpu: { request: 250m }, memory: { limit: 256Mi }, needs: [db], \
         before_start: [{ run: migrate }], public: { host: a.example.com } }
  db: { postgres: {}, storage: 10Gi, cpu: { request: 500m }, memory: { limit: 1Gi } }
cluster: { quota: true }
";
    let hard = object(&topology(text), "ResourceQuota", "").unwrap()["spec"]["hard"].clone();
    // In a rollout 8 pods of the API and its Job, the database, and cert-manager's pod of 10m and 64Mi.
    assert_eq!(
        hard,
        json!({
            "pods": "11",
            "requests.cpu": "2760m",
            "requests.memory": "3392Mi",
            "limits.memory": "3392Mi",
            "persistentvolumeclaims": "1",
            "requests.storage": "10Gi"
        })
    );
}

#[test]
fn what_asks_for_nothing_is_given_something_since_the_quota_would_refuse_it() {
    let range = object(&topology(&SHOP.replace("cluster: {}", "cluster: { quota: true }")), "LimitRange", "").unwrap();
    let limits = json!([{
        "type": "Container",
        "default": { "memory": "128Mi" },
        "defaultRequest": { "cpu": "100m", "memory": "128Mi" }
    }]);
    assert_eq!(range["spec"]["limits"], limits);
}

#[test]
fn nobody_has_a_quota_who_asks_for_none_or_runs_nothing() {
    for text in [SHOP, "services: {}\ncluster: { quota: true }\n"] {
        let topology = topology(text);
        assert!(object(&topology, "ResourceQuota", "").is_none() && object(&topology, "LimitRange", "").is_none());
    }
}
