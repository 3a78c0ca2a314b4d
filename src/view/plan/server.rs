//! The picture of one server.

use super::picture::{Cargo, Hull, Look, Picture, cpu_of};
use crate::engine::ServiceSummary;
use crate::plan::{Load, ServerPlan, part_of};
use crate::quantity::Memory;
use crate::view::colour::Colour;

/// Above this number, the containers of a service are drawn as one.
const MOST_CONTAINERS: u32 = 60;

/// Returns one hull, loaded with the needs of the containers, which count against the load line here.
pub fn picture(plan: &ServerPlan, services: &[ServiceSummary]) -> Picture {
    let draws_each = plan.loads.iter().map(|load| u64::from(load.containers)).sum::<u64>() <= MOST_CONTAINERS.into();
    let cargo = plan.loads.iter().flat_map(|load| {
        let pieces = if draws_each { load.containers } else { 1 };
        (1..=pieces).map(move |number| cargo(load, number, pieces, services))
    });
    let hull = Hull {
        name: "server".to_owned(),
        memory: plan.memory,
        system: plan.system,
        load_line: plan.load_line,
        is_past_line: plan.is_past_load_line,
        is_stopped: false,
        may_grow_to: Some(plan.limit),
        memory_words: part_of(plan.need, plan.available),
        cpu_words: cpu_of(plan.requested_cpu, plan.cpu),
        cargo: cargo.collect(),
    };
    Picture { hulls: vec![hull], ..Picture::default() }
}

/// One of `pieces` equal pieces of a load.
fn cargo(load: &Load, number: u32, pieces: u32, services: &[ServiceSummary]) -> Cargo {
    let share = |all: Memory| Memory::from_bytes(all.bytes() / u64::from(pieces.max(1)));
    let (name, need, limit) = (load.name.as_str(), share(load.need), share(load.limit));
    let each = match load.containers {
        1 => format!("{name}: needs {need} at the busiest time, killed beyond {limit}."),
        count if pieces == 1 => {
            format!("{name}, {count} containers: need {need} at the busiest time, {limit} at most.")
        }
        count => format!("{name}, one of {count}: needs {need} at the busiest time, killed beyond {limit}."),
    };
    Cargo {
        key: format!("{name}-{number}"),
        label: name.to_owned(),
        colour: Colour::of(if load.is_proxy { "" } else { name }, services),
        size: need,
        need: None,
        look: Look::Plain,
        words: each,
    }
}
