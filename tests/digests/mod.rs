//! What comes of the examples, in a line a file: natively and in a browser it has to be the same.

use super::examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::hash::fnv1a;

/// For each file of each example, and its plan and its findings as JSON: `HASH EXAMPLE/PATH`.
pub fn digests() -> String {
    let mut lines = Vec::new();
    for (example, text) in EXAMPLES {
        let analysis = analyze(text);
        let mut add =
            |path: &str, text: &str| lines.push(format!("{:016x} {example}/{path}\n", fnv1a(text.as_bytes())));
        add("findings.json", &serde_json::to_string(&analysis.findings).unwrap());
        let outputs = analysis.outputs.unwrap();
        add("plan.json", &serde_json::to_string(&outputs.plan).unwrap());
        for artifact in outputs.artifacts {
            add(&artifact.path, &artifact.text);
        }
    }
    lines.concat()
}
