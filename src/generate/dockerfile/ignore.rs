//! What the builder is not sent.

use super::super::artifact::{Artifact, Origin};

const LINK: &str = "https://docs.docker.com/build/concepts/context/#dockerignore-files";

/// Patterns with why they are there. None may hide what a package needs to be built, such as `README.md`.
const PATTERNS: &[(&[&str], &str)] = &[
    (&[".env", ".env.*", "**/.env", "**/.env.*", ".secrets"], "Secrets stay out of the image"),
    (&[".git", ".github", ".gitignore"], "History is not needed to run, and changes with every commit"),
    (&["**/.venv", "venv"], "The image has packages of its own, installed for its own system"),
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
        "What tools leave behind would make every copy look new",
    ),
    (&["**/node_modules", "**/.DS_Store", ".idea", ".vscode"], "What belongs to a developer's machine"),
    (
        &[
            "**/Dockerfile*",
            "**/.dockerignore",
            "compose*.yaml",
            "compose*.yml",
            "Caddyfile",
            "traefik-routes.yaml",
            "k8s/*.yaml",
        ],
        "A change of these files alone builds nothing anew",
    ),
];

/// The file at `path`, for the folder that `field` names.
pub fn artifact(path: String, field: &str) -> Artifact {
    let lines = PATTERNS.iter().flat_map(|(patterns, reason)| {
        patterns.iter().map(move |pattern| ((*pattern).to_owned(), Some(Origin::new(field, *reason).link(LINK))))
    });
    Artifact::from_lines(path, lines)
}

/// The pattern that hides `file`, by the rules of Docker's `patternmatcher` as far as the patterns above use them: `**/`
/// is any folder, `*` any part of a name, and a folder hides what is in it.
#[cfg(test)]
pub fn hides(file: &str) -> Option<&'static str> {
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
    PATTERNS.iter().flat_map(|(patterns, _)| *patterns).copied().find(hides)
}
