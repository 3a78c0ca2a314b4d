//! The part of the Compose Specification that is generated.
//!
//! <https://github.com/compose-spec/compose-spec/blob/main/spec.md>

use serde::{Serialize, Serializer};

/// A `compose.yaml`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Project {
    pub name: Text,
    pub services: Map<Service>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub networks: Map<Network>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub volumes: Map<Volume>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub secrets: Map<Secret>,
}

/// A service: equal containers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Service {
    pub image: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub build: Option<Build>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pull_policy: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub develop: Option<Develop>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub profiles: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub command: Option<Vec<Text>>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub environment: Map<Text>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub secrets: Vec<String>,
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub depends_on: Map<Dependency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub healthcheck: Option<Healthcheck>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ports: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub networks: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub volumes: Vec<Mount>,
    pub restart: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop_grace_period: Option<String>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub init: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    pub read_only: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tmpfs: Vec<Text>,
    pub cap_drop: &'static [&'static str],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub cap_add: &'static [&'static str],
    pub security_opt: &'static [&'static str],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cpu_shares: Option<u64>,
    pub memswap_limit: String,
    pub deploy: Deploy,
    pub logging: Logging,
}

/// From what an image is built.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Build {
    pub context: Text,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dockerfile: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Text>,
}

/// What `docker compose watch` does: <https://github.com/compose-spec/compose-spec/blob/main/develop.md>.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Develop {
    pub watch: Vec<Watch>,
}

/// What happens when a file below `path` changes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Watch {
    pub action: &'static str,
    pub path: Text,
}

/// For what a service waits before it starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Dependency {
    pub condition: Condition,
}

/// The state of another service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Condition {
    #[serde(rename = "service_started")]
    Started,
    #[serde(rename = "service_healthy")]
    Healthy,
    #[serde(rename = "service_completed_successfully")]
    CompletedSuccessfully,
}

/// How Docker sees that a container is well.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Healthcheck {
    pub test: Vec<Text>,
    pub interval: &'static str,
    pub timeout: &'static str,
    pub retries: u32,
    pub start_period: String,
    pub start_interval: &'static str,
}

/// What is mounted into a container, in the long syntax: a path cannot run into an option.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub enum Mount {
    /// A disk that Docker keeps.
    Volume { source: String, target: Text },
    /// A file beside `compose.yaml`.
    Bind { source: &'static str, target: &'static str, read_only: bool, bind: BindOptions },
}

/// How a file is mounted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct BindOptions {
    pub create_host_path: bool,
}

/// How many containers, and what each may take.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Deploy {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replicas: Option<u32>,
    pub resources: Resources,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Resources {
    pub limits: Resource,
    pub reservations: Resource,
}

#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Resource {
    pub memory: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Logging {
    pub driver: &'static str,
}

/// A network of the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Network {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub internal: bool,
}

/// A disk of the project, with the driver's defaults.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Volume {}

/// A secret of the project, which Compose mounts as the file that it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Secret {
    pub file: String,
}

/// Text in which Compose replaces `$NAME`:
/// <https://github.com/compose-spec/compose-spec/blob/main/12-interpolation.md>.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl Text {
    /// Text that stays as it is.
    pub fn literal(text: &str) -> Self {
        Self(text.replace('$', "$$"))
    }

    /// The value of `key` in `.env`, without which nothing starts. `key` is a variable's name.
    pub fn required(key: &str) -> Self {
        Self(format!("${{{key}:?set {key} in .env}}"))
    }
}

/// A mapping in the order in which it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Map<T>(Vec<(String, T)>);

impl<T> Map<T> {
    /// Adds an entry. The keys are names of services, variables, secrets and networks, which the topology keeps apart.
    pub fn push(&mut self, key: impl Into<String>, value: T) {
        self.0.push((key.into(), value));
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Map<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> FromIterator<(String, T)> for Map<T> {
    fn from_iter<I: IntoIterator<Item = (String, T)>>(entries: I) -> Self {
        Self(entries.into_iter().collect())
    }
}

impl<T: Serialize> Serialize for Map<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}
