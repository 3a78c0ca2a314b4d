//! The image of Node.js code.

use super::{Packages, dockerfile};
use crate::dockerfile::{IgnorePatterns, Image, Section, TOOLS_LEAVE_IT_BEHIND};
use crate::kinds::{Language, Prober};

/// How an image of Node.js code is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The version of Node.js, such as `24`.
    pub(super) version: String,
    /// The installer of the packages.
    pub(super) packages: Packages,
    /// The script of `package.json` that builds the program.
    pub(super) build: Option<String>,
}

/// What tools write that no build needs.
pub const IGNORED: IgnorePatterns = &[
    (&["**/*.tsbuildinfo"], "By these TypeScript would take for done what the image does not have"),
    (&["**/npm-debug.log*", "**/.nyc_output"], TOOLS_LEAVE_IT_BEHIND),
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
        Some(&Node)
    }

    fn shares_image_with(&self, other: &Self) -> bool {
        self == other
    }

    fn join(&mut self, _: Self) {}
}

/// Node.js itself: its slim image has neither curl nor wget. `--` ends its own options.
struct Node;

/// With a signal Node.js listens for errors itself, and would end well.
const HTTP: &str = "const [url, ...fields] = process.argv.slice(1); \
    const headers = Object.fromEntries(fields.map((field) => field.split('='))); \
    require('node:http').get(url, { headers, signal: AbortSignal.timeout(5000) }, \
    (response) => process.exit(response.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))";
/// An error that nobody listens for ends the program with 1.
const TCP: &str = "require('node:net').connect(Number(process.argv[1]), '127.0.0.1', () => process.exit())";

impl Prober for Node {
    fn http(&self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String> {
        let program = ["node", "-e", HTTP, "--"].map(str::to_owned);
        let headers = headers.into_iter().map(|(name, value)| format!("{name}={value}"));
        program.into_iter().chain([url]).chain(headers).collect()
    }

    fn tcp(&self, port: u16) -> Vec<String> {
        ["node", "-e", TCP, "--", &port.to_string()].map(str::to_owned).to_vec()
    }

    fn reason(&self) -> &'static str {
        "Asked by Node.js, as the proxy would: the slim image has neither curl nor wget"
    }
}
