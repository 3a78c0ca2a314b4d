//! `server-overcommitted`: what the containers need fits, but what their limits let them take does not. Nothing
//! is said where already the need is too much.
//!
//! A container that grows then finds the machine full before it meets its own limit, and the kernel ends the largest
//! process, whoever it belongs to.

use super::Advised;
use crate::finding::Finding;
use crate::plan::figures::pair;
use crate::quantity::Memory;

const RULE: &str = "server-overcommitted";
const LINK: &str = "https://docs.docker.com/engine/containers/resource_constraints/";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let server = advised.plan.server.as_ref();
    let Some(server) = server.filter(|server| server.is_overcommitted() && !server.is_past_load_line) else {
        return Vec::new();
    };
    let message = server_overcommitted(server.limit, server.available);
    let finding = Finding::warning(RULE, advised.at("server.memory"), message).link(LINK);
    vec![match &server.first_killed {
        Some(victim) => finding.help(format!("Lower limits that are more than a quarter above the need, or give the server more memory; else a process of \
         `{}` is likely to be killed first when it is full", victim.name)),
        None => finding,
    }]
}

fn server_overcommitted(limits: Memory, available: Memory) -> String {
    let (limits, available) = pair(limits, available);
    format!("The limits add up to {limits}, and the server has {available} for containers")
}
