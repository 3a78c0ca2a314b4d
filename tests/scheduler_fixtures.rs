//! Decisions of the real kube-scheduler 1.36.2, compared with ours.
//!
//! Each case is a cluster and what became of each of its pods. As the real scheduler breaks ties by chance, each pod is
//! bound to the node that it was bound to when this was recorded.

mod recorded;

use plimsoll::plan::scheduler::input::Input;
use plimsoll::plan::scheduler::{Choice, Decision, Detail, NodeIndex, Rejection, Scheduler};
use serde_json::{Map, Value, json};

#[test]
fn scheduler_fixtures_agree() {
    let mut pods = 0;
    let mut differences = Vec::new();
    for (place, cluster) in recorded::cases("scheduler") {
        let found = replay(&cluster, &mut pods);
        differences.extend(found.into_iter().map(|difference| format!("{place}, {difference}")));
        // A few tell as much as thousands.
        if differences.len() > 10 {
            break;
        }
    }
    assert_eq!(differences, Vec::<String>::new());
    assert!(pods > 0, "there are no pods");
}

/// What differs in one cluster; its pods are added to `pods`.
fn replay(cluster: &Value, pods: &mut usize) -> Vec<String> {
    let mut differences = Vec::new();
    let input = Input::from_value(cluster["input"].clone()).expect("the cluster can be read");
    let decisions = cluster["decisions"].as_array().expect("decisions");
    assert_eq!(input.pending.len(), decisions.len());
    let mut scheduler = input.scheduler();
    for (pod, recorded) in input.pending.iter().zip(decisions) {
        let template = scheduler.template(pod.template.clone());
        let decision = scheduler.schedule(template);
        let batch = scheduler.batch(template).choose(Detail::ALL);
        if batch != Choice::of(decision.clone(), &scheduler, Detail::ALL) {
            differences.push(format!("{}: a batch decides otherwise: {batch:?}", pod.name));
        }
        let ours = Ours { scheduler: &scheduler, decision: &decision };
        let found = ours.differences(&pod.name, recorded);
        differences.extend(found.map(|difference| format!("{}: {difference}", pod.name)));
        if let Some(node) = recorded["node"].as_str() {
            let node = scheduler.nodes().iter().position(|state| state.node.name == node).expect("a node");
            scheduler.bind(template, NodeIndex(node));
        }
    }
    *pods += decisions.len();
    differences
}

struct Ours<'a> {
    scheduler: &'a Scheduler,
    decision: &'a Decision,
}

impl Ours<'_> {
    /// Every recorded field that ours is not equal to.
    fn differences(&self, pod: &str, recorded: &Value) -> impl Iterator<Item = String> {
        let recorded = recorded.as_object().expect("an object");
        let placed_well = recorded.get("node").and_then(Value::as_str).filter(|node| !self.best().contains(node));
        let mut differences: Vec<String> =
            placed_well.map(|node| format!("bound to {node}, ours {:?}", self.best())).into_iter().collect();
        for (field, theirs) in recorded {
            let ours = match field.as_str() {
                "pod" => json!(pod),
                "feasible" => json!(self.decision.feasible.len()),
                "best_total" => json!(self.decision.best_total()),
                "best_nodes" => json!(self.best()),
                "message" => json!(self.decision.message),
                "rejected" => self.rejected(),
                "scores" => self.scores(),
                "node" if theirs.is_null() => json!(self.decision.node().map(|node| self.name(node))),
                // Any of the best: looked at above.
                "node" => continue,
                _ => panic!("an unknown field: {field}"),
            };
            if ours != in_order(field, theirs) {
                differences.push(format!("{field}\n  theirs {}\n  ours   {ours}", in_order(field, theirs)));
            }
        }
        differences.into_iter()
    }

    fn name(&self, node: NodeIndex) -> &str {
        &self.scheduler.nodes()[node.0].node.name
    }

    fn best(&self) -> Vec<&str> {
        self.decision.best.iter().map(|node| self.name(*node)).collect()
    }

    fn rejected(&self) -> Value {
        let status = |rejection: &Rejection| {
            if rejection.resolvable { "Unschedulable" } else { "UnschedulableAndUnresolvable" }
        };
        let says = |rejection: &Rejection| {
            let mut words = vec![rejection.plugin.to_string(), status(rejection).to_owned()];
            words.extend(rejection.reasons.iter().map(ToString::to_string));
            json!(words)
        };
        let rejected = self.decision.rejected.iter();
        rejected.map(|(node, rejection)| (self.name(*node).to_owned(), says(rejection))).collect::<Map<_, _>>().into()
    }

    fn scores(&self) -> Value {
        let row = |(index, node): (usize, &NodeIndex)| {
            let plugins = self.decision.scores.iter();
            let plugins: Map<_, _> =
                plugins.map(|column| (column.plugin.name().to_owned(), json!(column.scores[index]))).collect();
            json!({ "node": self.name(*node), "total": self.decision.totals[index], "plugins": plugins })
        };
        in_order("scores", &self.decision.feasible.iter().enumerate().map(row).collect())
    }
}

/// Score rows by node, since the order of equal ones tells nothing.
fn in_order(field: &str, value: &Value) -> Value {
    let mut value = value.clone();
    if let ("scores", Some(rows)) = (field, value.as_array_mut()) {
        rows.sort_by_key(|row| row["node"].as_str().map(str::to_owned));
    }
    value
}
