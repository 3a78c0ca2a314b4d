//! The assumptions of a simulation.

use super::Target;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An assumption of a simulation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Assumption {
    /// The state at the start, and what the seed varies.
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
    /// Returns the assumptions that matter on a target.
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
                "At the start, everything that always runs has run for a while; scheduled jobs are left out. Each step before \
                 a service takes 5 s. With seed 0 every period starts at time 0 and everything takes its nominal time; \
                 other seeds vary when controllers sync, and start-up times by up to a tenth."
            }
            Self::RequestsQueue => {
                "Requests arrive by chance at the given rate and are shared evenly; each replica is a queue with a server \
                 for each process (M/M/c). While all processes are always busy, the formula does not apply: requests that \
                 cannot be served are counted as they queue up. A request computes for `cpu.per_request`, or a tenth of its time. \
                 Gunicorn's own workers are busy for all of its time, other processes only while they compute. Clients \
                 never give up."
            }
            Self::ControllersTakeNoTime => {
                "Controllers, the scheduler and the network take no time, but for the second after which the Job \
                 controller sees that a Job is complete. Every process has a core to itself when it computes."
            }
            Self::RestartsAreImmediate => {
                "The kubelet may restart a container up to 15 s after its back-off is over; here it does at once."
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
