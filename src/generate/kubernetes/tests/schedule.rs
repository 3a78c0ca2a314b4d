//! What runs now and then.

use super::super::labels;
use super::{kinds, object, objects, topology};
use serde_json::{Value, json};

const REPORT: &str = r#"
name: shop
services:
  report:
    python: { worker: "python -m app.report" }
    schedule: "0 3 * * mon"
    needs: [db]
    storage: 2Gi
    storage_path: /var/lib/report
  db: { postgres: {} }
cluster: {}
"#;

fn pod(cron_job: &Value) -> &Value {
    &cron_job["spec"]["jobTemplate"]["spec"]["template"]
}

#[test]
fn a_schedule_makes_a_cron_job_and_nothing_that_runs_all_the_time() {
    let shop = topology(REPORT);
    assert_eq!(kinds(&shop, "report"), ["ServiceAccount", "PersistentVolumeClaim", "CronJob", "NetworkPolicy"]);
    let cron_job = object(&shop, "CronJob", "report").unwrap();
    let spec = &cron_job["spec"];
    assert_eq!((&spec["schedule"], &spec["timeZone"]), (&json!("0 3 * * mon"), &json!("Etc/UTC")));
    assert_eq!(spec["concurrencyPolicy"], "Forbid");
    assert_eq!(spec["jobTemplate"]["spec"]["backoffLimit"], 2);
    assert_eq!(pod(&cron_job)["spec"]["restartPolicy"], "Never");
    assert_eq!(pod(&cron_job)["metadata"]["labels"][labels::NAME], "report");
    assert_eq!(pod(&cron_job)["spec"]["containers"][0]["args"], json!(["python", "-m", "app.report"]));
}

#[test]
fn a_late_run_has_time_to_begin_and_a_cluster_that_was_away_does_not_give_up() {
    // Below 10 s a run may be missed, and without a deadline none begins after a hundred that were missed.
    let cron_job = object(&topology(REPORT), "CronJob", "report").unwrap();
    assert!(cron_job["spec"]["startingDeadlineSeconds"].as_u64().unwrap() >= 10);
}

#[test]
fn all_runs_share_one_disk() {
    let shop = topology(REPORT);
    let claim = object(&shop, "PersistentVolumeClaim", "report").unwrap();
    assert_eq!(claim["spec"]["resources"]["requests"]["storage"], "2Gi");
    let cron_job = object(&shop, "CronJob", "report").unwrap();
    let spec = &pod(&cron_job)["spec"];
    let disk = json!({ "name": "data", "persistentVolumeClaim": { "claimName": claim["metadata"]["name"] } });
    assert!(spec["volumes"].as_array().unwrap().contains(&disk));
    let mount = json!({ "name": "data", "mountPath": "/var/lib/report", "subPath": "data" });
    assert!(spec["containers"][0]["volumeMounts"].as_array().unwrap().contains(&mount));
}

#[test]
fn runs_wait_for_the_job_of_their_release() {
    let text = "services: { report: { image: 'a:1', schedule: '0 3 * * *', before_start: [{ run: migrate }] } }\ncluster: {}\n";
    let shop = topology(text);
    let job = object(&shop, "Job", "report").unwrap();
    let cron_job = object(&shop, "CronJob", "report").unwrap();
    let command = pod(&cron_job)["spec"]["initContainers"][0]["command"].clone();
    assert_eq!(command[4], format!("job/{}", job["metadata"]["name"].as_str().unwrap()));
}

#[test]
fn one_who_needs_a_service_may_connect_to_it_now_and_then_too() {
    let policy = objects(&topology(REPORT));
    let policy = policy.iter().find(|object| object["kind"] == "NetworkPolicy" && object["metadata"]["name"] == "db");
    let from = &policy.unwrap()["spec"]["ingress"][0]["from"];
    assert_eq!(*from, json!([{ "podSelector": { "matchLabels": { labels::NAME: "report" } } }]));
}

#[test]
fn celery_beat_is_one_and_never_two() {
    let text = "services: { beat: { celery: { app: app.tasks, role: beat } } }\ncluster: {}\n";
    let beat = object(&topology(text), "Deployment", "beat").unwrap();
    assert_eq!((&beat["spec"]["replicas"], &beat["spec"]["strategy"]), (&json!(1), &json!({ "type": "Recreate" })));
}
