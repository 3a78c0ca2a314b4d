//! The timeline: scenarios, playback, charts and events.

mod events;
mod picker;
mod player;
mod state;

use super::chart::{ChartView, Cursor, table};
use crate::app::client::Client;
use crate::app::icons;
use crate::app::inline_code::with_code;
use events::Events;
use leptos::prelude::*;
use leptos::task::spawn_local;
use picker::Picker;
use player::{Player, prefers_reduced_motion};
use plimsoll::engine::{Report, Simulate};
use plimsoll::plan::simulate::{Scenario, Target};
use plimsoll::view::timeline::choices::Choices;
use plimsoll::view::timeline::clock;
use state::Played;
pub use state::Timeline;
use std::sync::Arc;

/// The timeline view, below the picture.
#[component]
pub fn TimelineView(
    timeline: Timeline,
    #[prop(into)] report: Signal<Option<Arc<Report>>>,
    /// The target; one that the topology has.
    #[prop(into)]
    target: Signal<Target>,
) -> impl IntoView {
    let choices = Memo::new(move |_| report.with(|report| Some(Choices::of(report.as_ref()?, target.get()))));
    let asked = Memo::new(move |_| {
        let choices = choices.get()?;
        let scenario =
            timeline.choice.with(|choice| choice.scenario(&choices.offer, choices.target, choices.node(choice)));
        Some(scenario)
    });
    let mistake = Memo::new(move |_| asked.with(|asked| asked.as_ref()?.as_ref().err().cloned()));
    let client = Client::of_page();
    Effect::new(move |_| {
        let (Some(report), Some(asked)) = (report.get(), asked.get()) else { return };
        match asked {
            Ok(Some(scenario)) => follow(timeline, client, report, scenario),
            Ok(None) => timeline.stop(),
            // A half-typed value is waited for.
            Err(_) => timeline.is_stale.set(true),
        }
    });
    on_cleanup(move || timeline.is_playing.set(false));
    let shows_table = RwSignal::new(false);
    let shown = move || Some(view! { <Result timeline played=timeline.played.get()? shows_table /> });
    view! {
        <section class="timeline" aria-label="What happens over time">
            <div class="timeline-head">
                <Picker timeline choices mistake />
            </div>
            <div class="timeline-body" class:is-waiting=timeline.is_stale>
                {shown}
            </div>
        </section>
    }
}

/// Simulates the scenario. The last result stays until the answer arrives, and an older answer never replaces a newer
/// one.
fn follow(timeline: Timeline, client: Client, report: Arc<Report>, scenario: Scenario) {
    timeline.is_stale.set(true);
    let number = timeline.next_number();
    spawn_local(async move {
        let service = scenario.service.clone();
        let question = Simulate { text: timeline.text.get_untracked(), scenario };
        // Without an answer, a newer one is on its way, or the text cannot be read.
        let Ok(Some(simulation)) = client.ask(question).await else { return };
        if timeline.asked.get_value() != number {
            return;
        }
        let played = Played::of(simulation, &report, service.as_deref());
        let until = played.simulation.ended_ms;
        if timeline.time.get_untracked() > until {
            timeline.time.set(until);
        }
        timeline.played.set(Some(Arc::new(played)));
        timeline.is_stale.set(false);
    });
}

/// The result of the simulation.
#[component]
fn Result(timeline: Timeline, played: Arc<Played>, shows_table: RwSignal<bool>) -> impl IntoView {
    let simulation = &played.simulation;
    let stopped = simulation.stopped_early.clone().map(|why| {
        view! {
            <p class="aside">
                <span class="is-warning">{icons::warning()}</span>
                <span>{why.sentence().to_owned()}</span>
            </p>
        }
    });
    let has_happened = simulation.ended_ms > 0;
    let outcome = if has_happened { simulation.summary() } else { String::new() };
    let assumptions =
        simulation.assumptions.iter().map(|one| view! { <li>{with_code(one.sentence())}</li> }).collect_view();
    view! {
        <p class="outcome" role="status">
            {outcome}
        </p>
        {stopped}
        {has_happened.then(|| view! { <Happening timeline played shows_table /> })}
        <details class="granted">
            <summary>"Assumptions of this simulation"</summary>
            <ul class="bullets">{assumptions}</ul>
        </details>
    }
}

/// The time, the charts and the events.
#[component]
fn Happening(timeline: Timeline, played: Arc<Played>, shows_table: RwSignal<bool>) -> impl IntoView {
    let is_calm = prefers_reduced_motion();
    let cursor = Cursor {
        time: timeline.time.into(),
        pointed: RwSignal::new(None),
        go: Callback::new(move |time| timeline.go(time)),
        key: Callback::new(move |event| timeline.key(&event, is_calm.get_untracked())),
        clock: clock::time,
    };
    let mut charts = played.charts.iter().cloned();
    let first = charts.next().map(|chart| view! { <ChartView chart cursor /> });
    let others = charts.map(|chart| view! { <ChartView chart cursor is_small=true /> }).collect_view();
    let all = played.charts.clone();
    let table = move || shows_table.get().then(|| table(&all, clock::time));
    view! {
        <Player timeline />
        <div class="happening">
            {first} <Events timeline played=played />
        </div>
        <div class="charts">{others}</div>
        <details
            class="granted"
            open=shows_table.get_untracked()
            on:toggle=move |event| {
                shows_table.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
            }
        >
            <summary>"Show as table"</summary>
            {table}
        </details>
    }
}
