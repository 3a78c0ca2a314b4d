//! What a simulation takes for granted.

use super::Target;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Something that a simulation takes for granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// What has been running, and for how long; what chance varies.
    BeginsSettled,
    /// How requests arrive and queue.
    RequestsQueue,
    /// Controllers, the scheduler and the network take no time.
    ControllersTakeNoTime,
    /// The kubelet restarts a container as soon as its back-off is over.
    RestartsAreImmediate,
    /// Compose has its images.
    ImagesAreThere,
    /// A container takes all of its memory from its start.
    MemoryFromStart,
}

impl Assumption {
    /// Those that matter on a target.
    pub(super) fn of(target: Target) -> [Self; 4] {
        let [first, second] = match target {
            Target::Cluster => [Self::ControllersTakeNoTime, Self::RestartsAreImmediate],
            Target::Server => [Self::ImagesAreThere, Self::MemoryFromStart],
        };
        [Self::BeginsSettled, Self::RequestsQueue, first, second]
    }
}

impl fmt::Display for Assumption {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Self::BeginsSettled => {
                "What always runs has run for a while when it begins; what runs now and then is left out. Each step before \
                 a service takes 5 s. With seed 0 every period starts at time 0 and everything takes its nominal time; \
                 other seeds draw when controllers look, and start-up times up to a tenth shorter or longer."
            }
            Self::RequestsQueue => {
                "Requests arrive by chance at the given rate and are shared evenly; each replica is a queue with a server \
                 for each process (M/M/c). Where all processes are busy all the time the formula says nothing: what cannot \
                 be served is counted as it queues up. A request computes for `cpu.per_request`, or a tenth of its time. \
                 Gunicorn's own workers are kept for all of its time, other processes only while they compute. Clients \
                 wait for as long as it takes."
            }
            Self::ControllersTakeNoTime => {
                "Controllers, the scheduler and the network take no time. Every process has a core to itself when it \
                 computes."
            }
            Self::RestartsAreImmediate => {
                "The kubelet looks up to 15 s after a back-off is over before it starts a container again; here it does at \
                 once."
            }
            Self::ImagesAreThere => {
                "`docker compose up` has its images built or pulled before it stops anything."
            }
            Self::MemoryFromStart => {
                "A container takes all of its memory from its start. The parent of several processes starts another where \
                 one is killed."
            }
        })
    }
}
