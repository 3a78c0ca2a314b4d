//! Images: built with buildah, in a store of their own, so that no image of the machine is touched or used.

use plimsoll::hash::fnv1a;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::{env, fs};

/// The suite whose packages the stand-ins are made of: the first with Python 3.14 and PostgreSQL 18.
const SUITE: &str = "forky";

/// Where the machine says how packages are fetched; mounted while an image is built, and never in it.
const CLIENT_FILES: [&str; 3] = ["/etc/ssl/certs", "/etc/pip.conf", "/etc/uv"];

/// The same in variables, which the stand-ins have, since a Dockerfile takes none from outside.
pub const CLIENT_VARIABLES: [&str; 8] = [
    "SSL_CERT_FILE",
    "REQUESTS_CA_BUNDLE",
    "PIP_CERT",
    "PIP_INDEX_URL",
    "PIP_EXTRA_INDEX_URL",
    "PIP_TRUSTED_HOST",
    "UV_DEFAULT_INDEX",
    "UV_INDEX",
];

const PYTHON: &str = "docker.io/library/python:3.14-slim";
const UV: &str = "ghcr.io/astral-sh/uv:";
const NGINX: &str = "nginxinc/nginx-unprivileged:";

/// The image of databases and caches.
pub const BACKING: &str = "localhost/backing:1";

/// Where everything of these tests lies: images, projects, what containers write.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("images");
        let containers = folder.join("runc");
        fs::create_dir_all(&containers).unwrap();
        // What an interrupted run left behind.
        for container in fs::read_dir(&containers).unwrap() {
            let name = container.unwrap().file_name();
            output(Command::new("runc").arg("--root").arg(&containers).args(["delete", "--force"]).arg(name));
        }
        output(buildah_in(&folder).args(["rm", "--all"]));
        folder
    })
}

/// Builds the image by the Dockerfile in the folder `context`.
pub fn build(image: &str, dockerfile: &Path, context: &Path) {
    for base in bases(dockerfile) {
        stand_in(&base);
    }
    println!("{image}: building");
    // Without the cache of layers, or the second run would build nothing.
    let bud = ["bud", "--isolation", "chroot", "--pull-never", "--no-cache", "--tag", image, "--file"];
    output(buildah().args(bud).arg(dockerfile).args(client_files()).arg(context));
}

/// Writes uv.lock beside the project's pyproject.toml, with the uv that the Dockerfile installs with.
pub fn lock(project: &Path, dockerfile: &Path) {
    let uv = bases(dockerfile).into_iter().find(|image| image.starts_with(UV)).expect("a Dockerfile that has uv");
    stand_in(&uv);
    stand_in(PYTHON);
    let (python, uv) = (Container::from(PYTHON), Container::from(&uv));
    fs::copy(uv.mount().join("uv"), python.mount().join("usr/local/bin/uv")).unwrap();
    let mut run = buildah();
    run.args(["run", "--isolation", "chroot", "--workingdir", "/app"]).args(client_files());
    output(run.arg(format!("--volume={}:/app", project.display())).args([&python.0, "uv", "lock"]));
}

/// A container of buildah's: a file system of its own on an image. It goes when this is dropped.
pub struct Container(String);

impl Container {
    /// Starts from an image, which must be there.
    pub fn from(image: &str) -> Self {
        Self(output(buildah().args(["from", "--pull-never", image])).trim().to_owned())
    }

    /// Where its file system is.
    pub fn mount(&self) -> PathBuf {
        output(buildah().args(["mount", &self.0])).trim().into()
    }
}

impl Drop for Container {
    fn drop(&mut self) {
        let _ = buildah().args(["rm", &self.0]).output();
    }
}

/// What the image says of how it is run, as the OCI's image configuration has it.
pub fn configuration(image: &str) -> serde_json::Value {
    let inspected = output(buildah().args(["inspect", "--type", "image", image]));
    serde_json::from_str::<serde_json::Value>(&inspected).unwrap()["OCIv1"]["config"].take()
}

/// Makes sure that there is an image of this name, made of Debian's packages.
pub fn stand_in(image: &str) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let python = || make(PYTHON, "python", &["ca-certificates", "python3", "python3-venv"], &[]);
    if let Some(version) = image.strip_prefix(UV) {
        python();
        make(image, "uv", &[], &[&format!("--build-arg=VERSION={version}")]);
    } else if image == BACKING {
        let packages = ["mariadb-client-core", "mariadb-server-core", "memcached", "postgresql-18", "redis-server"];
        make(image, "backing", &packages, &[]);
    } else if image.starts_with(NGINX) {
        make(image, "nginx", &["curl", "nginx"], &[]);
    } else if PYTHON.ends_with(image) {
        python();
    } else {
        panic!("nothing stands in for the image {image}");
    }
}

/// Makes the stand-in by its folder in `stand-ins/`, unless an earlier run did, and gives it the image's name.
fn make(image: &str, name: &str, packages: &[&str], options: &[&str]) {
    let source = Path::new("tests/images/stand-ins").join(name);
    let mut files: Vec<PathBuf> = fs::read_dir(&source).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let recipe: Vec<Vec<u8>> = files.iter().map(|file| fs::read(file).unwrap()).collect();
    let client: Vec<(&str, String)> =
        CLIENT_VARIABLES.into_iter().filter_map(|name| Some((name, env::var(name).ok()?))).collect();
    let recipe = [recipe.concat(), format!("{SUITE} {packages:?} {options:?} {client:?}").into_bytes()].concat();
    let made = format!("localhost/stand-in/{name}:{}", fnv1a(&recipe));

    if !buildah().args(["inspect", "--type", "image", &made]).output().unwrap().status.success() {
        println!("{image}: making a stand-in of Debian's packages");
        let context = folder().join("stand-ins").join(name);
        let _ = fs::remove_dir_all(&context);
        fs::create_dir_all(&context).unwrap();
        for file in &files {
            fs::copy(file, context.join(file.file_name().unwrap())).unwrap();
        }
        if !packages.is_empty() {
            debian(&context.join("root.tar"), packages);
        }
        let bud = ["bud", "--isolation", "chroot", "--pull-never", "--tag", &made];
        let arguments = client.iter().map(|(name, value)| format!("--build-arg={name}={value}"));
        output(buildah().args(bud).args(options).args(arguments).args(client_files()).arg(&context));
        fs::remove_dir_all(&context).unwrap();
    }
    let container = Container::from(&made);
    for (name, value) in client {
        output(buildah().args(["config", "--env", &format!("{name}={value}"), &container.0]));
    }
    output(buildah().args(["commit", "--quiet", &container.0, image]));
}

/// Writes a file system with Debian's packages, fetched as the machine's own apt fetches its own.
fn debian(tar: &Path, packages: &[&str]) {
    let check = output(Command::new("apt-config").args(["dump", "--format", "%v%n", "Acquire::Check-Valid-Until"]));
    let mut mmdebstrap = Command::new("mmdebstrap");
    mmdebstrap.args(["--variant=minbase", "--quiet", &format!("--include={}", packages.join(","))]);
    if !check.trim().is_empty() {
        mmdebstrap.arg(format!("--aptopt=Acquire::Check-Valid-Until \"{}\"", check.trim()));
    }
    for option in ["force-unsafe-io", "path-exclude=/usr/share/doc/*", "path-exclude=/usr/share/locale/*"] {
        mmdebstrap.arg(format!("--dpkgopt={option}"));
    }
    output(mmdebstrap.arg(SUITE).arg(tar));
}

/// The images that a Dockerfile starts from.
fn bases(dockerfile: &Path) -> Vec<String> {
    let text = fs::read_to_string(dockerfile).unwrap();
    let images = text.lines().filter_map(|line| line.strip_prefix("FROM ")?.split(' ').next());
    images.map(str::to_owned).collect()
}

fn client_files() -> impl Iterator<Item = String> {
    let there = CLIENT_FILES.into_iter().filter(|path| Path::new(path).exists());
    there.map(|path| format!("--volume={path}:{path}:ro"))
}

fn buildah() -> Command {
    buildah_in(folder())
}

fn buildah_in(folder: &Path) -> Command {
    let mut buildah = Command::new("buildah");
    // Its cache mounts lie there.
    buildah.env("TMPDIR", folder);
    buildah.arg("--root").arg(folder.join("storage")).arg("--runroot").arg(folder.join("run"));
    buildah
}

/// Runs a program that must succeed, and returns what it prints.
pub fn output(command: &mut Command) -> String {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let failed = || format!("{command:?}: {}\n{said}{}", output.status, String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{}", failed());
    said
}
