//! What to buy as text, for a terminal.

use super::{CapacityPlan, ClusterOption, Own, ServerOption, Standing, words};
use crate::plan::figures::about;
use crate::plan::text::{Table, add_prose, add_table};
use crate::topology::{Machine, Price};

/// What to buy, as a person reads it in a terminal: the answers first, then the machines.
pub fn to_text(capacity: &CapacityPlan) -> String {
    let mut text = String::new();
    if let Some(server) = &capacity.server {
        add_answer(&mut text, "Server, with Docker Compose", &server.sentence, &server.own);
        let mut table = Table::new(&["<", "<machine", ">cores", ">memory", ">a month", ">load line", "<"]);
        let shown = server.shown();
        for option in &shown {
            table.add(server_row(option));
        }
        add_table(&mut text, &table);
        add_reasons(&mut text, shown.iter().map(|option| (option.standing, &option.machine, &option.reason)));
        add_left_out(&mut text, server.options.len(), shown.len());
        add_sentences(&mut text, &server.assumptions);
    }
    if let Some(cluster) = &capacity.cluster {
        add_answer(&mut text, "Cluster, with Kubernetes", &cluster.sentence, &cluster.own);
        let mut table = Table::new(&["<", ">count", "<machine", ">cores", ">memory", ">in all", ">a month", "<"]);
        let shown = cluster.shown();
        for option in &shown {
            table.add(cluster_row(option));
        }
        add_table(&mut text, &table);
        add_reasons(&mut text, shown.iter().map(|option| (option.standing, &option.machine, &option.reason)));
        add_left_out(&mut text, cluster.options.len(), shown.len());
        add_sentences(&mut text, &cluster.limits);
        add_sentences(&mut text, &cluster.assumptions);
    }
    text
}

fn add_answer(text: &mut String, title: &str, sentence: &str, own: &Own) {
    text.push_str(title);
    text.push('\n');
    add_prose(text, sentence);
    if own.sentence != sentence {
        add_prose(text, &own.sentence);
    }
    text.push('\n');
}

fn server_row(option: &ServerOption) -> [String; 7] {
    [
        mark(option.standing, option.is_own),
        name(&option.machine),
        option.machine.cpu.compose(),
        about(option.machine.memory),
        price(option.machine.price),
        about(option.load_line),
        verdict(option.standing).to_owned(),
    ]
}

fn cluster_row(option: &ClusterOption) -> [String; 8] {
    [
        mark(option.standing, option.is_own),
        option.count.map(|count| count.to_string()).unwrap_or_default(),
        name(&option.machine),
        option.machine.cpu.compose(),
        about(option.machine.memory),
        option.total_memory.map(about).unwrap_or_default(),
        price(option.total_price),
        verdict(option.standing).to_owned(),
    ]
}

fn verdict(standing: Standing) -> &'static str {
    match standing {
        Standing::Best | Standing::Carries => "carries it",
        Standing::TooSmall => "too small",
        Standing::Untried => "not tried",
    }
}

/// Why those that do not carry it do not.
fn add_reasons<'a>(text: &mut String, options: impl Iterator<Item = (Standing, &'a Machine, &'a Option<String>)>) {
    let mut is_empty = true;
    for (standing, machine, reason) in options {
        if let (Standing::TooSmall | Standing::Untried, Some(reason)) = (standing, reason) {
            add_prose(text, &format!("{}: {reason}", words::machine(machine)));
            is_empty = false;
        }
    }
    if !is_empty {
        text.push('\n');
    }
}

/// What is best, and what the document has.
fn mark(standing: Standing, is_own: bool) -> String {
    match (standing, is_own) {
        (Standing::Best, true) => "best, own",
        (Standing::Best, false) => "best",
        (_, true) => "own",
        (_, false) => "",
    }
    .to_owned()
}

fn name(machine: &Machine) -> String {
    machine.name.clone().unwrap_or_default()
}

fn price(price: Option<Price>) -> String {
    price.map(|price| price.to_string()).unwrap_or_default()
}

fn add_left_out(text: &mut String, options: usize, shown: usize) {
    if options > shown {
        add_prose(text, &format!("… and {} more machines of the list, in the JSON.", options - shown));
        text.push('\n');
    }
}

fn add_sentences(text: &mut String, sentences: &[String]) {
    for sentence in sentences {
        add_prose(text, sentence);
    }
    if !sentences.is_empty() {
        text.push('\n');
    }
}
