//! `server-too-small`: the containers need more memory than the server has for them, or nearly all of it.

use super::Advised;
use crate::finding::Finding;
use crate::plan::ServerPlan;
use crate::plan::figures::{about, pair};
use crate::quantity::Memory;

const RULE: &str = "server-too-small";
const LINK: &str = "https://fastapi.tiangolo.com/deployment/concepts/#server-memory";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(server) = advised.plan.server.as_ref().filter(|server| server.is_past_load_line) else {
        return Vec::new();
    };
    let span = advised.at("server.memory");
    let finding = if server.is_too_small() {
        Finding::error(RULE, span, server_too_small(server.need, server.available))
    } else {
        Finding::warning(RULE, span, server_past_load_line(server.need, server.available))
    };
    vec![
        finding
            .help(format!("Give the server {} or more, or run fewer workers or replicas", about(enough_memory(server))))
            .link(LINK),
    ]
}

fn server_too_small(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("The containers need {need}, and the server has {available} for them")
}

fn server_past_load_line(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("The containers need {need} of the {available} that the server has for them, more than 90 %")
}

/// The whole number of GiB of which the need stays below the load line.
fn enough_memory(server: &ServerPlan) -> Memory {
    const GIB: u64 = 1 << 30;
    let share = u128::from(server.need.bytes()) * u128::from(server.available.bytes())
        / u128::from(server.load_line.bytes().max(1));
    let for_containers = Memory::from_bytes(u64::try_from(share).unwrap_or(u64::MAX));
    Memory::from_gib((for_containers + server.system).bytes().div_ceil(GIB))
}
