//! `cargo xtask test`: every test of the project, in parts.

use crate::run::{command, root, run};
use crate::{npm as package, site, tools};
use std::process::Command;
use std::time::Instant;

/// A part of the test, which can be run without the others.
pub struct Part {
    /// What `--only` and `--skip` call it.
    pub name: &'static str,
    /// What it does, in a line.
    pub about: &'static str,
    run: fn() -> Result<(), String>,
}

/// In the order in which they run: what fails soonest comes first.
pub const PARTS: [Part; 10] = [
    Part { name: "format", about: "rustfmt has nothing to change", run: format },
    Part { name: "lint", about: "clippy has nothing to say of the core, the command, the page and xtask", run: lint },
    Part { name: "native", about: "unit tests, golden outputs, properties, the command", run: native },
    Part { name: "editor", about: "what the text editor makes of YAML and of the schema", run: editor },
    Part { name: "judges", about: "independent tools accept the generated files", run: judges },
    Part { name: "wasm", about: "the core in WebAssembly, in a headless Chromium", run: wasm },
    Part { name: "npm", about: "the core as an npm package, called from Node", run: npm },
    Part { name: "page", about: "the release page builds", run: page },
    Part { name: "e2e", about: "what a person does, in a headless Chromium, with that page", run: e2e },
    Part { name: "docs", about: "that page in docs that real generators made of the samples", run: docs },
];

/// Not among the parts that run by default: it takes root and Linux.
const IMAGES: Part =
    Part { name: "images", about: "the examples' images build with buildah, and what they run serves", run: images };

/// Where the tested page is built: not in dist/, where `serve` may be at work.
const SITE: &str = "target/site";

/// Runs the parts that `arguments` choose, all of them by default, whether or not earlier ones fail.
///
/// # Errors
/// When a part failed or could not run.
pub fn test(arguments: &[String]) -> Result<(), String> {
    let mut results = Vec::new();
    for part in chosen(arguments)? {
        println!("\n== {}: {}", part.name, part.about);
        let start = Instant::now();
        let result = (part.run)();
        if let Err(why) = &result {
            println!("{}: {why}", part.name);
        }
        results.push((part.name, result, start.elapsed().as_secs()));
    }

    println!();
    for (name, result, seconds) in &results {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!(
            "{name:<8} {word} {:>3}:{:02}  {}",
            seconds / 60,
            seconds % 60,
            result.as_ref().err().unwrap_or(&String::new())
        );
    }
    let failed = results.iter().filter(|(_, result, _)| result.is_err()).count();
    println!("parts: {} passed, {failed} failed", results.len() - failed);
    if failed == 0 { Ok(()) } else { Err("the test failed".to_owned()) }
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

fn format() -> Result<(), String> {
    tools::rust_components()?;
    run(&mut command("cargo", &["fmt", "--all", "--check"]))
}

fn lint() -> Result<(), String> {
    tools::rust_components()?;
    tools::wasm_target()?;
    let clippy = |arguments: &[&str]| {
        run(command("cargo", &["clippy", "--quiet", "--locked"]).args(arguments).args(["--", "-D", "warnings"]))
    };
    let results = [
        clippy(&["--no-default-features", "--all-targets"]),
        clippy(&["--no-default-features", "--features", "images", "--all-targets"]),
        clippy(&["--target", "wasm32-unknown-unknown"]),
        clippy(&["--target", "wasm32-unknown-unknown", "--no-default-features", "--test", "wasm"]),
        clippy(&[
            "--target",
            "wasm32-unknown-unknown",
            "--no-default-features",
            "--features",
            "npm",
            "--bin",
            "plimsoll-npm",
        ]),
        clippy(&["--package", "xtask", "--all-targets"]),
    ];
    results.into_iter().collect()
}

fn native() -> Result<(), String> {
    let cargo_test = |arguments: &[&str]| run(command("cargo", &["test", "--quiet", "--locked"]).args(arguments));
    let results = [
        cargo_test(&["--no-default-features", "--features", "cli", "--no-fail-fast"]),
        cargo_test(&["--package", "xtask"]),
    ];
    results.into_iter().collect()
}

/// The tests that are ignored elsewhere since they ask programs that not every machine has. They find them by
/// `PLIMSOLL_JUDGES`, the folder of Python's programs (`python`, `hadolint`, `kubernetes-validate`, `check-jsonschema`),
/// and `PLIMSOLL_NODE`, Node's program, which finds the packages of package.json when it is run in the project's folder;
/// `kubectl` is the machine's.
fn judges() -> Result<(), String> {
    tools::npm_packages()?;
    let programs = tools::python_judges()?;
    let node = crate::run::find("node").ok_or("Node is missing")?;
    crate::run::find("kubectl").ok_or("kubectl is missing: https://kubernetes.io/docs/tasks/tools/")?;
    let mut tests = command("cargo", &["test", "--quiet", "--locked", "--no-default-features", "--features", "cli"]);
    tests.args(["--no-fail-fast", "--lib", "--bins", "--tests", "--", "--ignored"]);
    run(tests.env("PLIMSOLL_JUDGES", programs).env("PLIMSOLL_NODE", node))
}

fn wasm() -> Result<(), String> {
    tools::wasm_target()?;
    tools::wasm_bindgen()?;
    tools::browser()?;
    let driver = tools::browser_driver()?;
    let target = ["--target", "wasm32-unknown-unknown", "--no-default-features", "--test", "wasm"];
    let mut tests = command("cargo", &["test", "--locked"]);
    tests.args(target).env("CHROMEDRIVER", driver);
    // Seconds: what is quick natively takes its time in an unoptimised module.
    tests.env("WASM_BINDGEN_TEST_TIMEOUT", "300");
    run(tests.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner"))
}

fn editor() -> Result<(), String> {
    tools::npm_packages()?;
    run(command("node", &["--test", "--test-reporter=spec"]).args(node_tests("tests/editor")?))
}

fn npm() -> Result<(), String> {
    const FOLDER: &str = "target/npm";
    tools::npm_packages()?;
    package::build(FOLDER, "dev")?;
    let mut tests = command("node", &["--test", "--test-reporter=spec"]);
    run(tests.args(node_tests("tests/npm")?).env("PLIMSOLL_PACKAGE", root().join(FOLDER)))
}

/// The tests in a folder, as paths from the project's.
fn node_tests(folder: &str) -> Result<Vec<String>, String> {
    let entries = std::fs::read_dir(root().join(folder)).map_err(|error| format!("{folder} can't be read: {error}"))?;
    let mut names: Vec<String> = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok()).collect();
    names.retain(|name| name.ends_with(".test.mjs"));
    names.sort();
    Ok(names.into_iter().map(|name| format!("{folder}/{name}")).collect())
}

fn page() -> Result<(), String> {
    site::build(SITE)
}

fn e2e() -> Result<(), String> {
    tools::web_servers()?;
    run(&mut with_page("tests/e2e")?)
}

fn docs() -> Result<(), String> {
    let mut tests = with_page("tests/docs")?;
    let programs = tools::docs_generators()?;
    let built = root().join("target/docs");
    let program = |name: &str| programs.join(name).to_string_lossy().into_owned();
    let folder = |generator: &str| built.join(generator).to_string_lossy().into_owned();
    let mkdocs =
        ["build", "--quiet", "--strict", "--config-file", "examples/embedding/mkdocs/mkdocs.yml", "--site-dir"];
    run(command(&program("mkdocs"), &mkdocs).arg(folder("mkdocs")))?;
    // What it keeps between builds is no part of the site.
    let sphinx = ["--quiet", "--fail-on-warning", "--doctree-dir", "target/doctrees", "examples/embedding/sphinx"];
    run(command(&program("sphinx-build"), &sphinx).arg(folder("sphinx")))?;
    let docusaurus = ["run", "build", "--silent", "--prefix", "examples/embedding/docusaurus", "--", "--out-dir"];
    run(command("npm", &docusaurus).arg(folder("docusaurus")))?;
    let mdbook = tools::mdbook()?;
    let book = ["build", "examples/embedding/mdbook", "--dest-dir"];
    run(command(&mdbook.to_string_lossy(), &book).arg(folder("mdbook")))?;
    run(tests.env("PLIMSOLL_DOCS", built))
}

/// The tests of a folder, in a browser, with the page that was built.
fn with_page(folder: &str) -> Result<Command, String> {
    tools::npm_packages()?;
    let browser = tools::browser()?;
    let site = root().join(SITE);
    if !site.join("index.html").is_file() {
        return Err("there is no page to test: run the part `page` first".to_owned());
    }
    let mut tests = command("node", &["--test", "--test-reporter=spec"]);
    tests.args(node_tests(folder)?).env("CHROME", browser).env("PLIMSOLL_SITE", site);
    Ok(tests)
}

fn images() -> Result<(), String> {
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
        assert_eq!(names(&["--skip", "lint,judges,wasm,page"]), Ok("format native editor npm e2e docs".to_owned()));
        assert_eq!(names(&["--images"]), Ok("images".to_owned()));
        assert!(names(&["--only", "e2e,pgae"]).is_err_and(|why| why.starts_with("no such part: pgae")));
        for misuse in [&["e2e"][..], &["--only"], &["--only", "e2e", "page"]] {
            assert!(names(misuse).is_err_and(|why| why.starts_with("usage:")), "{misuse:?}");
        }
    }
}
