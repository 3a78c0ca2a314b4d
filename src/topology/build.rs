//! The images that are built.

use super::{NodePackages, Packages, ServiceId};

/// Index of a build in [`Topology::builds`](super::Topology::builds); valid by construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BuildId(pub(crate) usize);

/// An image that is built from the person's code. Services with the same code and stack share one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Build {
    /// Its full reference, such as `ghcr.io/acme/shop:1.4`.
    pub image: String,
    /// The folder of the code, relative to the Compose file: `.` or a path without `..`.
    pub context: String,
    /// The Dockerfile, relative to `context`: the person's own, or `Dockerfile`, or `Dockerfile.NAME` where one folder
    /// has several.
    pub dockerfile: String,
    /// How it is built.
    pub stack: Stack,
    /// The port that the web app listens on, if one of the services is a web app.
    pub port: Option<u16>,
    /// What the container runs unless told otherwise: the first service's command. Empty where the person's own
    /// Dockerfile says it.
    pub command: Vec<String>,
    /// The services that run this image.
    pub services: Vec<ServiceId>,
}

/// How an image is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stack {
    /// From Python code.
    Python {
        /// The version of Python, such as `3.14`.
        version: String,
        /// What installs the packages.
        packages: Packages,
        /// The files and folders that the image gets, relative to the context, each once; empty where it is all.
        files: Vec<String>,
    },
    /// From Node.js code.
    Node {
        /// The version of Node.js, such as `24`.
        version: String,
        /// What installs the packages.
        packages: NodePackages,
        /// The script of `package.json` that builds the program.
        build: Option<String>,
    },
    /// From Go code.
    Go {
        /// The version of Go, such as `1.26`.
        version: String,
        /// The packages of its services, such as `./cmd/api`, each once. Each becomes a program in `/usr/local/bin`.
        packages: Vec<String>,
    },
    /// By the person's own Dockerfile.
    Dockerfile {
        /// The stage to build, if it is not the last.
        target: Option<String>,
    },
}

/// The name of the program that a package of Go becomes: `./cmd/api` is `api`, `./tools/seed` is `tools-seed`.
pub fn go_program(package: &str) -> String {
    match package.trim_start_matches("./") {
        "." => "app".to_owned(),
        folders => folders.strip_prefix("cmd/").unwrap_or(folders).replace('/', "-"),
    }
}
