//! What happens before a service starts.

use super::super::{labels, wait};
use super::{SHOP, object, topology};
use crate::quantity::{Cpu, Memory};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn steps_run_where_they_are_asked_to() {
    let steps = |steps: &str| {
        let text = format!("services: {{ api: {{ python: {{}}, before_start: [{steps}] }} }}\ncluster: {{}}\n");
        let topology = topology(&text);
        let args = |containers: &Value| -> Vec<String> {
            let steps = containers.as_array().into_iter().flatten().filter(|one| one.get("args").is_some());
            steps.map(|one| serde_json::from_value::<Vec<String>>(one["args"].clone()).unwrap().join(" ")).collect()
        };
        let job =
            object(&topology, "Job", "api").map(|job| job["spec"]["template"]["spec"].clone()).unwrap_or_default();
        let pod = object(&topology, "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let main = args(&pod["containers"]).concat();
        (args(&job["initContainers"]), args(&job["containers"]), args(&pod["initContainers"]), main)
    };
    let uvicorn = "uvicorn main:app --host 0.0.0.0 --port 8000 --workers 1 --timeout-graceful-shutdown 30";
    let list = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        steps("{ run: one }, { run: two }, { run: 'three it' }"),
        (list(&["one", "two"]), list(&["three it"]), list(&[]), uvicorn.to_owned())
    );
    assert_eq!(steps("{ run: one, when: every-start }"), (list(&[]), list(&[]), list(&["one"]), uvicorn.to_owned()));
    assert_eq!(
        steps(r#"{ run: "echo 'a b'", how: in-container }"#),
        (list(&[]), list(&[]), list(&[]), format!("sh -c set -e\necho 'a b'\nexec \"$@\" -- {uvicorn}"))
    );
    assert_eq!(steps("{ run: one, how: by-hand }"), (list(&[]), list(&[]), list(&[]), uvicorn.to_owned()));
}

#[test]
fn steps_that_need_the_disk_run_in_its_own_pod() {
    let text = "services: { app: { image: 'a:1', port: 80, storage: 1Gi, storage_path: /data, before_start: [{ run: migrate }] } }\ncluster: {}\n";
    let topology = topology(text);
    assert!(object(&topology, "Job", "app").is_none());
    let pod = object(&topology, "StatefulSet", "app").unwrap()["spec"]["template"]["spec"].clone();
    assert_eq!(pod["initContainers"][0]["args"], json!(["migrate"]));
    assert_eq!(pod["initContainers"][0]["volumeMounts"][0]["mountPath"], "/data");
}

#[test]
fn a_job_that_differs_has_another_name() {
    let name = |text: &str| object(&topology(text), "Job", "api").unwrap()["metadata"]["name"].clone();
    let before = name(SHOP);
    for (from, to) in [("shop:1.4", "shop:1.5"), ("upgrade head", "upgrade +1"), ("name: shop", "name: store")] {
        assert_ne!(name(&SHOP.replace(from, to)), before, "{to}");
    }
    assert_eq!(name(&SHOP.replace("replicas: 3", "replicas: 4")), before);
}

#[test]
fn the_pods_of_a_job_have_the_name_of_no_service() {
    let text = SHOP.replace("  cache: {", "  api-before-start: { image: \"a:1\" }\n  cache: {");
    let job = object(&topology(&text), "Job", "api").unwrap();
    let name = &job["spec"]["template"]["metadata"]["labels"][labels::NAME];
    assert!(name.as_str().is_some_and(|name| name.starts_with("api-before-start-")), "{name}");
}

#[test]
fn new_pods_wait_until_the_job_has_completed() {
    let shop = topology(SHOP);
    let job = object(&shop, "Job", "api").unwrap();
    let name = job["metadata"]["name"].as_str().unwrap();
    let pod = object(&shop, "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
    let command = ["kubectl", "wait", "--for=condition=Complete", "--timeout=15m", &format!("job/{name}")];
    assert_eq!(pod["initContainers"][0]["command"], json!(command));
    let role = object(&shop, "Role", "").unwrap();
    let looks = json!({
        "apiGroups": ["batch"], "resources": ["jobs"], "resourceNames": [name], "verbs": ["get", "list", "watch"]
    });
    assert_eq!(role["rules"], json!([looks]));
    let binding = object(&shop, "RoleBinding", "").unwrap();
    assert_eq!(binding["roleRef"]["name"], role["metadata"]["name"]);
    assert_eq!(binding["subjects"], json!([{ "kind": "ServiceAccount", "name": pod["serviceAccountName"] }]));
}

#[test]
fn later_pods_find_the_job_and_their_right_to_see_it_too() {
    let shop = topology(SHOP);
    let job = object(&shop, "Job", "api").unwrap();
    assert!(job["spec"].get("ttlSecondsAfterFinished").is_none());
    for kind in ["Role", "RoleBinding"] {
        let object = object(&shop, kind, "").unwrap();
        assert_eq!(object["metadata"], job["metadata"], "another release makes another {kind}");
    }
}

#[test]
fn only_the_container_that_waits_has_a_token() {
    let pod = object(&topology(SHOP), "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
    assert_eq!(pod["automountServiceAccountToken"], false);
    let mounts = |container: &Value| container["volumeMounts"].to_string().contains(wait::VOLUME);
    assert!(mounts(&pod["initContainers"][0]) && !mounts(&pod["containers"][0]));
    let volumes = pod["volumes"].as_array().unwrap();
    let token = volumes.iter().find(|volume| volume["name"] == wait::VOLUME).unwrap();
    assert_eq!(token["projected"]["sources"][0]["serviceAccountToken"]["expirationSeconds"], 600);
}

#[test]
fn pods_wait_before_the_steps_of_every_start_and_only_for_a_job() {
    let first = |steps: &str| {
        let text = format!("services: {{ api: {{ python: {{}}, before_start: [{steps}] }} }}\ncluster: {{}}\n");
        let topology = topology(&text);
        let pod = object(&topology, "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let names = pod["initContainers"].as_array().into_iter().flatten().map(|one| one["name"].clone());
        (names.collect::<Vec<_>>(), object(&topology, "Role", "").is_some())
    };
    let every = "{ run: two, when: every-start }";
    assert_eq!(
        first(&format!("{every}, {{ run: one }}")),
        (vec![json!("wait-for-before-start"), json!("before-start-1")], true)
    );
    assert_eq!(first(every), (vec![json!("before-start-1")], false));
    assert_eq!(first("{ run: one, how: by-hand }"), (vec![], false));
}

#[test]
fn no_two_containers_or_volumes_of_a_pod_have_one_name() {
    let steps = "before_start: [{ run: one }, { run: two, when: every-start }]";
    for name in ["wait-for-before-start", "before-start-1"] {
        let text = format!(
            "services: {{ {name}: {{ image: 'a:1', writable: [/kube-api-access], {steps} }} }}\ncluster: {{}}\n"
        );
        let pod = object(&topology(&text), "Deployment", name).unwrap()["spec"]["template"]["spec"].clone();
        for lists in [["containers", "initContainers"].as_slice(), &["volumes"]] {
            let names: Vec<&str> = lists
                .iter()
                .flat_map(|list| pod[*list].as_array().unwrap())
                .map(|one| one["name"].as_str().unwrap())
                .collect();
            assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{names:?}");
        }
    }
}

#[test]
fn a_rollout_is_not_given_up_while_the_job_may_still_be_tried() {
    let seconds =
        |text: &str| object(&topology(text), "Deployment", "").unwrap()["spec"]["progressDeadlineSeconds"].clone();
    // 10 s, doubled after each of six attempts that fail: https://kubernetes.io/docs/concepts/workloads/controllers/job/#pod-backoff-failure-policy
    let pauses: u64 = (0..6).map(|attempt| 10 << attempt).sum();
    let started = 300;
    assert!(seconds(SHOP).as_u64().unwrap() > pauses + started);
    assert_eq!(
        seconds("services: { api: { python: {} } }\ncluster: {}\n"),
        Value::Null,
        "600, Kubernetes' own, is more than {started}"
    );
}

/// <https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers>
#[test]
fn the_topology_counts_what_the_pod_asks_for_with_the_container_that_waits() {
    for limit in ["20Mi", "256Mi"] {
        let text = format!(
            "services: {{ api: {{ image: 'a:1', memory: {{ process: 8Mi, limit: {limit} }}, cpu: {{ request: 5m }}, \
             before_start: [{{ run: one }}, {{ run: two, when: every-start }}] }} }}\ncluster: {{}}\n"
        );
        let topology = topology(&text);
        let pod = object(&topology, "Deployment", "api").unwrap()["spec"]["template"]["spec"].clone();
        let lists = [&pod["initContainers"], &pod["containers"]];
        let requests =
            || lists.iter().flat_map(|list| list.as_array().unwrap()).map(|one| &one["resources"]["requests"]);
        let text_of = |value: &Value| value.as_str().unwrap().to_owned();
        // Init containers run one after the other, and the container by itself: the largest counts.
        let memory = requests().map(|one| Memory::from_kubernetes(&text_of(&one["memory"])).unwrap()).max();
        let cpu = requests().map(|one| text_of(&one["cpu"]).parse::<Cpu>().unwrap()).max();
        let service = &topology.services[0];
        assert_eq!((memory, cpu), (Some(service.pod_memory()), Some(service.pod_cpu())), "{limit}");
    }
}
