//! Small clusters as YAML, for the plugins' tests: Kubernetes objects, of which only what matters is written.

use super::input::Input;
use super::{Decision, Plugin, Scheduler, TemplateId};
use serde_json::{Value, json};

/// Nodes have 4 cores, 8 GiB, ten pods and their name as `kubernetes.io/hostname`, unless they say otherwise; pods
/// request a tenth of a core and 100 MiB.
pub(super) fn read(yaml: &str) -> Input {
    let mut cluster: Value = serde_yaml::from_str(yaml).expect("YAML");
    for node in cluster["nodes"].as_array_mut().into_iter().flatten() {
        let name = node["metadata"]["name"].clone();
        set_default(&mut node["metadata"]["labels"]["kubernetes.io/hostname"], name);
        set_default(&mut node["status"]["allocatable"], json!({ "cpu": "4", "memory": "8Gi", "pods": "10" }));
    }
    for list in ["existing", "pods"] {
        for pod in cluster[list].as_array_mut().into_iter().flatten() {
            let requests = json!({ "cpu": "100m", "memory": "100Mi" });
            let container = json!({ "name": "main", "resources": { "requests": requests } });
            set_default(&mut pod["spec"]["containers"], json!([container]));
        }
    }
    Input::from_value(cluster).expect("a cluster")
}

fn set_default(value: &mut Value, default: Value) {
    if value.is_null() {
        *value = default;
    }
}

/// Schedules the pods in their order. Says of each on which nodes it does best, of which it gets the first, or why it
/// can go nowhere.
pub(super) fn place(yaml: &str) -> Vec<String> {
    let input = read(yaml);
    let mut scheduler = input.scheduler();
    input.pending.iter().map(|pod| outcome(&mut scheduler, pod.template.clone())).collect()
}

/// Schedules one pod and places it.
pub(super) fn outcome(scheduler: &mut Scheduler, pod: super::cluster::PodTemplate) -> String {
    let template = scheduler.template(pod);
    let decision = scheduler.schedule(template);
    if let Some(node) = decision.node() {
        scheduler.bind(template, node);
    }
    words(scheduler, &decision)
}

/// The best nodes, or why there is none.
pub(super) fn words(scheduler: &Scheduler, decision: &Decision) -> String {
    let best: Vec<&str> = decision.best.iter().map(|node| scheduler.nodes()[node.0].node.name.as_str()).collect();
    decision.message.clone().unwrap_or_else(|| best.join(" "))
}

/// Returns the unweighted score of each feasible node for the last pod; `None` if the plugin does not score. The pods before
/// it are placed.
pub(super) fn scores(yaml: &str, plugin: Plugin) -> Option<Vec<i64>> {
    let input = read(yaml);
    let mut scheduler = input.scheduler();
    let (last, before) = input.pending.split_last().expect("a pod");
    for pod in before {
        outcome(&mut scheduler, pod.template.clone());
    }
    let template: TemplateId = scheduler.template(last.template.clone());
    let decision = scheduler.schedule(template);
    let column = decision.scores.into_iter().find(|column| column.plugin == plugin)?;
    Some(column.scores.into_iter().map(|score| score / plugin.weight()).collect())
}
