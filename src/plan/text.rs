//! The plan as text, for a terminal.

use super::cluster::{ClusterPlan, NodePlan, Placement, PodPlan, RolloutPlan, UnplacedPods};
use super::figures::mib;
use super::scheduler::choice;
use super::statement::Statement;
use super::{Help, Load, Plan, ServerPlan, ServicePlan, Verdict};
use crate::plan::phrases::{pods_by_first, without_full_stop};
use crate::plan::{ContainerPlan, DatabasePlan, Pace, Total, part_of};
use crate::topology::Name;
use Column::{Left, Right};

const SET_ASIDE_MIB: &str = "set aside MiB";

/// The title of a server's section.
pub(super) const SERVER: &str = "Server, with Docker Compose";
/// The title of a cluster's section.
pub(super) const CLUSTER: &str = "Cluster, with Kubernetes";
/// No line of prose is longer.
const WIDTH: usize = 96;
/// The most nodes, and the most pods, that are listed.
const MAX_ROWS: usize = 60;
/// How a line under a heading starts.
const INDENT: &str = "  ";

/// Formats the plan for a terminal: the answers first, then the tables, then the arithmetic.
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
    add_verdict(text, SERVER, &server.verdict);
    if let Some(victim) = &server.first_killed {
        add_prose(text, victim.sentence());
    }
    let mut table = Table::new(&[Left("container"), Right("count"), Right("needs MiB"), Right("limit MiB")]);
    for load in &server.loads {
        table.add([load.name.to_string(), load.containers.to_string(), mib(load.need), mib(load.limit)]);
    }
    table.add(["all".to_owned(), String::new(), mib(server.need), mib(server.limit)]);
    table.add(["load line".to_owned(), String::new(), mib(server.load_line), String::new()]);
    table.add([
        format!("{} less {} for the system", server.memory, server.system),
        String::new(),
        mib(server.available),
        mib(server.available),
    ]);
    add_table(text, &table);
}

fn add_cluster(text: &mut String, cluster: &ClusterPlan) {
    add_verdict(text, CLUSTER, &cluster.verdict);
    for limit in &cluster.limits {
        add_prose(text, limit.sentence());
    }
    add_unplaced(text, cluster.unplaced());
    add_unplaced(text, cluster.unplaced_at_peak());
    add_unplaced(text, &cluster.waiting());
    if let Some((lost, unplaced)) = cluster.not_survived() {
        add_prose(text, &format!("Without {lost}:"));
        add_unplaced(text, unplaced);
    }
    add_table(text, &nodes_table(&cluster.nodes, cluster.peak.is_some()));
    add_rest(text, cluster.nodes.len(), more_nodes_left_out);
    if cluster.nodes.iter().any(|node| node.steady.is_past_load_line || node.peak.is_past_load_line) {
        add_prose(text, "! is past the load line.");
        text.push('\n');
    }
    add_pods(text, "pod", &cluster.steady);
    if let Some(peak) = &cluster.peak {
        add_pods(text, "pod added at the peak", peak);
    }
    add_rollouts(text, &cluster.rollouts);
    if let Some(pressure) = &cluster.pressure {
        add_prose(text, pressure.sentence());
        text.push('\n');
    }
    for assumption in &cluster.assumptions {
        add_prose(text, assumption.sentence());
    }
    text.push('\n');
}

fn more_nodes_left_out(nodes: usize) -> String {
    format!("… and {nodes} more nodes.")
}

fn nodes_table(nodes: &[NodePlan], has_peak: bool) -> Table {
    let mut table = Table::new(&[
        Left("node"),
        Left("zone"),
        Right(SET_ASIDE_MIB),
        Right("at the peak"),
        Right("load line"),
        Right("for pods"),
        Right("cpu"),
        Left("carries"),
    ]);
    for node in nodes.iter().take(MAX_ROWS) {
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
            format!("{} of {}", node.steady.requested_cpu.compose(), node.allocatable_cpu.compose()),
            carries(&node.steady.loads),
        ]);
    }
    table
}

/// The first few of what a node carries: `api, db, 2 × mailer and 3 more`.
fn carries(loads: &[Load]) -> String {
    const SHOWN: usize = 3;
    let (first, more) = loads.split_at(loads.len().min(SHOWN));
    carried(first, more.len())
}

/// The first of what a node carries, and how much more there is: `api, db, 2 × mailer and 3 more`.
fn carried(first: &[Load], more: usize) -> String {
    let name = |load: &Load| match load.containers {
        1 => load.name.to_string(),
        count => format!("{count} × {}", load.name),
    };
    let first = first.iter().map(name).collect::<Vec<_>>().join(", ");
    if more == 0 { first } else { format!("{first} and {more} more") }
}

fn add_pods(text: &mut String, title: &str, placement: &Placement) {
    let mut table = Table::new(&[Left(title), Left("node"), Right("score"), Left("why")]);
    for pod in placement.pods.iter().take(MAX_ROWS) {
        let score = pod.scores.totals.first().map(i64::to_string).unwrap_or_default();
        table.add([pod.pod.clone(), pod.node.clone(), score, why(pod)]);
    }
    add_table(text, &table);
    add_rest(text, placement.pods.len(), more_pods_left_out);
}

fn more_pods_left_out(pods: usize) -> String {
    format!("… and {pods} more pods.")
}

fn why(pod: &PodPlan) -> String {
    choice(pod.feasible_nodes as usize, pod.best_node_count as usize)
}

fn add_rollouts(text: &mut String, rollouts: &[RolloutPlan]) {
    let mut table = Table::new(&[
        Left("new release of"),
        Right("pods"),
        Right("new"),
        Right("ending"),
        Right("job"),
        Right("at once"),
        Right(SET_ASIDE_MIB),
        Right("takes s"),
        Left("room"),
    ]);
    for rollout in rollouts.iter().take(MAX_ROWS) {
        table.add([
            rollout.service.to_string(),
            rollout.replicas.to_string(),
            rollout.surge_pods.to_string(),
            rollout.terminating_pods.to_string(),
            if rollout.job_pods == 0 { String::new() } else { rollout.job_pods.to_string() },
            rollout.peak_pods.to_string(),
            mib(rollout.peak_requested_memory),
            if rollout.least_seconds == 0 { String::new() } else { rollout.least_seconds.to_string() },
            room(rollout.pace, rollout.surge_pods, rollout.room_pods),
        ]);
    }
    add_table(text, &table);
    add_rest(text, rollouts.len(), more_services_left_out);
}

/// Describes the room for further pods in a rollout. `surge` is zero if old pods end before new ones start.
fn room(pace: Pace, surge: u32, room: u32) -> String {
    match pace {
        Pace::Free if surge == 0 => "the old pod ends first".to_owned(),
        Pace::Free => "for all".to_owned(),
        Pace::Waits => format!("for {room} more: the others wait for old pods to end"),
        Pace::Grows => "for none until the cluster autoscaler has added a node".to_owned(),
        Pace::Stuck => "for none: it never proceeds".to_owned(),
        Pace::Untried => "not tried".to_owned(),
    }
}

fn more_services_left_out(services: usize) -> String {
    format!("… and {services} more services.")
}

fn add_unplaced(text: &mut String, unplaced: &[UnplacedPods]) {
    for pods in unplaced {
        add_prose(text, &without_node(&pods.first, pods.count, &pods.message, &pods.help));
    }
}

/// Describes pods without a node: the first of them, the scheduler's message, and the remedies, each enough by itself.
fn without_node(first: &str, pods: u32, why: &str, help: &[Statement<Help>]) -> String {
    let who = pods_by_first(first, pods.into());
    let help: Vec<&str> = help.iter().map(Statement::sentence).collect();
    format!("{who}: {}. {}", without_full_stop(why), help.join(" Or: "))
}

fn add_services(text: &mut String, services: &[ServicePlan]) {
    if services.is_empty() {
        return;
    }
    text.push_str("Memory of one container");
    text.push('\n');
    for service in services {
        let container = &service.container;
        add_prose(text, &container_line(&service.service, &service.steady, &service.peak, container));
        let mut table = Table::new(&[Right(""), Left(""), Left("")]);
        for term in &container.terms {
            table.add([term.total.to_string(), term.text(), term.note.clone().unwrap_or_default()]);
        }
        add_table(text, &table);
        add_consequences(text, service);
    }
}

fn container_line(service: &Name, steady: &Total, peak: &Total, container: &ContainerPlan) -> String {
    let replicas = match (steady.replicas, peak.replicas) {
        (steady, peak) if steady == peak => format!("× {steady}"),
        (steady, peak) => format!("× {steady} to {peak}"),
    };
    let need = part_of(container.need, container.limit);
    format!("{service} {replicas}: needs {need} ({} %), {} set aside", container.need_percent, container.cpu)
}

/// Adds what follows from the memory of a container, sentence by sentence.
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
    text.push_str("Database connections");
    text.push('\n');
    for database in &plan.databases {
        add_prose(text, &connections_line(database));
        let mut table = Table::new(&[Right(""), Left(""), Left("")]);
        for client in &database.clients {
            table.add([client.peak_connections.to_string(), client.service.to_string(), client.text()]);
            if let Some((connections, text)) = client.rollout_connections.zip(client.rollout_text()) {
                table.add([connections.to_string(), String::new(), format!("{text} in a rollout")]);
            }
        }
        add_table(text, &table);
    }
}

fn connections_line(database: &DatabasePlan) -> String {
    let limit = database.max_connections.map_or_else(String::new, |limit| format!(" of {limit}"));
    let rollout = match database.rollout_connections {
        Some(connections) => format!(", {connections} while a new release replaces pods"),
        None => String::new(),
    };
    format!("{}: up to {}{limit}{rollout}", database.database, database.peak_connections)
}

fn add_verdict<R>(text: &mut String, title: &str, verdict: &Verdict<R>) {
    text.push_str(title);
    text.push('\n');
    add_prose(text, verdict.reason.sentence());
    add_prose(text, &verdict.figures);
}

/// Adds how many rows of a table were left out, in the words of `said`.
fn add_rest(text: &mut String, rows: usize, said: fn(usize) -> String) {
    if rows > MAX_ROWS {
        add_prose(text, &said(rows - MAX_ROWS));
        text.push('\n');
    }
}

/// Adds a sentence, wrapped into lines.
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

/// Adds the table and an empty line, if it has rows. Columns without any cell but the title are left out.
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
