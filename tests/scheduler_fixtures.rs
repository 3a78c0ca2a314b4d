//! Decisions of the real kube-scheduler 1.36.2, compared with ours.
//!
//! Each line of `tests/fixtures/scheduler/*.jsonl.gz` is a cluster and what became of each of its pods. As the real
//! scheduler breaks ties by chance, each pod is bound to the node that it was bound to when this was recorded.
//! The environment variable `PLIMSOLL_FIXTURES` names another folder of the same shape.

use flate2::read::GzDecoder;
use plimsoll::plan::scheduler::input::Input;
use plimsoll::plan::scheduler::{Decision, NodeIndex, Rejection, Scheduler};
use serde_json::{Map, Value, json};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::PathBuf;

#[test]
fn random_fixtures_agree() {
    assert_eq!(replay("random"), Vec::<String>::new());
}

#[test]
fn deployment_fixtures_agree() {
    assert_eq!(replay("deployments"), Vec::<String>::new());
}

/// What differs, at most a few lines of it.
fn replay(name: &str) -> Vec<String> {
    let mut differences = Vec::new();
    let mut pods = 0;
    for (number, cluster) in clusters(name).into_iter().enumerate() {
        let input = Input::from_value(cluster["input"].clone()).expect("the cluster can be read");
        let decisions = cluster["decisions"].as_array().expect("decisions");
        assert_eq!(input.pending.len(), decisions.len(), "{name}, cluster {number}");
        let mut scheduler = input.scheduler();
        for (pod, recorded) in input.pending.iter().zip(decisions) {
            let template = scheduler.template(pod.template.clone());
            let decision = scheduler.schedule(template);
            let ours = Ours { scheduler: &scheduler, decision: &decision };
            differences.extend(
                ours.differences(&pod.name, recorded)
                    .map(|difference| format!("{name}, cluster {number}, {}: {difference}", pod.name)),
            );
            if let Some(node) = recorded["node"].as_str() {
                let node = scheduler.nodes().iter().position(|state| state.node.name == node).expect("a node");
                scheduler.bind(template, NodeIndex(node));
            }
            pods += 1;
        }
        if differences.len() > 10 {
            break;
        }
    }
    assert!(pods > 0, "there are no pods in {name}");
    differences
}

fn clusters(name: &str) -> Vec<Value> {
    let folder = std::env::var_os("PLIMSOLL_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), PathBuf::from);
    let path = folder.join("scheduler").join(format!("{name}.jsonl.gz"));
    let file = File::open(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines = BufReader::new(GzDecoder::new(file)).lines();
    lines.map(|line| serde_json::from_str(&line.expect("text")).expect("JSON")).collect()
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
