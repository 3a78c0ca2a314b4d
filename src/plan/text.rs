//! The plan as text, for a terminal.

use super::cluster::{ClusterPlan, NodePlan, Placement, PodPlan, RolloutPlan, UnplacedPods};
use super::figures::mib;
use super::{Load, Plan, ServerPlan, ServicePlan, Verdict};
use crate::words::plan::scheduler::choice;
use crate::words::plan::text as words;
use Column::{Left, Right};

/// No line of prose is longer.
const WIDTH: usize = 96;
/// The most nodes, and the most pods, that are listed.
const MOST_ROWS: usize = 60;
/// How a line under a heading starts.
const INDENT: &str = "  ";

/// The plan as a person reads it in a terminal: the answers first, then the tables, then the arithmetic.
pub fn to_text(plan: &Plan) -> String {
    let mut text = String::new();
    if let Some(server) = &plan.server {
        add_server(&mut text, server);
    }
    if let Some(cluster) = &plan.cluster {
        add_cluster(&mut text, cluster);
    }
    add_services(&mut text, &plan.services);
    add_databases(&mut text, plan);
    text
}

fn add_server(text: &mut String, server: &ServerPlan) {
    add_verdict(text, words::SERVER, &server.verdict);
    if let Some(victim) = &server.first_to_die {
        add_prose(text, &victim.sentence);
    }
    let mut table =
        Table::new(&[Left(words::CONTAINER), Right(words::COUNT), Right(words::NEEDS_MIB), Right(words::LIMIT_MIB)]);
    for load in &server.loads {
        table.add([load.name.to_string(), load.containers.to_string(), mib(load.need), mib(load.limit)]);
    }
    table.add([words::ALL.to_owned(), String::new(), mib(server.need), mib(server.limit)]);
    table.add([words::LOAD_LINE.to_owned(), String::new(), mib(server.load_line), String::new()]);
    table.add([
        words::less_for_system(server.memory, server.system),
        String::new(),
        mib(server.available),
        mib(server.available),
    ]);
    add_table(text, &table);
}

fn add_cluster(text: &mut String, cluster: &ClusterPlan) {
    add_verdict(text, words::CLUSTER, &cluster.verdict);
    for limit in &cluster.limits {
        add_prose(text, limit);
    }
    add_unplaced(text, cluster.unplaced());
    add_unplaced(text, cluster.unplaced_at_peak());
    add_unplaced(text, &cluster.waiting());
    if let Some((lost, unplaced)) = cluster.not_survived() {
        add_prose(text, &words::without(lost));
        add_unplaced(text, unplaced);
    }
    add_table(text, &nodes_table(&cluster.nodes, cluster.peak.is_some()));
    add_rest(text, cluster.nodes.len(), words::more_nodes_left_out);
    if cluster.nodes.iter().any(|node| node.steady.is_past_load_line || node.peak.is_past_load_line) {
        add_prose(text, words::PAST_LOAD_LINE);
        text.push('\n');
    }
    add_pods(text, words::POD, &cluster.steady);
    if let Some(peak) = &cluster.peak {
        add_pods(text, words::POD_AT_PEAK, peak);
    }
    add_rollouts(text, &cluster.rollouts);
    if let Some(pressure) = &cluster.pressure {
        add_prose(text, &pressure.sentence);
        text.push('\n');
    }
    for assumption in &cluster.assumptions {
        add_prose(text, assumption);
    }
    text.push('\n');
}

fn nodes_table(nodes: &[NodePlan], has_peak: bool) -> Table {
    let mut table = Table::new(&[
        Left(words::NODE),
        Left(words::ZONE),
        Right(words::SET_ASIDE_MIB),
        Right(words::AT_PEAK),
        Right(words::LOAD_LINE),
        Right(words::FOR_PODS),
        Right(words::CPU),
        Left(words::CARRIES),
    ]);
    for node in nodes.iter().take(MOST_ROWS) {
        let past = |is_past: bool| if is_past { "!" } else { "" };
        table.add([
            node.node.clone(),
            node.zone.clone().unwrap_or_default(),
            format!("{}{}", past(node.steady.is_past_load_line), mib(node.steady.requested_memory)),
            if has_peak {
                format!("{}{}", past(node.peak.is_past_load_line), mib(node.peak.requested_memory))
            } else {
                String::new()
            },
            mib(node.load_line),
            mib(node.allocatable_memory),
            words::cpu_of(node.steady.requested_cpu, node.allocatable_cpu),
            carries(&node.steady.loads),
        ]);
    }
    table
}

/// The first few of what a node carries: `api, db, 2 × mailer and 3 more`.
fn carries(loads: &[Load]) -> String {
    const SHOWN: usize = 3;
    let (first, more) = loads.split_at(loads.len().min(SHOWN));
    words::carried(first, more.len())
}

fn add_pods(text: &mut String, title: &str, placement: &Placement) {
    let mut table = Table::new(&[Left(title), Left(words::NODE), Right(words::SCORE), Left(words::WHY)]);
    for pod in placement.pods.iter().take(MOST_ROWS) {
        let score = pod.scores.totals.first().map(i64::to_string).unwrap_or_default();
        table.add([pod.pod.clone(), pod.node.clone(), score, why(pod)]);
    }
    add_table(text, &table);
    add_rest(text, placement.pods.len(), words::more_pods_left_out);
}

fn why(pod: &PodPlan) -> String {
    choice(pod.feasible_nodes as usize, pod.best_node_count as usize)
}

fn add_rollouts(text: &mut String, rollouts: &[RolloutPlan]) {
    let mut table = Table::new(&[
        Left(words::RELEASE_OF),
        Right(words::PODS),
        Right(words::NEW),
        Right(words::ENDING),
        Right(words::JOB),
        Right(words::AT_ONCE),
        Right(words::SET_ASIDE_MIB),
        Right(words::TAKES_SECONDS),
        Left(words::ROOM),
    ]);
    for rollout in rollouts.iter().take(MOST_ROWS) {
        table.add([
            rollout.service.to_string(),
            rollout.replicas.to_string(),
            rollout.surge_pods.to_string(),
            rollout.terminating_pods.to_string(),
            if rollout.job_pods == 0 { String::new() } else { rollout.job_pods.to_string() },
            rollout.peak_pods.to_string(),
            mib(rollout.peak_requested_memory),
            if rollout.least_seconds == 0 { String::new() } else { rollout.least_seconds.to_string() },
            words::room(rollout.pace, rollout.surge_pods, rollout.room_pods),
        ]);
    }
    add_table(text, &table);
    add_rest(text, rollouts.len(), words::more_services_left_out);
}

fn add_unplaced(text: &mut String, unplaced: &[UnplacedPods]) {
    for pods in unplaced {
        add_prose(text, &words::without_node(&pods.first, pods.count, &pods.message, &pods.help));
    }
}

fn add_services(text: &mut String, services: &[ServicePlan]) {
    if services.is_empty() {
        return;
    }
    text.push_str(words::ONE_CONTAINER);
    text.push('\n');
    for service in services {
        let container = &service.container;
        add_prose(text, &words::container(&service.service, &service.steady, &service.peak, container));
        let mut table = Table::new(&[Right(""), Left(""), Left("")]);
        for term in &container.terms {
            table.add([term.total.to_string(), term.text(), term.note.clone().unwrap_or_default()]);
        }
        add_table(text, &table);
        add_consequences(text, service);
    }
}

/// What follows from the memory of a container, sentence by sentence.
fn add_consequences(text: &mut String, service: &ServicePlan) {
    let sentences: Vec<&str> = service.consequences().collect();
    if sentences.is_empty() {
        return;
    }
    // Without the empty line between the table and what it means.
    text.pop();
    for sentence in sentences {
        add_prose(text, sentence);
    }
    text.push('\n');
}

fn add_databases(text: &mut String, plan: &Plan) {
    if plan.databases.is_empty() {
        return;
    }
    text.push_str(words::CONNECTIONS);
    text.push('\n');
    for database in &plan.databases {
        add_prose(text, &words::connections(database));
        let mut table = Table::new(&[Right(""), Left(""), Left("")]);
        for client in &database.clients {
            table.add([client.peak_connections.to_string(), client.service.to_string(), client.text()]);
            if let Some((connections, text)) = client.rollout_connections.zip(client.rollout_text()) {
                table.add([connections.to_string(), String::new(), words::in_rollout(&text)]);
            }
        }
        add_table(text, &table);
    }
}

fn add_verdict(text: &mut String, title: &str, verdict: &Verdict) {
    text.push_str(title);
    text.push('\n');
    add_prose(text, &verdict.sentence);
    add_prose(text, &verdict.figures);
}

/// How many rows of a table were left out, as `said`.
fn add_rest(text: &mut String, rows: usize, said: fn(usize) -> String) {
    if rows > MOST_ROWS {
        add_prose(text, &said(rows - MOST_ROWS));
        text.push('\n');
    }
}

/// A sentence, broken into lines where it is too long.
pub(super) fn add_prose(text: &mut String, sentence: &str) {
    let mut column = 0;
    for word in sentence.split_whitespace() {
        let width = word.chars().count();
        if column == 0 || column + 1 + width > WIDTH {
            text.push_str(if column == 0 { INDENT } else { "\n    " });
            column = if column == 0 { INDENT.len() } else { 4 };
        } else {
            text.push(' ');
            column += 1;
        }
        text.push_str(word);
        column += width;
    }
    text.push('\n');
}

/// A column by its title, which may be empty, and the side that its cells are aligned at.
#[derive(Clone, Copy)]
pub(super) enum Column<'a> {
    Left(&'a str),
    Right(&'a str),
}

/// Rows of cells, aligned when printed.
pub(super) struct Table {
    /// Whether the cells of a column are aligned at the right.
    are_right: Vec<bool>,
    has_titles: bool,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these columns; without any text in their titles, they are left out.
    pub fn new(columns: &[Column]) -> Self {
        let are_right = columns.iter().map(|column| matches!(column, Column::Right(_))).collect();
        let titles: Vec<String> =
            columns.iter().map(|(Column::Left(title) | Column::Right(title))| (*title).to_owned()).collect();
        let has_titles = titles.iter().any(|title| !title.is_empty());
        Self { are_right, has_titles, rows: if has_titles { vec![titles] } else { Vec::new() } }
    }

    pub fn add<const COLUMNS: usize>(&mut self, row: [String; COLUMNS]) {
        self.rows.push(row.into());
    }
}

/// The table and an empty line, if it has rows. Columns in which all cells but the title are empty are left out.
pub(super) fn add_table(text: &mut String, table: &Table) {
    if table.rows.len() == usize::from(table.has_titles) {
        return;
    }
    let width_of = |column: usize| table.rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let is_used = |column: usize| table.rows.iter().skip(table.has_titles.into()).any(|row| !row[column].is_empty());
    let columns: Vec<(usize, bool, usize)> = (0..table.are_right.len())
        .filter(|column| is_used(*column))
        .map(|column| (column, table.are_right[column], width_of(column)))
        .collect();
    for row in &table.rows {
        let mut line = String::from(INDENT);
        for &(column, is_right, width) in &columns {
            let cell = &row[column];
            let cell = if is_right { format!("{cell:>width$}") } else { format!("{cell:<width$}") };
            line.push_str(INDENT);
            line.push_str(&cell);
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text.push('\n');
}
