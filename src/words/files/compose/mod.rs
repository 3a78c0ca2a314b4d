//! Why the lines of compose.yaml, and of the file of its reverse proxy, are there.

pub mod healthcheck;
pub mod networks;
pub mod proxy;
pub mod service;

use crate::quantity::Memory;

pub const WHAT_RUNS_ON_THE_SERVER: &str = "What runs on the server";
pub const NAME_OF_CONTAINERS_AND_VOLUMES: &str = "Containers, networks and volumes carry this name";
pub const CERTIFICATES_OUTLIVE_CONTAINERS: &str =
    "Certificates outlive the container: authorities limit how often they issue";
pub const SECRET_FILES_ARE_MOUNTED_AS_THEY_ARE: &str =
    "Mounted as it is, so that it has to be readable to the process; DEPLOY.md makes it from .env";

pub fn disk_without_limit(size: Memory) -> String {
    format!("A disk that outlives the container. Docker sets it no limit: see to it that the server has the {size}")
}

/// What Compose says when it starts without the variable `key`. It stands between `${` and `}`.
pub fn set_in_env(key: &str) -> String {
    format!("set {key} in .env")
}
