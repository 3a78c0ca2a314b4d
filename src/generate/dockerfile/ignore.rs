//! What the builder is not sent.

use super::super::artifact::{Artifact, Origin};
use crate::topology::{Build, Stack};

const LINK: &str = "https://docs.docker.com/build/concepts/context/#dockerignore-files";
/// The reason for leaving out installed packages.
const PACKAGES_OF_ITS_OWN: &str = "The image has packages of its own, installed for its own system";
/// The reason for leaving out caches and reports.
const TOOLS_LEAVE_IT_BEHIND: &str = "What tools leave behind would make every copy look new";

/// Patterns with why they are there. None may hide what a build reads, such as a package's `README.md`.
type Patterns = &'static [(&'static [&'static str], &'static str)];

const FOR_ALL: Patterns = &[
    (&[".env", ".env.*", "**/.env", "**/.env.*", ".secrets"], "Secrets stay out of the image"),
    (&[".git", ".github", ".gitignore"], "History is not needed to run, and changes with every commit"),
    (&["**/node_modules"], PACKAGES_OF_ITS_OWN),
    (&["**/.DS_Store", ".idea", ".vscode"], "What belongs to a developer's machine"),
    (
        &[
            "**/Dockerfile*",
            "**/.dockerignore",
            "compose*.yaml",
            "compose*.yml",
            "Caddyfile",
            "traefik-routes.yaml",
            "k8s/**/*.yaml",
        ],
        "A change of these files alone builds nothing anew",
    ),
];

const PYTHON: Patterns = &[
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

const NODE: Patterns = &[
    (&["**/*.tsbuildinfo"], "By these TypeScript would take for done what the image does not have"),
    (&["**/npm-debug.log*", "**/.nyc_output"], TOOLS_LEAVE_IT_BEHIND),
];

const GO: Patterns = &[
    (&["**/*_test.go"], "Tests are no part of a program: a change of these files alone builds nothing anew"),
    (&["**/coverage.out"], TOOLS_LEAVE_IT_BEHIND),
];

/// The file at `path`, for a folder that `field` names and that all `builds` read.
pub fn artifact(path: String, field: &str, builds: &[&Build]) -> Artifact {
    let mut lines: Vec<(String, &str)> = Vec::new();
    for (patterns, reason) in patterns(builds) {
        lines.extend(patterns.iter().map(|pattern| ((*pattern).to_owned(), *reason)));
    }
    for file in builds.iter().flat_map(|build| listed_files(build)) {
        let line = format!("!{file}");
        if hides(builds, file).is_some() && !lines.iter().any(|(other, _)| *other == line) {
            lines.push((line, "Hidden by a line above, and yet one of the files that the document names"));
        }
    }
    let origin = |reason| Some(Origin::new(field, reason).link(LINK));
    Artifact::from_lines(path, lines.into_iter().map(|(line, reason)| (line, origin(reason))))
}

/// The patterns for all these builds: none of one language hides what another reads.
fn patterns(builds: &[&Build]) -> impl Iterator<Item = &'static (&'static [&'static str], &'static str)> {
    let has = |is: fn(&Stack) -> bool| builds.iter().any(|build| is(&build.stack));
    let of = |patterns: Patterns, is_there: bool| if is_there { patterns } else { &[] };
    let python = of(PYTHON, has(|stack| matches!(stack, Stack::Python { .. })));
    let node = of(NODE, has(|stack| matches!(stack, Stack::Node { .. })));
    let go = of(GO, has(|stack| matches!(stack, Stack::Go { .. })));
    FOR_ALL.iter().chain(python).chain(node).chain(go)
}

/// The files of the code that the document names one by one.
fn listed_files(build: &Build) -> &[String] {
    match &build.stack {
        Stack::Python { files, .. } => files,
        Stack::Node { .. } | Stack::Go { .. } | Stack::Dockerfile { .. } => &[],
    }
}

/// The pattern that hides `file` from these builds, by the rules of Docker's `patternmatcher` as far as the patterns
/// above use them: `**/` is any folder, `*` any part of a name, and a folder hides what is in it.
pub fn hides(builds: &[&Build], file: &str) -> Option<&'static str> {
    let parts: Vec<&str> = file.split('/').collect();
    let name_is = |name: &str, pattern: &str| match pattern.split_once('*') {
        Some((start, end)) => name.len() >= start.len() + end.len() && name.starts_with(start) && name.ends_with(end),
        None => name == pattern,
    };
    let hides = |pattern: &&str| {
        if let Some(name) = pattern.strip_prefix("**/") {
            return parts.iter().any(|part| name_is(part, name));
        }
        let pattern: Vec<&str> = pattern.split('/').collect();
        parts.len() >= pattern.len() && parts.iter().zip(pattern).all(|(part, pattern)| name_is(part, pattern))
    };
    patterns(builds).flat_map(|(patterns, _)| *patterns).copied().find(hides)
}
