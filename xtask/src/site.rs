//! The page: served for work on it, or built to be put on a server.

use crate::run::{command, root, run};
use crate::{npm, tools};
use std::io;
use std::process::{Command, ExitStatus, Stdio};
use std::thread;

/// Serves the page and rebuilds it on every change, until stopped. `arguments` go to `trunk serve`.
pub fn serve(arguments: &[String]) -> Result<(), String> {
    tools::wasm_target()?;
    // On a fresh machine both take minutes, and neither keeps all processors busy by itself.
    let programs = thread::spawn(compile);
    tools::page()?;
    // Trunk tells what is wrong with them.
    let _ = programs.join();
    if arguments.is_empty() {
        println!("Plimsoll will be at http://127.0.0.1:8080/ once it is built; Ctrl+C stops it.");
    }
    run(trunk(&["serve"]).args(arguments))
}

/// Compiles the page's programs as Trunk does, without a word.
fn compile() -> io::Result<ExitStatus> {
    let build = ["build", "--quiet", "--target", "wasm32-unknown-unknown", "--bins"];
    command("cargo", &build).stderr(Stdio::null()).status()
}

/// Builds the release: the site into `dist/site/`, what configures hosts into `dist/hosting/`, the npm package into
/// `dist/npm/`. Prints what the site weighs.
pub fn dist() -> Result<(), String> {
    build("dist/site")?;
    npm::build("dist/npm", "release")?;
    run(&mut command("node", &["xtask/weigh.mjs", "dist/site"]))
}

/// Builds the release site into `folder`, and what configures hosts beside it.
pub fn build(folder: &str) -> Result<(), String> {
    tools::page()?;
    run(&mut trunk(&["build", "--release", "--dist", folder]))?;
    run(&mut command("node", &["xtask/release.mjs", folder]))
}

/// Measures the release site in a headless browser, built first if it is not there.
pub fn bench() -> Result<(), String> {
    const SITE: &str = "dist/site";
    tools::npm_packages()?;
    let browser = tools::browser()?;
    if !root().join(SITE).join("index.html").is_file() {
        build(SITE)?;
    }
    run(command("node", &["benches/page.mjs", SITE]).env("CHROME", browser))
}

fn trunk(arguments: &[&str]) -> Command {
    let mut trunk = command("trunk", arguments);
    // Trunk takes no other value of NO_COLOR than true and false, and asks a registry for newer versions of itself.
    trunk.env_remove("NO_COLOR").env("TRUNK_SKIP_VERSION_CHECK", "true");
    trunk
}
