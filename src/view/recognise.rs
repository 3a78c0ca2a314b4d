//! Recognises the format of a text without parsing it.

/// A format other than Plimsoll's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// A compose.yaml.
    Compose,
    /// Kubernetes objects.
    Kubernetes,
    /// A Dockerfile.
    Dockerfile,
    /// JSON.
    Json,
}

/// Keys of a Compose service that Plimsoll does not have (<https://docs.docker.com/reference/compose-file/services/>).
const OF_COMPOSE: [&str; 12] = [
    "build",
    "container_name",
    "depends_on",
    "deploy",
    "entrypoint",
    "env_file",
    "environment",
    "healthcheck",
    "networks",
    "ports",
    "restart",
    "volumes",
];

/// Returns the format of `text`, if it is a known one other than Plimsoll's own.
pub fn recognise(text: &str) -> Option<Foreign> {
    let code = || text.lines().filter(|line| !line.trim_start().starts_with('#') && !line.trim().is_empty());
    let key = |line: &str| line.split_once(':').map(|(key, _)| key.trim_matches(['"', '\'']).to_owned());
    let has = |wanted: &str| code().any(|line| key(line).as_deref() == Some(wanted));
    if has("apiVersion") && has("kind") {
        return Some(Foreign::Kubernetes);
    }
    let first = code().next()?;
    if first.starts_with("FROM ") || first.starts_with("ARG ") {
        return Some(Foreign::Dockerfile);
    }
    if first.trim_start().starts_with(['{', '[']) {
        return Some(Foreign::Json);
    }
    let is_nested = |line: &str| line.starts_with([' ', '\t']);
    let of_compose = |line: &str| key(line.trim_start()).is_some_and(|key| OF_COMPOSE.contains(&key.as_str()));
    let is_compose = has("services") && code().any(|line| is_nested(line) && of_compose(line));
    is_compose.then_some(Foreign::Compose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn formats_are_told_apart() {
        let compose = "# mine\nservices:\n  web:\n    build: .\n    ports: [\"80:80\"]\n";
        let kubernetes = "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: services\n";
        for (text, format) in [
            (compose, Some(Foreign::Compose)),
            (kubernetes, Some(Foreign::Kubernetes)),
            ("# syntax=docker/dockerfile:1\n\nFROM python:3.14\n", Some(Foreign::Dockerfile)),
            ("{ \"a\": 1 }", Some(Foreign::Json)),
            ("", None),
            ("volumes: { a: {} }\n", None),
            ("services:\n  volumes: { image: x }\n", Some(Foreign::Compose)),
            ("hello", None),
        ] {
            assert_eq!(recognise(text), format, "{text}");
        }
    }

    #[test]
    fn what_plimsoll_generates_is_foreign_and_its_examples_are_not() {
        for entry in fs::read_dir("examples").unwrap() {
            let path = entry.unwrap().path();
            if let Ok(text) = fs::read_to_string(&path) {
                assert_eq!(recognise(&text), None, "{}", path.display());
            }
        }
        let generated = |file: &str| recognise(&fs::read_to_string(format!("tests/golden/shop/clean/{file}")).unwrap());
        assert_eq!(generated("compose.yaml"), Some(Foreign::Compose));
        assert_eq!(generated("k8s/api.yaml"), Some(Foreign::Kubernetes));
        assert_eq!(generated("Dockerfile"), Some(Foreign::Dockerfile));
    }
}
