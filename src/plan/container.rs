//! The memory of one container, term by term, against its limit.

use super::at_limit::{AtLimit, Growth};
use super::eviction::OnNodes;
use super::figures::range;
use super::sharing::Sharing;
use super::statement::Statement;
use crate::quantity::{Cpu, Memory};
use crate::topology::{ContainerMemory, Duration, FigureSource, Rate, Service, Topology};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The memory of one container against its limit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ContainerPlan {
    /// Its need without requests.
    #[serde(rename = "idle_bytes")]
    pub idle: Memory,
    /// Its need at the busiest time: the sum of `terms`.
    #[serde(rename = "need_bytes")]
    pub need: Memory,
    /// The limit past which the kernel kills it; also what a cluster sets aside for it.
    #[serde(rename = "limit_bytes")]
    pub limit: Memory,
    /// Where the limit comes from.
    pub limit_source: FigureSource,
    /// Need as a percentage of the limit, rounded up.
    pub need_percent: u32,
    /// The rating of that percentage.
    pub utilisation: Utilisation,
    /// The CPU that it requests.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// The terms that add up to the need. Terms of zero are left out.
    pub terms: Vec<Term>,
    /// How its processes share memory, if it has several.
    pub sharing: Option<Statement<Sharing>>,
    /// The processes that die at its limit, if it has several.
    pub at_limit: Option<Statement<AtLimit>>,
    /// Its growth, if the document states one.
    pub growth: Option<Statement<Growth>>,
    /// How a node that runs out of memory treats it, if Kubernetes is a target.
    pub on_nodes: Option<Statement<OnNodes>>,
}

/// How well a limit is used: between 50 and 90 percent is good, says
/// <https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Utilisation {
    /// Below 50 percent: memory is paid for, but not used.
    Low,
    /// From 50 to 90 percent.
    Good,
    /// Above 90 percent: little is left for the unexpected.
    High,
    /// Above 100 percent: the kernel kills it.
    Over,
}

/// One line of the arithmetic: `bytes` = `count` × `each_bytes`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// The counted item, in singular or plural to match `count`: `requests in flight`.
    pub label: Cow<'static, str>,
    /// How many.
    pub count: u32,
    /// The memory of one.
    #[serde(rename = "each_bytes")]
    pub each: Memory,
    /// The memory of all.
    #[serde(rename = "bytes")]
    pub total: Memory,
    /// The source of the figures, if known.
    pub note: Option<String>,
}

impl ContainerPlan {
    pub(super) fn of(service: &Service, topology: &Topology) -> Self {
        let memory = &service.memory;
        Self {
            idle: memory.idle(),
            need: memory.need(),
            limit: memory.limit,
            limit_source: memory.limit_source,
            need_percent: percent(memory.need(), memory.limit),
            utilisation: Utilisation::of(memory.need(), memory.limit),
            cpu: service.cpu,
            terms: terms(service, topology),
            sharing: Sharing::of(memory).map(Statement::from),
            at_limit: AtLimit::of(memory, topology).map(Statement::from),
            growth: Growth::of(memory).map(Statement::from),
            on_nodes: OnNodes::of(service, topology).map(Statement::from),
        }
    }
}

impl Utilisation {
    /// Rates `need` against `limit`.
    pub fn of(need: Memory, limit: Memory) -> Self {
        let hundredfold = u128::from(need.bytes()) * 100;
        let is_above = |percent: u128| hundredfold > u128::from(limit.bytes()) * percent;
        match () {
            () if is_above(100) => Self::Over,
            () if is_above(90) => Self::High,
            () if hundredfold < u128::from(limit.bytes()) * 50 => Self::Low,
            () => Self::Good,
        }
    }
}

impl Term {
    fn new(label: &'static str, count: u32, each: Memory) -> Self {
        Self { label: label.into(), count, each, total: each.saturating_mul(count.into()), note: None }
    }

    fn note(self, note: Option<String>) -> Self {
        Self { note, ..self }
    }

    /// Returns the term in words: `process at rest`, `16 requests in flight × 1 MiB`.
    pub fn text(&self) -> String {
        term_text(self.count, &self.label, self.each)
    }
}

/// Returns the term in words: `process at rest`, `16 requests in flight × 1 MiB`.
fn term_text(count: u32, what: &str, each: Memory) -> String {
    if count == 1 { what.to_owned() } else { format!("{count} {what} × {each}") }
}

fn terms(service: &Service, topology: &Topology) -> Vec<Term> {
    let memory = &service.memory;
    let (workers, in_flight) = (memory.workers, memory.requests_in_flight);
    let terms = [
        Term::new("process that watches the workers", 1, memory.supervisor),
        Term::new("share of all processes", 1, memory.shared).note(Some("counted once".to_owned())),
        Term::new(processes_at_rest(workers), workers, memory.process).note(Some(process_note(memory))),
        Term::new(copies(workers), workers, memory.copied)
            .note(Some("pages that each writes to, after traffic".to_owned())),
        Term::new(requests_in_flight(in_flight), in_flight, memory.per_request)
            .note(in_flight_note(service, memory, topology)),
        Term::new("page cache kept back", 1, memory.page_cache),
    ];
    terms.into_iter().filter(|term| term.total > Memory::ZERO).collect()
}

/// The source of the figure for a process.
fn process_note(memory: &ContainerMemory) -> String {
    let range = memory.measured_range.map(|(least, most)| range(least, most));
    match (memory.process_source, memory.process_like, range) {
        (FigureSource::Given, ..) => "from the document".to_owned(),
        (_, Some(name), None) => format!("measured: {name}"),
        (_, Some(name), Some(range)) => format!("measured: {name} (others: {range})"),
        (_, None, None) => "a usual figure; measure yours".to_owned(),
        (_, None, Some(range)) => format!("a usual figure (measured: {range}); measure yours"),
    }
}

fn processes_at_rest(count: u32) -> &'static str {
    if count == 1 { "process at rest" } else { "processes at rest" }
}

fn copies(count: u32) -> &'static str {
    if count == 1 { "copy of what it shared" } else { "copies of what they shared" }
}

fn requests_in_flight(count: u32) -> &'static str {
    if count == 1 { "request in flight" } else { "requests in flight" }
}

/// Little's law as [`crate::topology::Traffic::in_flight`] has it.
fn in_flight_note(service: &Service, memory: &ContainerMemory, topology: &Topology) -> Option<String> {
    let traffic = topology.traffic.as_ref().filter(|_| memory.requests_in_flight > 0)?;
    Some(arriving(traffic.peak, traffic.latency, service.replicas.peak()))
}

/// Requests that arrive, how long each takes, and over how many replicas they are shared out.
fn arriving(rate: Rate, latency: Duration, replicas: u32) -> String {
    match replicas {
        0 | 1 => format!("{rate} × {latency}"),
        replicas => format!("{rate} × {latency} ÷ {replicas} replicas"),
    }
}

/// `part` of `whole` as a percentage, rounded up.
fn percent(part: Memory, whole: Memory) -> u32 {
    let percent = (u128::from(part.bytes()) * 100).div_ceil(u128::from(whole.bytes().max(1)));
    u32::try_from(percent).unwrap_or(u32::MAX)
}
