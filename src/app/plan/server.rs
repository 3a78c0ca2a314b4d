//! The plan for one server.

use super::hulls::{Cargo, Colour, Hull, Look, Picture};
use crate::app::icons;
use crate::app::words::plan as words;
use leptos::prelude::*;
use plimsoll::engine::{Report, ServiceSummary};
use plimsoll::plan::{Load, ServerPlan, part_of};
use plimsoll::quantity::Memory;
use std::sync::Arc;

/// More containers than can be told apart; beyond, those of a service are drawn as one.
const MOST_CONTAINERS: u32 = 60;

/// One hull, loaded with what the containers need; that is what counts against the load line here.
pub fn picture(plan: &ServerPlan, services: &[ServiceSummary]) -> Picture {
    let draws_each = plan.loads.iter().map(|load| u64::from(load.containers)).sum::<u64>() <= MOST_CONTAINERS.into();
    let cargo = plan.loads.iter().flat_map(|load| {
        let pieces = if draws_each { load.containers } else { 1 };
        (1..=pieces).map(move |number| cargo(load, number, pieces, services))
    });
    let hull = Hull {
        name: words::SERVER.to_owned(),
        memory: plan.memory,
        system: plan.system,
        load_line: plan.load_line,
        is_past_line: plan.is_past_load_line,
        is_stopped: false,
        may_grow_to: Some(plan.limit),
        memory_words: part_of(plan.need, plan.available),
        cpu_words: words::cpu_of(plan.requested_cpu, plan.cpu),
        cargo: cargo.collect(),
    };
    Picture { hulls: vec![hull], ..Picture::default() }
}

/// A piece of so many equal ones.
fn cargo(load: &Load, number: u32, pieces: u32, services: &[ServiceSummary]) -> Cargo {
    let share = |all: Memory| Memory::from_bytes(all.bytes() / u64::from(pieces.max(1)));
    let (name, need, limit) = (load.name.as_str(), share(load.need), share(load.limit));
    let each = match load.containers {
        1 => words::container(name, need, limit),
        count if pieces == 1 => words::containers(name, count, need, limit),
        count => words::one_container_of(name, count, need, limit),
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

/// What dies first when the memory does not suffice.
#[component]
pub fn ServerDetails(#[prop(into)] report: Signal<Option<Arc<Report>>>) -> impl IntoView {
    let victim = Memo::new(move |_| report.with(|report| report.as_ref()?.plan.server.as_ref()?.first_killed.clone()));
    let words = move || {
        let victim = victim.get()?;
        Some(view! {
            <p class="aside">
                <span class="is-warning">{icons::warning()}</span>
                <span>{victim.sentence().to_owned()}</span>
            </p>
        })
    };
    view! { {words} }
}
