//! What to buy, as the page lists it: the smallest machines that carry the topology, beside the document's own.

use crate::plan::capacity::{CapacityPlan, ClusterOption, Own, ServerOption, Standing};
use crate::plan::part_of;
use crate::plan::simulate::Target;
use crate::topology::{Machine, Price};

/// The title of the first column, and of the table itself.
pub const MACHINES: &str = "Machines";

/// The answer for a target.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// What to buy, in a sentence.
    pub sentence: String,
    /// A sentence about the document's own machines, if that differs.
    pub own: Option<String>,
    /// The machines that were compared, if there are any.
    pub table: Option<Table>,
    /// Limits and assumptions.
    pub notes: Vec<String>,
}

/// The machines to choose from.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The titles of its columns.
    pub titles: Vec<&'static str>,
    /// Its rows.
    pub rows: Vec<Row>,
    /// The number of machines that are not shown.
    pub left_out: usize,
}

/// A machine, or several alike.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its name and size.
    pub machine: String,
    /// Whether it is the document's own.
    pub is_own: bool,
    /// Whether it carries the topology.
    pub standing: Standing,
    /// The cells under the middle titles.
    pub figures: Vec<String>,
    /// The last cell, in a sentence.
    pub verdict: String,
}

impl Answer {
    /// Returns the answer for a target; `None` if nothing was compared for it.
    pub fn of(capacity: &CapacityPlan, target: Target) -> Option<Self> {
        Some(match target {
            Target::Server => {
                let server = capacity.server.as_ref()?;
                Self {
                    sentence: server.sentence.clone(),
                    own: own(&server.own, &server.sentence),
                    table: server_table(&server.shown(), server.options.len()),
                    notes: server.assumptions.clone(),
                }
            }
            Target::Cluster => {
                let cluster = capacity.cluster.as_ref()?;
                Self {
                    sentence: cluster.sentence.clone(),
                    own: own(&cluster.own, &cluster.sentence),
                    table: cluster_table(&cluster.shown(), cluster.options.len()),
                    notes: cluster.limits.iter().chain(&cluster.assumptions).cloned().collect(),
                }
            }
        })
    }
}

fn own(own: &Own, sentence: &str) -> Option<String> {
    (own.sentence != sentence).then(|| own.sentence.clone())
}

fn server_table(shown: &[&ServerOption], all: usize) -> Option<Table> {
    let has_prices = shown.iter().any(|option| option.machine.price.is_some());
    let row = |option: &&ServerOption| Row {
        machine: machine(&option.machine),
        is_own: option.is_own,
        standing: option.standing,
        figures: [Some(part_of(option.load_line, option.available)), price(has_prices, option.machine.price)]
            .into_iter()
            .flatten()
            .collect(),
        verdict: verdict(option.standing, option.reason.as_deref()),
    };
    let titles = ["Machine", "Load line"].into_iter().chain(has_prices.then_some("A month"));
    Table::of(titles.collect(), shown.iter().map(row).collect(), all)
}

fn cluster_table(shown: &[&ClusterOption], all: usize) -> Option<Table> {
    let has_prices = shown.iter().any(|option| option.machine.price.is_some());
    let row = |option: &&ClusterOption| {
        let total = option.total_cpu.zip(option.total_memory).map(|(cpu, memory)| format!("{cpu}, {memory}"));
        let count = option.count.map(|count| format!("{count} × ")).unwrap_or_default();
        Row {
            machine: format!("{count}{}", machine(&option.machine)),
            is_own: option.is_own,
            standing: option.standing,
            figures: [Some(total.unwrap_or_default()), price(has_prices, option.total_price)]
                .into_iter()
                .flatten()
                .collect(),
            verdict: verdict(option.standing, option.reason.as_deref()),
        }
    };
    let titles = [MACHINES, "In all"].into_iter().chain(has_prices.then_some("A month"));
    Table::of(titles.collect(), shown.iter().map(row).collect(), all)
}

impl Table {
    fn of(titles: Vec<&'static str>, rows: Vec<Row>, all: usize) -> Option<Self> {
        let left_out = all.saturating_sub(rows.len());
        (!rows.is_empty()).then_some(Self { titles, rows, left_out })
    }
}

fn machine(machine: &Machine) -> String {
    match &machine.name {
        Some(name) => format!("{name}, {}", machine.size()),
        None => machine.size(),
    }
}

/// The cell of a price, if there are prices.
fn price(has_prices: bool, price: Option<Price>) -> Option<String> {
    has_prices.then(|| price.map(|price| price.to_string()).unwrap_or_default())
}

fn verdict(standing: Standing, reason: Option<&str>) -> String {
    match (standing, reason) {
        (Standing::Best, Some(reason)) => format!("Best. {reason}"),
        (Standing::Best, None) => "Best.".to_owned(),
        (Standing::Carries, Some(reason)) => format!("Carries it. {reason}"),
        (Standing::Carries, None) => "Carries it.".to_owned(),
        (Standing::TooSmall, reason) => format!("Too small. {}", reason.unwrap_or_default()),
        (Standing::Untried, reason) => format!("Not tried. {}", reason.unwrap_or_default()),
    }
}
