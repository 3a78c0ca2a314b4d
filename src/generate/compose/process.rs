//! As whom a container's process runs, what it may write to, and what it gets of the machine.

use super::draft::{CAPABILITIES, Draft};
use super::model::Text;
use super::service::Source;
use crate::artifact::Origin;
use crate::generate::notes::path;
use crate::model::service_field;
use crate::topology::{FigureSource, Provenance, Service};

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
                Origin::new(service.field(service_field!("user")), "Not root, whatever the image says")
            }
            Provenance::Built | Provenance::Official => {
                Origin::new(service.kind_field(), "The image's own user, who is not root")
            }
        };
        draft.note(path!["user"], origin.link(CAPABILITIES));

        let storage = service.storage.as_ref().map(|storage| &storage.path);
        draft.service.tmpfs = service
            .writable
            .iter()
            .filter(|folder| Some(*folder) != storage)
            .map(|folder| Text::literal(&format!("{folder}:uid={},gid={},mode=0700", user.uid, user.gid)))
            .collect();
        draft.note(
            path!["tmpfs"],
            Origin::new(
                service.field(service_field!("writable")),
                "Writable, in memory (it counts towards the limit), the process's own, gone with the container",
            )
            .link(TMPFS),
        );

        // The kubelet's own rule, so that a busy server shares its processors out as a busy node would:
        // https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/helpers_linux.go (MilliCPUToShares)
        draft.service.cpu_shares = Some((service.cpu.millis().saturating_mul(1024) / 1000).clamp(2, 262_144));
        draft.note(
            path!["cpu_shares"],
            Origin::new(
                service.field(service_field!("cpu.request")),
                "Its weight when the processors are busy (1024 a core), and no limit when they are not",
            )
            .link(CPU_SHARES),
        );

        // What is in the catalog minds its own children.
        draft.service.init = service.kind.provenance != Provenance::Official;
        draft.note(
            path!["init"],
            Origin::new(
                service.path(),
                "A small first process that passes signals on and buries what health checks leave behind",
            )
            .link(INIT),
        );

        draft.service.stop_grace_period = Some(format!("{}s", service.grace_seconds()));
        draft.note(
            path!["stop_grace_period"],
            Origin::new(
                service.field(service_field!("shutdown")),
                "Time to end what it is doing before it is killed; Docker's own 10 seconds are few",
            )
            .link(STOP),
        );
    }
}

/// Why the memory limit is what it is.
pub fn memory_origin(service: &Service) -> Origin {
    let memory = &service.memory;
    let reason = match memory.limit_source {
        FigureSource::Given => format!(
            "{}: as the document says. Limit and requirement are the same, so that what runs on the server adds up",
            memory.limit
        ),
        _ => format!(
            "{}: the {} that it needs and a quarter more. Limit and requirement are the same, so that what runs on the \
             server adds up",
            memory.limit,
            memory.need()
        ),
    };
    Origin::new(service.field(service_field!("memory.limit")), reason)
}
