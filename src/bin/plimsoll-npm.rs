//! The core for JavaScript. `xtask/npm/` is the package around it.

use plimsoll::finding::{Located, locate};
use plimsoll::plan::Plan;
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// What follows from a document.
#[derive(Serialize)]
struct Analysis<'a> {
    findings: Vec<Located<'a>>,
    files: Vec<File>,
    plan: Option<&'a Plan>,
}

#[derive(Serialize)]
struct File {
    path: String,
    text: String,
}

fn main() {
    console_error_panic_hook::set_once();
}

/// Works out what follows from `text`, or from one of its environments, as JSON; with the files' reasons as comments if
/// they are to be `explained`.
///
/// # Errors
/// The answer cannot be written as JSON.
#[wasm_bindgen]
#[allow(clippy::needless_pass_by_value, reason = "how an optional string comes from JavaScript")]
pub fn analyze(text: &str, environment: Option<String>, explained: bool) -> Result<String, JsError> {
    let analysis = match environment.as_deref() {
        None => plimsoll::analyze(text),
        Some(name) => plimsoll::analyze_environment(text, name),
    };
    let artifacts = analysis.outputs.iter().flat_map(plimsoll::Outputs::artifacts);
    let files = artifacts.map(|artifact| File {
        text: if explained { artifact.explained() } else { artifact.text },
        path: artifact.path,
    });
    let answer = Analysis {
        findings: locate(text, &analysis.findings),
        files: files.collect(),
        plan: analysis.outputs.as_ref().map(|outputs| &outputs.plan),
    };
    Ok(serde_json::to_string(&answer)?)
}

/// The version of Plimsoll, such as `0.1.0`.
#[wasm_bindgen]
pub fn version() -> String {
    plimsoll::VERSION.to_owned()
}
