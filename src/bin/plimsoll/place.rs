//! Where the pods of a cluster go that wait for a node.

use crate::input::{Failure, Source, read_text};
use plimsoll::plan::scheduler::input::Input;
use plimsoll::plan::scheduler::{Decision, NodeIndex, Scheduler, choice};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::Write;

/// The largest cluster that is read, in bytes of JSON.
const MAX_BYTES: usize = 64 << 20;

/// How the decisions are printed.
#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    /// A table for a person.
    Table,
    /// A line of JSON for each pod.
    Lines,
    /// The same, with what each plugin gives to each feasible node.
    LinesWithScores,
}

/// What becomes of a pod.
#[derive(Serialize)]
struct Line<'a> {
    /// Namespace and name.
    pod: &'a str,
    /// Where it goes.
    node: Option<&'a str>,
    /// How many nodes it fits on.
    feasible: usize,
    /// The best score.
    best_total: Option<i64>,
    /// Every node with that score, by name; the first is its own.
    best_nodes: Vec<&'a str>,
    /// Why it goes nowhere, in the scheduler's words.
    message: Option<&'a str>,
    /// The feasible nodes, best first.
    #[serde(skip_serializing_if = "Option::is_none")]
    scores: Option<Vec<NodeScores<'a>>>,
}

#[derive(Serialize)]
struct NodeScores<'a> {
    node: &'a str,
    total: i64,
    plugins: BTreeMap<&'static str, i64>,
}

/// Reads a cluster and prints where each pending pod goes, each placed before the next is looked at.
pub fn place(source: &Source, format: Format, out: &mut impl Write) -> Result<(), Failure> {
    let json = read_text(source, MAX_BYTES, "ask kubectl for fewer namespaces or kinds")?;
    let input = Input::from_json(&json).map_err(|error| Failure::Cluster(source.clone(), error))?;
    drop(json);
    let mut scheduler = input.scheduler();
    let mut table = Table::default();
    for pod in &input.pending {
        let template = scheduler.template(pod.template.clone());
        let decision = scheduler.schedule(template);
        let line = Line::new(&pod.name, &decision, &scheduler, format == Format::LinesWithScores);
        if format == Format::Table {
            table.add(&line);
        } else {
            serde_json::to_writer(&mut *out, &line).map_err(std::io::Error::from)?;
            writeln!(out)?;
        }
        if let Some(node) = decision.node() {
            scheduler.bind(template, node);
        }
    }
    if format == Format::Table {
        table.print(out)?;
    }
    Ok(())
}

impl<'a> Line<'a> {
    fn new(pod: &'a str, decision: &'a Decision, scheduler: &'a Scheduler, with_scores: bool) -> Self {
        let name = |node: &NodeIndex| scheduler.nodes()[node.0].node.name.as_str();
        let best_nodes: Vec<&str> = decision.best.iter().map(name).collect();
        Self {
            pod,
            node: best_nodes.first().copied(),
            feasible: decision.feasible.len(),
            best_total: decision.best_total(),
            best_nodes,
            message: decision.message.as_deref(),
            scores: with_scores.then(|| scores(decision, name)),
        }
    }
}

fn scores<'a>(decision: &'a Decision, name: impl Fn(&'a NodeIndex) -> &'a str) -> Vec<NodeScores<'a>> {
    let row = |(index, node): (usize, &'a NodeIndex)| NodeScores {
        node: name(node),
        total: decision.totals[index],
        plugins: decision.scores.iter().map(|column| (column.plugin.name(), column.scores[index])).collect(),
    };
    let mut rows: Vec<NodeScores> = decision.feasible.iter().enumerate().map(row).collect();
    rows.sort_by_key(|row| (std::cmp::Reverse(row.total), row.node));
    rows
}

/// What a person reads: pod, node and score in columns, and why.
#[derive(Default)]
struct Table {
    rows: Vec<[String; 4]>,
    homeless: usize,
}

impl Table {
    fn add(&mut self, line: &Line) {
        let why = line.message.map_or_else(|| choice(line.feasible, line.best_nodes.len()), printable);
        self.homeless += usize::from(line.node.is_none());
        self.rows.push([
            printable(line.pod),
            line.node.map_or_else(|| "-".to_owned(), printable),
            line.best_total.map(|total| total.to_string()).unwrap_or_default(),
            why,
        ]);
    }

    fn print(&self, out: &mut impl Write) -> Result<(), Failure> {
        if self.rows.is_empty() {
            writeln!(out, "no pod waits for a node")?;
            return Ok(());
        }
        let titles = ["pod", "node", "score", "why"].map(str::to_owned);
        let rows = || std::iter::once(&titles).chain(&self.rows);
        let width = |column: usize| rows().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (pods, nodes, scores) = (width(0), width(1), width(2));
        for [pod, node, score, why] in rows() {
            writeln!(out, "{pod:<pods$}  {node:<nodes$}  {score:>scores$}  {why}")?;
        }
        writeln!(out, "{} of {} pods have a node", self.rows.len() - self.homeless, self.rows.len())?;
        Ok(())
    }
}

/// Names may come from anywhere: what would steer the terminal is replaced.
pub fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { char::REPLACEMENT_CHARACTER } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_where_each_pod_goes_or_why_nowhere() {
        let line = |pod, node: Option<&'static str>, best: usize, message| Line {
            pod,
            node,
            feasible: best,
            best_total: node.map(|_| 612),
            best_nodes: node.into_iter().cycle().take(best).collect(),
            message,
            scores: None,
        };
        let mut table = Table::default();
        let mut text = Vec::new();
        assert!(table.print(&mut text).is_ok());
        assert_eq!(String::from_utf8_lossy(&text), "no pod waits for a node\n");
        table.add(&line("default/api-1", Some("general-1"), 3, None));
        table.add(&line("default/api-2", Some("general-2"), 1, None));
        table.add(&line("default/\u{1b}[2J", None, 0, Some("0/3 nodes are available: 3 Too many pods.")));
        let mut text = Vec::new();
        assert!(table.print(&mut text).is_ok());
        assert_eq!(
            String::from_utf8_lossy(&text),
            "\
pod            node       score  why
default/api-1  general-1    612  any of 3
default/api-2  general-2    612  the only one that it fits on
default/\u{fffd}[2J   -                 0/3 nodes are available: 3 Too many pods.
2 of 3 pods have a node
"
        );
    }
}
