//! What comes of the examples, in a line a file: natively and in a browser it has to be the same.

use super::examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::hash::fnv1a;
use plimsoll::plan::capacity::capacity;
use plimsoll::plan::simulate::{Scenario, ScenarioKind, Target, simulate};
use plimsoll::topology::Topology;

/// For each file of each example, and its plan, its findings, what to buy and what happens over time as JSON: `HASH EXAMPLE/PATH`.
pub fn digests() -> String {
    let mut lines = Vec::new();
    for (example, text) in EXAMPLES {
        let analysis = analyze(text);
        let mut add =
            |path: &str, text: &str| lines.push(format!("{:016x} {example}/{path}\n", fnv1a(text.as_bytes())));
        add("findings.json", &serde_json::to_string(&analysis.findings).unwrap());
        let outputs = analysis.outputs.unwrap();
        add("plan.json", &serde_json::to_string(&outputs.plan).unwrap());
        add("capacity.json", &serde_json::to_string(&capacity(&outputs.topology)).unwrap());
        add("simulations.json", &simulations(&outputs.topology));
        for artifact in outputs.artifacts() {
            add(&artifact.path, &artifact.text);
        }
    }
    lines.concat()
}

/// Every scenario on every target, without chance and with it.
fn simulations(topology: &Topology) -> String {
    let mut texts = Vec::new();
    for kind in ScenarioKind::ALL {
        for (target, seed) in [(Target::Cluster, 0), (Target::Cluster, 1), (Target::Server, 0), (Target::Server, 1)] {
            let scenario = Scenario { target: Some(target), seed, ..Scenario::new(kind) };
            texts.push(serde_json::to_string(&simulate(topology, &scenario)).unwrap());
        }
    }
    texts.join("\n")
}
