//! What comes of the examples, in a line a file: natively and in a browser it has to be the same.

use plimsoll::analyze;
use plimsoll::hash::fnv1a;

/// The examples' names and texts. `golden.rs` holds that none is missing.
pub const EXAMPLES: [(&str, &str); 7] = [
    ("django", include_str!("../../examples/django.yaml")),
    ("fastapi", include_str!("../../examples/fastapi.yaml")),
    ("model", include_str!("../../examples/model.yaml")),
    ("one-server", include_str!("../../examples/one-server.yaml")),
    ("prebuilt", include_str!("../../examples/prebuilt.yaml")),
    ("shop", include_str!("../../examples/shop.yaml")),
    ("too-many-workers", include_str!("../../examples/too-many-workers.yaml")),
];

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
