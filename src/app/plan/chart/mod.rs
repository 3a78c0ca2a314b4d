//! Charts of figures over time, rendered as SVG: axes with round numbers, a time marker, and the values there.

mod table;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::html;
use leptos::prelude::*;
use plimsoll::view::chart::lines::{Frame, SIDE, area, line, number, reduce, stack};
use plimsoll::view::chart::scale::{Axis, words};
use plimsoll::view::chart::{Chart, Part};
use std::sync::Arc;
pub use table::table;

/// The time that charts mark, and the callbacks that change it.
#[derive(Clone, Copy)]
pub struct Cursor {
    /// The time of the timeline, in milliseconds.
    pub time: Signal<u64>,
    /// The time that the person points at, if any.
    pub pointed: RwSignal<Option<u64>>,
    /// Called with the time to go to.
    pub go: Callback<u64>,
    /// Called with a pressed key.
    pub key: Callback<KeyboardEvent>,
    /// Formats a time.
    pub clock: fn(u64) -> String,
}

/// A chart.
#[component]
pub fn ChartView(
    chart: Arc<Chart>,
    cursor: Cursor,
    /// Whether it is small.
    #[prop(optional)]
    is_small: bool,
) -> impl IntoView {
    let at = move || cursor.pointed.get().unwrap_or_else(|| cursor.time.get());
    let entry = |part: &Part| {
        let (chart, part) = (chart.clone(), part.clone());
        let (name, class) = (part.name.clone(), format!("key {}", part.ink.class()));
        view! {
            <li>
                <span class=class aria-hidden="true"></span>
                {name}
                " "
                <strong>{move || chart.value_words(&part, at())}</strong>
            </li>
        }
    };
    let legend = chart.parts().map(entry).collect_view();
    view! {
        <figure class="chart" class:is-small=is_small>
            <figcaption>
                <h3>{chart.title.clone()}</h3>
                <ul class="legend">{legend}</ul>
            </figcaption>
            <Plot chart cursor />
        </figure>
    }
}

/// The plot. It is a slider of the time, so that the keyboard reaches its values.
#[component]
fn Plot(chart: Arc<Chart>, cursor: Cursor) -> impl IntoView {
    let plot = NodeRef::<html::Div>::new();
    let until = chart.until;
    let time_of = move |event: &PointerEvent| {
        let width = plot.get_untracked().map_or(0, |plot| plot.client_width()).max(1);
        let share = (f64::from(event.offset_x()) / f64::from(width)).clamp(0.0, 1.0);
        time_at(share, until)
    };
    let words = {
        let chart = chart.clone();
        move || format!("{}: {}", (cursor.clock)(cursor.time.get()), chart.words_at(cursor.time.get()))
    };
    let follow = move |event: PointerEvent| {
        let time = time_of(&event);
        cursor.pointed.set(Some(time));
        if event.buttons() == 1 {
            cursor.go.run(time);
        }
    };
    let title = chart.title.clone();
    view! {
        <div
            class="plot"
            node_ref=plot
            role="slider"
            tabindex="0"
            aria-label=format!("{title} over time")
            aria-valuemin="0"
            aria-valuemax=until.to_string()
            aria-valuenow=move || cursor.time.get().to_string()
            aria-valuetext=words
            on:keydown=move |event| cursor.key.run(event)
            on:pointermove=follow
            on:pointerleave=move |_| cursor.pointed.set(None)
            on:pointerdown=move |event| cursor.go.run(time_of(&event))
        >
            {drawing(&chart)}
            <Marker until cursor />
        </div>
    }
}

/// The line at the present time, and the one that the person points at.
#[component]
fn Marker(until: u64, cursor: Cursor) -> impl IntoView {
    let place = move |time: u64| percent(number(time) / number(until.max(1)) * 100.0);
    let pointed = move || cursor.pointed.get().map(place);
    view! {
        <svg class="markers" aria-hidden="true">
            <line
                class="cursor"
                x1=move || place(cursor.time.get())
                x2=move || place(cursor.time.get())
                y1="0"
                y2="100%"
            />
            <Show when=move || cursor.pointed.get().is_some()>
                <line class="pointed" x1=pointed x2=pointed y1="0" y2="100%" />
            </Show>
        </svg>
    }
}

/// The parts that do not depend on the time. Lines and areas stretch with the plot; text keeps its size.
fn drawing(chart: &Chart) -> impl IntoView + use<> {
    let axis = chart.axis();
    let frame = Frame { until: chart.until, top: axis.top };
    let height = |value: f64| percent(100.0 - axis.percent(value));
    let points = chart.layers.iter().map(|part| part.points.clone()).collect::<Vec<_>>();
    let areas = stack(&points, chart.until).into_iter().zip(&chart.layers).map(|(layer, part)| {
        view! { <path class=format!("area {}", part.ink.class()) d=area(&layer, frame) /> }
    });
    let lines = chart.lines.iter().map(|part| {
        let path = line(&reduce(&part.points, chart.until), frame);
        view! { <path class=format!("line {}", part.ink.class()) d=path vector-effect="non-scaling-stroke" /> }
    });
    let levels = axis.ticks.iter().map(|tick| {
        let y = height(tick.at);
        view! {
            <line class="level" x1="0" x2="100%" y1=y.clone() y2=y.clone() />
            <text class="value-label" x="0" dx="-8" y=y dy="0.32em">
                {tick.label.clone()}
            </text>
        }
    });
    let times = Axis::of_time(number(chart.until));
    let times = times.ticks.iter().map(|tick| {
        let share = times.percent(tick.at);
        view! {
            <text class=time_class(share) x=percent(share) y="100%" dy="1.5em">
                {tick.label.clone()}
            </text>
        }
    });
    let load_line = chart.load_line.map(|value| load_line(height(value), &words(value, chart.unit)));
    let peak = chart.peak.map(|(time, value)| {
        let share = number(time) / number(chart.until.max(1)) * 100.0;
        view! {
            <circle class="peak" cx=percent(share) cy=height(value) r="3" />
            <text class=format!("peak-label {}", time_class(share)) x=percent(share) y=height(value) dy="-0.6em">
                {format!("peak {}", words(value, chart.unit))}
            </text>
        }
    });
    view! {
        <svg class="drawing" aria-hidden="true">
            <svg
                viewBox=format!("0 0 {SIDE} {SIDE}")
                preserveAspectRatio="none"
                width="100%"
                height="100%"
            >
                {areas.collect_view()}
            </svg>
            {levels.collect_view()}
            {times.collect_view()}
            <svg
                viewBox=format!("0 0 {SIDE} {SIDE}")
                preserveAspectRatio="none"
                width="100%"
                height="100%"
                overflow="visible"
            >
                {lines.collect_view()}
            </svg>
            {load_line}
            {peak}
        </svg>
    }
}

/// The load line, with its ring.
fn load_line(y: String, words: &str) -> impl IntoView + use<> {
    view! {
        <g class="chart-load-line">
            <line x1="0" x2="100%" y1=y.clone() y2=y.clone() />
            <circle cx="97%" cy=y.clone() r="5" />
            <text x="97%" dx="-12" y=y dy="-0.5em">
                {format!("load line {words}")}
            </text>
        </g>
    }
}

/// The classes of a label at that place: labels at the edges stay inside.
fn time_class(share: f64) -> &'static str {
    match share {
        ..8.0 => "time-label at-start",
        92.0.. => "time-label at-end",
        _ => "time-label",
    }
}

fn percent(share: f64) -> String {
    format!("{share:.3}%")
}

/// The time at a share of the way to `until`, in whole milliseconds.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and `until`")]
fn time_at(share: f64, until: u64) -> u64 {
    (share * number(until)).round() as u64
}
