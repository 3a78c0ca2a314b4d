//! `server-overcommitted`: what the containers need fits, but what their limits let them take does not. Nothing
//! is said where already the need is too much.
//!
//! A container that grows then finds the machine full before it meets its own limit, and the kernel ends the largest
//! process, whoever it belongs to.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::field_path;
use crate::plan::figures::pair;
use crate::quantity::Memory;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "server-overcommitted",
    Explanation {
        title: "Limits that add up to more than the server has",
        why: "The needs of the containers fit, but their limits together do not. When one container grows, the \
              machine is full before that container meets its own limit, and the kernel kills the largest process, \
              whoever it belongs to: often the database. Lower limits that are far above the need, or give the \
              server more memory.",
        fails: Example::Document(
            "\
server: { memory: 1792Mi }
services:
  api: { python: {}, memory: { process: 400Mi, limit: 700Mi } }
  db: { postgres: {}, memory: { limit: 1Gi } }
",
        ),
        passes: Example::Document(
            "\
server: { memory: 1792Mi }
services:
  api: { python: {}, memory: { process: 400Mi, limit: 550Mi } }
  db: { postgres: {}, memory: { limit: 700Mi } }
",
        ),
    },
    Some("https://docs.docker.com/engine/containers/resource_constraints/"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let server = advised.plan.server.as_ref();
    let Some(server) = server.filter(|server| server.is_overcommitted() && !server.is_past_load_line) else {
        return Vec::new();
    };
    let message = server_overcommitted(server.limit, server.available);
    let finding = Finding::warning(&RULE, advised.at(&field_path!("server.memory")), message).cite();
    vec![match &server.first_killed {
        Some(victim) => finding.help(format!("Lower limits that are more than a quarter above the need, or give the server more memory; else a process of \
         `{}` is likely to be killed first when it is full", victim.name)),
        None => finding,
    }]
}

fn server_overcommitted(limits: Memory, available: Memory) -> Message {
    let shown = pair(limits, available);
    message!(
        "The limits add up to {limits}, and the server has {available} for containers",
        limits = limits => shown.0,
        available = available => shown.1
    )
}
