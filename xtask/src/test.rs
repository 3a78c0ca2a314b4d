//! `cargo xtask test`: every test of the project, in parts.

use crate::run::{command, root, run, run_tests};
use crate::timing::{Stopwatch, Time};
use crate::{npm as package, site, tools};
use std::process::Command;
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// A part of the test, which can be run without the others.
pub struct Part {
    /// Its name for `--only` and `--skip`.
    pub name: &'static str,
    /// What it proves, in a line.
    pub about: &'static str,
    run: fn(&mut Steps) -> Result<(), String>,
}

/// The part that builds the page.
const PAGE: &str = "page";

/// In the order in which they run: what fails soonest comes first. The page is built beside those before it.
pub const PARTS: [Part; 11] = [
    Part { name: "format", about: "rustfmt has nothing to change", run: format },
    Part { name: "lint", about: "clippy, oxlint and TypeScript have nothing to report", run: lint },
    Part { name: "native", about: "unit tests, golden outputs, properties, the command", run: native },
    Part { name: "fuzz", about: "hostile documents, edits and share links do no harm", run: fuzz },
    Part { name: "editor", about: "how the text editor understands YAML and the schema", run: editor },
    Part { name: "judges", about: "independent tools accept the generated files", run: judges },
    Part { name: "wasm", about: "the core in WebAssembly, in a headless Chromium", run: wasm },
    Part { name: "npm", about: "the core as an npm package, called from Node", run: npm },
    Part { name: PAGE, about: "the release page builds", run: page },
    Part { name: "e2e", about: "what a person does, in a headless Chromium, with that page", run: e2e },
    Part { name: "docs", about: "that page in docs that real generators make of the samples", run: docs },
];

/// Not among the parts that run by default: it takes root and Linux.
const IMAGES: Part =
    Part { name: "images", about: "the examples' images build with buildah, and what they run serves", run: images };

/// Where the tested page is built: not in dist/, where `serve` may be at work.
const SITE: &str = "target/site";

/// The steps of a part, and how long each took.
#[derive(Default)]
struct Steps(Vec<(String, Time)>);

impl Steps {
    /// Takes the time of a step.
    fn time<T>(&mut self, name: &str, step: impl FnOnce() -> T) -> T {
        let mut stopwatch = Stopwatch::start();
        let result = step();
        self.0.push((name.to_owned(), stopwatch.lap()));
        result
    }

    /// Runs a command as a step.
    fn run(&mut self, name: &str, command: &mut Command) -> Result<(), String> {
        self.time(name, || run(command))
    }

    /// Runs a `cargo test` whose targets are steps of their own.
    fn run_tests(&mut self, command: &mut Command) -> Result<(), String> {
        let (times, result) = run_tests(command);
        self.0.extend(times);
        result
    }
}

/// Runs the parts that `arguments` choose, all of them by default, whether or not earlier ones fail.
///
/// # Errors
/// When a part failed or could not run.
pub fn test(arguments: &[String]) -> Result<(), String> {
    let mut results = Vec::new();
    let parts = chosen(arguments)?;
    let mut page = page_beside(&parts)?;
    for part in parts {
        println!("\n== {}: {}", part.name, part.about);
        let mut stopwatch = Stopwatch::start();
        let mut steps = Steps::default();
        let result = match page.take_if(|_| part.name == PAGE) {
            Some(page) => page.join().unwrap_or_else(|_| Err("the build panicked".to_owned())),
            None => (part.run)(&mut steps),
        };
        if let Err(why) = &result {
            println!("{}: {why}", part.name);
        }
        results.push((part.name, result, stopwatch.lap(), steps));
    }

    println!("\n{:<38}  by clock   on CPUs", "part");
    for (name, result, time, steps) in &results {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        let why = result.as_ref().err().map(|why| format!("  {why}")).unwrap_or_default();
        println!("{name:<8} {word:<29} {time}{why}");
        print_steps(steps);
    }
    let failed = results.iter().filter(|(_, result, ..)| result.is_err()).count();
    println!("parts: {} passed, {failed} failed", results.len() - failed);
    if failed == 0 { Ok(()) } else { Err("the test failed".to_owned()) }
}

/// Starts to build the page, if other parts come before it: one processor compiles for minutes what the others wait for.
fn page_beside(parts: &[Part]) -> Result<Option<JoinHandle<Result<(), String>>>, String> {
    if parts.iter().position(|part| part.name == PAGE).is_none_or(|place| place == 0) {
        return Ok(None);
    }
    // No other part installs the same tools meanwhile.
    tools::page()?;
    Ok(Some(thread::spawn(|| site::build(SITE))))
}

/// Prints the steps that took a second or more, the longest first.
fn print_steps(Steps(steps): &Steps) {
    let (mut long, short): (Vec<_>, Vec<_>) = steps.iter().partition(|(_, time)| time.wall >= Duration::from_secs(1));
    long.sort_by_key(|(_, time)| std::cmp::Reverse(time.wall));
    for (name, time) in long {
        println!("  {name:<36} {time}");
    }
    if !short.is_empty() {
        println!("  {} less than a second each", short.len());
    }
}

/// The parts that are to run.
fn chosen(arguments: &[String]) -> Result<Vec<Part>, String> {
    let (only, names) = match arguments {
        [] => (false, ""),
        [option] if option == "--images" => return Ok(vec![IMAGES]),
        [option, names] if option == "--only" => (true, names.as_str()),
        [option, names] if option == "--skip" => (false, names.as_str()),
        _ => return Err("usage: cargo xtask test [--only PART[,PART] | --skip PART[,PART] | --images]".to_owned()),
    };
    let names: Vec<&str> = names.split(',').filter(|name| !name.is_empty()).collect();
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        return Err(format!("no such part: {unknown}; the parts are {}", PARTS.map(|part| part.name).join(", ")));
    }
    let chosen: Vec<Part> = PARTS.into_iter().filter(|part| names.contains(&part.name) == only).collect();
    if chosen.is_empty() { Err("no part is left to run".to_owned()) } else { Ok(chosen) }
}

fn format(_: &mut Steps) -> Result<(), String> {
    tools::rust_components()?;
    run(&mut command("cargo", &["fmt", "--all", "--check"]))
}

fn lint(steps: &mut Steps) -> Result<(), String> {
    const WASM: [&str; 2] = ["--target", "wasm32-unknown-unknown"];
    tools::rust_components()?;
    tools::wasm_target()?;
    tools::npm_packages()?;
    let mut clippy = |name: &str, arguments: &[&str]| {
        let mut clippy = command("cargo", &["clippy", "--quiet", "--locked"]);
        steps.run(name, clippy.args(arguments).args(["--", "--deny", "warnings"]))
    };
    let core_in_wasm = |arguments: &[&'static str]| [&WASM[..], &["--no-default-features"], arguments].concat();
    let results = [
        clippy("clippy: core", &["--no-default-features", "--all-targets"]),
        clippy(
            "clippy: command, xtask, fuzz",
            &["--workspace", "--no-default-features", "--features", "images", "--all-targets"],
        ),
        clippy("clippy: page", &WASM),
        clippy(
            "clippy: npm package, tests in WebAssembly",
            &core_in_wasm(&["--features", "npm", "--bin", "plimsoll-npm", "--test", "wasm"]),
        ),
        steps.run("oxlint", &mut command("oxlint", &["--deny-warnings"])),
        // Scripts and tests, the page, and its service worker: each has other globals.
        steps.run("tsc: scripts and tests", &mut command("tsc", &["--project", "."])),
        steps.run("tsc: page", &mut command("tsc", &["--project", "src/app"])),
        steps.run("tsc: service worker", &mut command("tsc", &["--project", "src/app/offline"])),
    ];
    results.into_iter().collect()
}

fn native(steps: &mut Steps) -> Result<(), String> {
    let mut tests = |arguments: &[&str]| {
        let mut tests = command("cargo", &["test", "--locked", "--no-fail-fast"]);
        // Tests are dots; `--quiet` for cargo itself would hide the targets.
        steps.run_tests(tests.args(arguments).args(["--", "--quiet"]))
    };
    let results = [tests(&["--no-default-features", "--features", "cli"]), tests(&["--package", "xtask"])];
    results.into_iter().collect()
}

fn fuzz(steps: &mut Steps) -> Result<(), String> {
    /// For each of the targets.
    const SECONDS: &str = "7";
    // Compiled as for the native tests, so that they share the library.
    let package = ["--locked", "--package", "plimsoll-fuzz"];
    steps.run_tests(command("cargo", &["test"]).args(package).args(["--", "--quiet"]))?;
    steps.run("search", command("cargo", &["run", "--quiet", "--profile", "test"]).args(package).args(["--", SECONDS]))
}

/// Runs the tests that are ignored elsewhere, since they need programs that not every machine has. They find them by
/// `PLIMSOLL_JUDGES`, the folder of Python's programs (`python`, `hadolint`, `kubernetes-validate`, `check-jsonschema`),
/// and `PLIMSOLL_NODE`, Node's program, which finds the packages of package.json when it runs in the project's folder;
/// `kubectl` is the machine's.
fn judges(steps: &mut Steps) -> Result<(), String> {
    tools::npm_packages()?;
    let programs = tools::python_judges()?;
    let node = crate::run::find("node").ok_or("Node is missing")?;
    crate::run::find("kubectl").ok_or("kubectl is missing: https://kubernetes.io/docs/tasks/tools/")?;
    let mut tests = command("cargo", &["test", "--locked", "--no-default-features", "--features", "cli"]);
    tests.args(["--no-fail-fast", "--lib", "--bins", "--tests", "--", "--quiet", "--ignored"]);
    steps.run_tests(tests.env("PLIMSOLL_JUDGES", programs).env("PLIMSOLL_NODE", node))
}

fn wasm(steps: &mut Steps) -> Result<(), String> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::browser()?;
    let driver = tools::browser_driver()?;
    let target =
        ["--target", "wasm32-unknown-unknown", "--no-default-features", "--features", "figures", "--test", "wasm"];
    let mut tests = command("cargo", &["test", "--locked"]);
    tests.args(target).env("CHROMEDRIVER", driver);
    // In seconds: a barely optimised module takes its time.
    tests.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    steps.run_tests(tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner"))
}

fn editor(_: &mut Steps) -> Result<(), String> {
    tools::npm_packages()?;
    run(command("node", &["--test", "--test-reporter=spec"]).args(node_tests("tests/editor")?))
}

fn npm(steps: &mut Steps) -> Result<(), String> {
    const FOLDER: &str = "target/npm";
    tools::npm_packages()?;
    steps.time("build", || package::build(FOLDER, "dev"))?;
    let mut tests = command("node", &["--test", "--test-reporter=spec"]);
    steps.run("tests", tests.args(node_tests("tests/npm")?).env("PLIMSOLL_PACKAGE", root().join(FOLDER)))
}

/// The tests in a folder, as paths from the project's.
fn node_tests(folder: &str) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join(folder)).map_err(|error| format!("{folder} can't be read: {error}"))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".test.mjs"));
    names.sort();
    Ok(names.into_iter().map(|name| format!("{folder}/{name}")).collect())
}

fn page(steps: &mut Steps) -> Result<(), String> {
    steps.time("tools", tools::page)?;
    steps.time("build", || site::build(SITE))
}

fn e2e(steps: &mut Steps) -> Result<(), String> {
    tools::web_servers()?;
    steps.run("tests", &mut with_page(&node_tests("tests/e2e")?)?)
}

fn docs(steps: &mut Steps) -> Result<(), String> {
    let mut tests = with_page(&node_tests("tests/docs")?)?;
    let programs = steps.time("generators", tools::docs_generators)?;
    let built = root().join("target/docs");
    let program = |name: &str| programs.join(name).to_string_lossy().into_owned();
    let folder = |generator: &str| built.join(generator).to_string_lossy().into_owned();
    let mkdocs =
        ["build", "--quiet", "--strict", "--config-file", "examples/embedding/mkdocs/mkdocs.yml", "--site-dir"];
    steps.run("MkDocs", command(&program("mkdocs"), &mkdocs).arg(folder("mkdocs")))?;
    // What it keeps between builds is no part of the site.
    let sphinx = ["--quiet", "--fail-on-warning", "--doctree-dir", "target/doctrees", "examples/embedding/sphinx"];
    steps.run("Sphinx", command(&program("sphinx-build"), &sphinx).arg(folder("sphinx")))?;
    let docusaurus = ["run", "build", "--silent", "--prefix", "examples/embedding/docusaurus", "--", "--out-dir"];
    steps.run("Docusaurus", command("npm", &docusaurus).arg(folder("docusaurus")))?;
    let mdbook = steps.time("mdBook itself", tools::mdbook)?;
    let book = ["build", "examples/embedding/mdbook", "--dest-dir"];
    steps.run("mdBook", command(&mdbook.to_string_lossy(), &book).arg(folder("mdbook")))?;
    steps.run("tests", tests.env("PLIMSOLL_DOCS", built))
}

/// Tests in a browser, with the page that was built.
fn with_page(files: &[String]) -> Result<Command, String> {
    tools::npm_packages()?;
    let browser = tools::browser()?;
    let site = root().join(SITE);
    if !site.join("index.html").is_file() {
        return Err("there is no page to test: run the part `page` first".to_owned());
    }
    // Two files at once: each waits for its browser much of the time.
    let mut tests = command("node", &["--test", "--test-concurrency=2", "--test-reporter=spec"]);
    tests.args(files).env("CHROME", browser).env("PLIMSOLL_SITE", site);
    Ok(tests)
}

fn images(_: &mut Steps) -> Result<(), String> {
    tools::containers()?;
    if !root().join(SITE).join("index.html").is_file() {
        site::build(SITE)?;
    }
    let tests = ["test", "--quiet", "--locked", "--no-default-features", "--features", "images", "--test", "images"];
    // What buildah mounts goes with the tests, else target/ could not be deleted.
    let mut tests_alone = command("unshare", &["--mount", "cargo"]);
    run(tests_alone.args(tests).args(["--", "--nocapture"]).env("PLIMSOLL_SITE", root().join(SITE)))
}

#[cfg(test)]
mod tests {
    use super::{PARTS, chosen};

    #[test]
    fn parts_are_chosen_by_name() {
        let names = |arguments: &[&str]| {
            let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
            chosen(&arguments).map(|parts| parts.iter().map(|part| part.name).collect::<Vec<_>>().join(" "))
        };
        assert_eq!(names(&[]), Ok(PARTS.map(|part| part.name).join(" ")));
        assert_eq!(names(&["--only", "e2e,page"]), Ok("page e2e".to_owned()));
        assert_eq!(
            names(&["--skip", "lint,judges,wasm,page"]),
            Ok("format native fuzz editor npm e2e docs".to_owned())
        );
        assert_eq!(names(&["--images"]), Ok("images".to_owned()));
        assert!(names(&["--only", "e2e,pgae"]).is_err_and(|why| why.starts_with("no such part: pgae")));
        for misuse in [&["e2e"][..], &["--only"], &["--only", "e2e", "page"]] {
            assert!(names(misuse).is_err_and(|why| why.starts_with("usage:")), "{misuse:?}");
        }
    }
}
