//! The capacity plan as text, for a terminal.

use super::{CapacityPlan, ClusterOption, Own, ServerOption, Verdict, described};
use crate::plan::Statement;
use crate::plan::figures::about;
use crate::plan::text::Column::{Left, Right};
use crate::plan::text::{CLUSTER, SERVER, Table, add_prose, add_table};
use crate::topology::{Machine, Price};

const MACHINE: &str = "machine";
const CORES: &str = "cores";
const MEMORY: &str = "memory";
const A_MONTH: &str = "a month";

/// Formats the capacity plan for a terminal: the answers first, then the machines.
pub fn to_text(capacity: &CapacityPlan) -> String {
    let mut text = String::new();
    if let Some(server) = &capacity.server {
        add_answer(&mut text, SERVER, server.answer.sentence(), &server.own);
        let mut table = Table::new(&[
            Left(""),
            Left(MACHINE),
            Right(CORES),
            Right(MEMORY),
            Right(A_MONTH),
            Right("load line"),
            Left(""),
        ]);
        let shown = server.shown();
        for option in &shown {
            table.add(server_row(option));
        }
        add_table(&mut text, &table);
        add_reasons(
            &mut text,
            shown
                .iter()
                .map(|option| (option.verdict, &option.machine, option.shortfall.as_ref().map(Statement::sentence))),
        );
        add_left_out(&mut text, server.options.len(), shown.len());
        add_sentences(&mut text, &server.assumptions);
    }
    if let Some(cluster) = &capacity.cluster {
        add_answer(&mut text, CLUSTER, cluster.answer.sentence(), &cluster.own);
        let mut table = Table::new(&[
            Left(""),
            Right("count"),
            Left(MACHINE),
            Right(CORES),
            Right(MEMORY),
            Right("in all"),
            Right(A_MONTH),
            Left(""),
        ]);
        let shown = cluster.shown();
        for option in &shown {
            table.add(cluster_row(option));
        }
        add_table(&mut text, &table);
        add_reasons(
            &mut text,
            shown
                .iter()
                .map(|option| (option.verdict, &option.machine, option.reason.as_ref().map(Statement::sentence))),
        );
        add_left_out(&mut text, cluster.options.len(), shown.len());
        add_sentences(&mut text, &cluster.limits);
        add_sentences(&mut text, &cluster.assumptions);
    }
    text
}

fn add_answer<S>(text: &mut String, title: &str, sentence: &str, own: &Own<S>) {
    text.push_str(title);
    text.push('\n');
    add_prose(text, sentence);
    if let Some(reason) = &own.reason {
        add_prose(text, reason.sentence());
    }
    text.push('\n');
}

fn server_row(option: &ServerOption) -> [String; 7] {
    [
        mark(option.verdict == Verdict::Best, option.is_own).to_owned(),
        name(&option.machine),
        option.machine.cpu.compose(),
        about(option.machine.memory),
        price(option.machine.price),
        about(option.load_line),
        verdict(option.verdict).to_owned(),
    ]
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Best | Verdict::Carries => "carries it",
        Verdict::TooSmall => "too small",
        Verdict::Untried => "not tried",
    }
}

/// Marks the best machine and the document's own.
fn mark(is_best: bool, is_own: bool) -> &'static str {
    match (is_best, is_own) {
        (true, true) => "best, own",
        (true, false) => "best",
        (false, true) => "own",
        (false, false) => "",
    }
}

fn cluster_row(option: &ClusterOption) -> [String; 8] {
    [
        mark(option.verdict == Verdict::Best, option.is_own).to_owned(),
        option.count.map(|count| count.to_string()).unwrap_or_default(),
        name(&option.machine),
        option.machine.cpu.compose(),
        about(option.machine.memory),
        option.total_memory.map(about).unwrap_or_default(),
        price(option.total_price),
        verdict(option.verdict).to_owned(),
    ]
}

/// Adds why machines do not carry it.
fn add_reasons<'a>(text: &mut String, options: impl Iterator<Item = (Verdict, &'a Machine, Option<&'a str>)>) {
    let mut is_empty = true;
    for (verdict, machine, reason) in options {
        if let (Verdict::TooSmall | Verdict::Untried, Some(reason)) = (verdict, reason) {
            add_prose(text, &format!("{}: {reason}", described(machine)));
            is_empty = false;
        }
    }
    if !is_empty {
        text.push('\n');
    }
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

fn add_sentences<T>(text: &mut String, statements: &[Statement<T>]) {
    for statement in statements {
        add_prose(text, statement.sentence());
    }
    if !statements.is_empty() {
        text.push('\n');
    }
}
