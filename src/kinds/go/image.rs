//! The image of Go code: one program for each package.

use super::dockerfile;
use crate::dockerfile::{IgnorePatterns, Image, Section, TOOLS_LEAVE_IT_BEHIND};
use crate::kinds::{BusyBox, Language, Prober};

/// How an image of Go code is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The version of Go, such as `1.26`.
    pub(super) version: String,
    /// The packages of its services, such as `./cmd/api`, each once. Each becomes a program in `/usr/local/bin`.
    pub(super) packages: Vec<String>,
}

/// The name of the program that a package becomes: `./cmd/api` is `api`, `./tools/seed` is `tools-seed`.
pub fn program_name(package: &str) -> String {
    match package.trim_start_matches("./") {
        "." => "app".to_owned(),
        folders => folders.strip_prefix("cmd/").unwrap_or(folders).replace('/', "-"),
    }
}

const IGNORED: IgnorePatterns = &[
    (&["**/*_test.go"], "Tests are no part of a program: a change of these files alone builds nothing anew"),
    (&["**/coverage.out"], TOOLS_LEAVE_IT_BEHIND),
];

impl Language for Recipe {
    fn dockerfile(&self, image: &Image) -> Option<Vec<Section>> {
        Some(dockerfile::sections(image, self))
    }

    fn ignored(&self) -> IgnorePatterns {
        IGNORED
    }

    fn listed_files(&self) -> &[String] {
        &[]
    }

    fn target(&self) -> Option<&str> {
        None
    }

    fn prober(&self) -> Option<&'static dyn Prober> {
        Some(&BusyBox)
    }

    /// One image holds several programs, if they have different names.
    fn shares_image_with(&self, other: &Self) -> bool {
        let is_alone = |package: &String| {
            let same_name = |other: &&String| program_name(other) == program_name(package);
            self.packages.iter().filter(same_name).all(|other| other == package)
        };
        self.version == other.version && other.packages.iter().all(is_alone)
    }

    fn join(&mut self, other: Self) {
        for package in other.packages {
            if !self.packages.contains(&package) {
                self.packages.push(package);
            }
        }
    }
}
