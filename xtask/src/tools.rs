//! Finds the programs that building and testing need beside rustup and Node, and installs those that are missing.
//!
//! Every function here is quick when there is nothing to do.

use crate::run::{answer, command, find, root, run};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// The newest Trunk that Rust 1.95 builds.
const TRUNK: &str = "0.21.14";

/// What makes two programs of the page's.
const WASM_SPLIT: &str = "0.2.4";

/// What makes the sample of a book.
const MDBOOK: &str = "0.5.4";

/// What all work on the page needs.
pub fn page() -> Result<(), String> {
    npm_packages()?;
    wasm_target()?;
    trunk()?;
    wasm_bindgen()?;
    wasm_split()
}

/// The formatter and the linter.
pub fn rust_components() -> Result<(), String> {
    for (subcommand, component) in [("fmt", "rustfmt"), ("clippy", "clippy")] {
        if answer("cargo", &[subcommand, "--version"]).is_none() {
            run(&mut command("rustup", &["component", "add", component]))?;
        }
    }
    Ok(())
}

/// Rust's standard library for WebAssembly.
pub fn wasm_target() -> Result<(), String> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let sysroot = answer("rustc", &["--print", "sysroot"]).ok_or("rustc is missing: install Rust with rustup")?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    run(&mut command("rustup", &["target", "add", TARGET]))
}

/// Trunk, which builds and serves the page.
fn trunk() -> Result<(), String> {
    if answer("trunk", &["--version"]).is_some_and(|version| version.starts_with("trunk 0.21.")) {
        return Ok(());
    }
    // Without its default features: TLS and a search for updates, which neither building nor serving needs.
    let options = ["--locked", "--no-default-features"];
    Program { package: "trunk", version: TRUNK, options: &options, opt_level: "0" }.install()
}

/// wasm-bindgen and its test runner, at the exact version that the page is linked with.
pub fn wasm_bindgen() -> Result<(), String> {
    let lock = fs::read_to_string(root().join("Cargo.lock")).unwrap_or_default();
    let version = locked_version(&lock, "wasm-bindgen").ok_or("Cargo.lock names no wasm-bindgen")?;
    let is_there = |tool: &str| answer(tool, &["--version"]).is_some_and(|said| said.ends_with(&format!(" {version}")));
    if is_there("wasm-bindgen") && is_there("wasm-bindgen-test-runner") {
        return Ok(());
    }
    // Not --locked: its lock file names a crate that was withdrawn.
    let options = ["--no-default-features", "--bin", "wasm-bindgen", "--bin", "wasm-bindgen-test-runner"];
    Program { package: "wasm-bindgen-cli", version, options: &options, opt_level: "1" }.install()
}

/// Splits the page's program in two (`xtask/split.mjs`). The program can't tell its own version.
fn wasm_split() -> Result<(), String> {
    const PACKAGE: &str = "wasm_split_cli_support";
    let line = format!("{PACKAGE} v{WASM_SPLIT}:");
    let installed = answer("cargo", &["install", "--list"]).unwrap_or_default();
    if find("wasm-split-cli").is_some() && installed.lines().any(|known| known == line) {
        return Ok(());
    }
    let options = ["--locked", "--features", "build-binary"];
    Program { package: PACKAGE, version: WASM_SPLIT, options: &options, opt_level: "1" }.build()
}

/// A program from crates.io.
struct Program<'a> {
    package: &'a str,
    version: &'a str,
    /// Further arguments of `cargo install`.
    options: &'a [&'a str],
    /// How much the compiler optimises: "0", or "1" for what has much to do.
    opt_level: &'a str,
}

impl Program<'_> {
    /// Downloads the program if cargo-binstall is there and finds it, and builds it otherwise.
    fn install(&self) -> Result<(), String> {
        if find("cargo-binstall").is_some() {
            let download = ["binstall", "--no-confirm", "--disable-strategies", "compile", "--version", self.version];
            match run(command("cargo", &download).arg(self.package)) {
                Ok(()) => return Ok(()),
                Err(why) => println!("{why}; building it instead"),
            }
        }
        self.build()
    }

    /// Builds the program, lightly optimised: nearly all the time of a release build goes into what makes it faster.
    fn build(&self) -> Result<(), String> {
        const SETTINGS: [(&str, &str); 6] = [
            ("CARGO_INCREMENTAL", "0"),
            ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
            ("CARGO_PROFILE_RELEASE_LTO", "off"),
            ("CARGO_PROFILE_RELEASE_PANIC", "unwind"),
            // The programs have crates in common.
            ("CARGO_TARGET_DIR", "target/tools"),
        ];
        let mut install = command("cargo", &["install", self.package, "--version", self.version]);
        run(install.args(self.options).envs(SETTINGS).env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level))
    }
}

/// The version of a package in the text of a Cargo.lock.
fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let mut lines = lock.lines();
    lines.find(|line| *line == format!("name = \"{package}\""))?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The packages of package-lock.json: the editor, wasm-opt, and what drives a browser in tests.
pub fn npm_packages() -> Result<(), String> {
    if find("node").is_none() || find("npm").is_none() {
        return Err("Node is missing: install version 20 or newer from https://nodejs.org/".to_owned());
    }
    once("package-lock.json", "node_modules/.installed", || {
        // No package needs its install script: the programs come as files.
        run(&mut command("npm", &["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
    })
}

/// The independent judges of generated files, and where their programs are.
pub fn python_judges() -> Result<PathBuf, String> {
    python_packages("tests/requirements.txt", "tests/.venv")
}

/// The generators of the samples of docs, and where the programs of those in Python are.
pub fn docs_generators() -> Result<PathBuf, String> {
    const DOCUSAURUS: &str = "examples/embedding/docusaurus";
    once(&format!("{DOCUSAURUS}/package-lock.json"), &format!("{DOCUSAURUS}/node_modules/.installed"), || {
        run(&mut command("npm", &["ci", "--prefix", DOCUSAURUS, "--ignore-scripts", "--no-audit", "--no-fund"]))
    })?;
    python_packages("examples/embedding/requirements.txt", "tests/.venv-docs")
}

/// mdBook: the machine's if it is of this version, else one of the project's own, which changes nothing for other books.
pub fn mdbook() -> Result<PathBuf, String> {
    const FOLDER: &str = "target/mdbook";
    let own = root().join(FOLDER).join("bin/mdbook").with_extension(env::consts::EXE_EXTENSION);
    let is_there = |program: &&Path| {
        answer(&program.to_string_lossy(), &["--version"]).is_some_and(|said| said == format!("mdbook v{MDBOOK}"))
    };
    if let Some(program) = [find("mdbook").as_deref(), Some(&own)].into_iter().flatten().find(is_there) {
        return Ok(program.to_path_buf());
    }
    // Without what watches and serves books: it makes two pages.
    let options = ["--locked", "--no-default-features", "--features", "search", "--root", FOLDER];
    Program { package: "mdbook", version: MDBOOK, options: &options, opt_level: "0" }.build()?;
    Ok(own)
}

/// The packages that `list` names, in an environment of Python of their own, and where its programs are.
fn python_packages(list: &str, environment: &str) -> Result<PathBuf, String> {
    let programs = root().join(environment).join(if cfg!(windows) { "Scripts" } else { "bin" });
    let python = ["python3", "python"].into_iter().find(|name| find(name).is_some());
    let python = python.ok_or("Python is missing: install Python 3.11 or newer")?;
    once(list, &format!("{environment}/.installed"), || {
        let make = || run(&mut command(python, &["-m", "venv", "--clear", environment]));
        make().or_else(|why| {
            apt_install(&["python3-venv"]).map_err(|_| format!("{why}; on Debian and Ubuntu, install python3-venv"))?;
            make()
        })?;
        let pip = programs.join("pip");
        let install = ["install", "--quiet", "--requirement", list];
        run(&mut command(&pip.to_string_lossy(), &install))
    })?;
    Ok(programs)
}

/// Does `install` unless `stamp` holds the same bytes as `list`, the file that says what is to be installed.
fn once(list: &str, stamp: &str, install: impl FnOnce() -> Result<(), String>) -> Result<(), String> {
    let (list, stamp) = (root().join(list), root().join(stamp));
    let wanted = fs::read(&list).map_err(|error| format!("{} can't be read: {error}", list.display()))?;
    if fs::read(&stamp).is_ok_and(|there| there == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(&stamp, wanted).map_err(|error| format!("{} can't be written: {error}", stamp.display()))
}

/// Chrome or Chromium: what the variable CHROME names, else what is installed.
pub fn browser() -> Result<PathBuf, String> {
    const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    const FOLDERS: [&str; 3] = [
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    ];
    let installed = || {
        let named = NAMES.into_iter().find_map(find);
        named.or_else(|| FOLDERS.into_iter().map(PathBuf::from).find(|path| path.is_file()))
    };
    from_variable_or("CHROME", installed, &["chromium"])
}

/// The driver that belongs to the browser: what the variable CHROMEDRIVER names, else what is installed.
pub fn browser_driver() -> Result<PathBuf, String> {
    from_variable_or("CHROMEDRIVER", || find("chromedriver"), &["chromium-driver"])
}

fn from_variable_or(
    variable: &str,
    installed: impl Fn() -> Option<PathBuf>,
    packages: &[&str],
) -> Result<PathBuf, String> {
    if let Some(path) = env::var_os(variable).map(PathBuf::from) {
        return if path.is_file() { Ok(path) } else { Err(format!("{variable} names no file: {}", path.display())) };
    }
    installed().map_or_else(
        || {
            let how = format!("install Chrome or Chromium and chromedriver, or set {variable} to the program's path");
            apt_install(packages).map_err(|why| format!("{why}: {how}"))?;
            installed().ok_or(how)
        },
        Ok,
    )
}

/// The web servers that the release is tried behind.
pub fn web_servers() -> Result<(), String> {
    let needed = [("nginx", "nginx-light"), ("caddy", "caddy")];
    let missing: Vec<_> = needed.into_iter().filter(|(program, _)| find(program).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    apt_install(&missing.iter().map(|(_, package)| *package).collect::<Vec<_>>())
        .map_err(|why| format!("{why}: install nginx and Caddy"))
}

/// What builds images, what runs containers, and what makes base images of Debian's packages.
pub fn containers() -> Result<(), String> {
    const PROGRAMS: [&str; 3] = ["buildah", "runc", "mmdebstrap"];
    let missing: Vec<&str> = PROGRAMS.into_iter().filter(|program| find(program).is_none()).collect();
    if !missing.is_empty() {
        apt_install(&missing).map_err(|why| format!("{why}: install {}", PROGRAMS.join(", ")))?;
    }
    match answer("id", &["-u"]).as_deref() {
        Some("0") => Ok(()),
        _ => Err("containers with a memory limit and another user take root: run this as root".to_owned()),
    }
}

/// Installs Debian's packages, where this user may.
fn apt_install(packages: &[&str]) -> Result<(), String> {
    let names = packages.join(" and ");
    if find("apt-get").is_none() || answer("id", &["-u"]).as_deref() != Some("0") {
        return Err(format!("{names} is missing, and only root can install it, with apt-get"));
    }
    let apt = |arguments: &[&str]| run(command("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive"));
    apt(&["update", "--quiet=2"])?;
    apt(&[&["install", "--yes", "--quiet=2", "--no-install-recommends"], packages].concat())
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    #[test]
    fn the_lock_file_tells_the_version() {
        let lock =
            "[[package]]\nname = \"a-b\"\nversion = \"1.0.0\"\n\n[[package]]\nname = \"a\"\nversion = \"2.0.0\"\n";
        assert_eq!(locked_version(lock, "a"), Some("2.0.0"));
        assert_eq!(locked_version(lock, "b"), None);
    }
}
