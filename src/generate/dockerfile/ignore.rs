//! What the builder is not sent.

use crate::artifact::{Artifact, Origin};
use crate::dockerfile::{IgnorePatterns, PACKAGES_OF_ITS_OWN};
use crate::model::FieldPath;
use crate::topology::Build;

const LINK: &str = "https://docs.docker.com/build/concepts/context/#dockerignore-files";

const FOR_ALL: IgnorePatterns = &[
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

/// The file at `path`, for a folder that `field` names and that all `builds` read.
pub fn artifact(path: String, field: &FieldPath, builds: &[&Build]) -> Artifact {
    let mut lines: Vec<(String, &str)> = Vec::new();
    for (patterns, reason) in patterns(builds) {
        lines.extend(patterns.iter().map(|pattern| ((*pattern).to_owned(), *reason)));
    }
    for file in builds.iter().flat_map(|build| build.stack.listed_files()) {
        let line = format!("!{file}");
        if hides(builds, file).is_some() && !lines.iter().any(|(other, _)| *other == line) {
            lines.push((line, "Hidden by a line above, and yet one of the files that the document names"));
        }
    }
    let origin = |reason| Some(Origin::new(field, reason).link(LINK));
    Artifact::from_lines(path, lines.into_iter().map(|(line, reason)| (line, origin(reason))))
}

/// The patterns for all these builds: none of one language hides a file that another reads.
fn patterns(builds: &[&Build]) -> Vec<&'static (&'static [&'static str], &'static str)> {
    let mut patterns: Vec<_> = FOR_ALL.iter().collect();
    for pattern in builds.iter().flat_map(|build| build.stack.ignored()) {
        if !patterns.contains(&pattern) {
            patterns.push(pattern);
        }
    }
    patterns
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
    patterns(builds).into_iter().flat_map(|(patterns, _)| *patterns).copied().find(hides)
}
