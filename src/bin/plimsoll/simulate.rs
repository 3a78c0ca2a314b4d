//! What happens over time.

use crate::input::{self, Failure, Source};
use crate::report;
use clap::Args;
use plimsoll::plan::simulate::{
    Curve, Scenario, ScenarioKind, Target, simulate as simulate_topology, to_text, usual_rates,
};
use plimsoll::quantity::{Memory, QuantityError};
use plimsoll::topology::Duration;
use std::io::Write;
use std::process::ExitCode;

/// What is to happen, and where.
#[derive(Args)]
pub struct Options {
    /// The document, or `-` for standard input
    file: Source,
    /// What happens: rollout, node-loss, drain, traffic or leak
    #[arg(long, value_name = "NAME")]
    scenario: ScenarioKind,
    /// One of the document's environments, rather than the document without them
    #[arg(long, value_name = "NAME")]
    environment: Option<String>,
    /// Where: cluster or server; the cluster, if there is one
    #[arg(long)]
    target: Option<Target>,
    /// The service that is released or leaks, or that all requests come to
    #[arg(long)]
    service: Option<String>,
    /// The node that is lost or drained; the fullest
    #[arg(long)]
    node: Option<String>,
    /// `steady`, `daily`, `step` or `spike` at the document's rates or with rates of its own (`spike 40/s 200/s 60s 5m`:
    /// from, to, when, for how long), or points (`0s 40/s, 60s 200/s`) [default: the document's `curve`, or a spike]
    #[arg(long, value_name = "CURVE")]
    traffic: Option<String>,
    /// For how long, up to 24h
    #[arg(long, value_name = "TIME")]
    duration: Option<Duration>,
    /// From its place on a machine until a container answers [default: the `startup` of each service]
    #[arg(long, value_name = "TIME")]
    startup: Option<Duration>,
    /// How long a process takes to end when it is told to [default: the `shutdown` of each service]
    #[arg(long, value_name = "TIME")]
    shutdown: Option<Duration>,
    /// What each process grows by in an hour, in a leak [default: the service's `memory.growth`, or 50Mi]
    #[arg(long, value_name = "MEMORY", value_parser = memory)]
    growth: Option<Memory>,
    /// How many nodes the cluster autoscaler may add [default: up to the `max` of each group of nodes]
    #[arg(long, value_name = "COUNT")]
    new_nodes: Option<u32>,
    /// How long it takes until an added node is ready [default: the `startup` of its group]
    #[arg(long, value_name = "TIME")]
    node_startup: Option<Duration>,
    /// What chance draws from; with 0 nothing varies
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Print JSON: milliseconds and bytes, with the unit in each name
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    findings: report::FormatOption,
}

/// Simulates and prints what happens.
pub fn simulate(options: Options, out: &mut impl Write) -> Result<ExitCode, Failure> {
    let analyzed = input::analyze(&options.file, options.environment.as_deref())?;
    report::print_findings(&analyzed, options.findings, &mut std::io::stderr().lock())?;
    let Some(outputs) = &analyzed.outputs else { return Ok(analyzed.exit_code()) };
    let json = options.json;
    let (usual, peak) = usual_rates(&outputs.topology);
    let traffic = options.traffic.as_deref().map(|text| Curve::read(text, usual, peak)).transpose();
    let scenario = options.scenario(traffic.map_err(Failure::Traffic)?);
    if let Some(why) = scenario.impossible(&outputs.topology) {
        return Err(Failure::Impossible(why.to_string()));
    }
    let simulation = simulate_topology(&outputs.topology, &scenario);
    if json {
        report::print_json(&simulation, out)?;
    } else {
        write!(out, "{}", to_text(&simulation))?;
    }
    Ok(analyzed.exit_code())
}

impl Options {
    fn scenario(self, traffic: Option<Curve>) -> Scenario {
        Scenario {
            target: self.target,
            seed: self.seed,
            duration: self.duration,
            service: self.service,
            node: self.node,
            traffic,
            startup: self.startup,
            shutdown: self.shutdown,
            growth: self.growth,
            new_nodes: self.new_nodes,
            node_startup: self.node_startup,
            ..Scenario::new(self.scenario)
        }
    }
}

/// An amount of memory, or what is wrong with it and how to write it.
fn memory(text: &str) -> Result<Memory, String> {
    text.parse().map_err(|error: QuantityError| format!("{error}; {}", error.help()))
}
