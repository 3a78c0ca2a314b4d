//! `server-too-small`: the containers need more memory than the server has for them, or nearly all of it.

use super::Advised;
use crate::finding::Finding;
use crate::plan::ServerPlan;
use crate::quantity::Memory;
use crate::words::advice as words;

const RULE: &str = "server-too-small";
const LINK: &str = "https://fastapi.tiangolo.com/deployment/concepts/#server-memory";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(server) = advised.plan.server.as_ref().filter(|server| server.is_past_load_line) else {
        return Vec::new();
    };
    let span = advised.at("server.memory");
    let finding = if server.is_too_small() {
        Finding::error(RULE, span, words::server_too_small(server.need, server.available))
    } else {
        Finding::warning(RULE, span, words::server_past_load_line(server.need, server.available))
    };
    vec![finding.help(words::give_server_more(enough_memory(server))).link(LINK)]
}

/// The whole number of GiB of which the need stays below the load line.
fn enough_memory(server: &ServerPlan) -> Memory {
    const GIB: u64 = 1 << 30;
    let share = u128::from(server.need.bytes()) * u128::from(server.available.bytes())
        / u128::from(server.load_line.bytes().max(1));
    let for_containers = Memory::from_bytes(u64::try_from(share).unwrap_or(u64::MAX));
    Memory::from_gib((for_containers + server.system).bytes().div_ceil(GIB))
}
