//! `server-too-small`: the containers need more memory than the server has for them, or nearly all of it.

use super::Advised;
use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::field_path;
use crate::plan::ServerPlan;
use crate::plan::figures::{about, pair};
use crate::quantity::Memory;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "server-too-small",
    Explanation {
        title: "A server with too little memory",
        why: "The containers need more memory than the server has left beside its system, or more than 90 percent of \
              it. When the memory is used up, the server swaps until it hardly answers, or the kernel kills a \
              process to free some. Use a larger server, or run fewer workers or replicas.",
        fails: Example::Document(
            "\
server: { memory: 1Gi }
services:
  api: { python: {}, workers: 4, memory: { process: 300Mi, limit: 1500Mi } }
",
        ),
        passes: Example::Document(
            "\
server: { memory: 2Gi }
services:
  api: { python: {}, workers: 4, memory: { process: 300Mi, limit: 1500Mi } }
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/concepts/#server-memory"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    let Some(server) = advised.plan.server.as_ref().filter(|server| server.is_past_load_line) else {
        return Vec::new();
    };
    let span = advised.at(&field_path!("server.memory"));
    let finding = if server.is_too_small() {
        Finding::error(&RULE, span, server_too_small(server.need, server.available))
    } else {
        Finding::warning(&RULE, span, server_past_load_line(server.need, server.available))
    };
    vec![
        finding
            .help(format!("Give the server {} or more, or run fewer workers or replicas", about(enough_memory(server))))
            .cite(),
    ]
}

fn server_too_small(need: Memory, available: Memory) -> Message {
    let shown = pair(need, available);
    message!(
        "The containers need {need}, and the server has {available} for them",
        need = need => shown.0,
        available = available => shown.1
    )
}

fn server_past_load_line(need: Memory, available: Memory) -> Message {
    let shown = pair(need, available);
    message!(
        "The containers need {need} of the {available} that the server has for them, more than 90 %",
        need = need => shown.0,
        available = available => shown.1
    )
}

/// The whole number of GiB of which the need stays below the load line.
fn enough_memory(server: &ServerPlan) -> Memory {
    const GIB: u64 = 1 << 30;
    let share = u128::from(server.need.bytes()) * u128::from(server.available.bytes())
        / u128::from(server.load_line.bytes().max(1));
    let for_containers = Memory::from_bytes(u64::try_from(share).unwrap_or(u64::MAX));
    Memory::from_gib((for_containers + server.system).bytes().div_ceil(GIB))
}
