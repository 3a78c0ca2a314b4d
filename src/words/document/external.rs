//! What is said of a service that somebody else runs.

pub const NO_HOST: &str = "The host of an external service is a DNS name";
pub const NO_HOST_HELP: &str = "Write it in lower case, such as `db.example.com`, or write `true`";
pub const ONLY_CATALOG_KINDS: &str = "Only a database or another catalog kind can be external";
pub const ONLY_CATALOG_KINDS_HELP: &str =
    "Remove `external`; what lies elsewhere needs no service here, only a variable";
/// Of what would change a container, and there is none.
pub const SOMEBODY_ELSE_RUNS_IT: &str = "Somebody else runs this service";
pub const SOMEBODY_ELSE_RUNS_IT_HELP: &str = "Remove it, or `external`";
