//! What to buy, as the page lists it: the smallest machines that carry the topology, beside the document's own.

use crate::plan::capacity::{CapacityPlan, ClusterOption, Own, ServerOption, Verdict};
use crate::plan::simulate::Target;
use crate::plan::{Statement, part_of};
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
    pub verdict: Verdict,
    /// The cells under the middle titles.
    pub figures: Vec<String>,
    /// The last cell, in a sentence.
    pub why: String,
}

impl Answer {
    /// Returns the answer for a target; `None` if nothing was compared for it.
    pub fn of(capacity: &CapacityPlan, target: Target) -> Option<Self> {
        Some(match target {
            Target::Server => {
                let server = capacity.server.as_ref()?;
                Self {
                    sentence: server.answer.sentence().to_owned(),
                    own: own(&server.own),
                    table: server_table(&server.shown(), server.options.len()),
                    notes: sentences(&server.assumptions).collect(),
                }
            }
            Target::Cluster => {
                let cluster = capacity.cluster.as_ref()?;
                Self {
                    sentence: cluster.answer.sentence().to_owned(),
                    own: own(&cluster.own),
                    table: cluster_table(&cluster.shown(), cluster.options.len()),
                    notes: sentences(&cluster.limits).chain(sentences(&cluster.assumptions)).collect(),
                }
            }
        })
    }
}

fn own<S>(own: &Own<S>) -> Option<String> {
    own.reason.as_ref().map(|reason| reason.sentence().to_owned())
}

fn sentences<T>(statements: &[Statement<T>]) -> impl Iterator<Item = String> {
    statements.iter().map(|statement| statement.sentence().to_owned())
}

fn server_table(shown: &[&ServerOption], all: usize) -> Option<Table> {
    let has_prices = shown.iter().any(|option| option.machine.price.is_some());
    let row = |option: &&ServerOption| Row {
        machine: machine(&option.machine),
        is_own: option.is_own,
        verdict: option.verdict,
        figures: [Some(part_of(option.load_line, option.available)), price(has_prices, option.machine.price)]
            .into_iter()
            .flatten()
            .collect(),
        why: verdict_label(option.verdict, option.shortfall.as_ref().map(Statement::sentence)),
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
            verdict: option.verdict,
            figures: [Some(total.unwrap_or_default()), price(has_prices, option.total_price)]
                .into_iter()
                .flatten()
                .collect(),
            why: verdict_label(option.verdict, option.reason.as_ref().map(Statement::sentence)),
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

fn verdict_label(verdict: Verdict, reason: Option<&str>) -> String {
    match (verdict, reason) {
        (Verdict::Best, Some(reason)) => format!("Best. {reason}"),
        (Verdict::Best, None) => "Best.".to_owned(),
        (Verdict::Carries, Some(reason)) => format!("Carries it. {reason}"),
        (Verdict::Carries, None) => "Carries it.".to_owned(),
        (Verdict::TooSmall, reason) => format!("Too small. {}", reason.unwrap_or_default()),
        (Verdict::Untried, reason) => format!("Not tried. {}", reason.unwrap_or_default()),
    }
}
