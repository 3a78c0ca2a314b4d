//! What the builder is not sent.

use super::super::artifact::{Artifact, Origin};

const LINK: &str = "https://docs.docker.com/build/concepts/context/#dockerignore-files";

/// Patterns with why they are there. None may hide what a package needs to be built, such as `README.md`.
const PATTERNS: &[(&[&str], &str)] = &[
    (&[".env", ".env.*", "**/.env", "**/.env.*"], "Secrets stay out of the image"),
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
        &["**/Dockerfile*", "**/.dockerignore", "compose*.yaml", "compose*.yml", "Caddyfile", "k8s/*.yaml"],
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
