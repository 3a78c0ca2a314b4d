//! One of Compose's services while it is put together.

use super::model::{Condition, Dependency, Logging, Resource, Resources, Service as Output};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::quantity::Memory;
use crate::yaml::Segment;

const STARTUP_ORDER: &str = "https://docs.docker.com/compose/how-tos/startup-order/";
/// Root's rights, and who has them.
pub const CAPABILITIES: &str = "https://docs.docker.com/engine/security/#linux-kernel-capabilities";
const READ_ONLY: &str = "https://docs.docker.com/reference/compose-file/services/#read_only";
const NO_NEW_PRIVILEGES: &str = "https://docs.docker.com/reference/cli/docker/container/run/#security-opt";
const MEMORY: &str = "https://fastapi.tiangolo.com/deployment/docker/#memory";
const SWAP: &str = "https://docs.docker.com/engine/containers/resource_constraints/#--memory-swap-details";
const LOGGING: &str = "https://docs.docker.com/engine/logging/configure/#configure-the-default-logging-driver";

/// One of Compose's services, with why each of its values is there.
pub struct Draft {
    pub name: String,
    pub service: Output,
    pub notes: Notes,
}

impl Draft {
    /// A service with what holds for every container.
    pub fn hardened(name: String, because: Origin, limit: (Memory, Origin)) -> Self {
        let field = because.field.clone();
        let note = |reason: &str, link| Origin::new(&field, reason).link(link);
        let mut draft = Self { name, service: Output::default(), notes: Notes::new(because) };
        let (memory, memory_origin) = limit;
        draft.service.read_only = true;
        draft.service.cap_drop = &["ALL"];
        draft.service.security_opt = &["no-new-privileges:true"];
        draft.service.logging = Logging { driver: "local" };
        draft.service.memswap_limit = memory.compose();
        let resource = Resource { memory: memory.compose() };
        draft.service.deploy.resources = Resources { limits: resource.clone(), reservations: resource };

        draft.note(
            path!["memswap_limit"],
            Origin::new(
                &memory_origin.field,
                "As much as the memory limit: no swap, which would make it slow before it fails",
            )
            .link(SWAP),
        );
        draft.note(path!["deploy"], memory_origin.link(MEMORY));
        draft.note(
            path!["read_only"],
            note("Who breaks in cannot change the program: only the folders named here can be written to", READ_ONLY),
        );
        draft.note(path!["cap_drop"], note("None of root's rights is needed", CAPABILITIES));
        draft.note(path!["security_opt"], note("No program inside can gain rights by setuid", NO_NEW_PRIVILEGES));
        draft.note(path!["logging"], note("Log files that rotate; Docker's default fills the disk", LOGGING));
        draft
    }

    /// Notes why a value of the service is there.
    pub fn note(&mut self, path: impl IntoIterator<Item = Segment>, origin: Origin) {
        self.notes.at(path, origin);
    }

    /// Waits for another service before it starts.
    pub fn wait_for(&mut self, service: &str, condition: Condition, origin: Origin) {
        self.note(path!["depends_on", service], origin.link(STARTUP_ORDER));
        self.service.depends_on.push(service, Dependency { condition });
    }
}
