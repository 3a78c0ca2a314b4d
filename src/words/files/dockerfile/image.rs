//! Why the lines are there that all Dockerfiles have in common.

pub const GRAMMAR_WITH_CACHE_MOUNTS: &str = "The newest stable grammar of Dockerfiles, which knows cache mounts";

// As whom, and where, the program runs.
pub const USER_WITHOUT_RIGHTS: &str =
    "A user that is not root, above the host's own ids; its home is the one folder that is writable";
pub const FOLDER_OF_THE_COMMAND: &str = "The folder that the command is run from";
pub const NEW_VOLUMES_TAKE_OVER_THE_OWNER: &str =
    "A new volume takes over the folder's owner from the image; without this it would be root's";

// How the image runs.
pub const USER_BY_NUMBER: &str = "By number, so that Kubernetes can see that it is not root";
pub const PORT_OPENS_NOTHING: &str = "Says which port the app listens on; opens none";
/// A comment in the Dockerfile.
pub const NO_HEALTHCHECK: &str = "No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.";
pub const HEALTHCHECK_WOULD_NOT_DO: &str =
    "Kubernetes ignores HEALTHCHECK, and the services of one image are not asked alike";
