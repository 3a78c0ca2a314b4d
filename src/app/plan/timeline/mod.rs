//! What happens over time: scenarios to choose from, a time to play and to go through, charts, and the events in step.

mod events;
mod picker;
mod player;

use super::chart::{ChartView, Cursor, table};
use crate::app::engine::Engine;
use crate::app::icons;
use crate::app::inline_code::with_code;
use events::Events;
use leptos::prelude::*;
use leptos::task::spawn_local;
use picker::Picker;
use player::{Player, prefers_reduced_motion};
use plimsoll::engine::{Report, Simulate};
use plimsoll::plan::simulate::{Entry, Replay, Scenario, ScenarioKind, Simulation, Target};
use plimsoll::quantity::Memory;
use plimsoll::view::chart::Chart;
use plimsoll::view::colour::Colour;
use plimsoll::view::plan::moment;
use plimsoll::view::plan::picture::Picture;
use plimsoll::view::timeline::choice::Choice;
use plimsoll::view::timeline::choices::Choices;
use plimsoll::view::timeline::{clock, figures};
use std::sync::Arc;

/// What the person has chosen, and where they are in it. It outlives the view, so that it is there when they come back.
#[derive(Clone, Copy)]
pub struct Timeline {
    /// The document.
    text: RwSignal<String>,
    choice: RwSignal<Choice>,
    /// In milliseconds of the simulation.
    time: RwSignal<u64>,
    is_playing: RwSignal<bool>,
    /// The last simulation that came; nothing while nothing is to happen.
    played: RwSignal<Option<Arc<Played>>>,
    /// Whether a newer one is to come.
    is_stale: RwSignal<bool>,
    /// How often something was asked for: only the newest answer counts.
    asked: StoredValue<u64>,
}

/// A simulation, and what is drawn of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Played {
    /// What was simulated.
    pub simulation: Simulation,
    /// What there is at each time.
    pub replay: Replay,
    /// Its figures.
    pub charts: Vec<Arc<Chart>>,
}

impl Timeline {
    /// Of that document, nothing is chosen yet.
    pub fn new(text: RwSignal<String>) -> Self {
        Self {
            text,
            choice: RwSignal::default(),
            time: RwSignal::new(0),
            is_playing: RwSignal::new(false),
            played: RwSignal::new(None),
            is_stale: RwSignal::new(false),
            asked: StoredValue::new(0),
        }
    }

    /// The machines at the present time; as the plan has them while nothing happens.
    pub fn picture(self, plan: &Picture, report: Option<&Report>, target: Target) -> Picture {
        let is_shown = |played: &Arc<Played>| played.simulation.ended_ms > 0 && played.simulation.target == target;
        let (Some(played), Some(report)) = (self.played.get().filter(is_shown), report) else { return plan.clone() };
        let time = self.time.get();
        let present = played.replay.at(time);
        match target {
            Target::Cluster => moment::of_cluster(plan, &played.simulation, &present, report, time),
            Target::Server => moment::of_server(plan, &played.simulation, &present, report, time),
        }
    }

    /// When it ends.
    fn until(self) -> u64 {
        self.played.with_untracked(|played| played.as_ref().map_or(0, |played| played.simulation.ended_ms))
    }

    /// Nothing is to happen any more.
    fn stop(self) {
        self.next_number();
        self.is_playing.set(false);
        self.is_stale.set(false);
        self.played.set(None);
    }

    /// The number of a new question; answers to those before no longer count.
    fn next_number(self) -> u64 {
        self.asked.update_value(|asked| *asked += 1);
        self.asked.get_value()
    }

    /// Something else is to happen.
    pub fn choose(self, kind: Option<ScenarioKind>) {
        self.is_playing.set(false);
        self.time.set(0);
        self.choice.update(|choice| choice.kind = kind);
    }

    /// Goes to a time, and stays there.
    fn go(self, time: u64) {
        self.is_playing.set(false);
        self.time.set(time.min(self.until()));
    }

    /// The last event that has happened, by its place; nothing before the first.
    fn position(self) -> Option<usize> {
        let time = self.time.get();
        self.played.with(|played| {
            let events = &played.as_ref()?.simulation.events;
            events.partition_point(|event| event.time_ms <= time).checked_sub(1)
        })
    }

    /// The last event that has happened.
    fn current(self) -> Option<Entry> {
        let position = self.position()?;
        self.played.with(|played| played.as_ref()?.simulation.events.get(position).cloned())
    }

    /// Goes to the time of the next event, or to the end.
    fn next_event(self) {
        let time = self.time.get_untracked();
        let next = self.played.with_untracked(|played| {
            let events = &played.as_ref()?.simulation.events;
            events.get(events.partition_point(|event| event.time_ms <= time)).map(|event| event.time_ms)
        });
        self.go(next.unwrap_or(u64::MAX));
    }
}

/// All of it, below the picture.
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
    let engine = Engine::of_page();
    Effect::new(move |_| {
        let (Some(report), Some(asked)) = (report.get(), asked.get()) else { return };
        match asked {
            Ok(Some(scenario)) => follow(timeline, engine, report, scenario),
            Ok(None) => timeline.stop(),
            // What is half typed is waited for.
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

/// Has the scenario simulated; what was there before stays until the answer comes, and an older answer never takes the
/// place of a newer one.
fn follow(timeline: Timeline, engine: Engine, report: Arc<Report>, scenario: Scenario) {
    timeline.is_stale.set(true);
    let number = timeline.next_number();
    spawn_local(async move {
        let service = scenario.service.clone();
        let question = Simulate { text: timeline.text.get_untracked(), scenario };
        // Without an answer, one to a newer question is on its way, or the text cannot be read.
        let Ok(Some(simulation)) = engine.ask(question).await else { return };
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

impl Played {
    fn of(simulation: Simulation, report: &Report, service: Option<&str>) -> Self {
        let (load_line, proxy) = match simulation.target {
            Target::Cluster => {
                let groups = report.node_groups.iter();
                let lines = groups.map(|group| group.load_line.saturating_mul(group.count.into()));
                (Some(lines.sum::<Memory>()), None)
            }
            Target::Server => {
                let plan = report.plan.server.as_ref();
                let proxy = plan.and_then(|plan| plan.loads.iter().find(|load| load.is_proxy));
                (plan.map(|plan| plan.load_line), proxy.map(|load| load.need))
            }
        };
        let plan =
            figures::Plan { colour: &|service| Colour::of(service, &report.services), load_line, proxy, service };
        let charts = if simulation.ended_ms > 0 { figures::charts(&simulation, &plan) } else { Vec::new() };
        Self { replay: Replay::of(&simulation), charts: charts.into_iter().map(Arc::new).collect(), simulation }
    }
}

/// What came of it, and all that led there.
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
            <summary>"What this simulation takes for granted"</summary>
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
