//! As whom a container's process runs, what it may write to, and what it gets of the machine.

use super::draft::{CAPABILITIES, Draft};
use super::model::Text;
use super::service::Source;
use crate::artifact::Origin;
use crate::generate::notes::path;
use crate::topology::{FigureSource, Provenance, Service};
use crate::words::files::compose::service as why;

const TMPFS: &str = "https://docs.docker.com/engine/storage/tmpfs/";
const CPU_SHARES: &str =
    "https://docs.docker.com/engine/containers/resource_constraints/#configure-the-default-cfs-scheduler";
const INIT: &str = "https://docs.docker.com/reference/compose-file/services/#init";
const STOP: &str = "https://docs.docker.com/reference/compose-file/services/#stop_grace_period";

impl Source<'_> {
    /// As whom the process runs, and what it may write to.
    pub(super) fn process(&self, draft: &mut Draft) {
        let service = self.service;
        let user = service.user;
        draft.service.user = Some(format!("{}:{}", user.uid, user.gid));
        let origin = match service.kind.provenance {
            Provenance::Prebuilt | Provenance::OwnDockerfile => {
                Origin::new(service.field("user"), why::NOT_ROOT_WHATEVER_THE_IMAGE_SAYS)
            }
            Provenance::Built | Provenance::Official => Origin::new(service.kind_field(), why::IMAGES_OWN_USER),
        };
        draft.note(path!["user"], origin.link(CAPABILITIES));

        let storage = service.storage.as_ref().map(|storage| &storage.path);
        draft.service.tmpfs = service
            .writable
            .iter()
            .filter(|folder| Some(*folder) != storage)
            .map(|folder| Text::literal(&format!("{folder}:uid={},gid={},mode=0700", user.uid, user.gid)))
            .collect();
        draft.note(path!["tmpfs"], Origin::new(service.field("writable"), why::WRITABLE_IN_MEMORY).link(TMPFS));

        // The kubelet's own rule, so that a busy server shares its processors out as a busy node would:
        // https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/helpers_linux.go (MilliCPUToShares)
        draft.service.cpu_shares = Some((service.cpu.millis().saturating_mul(1024) / 1000).clamp(2, 262_144));
        draft.note(
            path!["cpu_shares"],
            Origin::new(service.field("cpu.request"), why::WEIGHT_WHEN_BUSY).link(CPU_SHARES),
        );

        // What is in the catalog minds its own children.
        draft.service.init = service.kind.provenance != Provenance::Official;
        draft.note(
            path!["init"],
            Origin::new(format!("services.{}", service.name), why::FIRST_PROCESS_THAT_BURIES).link(INIT),
        );

        draft.service.stop_grace_period = Some(format!("{}s", service.grace_seconds()));
        draft.note(path!["stop_grace_period"], Origin::new(service.field("shutdown"), why::TIME_TO_END).link(STOP));
    }
}

/// Why the memory limit is what it is.
pub fn memory_origin(service: &Service) -> Origin {
    let memory = &service.memory;
    let reason = match memory.limit_source {
        FigureSource::Given => why::memory_limit_given(memory.limit),
        _ => why::memory_limit_of_need(memory.limit, memory.need()),
    };
    Origin::new(service.field("memory.limit"), reason)
}
