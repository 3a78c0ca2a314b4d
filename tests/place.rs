//! `plimsoll place`, as a person or a program uses it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "cli")]

mod recorded;
mod run;

use run::plimsoll;
use serde_json::{Value, json};
use std::process::Output;

fn place(arguments: &[&str], stdin: &[u8]) -> Output {
    plimsoll(&[&["place", "-"], arguments].concat(), stdin)
}

fn lines(arguments: &[&str], input: &Value) -> Vec<Value> {
    let output = place(arguments, input.to_string().as_bytes());
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!((output.status.code(), &*stderr), (Some(0), ""));
    String::from_utf8(output.stdout).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn pod(name: &str, created: &str, spec: &Value) -> Value {
    let mut pod = json!({
        "kind": "Pod",
        "metadata": { "name": name, "creationTimestamp": created },
        "spec": { "containers": [{ "name": "main", "resources": { "requests": { "cpu": "600m" } } }] },
    });
    pod["spec"].as_object_mut().unwrap().extend(spec.as_object().unwrap().clone());
    pod
}

/// Two nodes that hold a pod each, as kubectl prints them.
fn list(pods: &[Value]) -> Value {
    let node = |name: &str| {
        let allocatable = json!({ "cpu": "1", "memory": "4Gi", "pods": "110" });
        json!({ "kind": "Node", "metadata": { "name": name }, "status": { "allocatable": allocatable } })
    };
    let items = [&[node("b"), node("a"), json!({ "kind": "Event" })], pods].concat();
    json!({ "apiVersion": "v1", "kind": "List", "items": items })
}

#[test]
fn each_pending_pod_gets_a_line_in_queue_order() {
    let mut done = pod("done", "2026-01-01T00:00:00Z", &json!({ "nodeName": "b" }));
    done["status"]["phase"] = "Failed".into();
    let cluster = list(&[
        pod("young", "2026-01-02T00:00:00Z", &json!({})),
        pod("old", "2026-01-01T00:00:00Z", &json!({})),
        pod("urgent", "2026-01-03T00:00:00Z", &json!({ "priority": 1000 })),
        done,
    ]);
    let line = |pod: &str, node: &str, best: &[&str]| {
        json!({
            "pod": pod, "node": node, "feasible": best.len(), "best_total": 427, "best_nodes": best, "message": null,
        })
    };
    let nowhere = json!({
        "pod": "default/young", "node": null, "feasible": 0, "best_total": null, "best_nodes": [],
        "message": "0/2 nodes are available: 2 Insufficient cpu.",
    });
    let lines = lines(&["--json"], &cluster);
    assert_eq!(lines, [line("default/urgent", "a", &["a", "b"]), line("default/old", "b", &["b"]), nowhere]);
}

#[test]
fn a_bound_pod_holds_its_place() {
    let bound = pod("bound", "2026-01-01T00:00:00Z", &json!({ "nodeName": "a" }));
    let new = pod("new", "2026-01-01T00:00:00Z", &json!({}));
    let lines = lines(&["--json"], &list(&[bound, new]));
    assert_eq!((lines.len(), &lines[0]["node"], &lines[0]["feasible"]), (1, &json!("b"), &json!(1)));
}

#[test]
fn scores_add_up_to_the_total_best_first() {
    let lines = lines(&["--scores"], &list(&[pod("new", "2026-01-01T00:00:00Z", &json!({}))]));
    let scores = lines[0]["scores"].as_array().unwrap();
    assert_eq!(scores.iter().map(|row| row["node"].as_str().unwrap()).collect::<Vec<_>>(), ["a", "b"]);
    for row in scores {
        let sum: i64 = row["plugins"].as_object().unwrap().values().map(|score| score.as_i64().unwrap()).sum();
        assert_eq!((&json!(sum), &row["total"]), (&lines[0]["best_total"], &lines[0]["best_total"]));
    }
}

/// The rest depends on where the first was bound, which is told by chance where it is a tie.
#[test]
fn the_first_pod_of_each_cluster_of_the_fixtures_agrees() {
    let mut clusters = 0;
    for (place, mut cluster) in recorded::cases("scheduler").step_by(10) {
        let pods = cluster["input"]["pods"].as_array_mut().unwrap();
        pods.truncate(1);
        let ours = lines(&["--json", "--scores"], &cluster["input"]);
        let mut theirs = cluster["decisions"][0].as_object().unwrap().clone();
        assert_eq!(ours.len(), 1, "{place}");
        assert!(theirs["feasible"] == 0 || ours[0]["best_nodes"][0] == ours[0]["node"], "{place}");
        for field in ["node", "rejected"] {
            theirs.remove(field);
        }
        for (field, theirs) in theirs {
            let by_node = |scores: &Value| {
                let mut scores = scores.clone();
                if let Some(rows) = scores.as_array_mut().filter(|_| field == "scores") {
                    rows.sort_by_key(|row| row["node"].as_str().map(str::to_owned));
                }
                scores
            };
            assert_eq!(by_node(&ours[0][&field]), by_node(&theirs), "{place} {field}");
        }
        clusters += 1;
    }
    assert!(clusters > 0);
}

#[test]
fn what_is_no_cluster_is_refused_with_its_place() {
    let request = |amount: &str| {
        let mut pod = pod("p\u{1b}", "2026-01-01T00:00:00Z", &json!({}));
        pod["spec"]["containers"][0]["resources"]["requests"]["memory"] = amount.into();
        list(&[pod]).to_string()
    };
    for (text, says) in [
        ("", "<stdin>: this is not JSON: EOF"),
        ("{ \"items\": [", "<stdin>: this is not JSON: EOF"),
        ("services: {}", "<stdin>: this is not JSON: expected value at line 1 column 1"),
        ("[1]", "<stdin>: this is no Kubernetes list"),
        ("{}", "<stdin>: this has neither `items` nor `nodes`"),
        (&request("-1"), "<stdin>: items[3] (default/p\u{fffd}): `memory`: `-1` is negative"),
        (&request("9e99"), "<stdin>: items[3] (default/p\u{fffd}): `memory`: `9e99`"),
        (&request("NaN"), "<stdin>: items[3] (default/p\u{fffd}): `memory`: `NaN`"),
        (&"[".repeat(100_000), "<stdin>: this is not JSON: recursion limit"),
    ] {
        let output = place(&["--json"], text.as_bytes());
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.starts_with(&format!("plimsoll: {says}")), "{error}");
        assert_eq!((output.status.code(), output.stdout.is_empty()), (Some(2), true));
    }
    let not_utf8 = place(&[], b"\xff");
    assert_eq!(not_utf8.status.code(), Some(2));
    let error = String::from_utf8(place(&[], &vec![b' '; (64 << 20) + 1]).stderr).unwrap();
    assert!(error.starts_with("plimsoll: <stdin> is larger than 64 MiB"), "{error}");
}
