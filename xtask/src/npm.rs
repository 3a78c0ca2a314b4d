//! The core as an npm package.

use crate::run::{answer, command, root, run};
use crate::tools;
use std::fs;
use std::path::Path;

/// What the package has beside the core and its manifest, from the project's folder.
const PARTS: [&str; 6] = [
    "xtask/npm/index.js",
    "xtask/npm/index.d.ts",
    "xtask/npm/types.d.ts",
    "xtask/npm/README.md",
    "LICENSE-APACHE",
    "LICENSE-MIT",
];

/// Builds the package into `folder`, with the core compiled by that profile of Cargo.
pub fn build(folder: &str, profile: &str) -> Result<(), String> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    let target = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "npm"];
    run(command("cargo", &["build", "--locked", "--bin", "plimsoll-npm", "--profile", profile]).args(target))?;
    let output = if profile == "dev" { "debug" } else { profile };
    let module = format!("target/wasm32-unknown-unknown/{output}/plimsoll-npm.wasm");
    let module_target = ["--target", "experimental-nodejs-module", "--no-typescript"];
    run(command("wasm-bindgen", &module_target).args(["--out-name", "core", "--out-dir", folder, &module]))?;
    let folder = root().join(folder);
    for part in PARTS.map(|part| root().join(part)) {
        let copied = fs::copy(&part, folder.join(part.file_name().unwrap_or_default()));
        copied.map_err(|error| format!("{} can't be copied: {error}", part.display()))?;
    }
    write_manifest(&folder.join("package.json"))
}

/// Of the version that Cargo.toml says.
fn write_manifest(to: &Path) -> Result<(), String> {
    let id = answer("cargo", &["pkgid", "--package", "plimsoll"]).unwrap_or_default();
    let version = id.rsplit(['@', '#']).next().unwrap_or_default();
    let template = fs::read_to_string(root().join("xtask/npm/package.json"));
    let written = template.and_then(|template| fs::write(to, template.replace("0.0.0", version)));
    written.map_err(|error| format!("{} can't be written: {error}", to.display()))
}
