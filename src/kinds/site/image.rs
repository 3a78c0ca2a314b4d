//! The image of a static site.

use super::{Server, dockerfile};
use crate::dockerfile::{IgnorePatterns, Image, Section};
use crate::kinds::node::{self, Packages};
use crate::kinds::{BusyBox, Language, Prober};

/// How the image of a static site is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The version of Node.js, such as `24`.
    pub(super) version: String,
    /// The installer of the packages.
    pub(super) packages: Packages,
    /// The script of `package.json` that builds the site.
    pub(super) build: String,
    /// The folder that it writes, relative to the code.
    pub(super) output: String,
    /// The folder of the files with a hash in their names, relative to `output`.
    pub(super) assets: String,
    /// The page that answers paths without a file, relative to `output`.
    pub(super) fallback: Option<String>,
    /// The web server.
    pub(super) server: Server,
    /// The variables of the build, each as `NAME=value`.
    pub(super) variables: Vec<String>,
}

impl Language for Recipe {
    fn dockerfile(&self, image: &Image) -> Option<Vec<Section>> {
        Some(dockerfile::sections(image, self))
    }

    fn ignored(&self) -> IgnorePatterns {
        node::IGNORED
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

    /// The server's configuration in the image names the port of one service.
    fn shares_image_with(&self, _: &Self) -> bool {
        false
    }

    fn join(&mut self, _: Self) {}
}
