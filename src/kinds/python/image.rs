//! The image of Python code, which Celery's services share.

use super::dockerfile;
use super::fields::Packages;
use crate::dockerfile::{IgnorePatterns, Image, PACKAGES_OF_ITS_OWN, Section, TOOLS_LEAVE_IT_BEHIND};
use crate::finding::Finding;
use crate::input::{Report, check, shortened, source_folder};
use crate::kinds::program::Recipe as BuildRecipe;
use crate::kinds::{Language, Prober, Stack};
use crate::message::message;
use crate::rules;
use crate::yaml::Field;

/// How an image of Python code is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipe {
    /// The version of Python, such as `3.14`.
    pub(super) version: String,
    /// The installer of the packages.
    pub(super) packages: Packages,
    /// The files and folders that the image gets, relative to the context, each once; empty where it is all.
    pub(super) files: Vec<String>,
}

/// The recipe that these fields describe.
pub fn recipe(
    version: &Field<String>,
    packages: &Field<Packages>,
    source: &Field<String>,
    files: &Field<Vec<Field<String>>>,
    report: &mut Report,
) -> BuildRecipe {
    let wrong = |text: &str| message!("`{text}` is no version of Python 3", text);
    let help = "Write a version of Python 3, such as \"3.14\"";
    let version = report.text(version, check::is_python_version, wrong, help).unwrap_or("3.14").to_owned();
    let packages = packages.get().copied().unwrap_or(Packages::Uv);
    let stack = Stack::Python(Recipe { version, packages, files: listed(files, report) });
    BuildRecipe { source: source_folder(source, report), dockerfile: None, stack }
}

fn listed(files: &Field<Vec<Field<String>>>, report: &mut Report) -> Vec<String> {
    let too_many =
        |count, most| message!("{count} files are more than the {most} that one service can have", count, most);
    let mut listed: Vec<String> = Vec::new();
    for (file, span) in report.entries(files, too_many) {
        if !check::is_file_below(file) {
            let message = message!("`{file}` is no file or folder below `source`", file = shortened(file));
            let finding = Finding::error(&rules::wrong_value::RULE, span, message);
            report.add(finding.help("Write a relative path without `..`, such as `main.py`"));
        } else if check::is_secrets_file(file) {
            let message =
                message!("`{file}` holds secrets, and who has the image could read them", file = shortened(file));
            let finding = Finding::error(&rules::secret_in_image::RULE, span, message);
            report.add(finding.help("Name its secrets in `secrets`: the process gets them when it starts"));
        } else if !listed.contains(&check::folder(file)) {
            listed.push(check::folder(file));
        }
    }
    listed
}

const IGNORED: IgnorePatterns = &[
    (&["**/.venv", "venv"], PACKAGES_OF_ITS_OWN),
    (
        &[
            "**/__pycache__",
            "**/*.pyc",
            "**/.pytest_cache",
            "**/.mypy_cache",
            "**/.ruff_cache",
            "**/.coverage",
            "**/htmlcov",
        ],
        TOOLS_LEAVE_IT_BEHIND,
    ),
];

impl Language for Recipe {
    fn dockerfile(&self, image: &Image) -> Option<Vec<Section>> {
        Some(dockerfile::sections(image, self))
    }

    fn ignored(&self) -> IgnorePatterns {
        IGNORED
    }

    fn listed_files(&self) -> &[String] {
        &self.files
    }

    fn target(&self) -> Option<&str> {
        None
    }

    fn prober(&self) -> Option<&'static dyn Prober> {
        Some(&Python)
    }

    fn shares_image_with(&self, other: &Self) -> bool {
        self == other
    }

    fn join(&mut self, _: Self) {}
}

/// Python itself: the slim image has neither curl nor wget. `-I` keeps the app's own modules out of the way.
struct Python;

const HTTP: &str = "import sys, urllib.request as r; \
    r.urlopen(r.Request(sys.argv[1], headers=dict(h.split('=', 1) for h in sys.argv[2:])), timeout=5)";
const TCP: &str = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)";

impl Prober for Python {
    fn http(&self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String> {
        let program = ["python", "-I", "-c", HTTP].map(str::to_owned);
        let headers = headers.into_iter().map(|(name, value)| format!("{name}={value}"));
        program.into_iter().chain([url]).chain(headers).collect()
    }

    fn tcp(&self, port: u16) -> Vec<String> {
        ["python", "-I", "-c", TCP, &port.to_string()].map(str::to_owned).to_vec()
    }

    fn reason(&self) -> &'static str {
        "Asked by Python, as the proxy would: the slim image has neither curl nor wget"
    }
}
