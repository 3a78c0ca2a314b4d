//! What is said of environments.

use crate::topology::{Environment, Name};

// One that is asked for.
pub fn not_there(environment: &str) -> String {
    format!("There is no environment `{environment}`")
}

/// What helps, by those that are there.
pub fn not_there_help(environments: &[Environment]) -> String {
    let names: Vec<String> = environments.iter().map(|environment| format!("`{}`", environment.name)).collect();
    match names.as_slice() {
        [] => "The document names no `environments`".to_owned(),
        names => format!("Those of the document are {}", names.join(" and ")),
    }
}

// Those of the document.
pub const WITHOUT_CLUSTER: &str = "Environments are the cluster's; Compose reads what differs from `.env`";
pub const WITHOUT_CLUSTER_HELP: &str = "Add a `cluster`, or remove `environments`";
pub const TAKES_ITS_PLACE_HELP: &str = "Give each its own name and `namespace`";
pub const SAME_HOST_HELP: &str = "Give each its own `public: { host: … }`, unless they run in different clusters";
pub const NO_SERVICE_HELP: &str = "Add it to the document's `services`; an environment changes what is there";

pub fn too_many(count: usize, most: usize) -> String {
    format!("{count} environments are more than the {most} there can be")
}

pub fn takes_its_place(environment: &Name, other: &Name) -> String {
    format!("`{environment}` would take the place of `{other}`")
}

pub fn same_host(environment: &Name, other: &Name, host: &str) -> String {
    format!("`{environment}` and `{other}` claim the same host, `{host}`")
}
