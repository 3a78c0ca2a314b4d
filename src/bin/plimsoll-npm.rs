//! The core for JavaScript. `xtask/npm/` is the package around it.

use plimsoll::report::Report;
use wasm_bindgen::prelude::*;

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
    Ok(serde_json::to_string(&Report::new(text, &analysis, explained))?)
}

/// The version of Plimsoll, such as `0.1.0`.
#[wasm_bindgen]
pub fn version() -> String {
    plimsoll::VERSION.to_owned()
}
