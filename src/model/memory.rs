//! What one container needs in memory, and the limit that follows.

use crate::quantity::Memory;
use serde::{Deserialize, Serialize};

/// A derived limit is the need and a quarter more: 80 %, inside FastAPI's band of 50 to 90 % of use
/// (<https://fastapi.tiangolo.com/deployment/concepts/>).
const LIMIT_PERCENT_OF_NEED: u64 = 125;
/// Derived limits are whole multiples of this, to be readable.
const LIMIT_STEP: Memory = Memory::from_mib(32);

/// What one container needs, term by term.
///
/// need = supervisor + shared + workers × (process + copied) + in flight × `per_request` + page cache.
/// Workers do not share what they allocate unless told so (`shared`), or forked from a process that has loaded it
/// ([`ProcessModel`]).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ContainerMemory {
    /// The process that starts and watches the workers, if there is one.
    #[serde(rename = "supervisor_bytes")]
    pub supervisor: Memory,
    /// What all processes share, counted once.
    #[serde(rename = "shared_bytes")]
    pub shared: Memory,
    /// How many workers.
    pub workers: u32,
    /// One worker at rest, without what is shared.
    #[serde(rename = "process_bytes")]
    pub process: Memory,
    /// What one worker comes to have a copy of, of what it shared when it started: pages that it has written to.
    #[serde(rename = "copied_bytes")]
    pub copied: Memory,
    /// How the workers come about.
    pub model: ProcessModel,
    /// What all of it takes at rest before the first request, where that is known to be another figure.
    #[serde(rename = "before_traffic_bytes")]
    pub before_traffic: Option<Memory>,
    /// Requests in one container at once at the busiest time.
    pub requests_in_flight: u32,
    /// What one of them adds.
    #[serde(rename = "per_request_bytes")]
    pub per_request: Memory,
    /// What each worker grows by in an hour.
    #[serde(rename = "growth_bytes_per_hour")]
    pub growth: Memory,
    /// What is kept back for files that the kernel holds in the container's name.
    #[serde(rename = "page_cache_bytes")]
    pub page_cache: Memory,
    /// The limit past which the kernel kills it; also what the scheduler sets aside.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// Where `process` comes from.
    pub process_source: FigureSource,
    /// The name of the measured program whose figures these are (docs/measured-memory.md), if they are one's.
    pub process_like: Option<&'static str>,
    /// The least and the most that one process of a measured program of its kind takes, where the document gives no figure.
    #[serde(rename = "measured_range_bytes")]
    pub measured_range: Option<(Memory, Memory)>,
    /// Where `limit` comes from.
    pub limit_source: FigureSource,
}

/// How the workers of a container come about, and so what they share: by half, or more, their memory differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProcessModel {
    /// There is one process.
    Single,
    /// Each is a program of its own that loads the app itself, and shares with the others the code of libraries only:
    /// Uvicorn's (<https://github.com/encode/uvicorn/blob/master/uvicorn/_subprocess.py>).
    Spawned,
    /// Each is forked, and then loads the app itself: Gunicorn's, Dramatiq's.
    ForkedBeforeLoading,
    /// Each is forked from a process that has loaded the app, and shares what neither writes to: Gunicorn's with
    /// `--preload`, Celery's (<https://docs.gunicorn.org/en/stable/settings.html#preload-app>).
    ForkedAfterLoading,
}

/// Where a figure comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum FigureSource {
    /// The document.
    Given,
    /// The catalog's figure for that kind of process.
    Catalog,
    /// Worked out from the others.
    Derived,
}

impl ContainerMemory {
    /// The same with so many requests at once; a derived limit follows.
    #[must_use]
    pub fn with_requests_in_flight(mut self, requests: u32) -> Self {
        self.requests_in_flight = requests;
        if self.limit_source == FigureSource::Derived {
            self.limit = self.recommended_limit();
        }
        self
    }

    /// What it needs and a quarter more, in steps that are easy to read.
    pub fn recommended_limit(&self) -> Memory {
        let wanted = u128::from(self.need().bytes()) * u128::from(LIMIT_PERCENT_OF_NEED) / 100;
        let step = u128::from(LIMIT_STEP.bytes());
        Memory::from_bytes(u64::try_from(wanted.div_ceil(step) * step).unwrap_or(u64::MAX))
    }

    /// All workers at rest.
    pub fn processes(&self) -> Memory {
        self.process.saturating_mul(self.workers.into())
    }

    /// All requests in flight.
    pub fn requests(&self) -> Memory {
        self.per_request.saturating_mul(self.requests_in_flight.into())
    }

    /// What one worker has to itself at rest.
    pub fn own(&self) -> Memory {
        self.process + self.copied
    }

    /// What the largest process uses at the busiest time: its own, what it shares with the others, and its part of the
    /// requests.
    pub fn largest_process(&self) -> Memory {
        let requests = self.requests_in_flight.div_ceil(self.workers.max(1));
        self.own() + self.shared + self.per_request.saturating_mul(requests.into())
    }

    /// Whether a process starts another worker where one dies: Uvicorn's from two workers up, Gunicorn's and Celery's
    /// always.
    pub fn has_parent(&self) -> bool {
        self.supervisor > Memory::ZERO
    }

    /// What all workers have copied of what they shared.
    pub fn copies(&self) -> Memory {
        self.copied.saturating_mul(self.workers.into())
    }

    /// At rest: without requests.
    pub fn idle(&self) -> Memory {
        self.supervisor + self.shared + self.processes() + self.copies() + self.page_cache
    }

    /// At the busiest time.
    pub fn need(&self) -> Memory {
        self.idle() + self.requests()
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_recommended_limit_is_never_under_the_need() {
        for process in ["1", "100Mi", "1Ti", "1Ei", "7Ei"] {
            let text = format!("services:\n  a: {{ python: {{}}, workers: 2, memory: {{ process: {process} }} }}\n");
            let memory = crate::analyze(&text).outputs.unwrap().topology.services[0].memory;
            assert!(memory.recommended_limit() >= memory.need(), "{memory:?}");
        }
    }
}
