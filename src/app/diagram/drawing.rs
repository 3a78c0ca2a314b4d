//! The drawing itself: the frame, the lines and the nodes.

use super::board::Board;
use crate::app::severity::{class, icon};
use leptos::prelude::*;
use leptos::svg;
use plimsoll::finding::Severity;
use plimsoll::view::colour::Colour;
use plimsoll::view::diagram::layout::{Density, Layout, Point, Rect, Route};
use plimsoll::view::diagram::picture::{Node, Picture, Purpose, Subject};
use plimsoll::view::diagram::text::fitted;
use std::fmt::Write;

/// The font sizes of a node's first line and of the others, as diagram.css has them.
const NAME: f64 = 14.0;
const SMALL: f64 = 12.0;
/// The padding between a node's sides and its text.
const PAD: f64 = 16.0;
/// The length and half the width of an arrowhead.
const ARROW: f64 = 8.0;
const HALF_ARROW: f64 = 4.0;

/// The frame around the services that run here.
#[component]
pub fn Frame(
    layout: Memo<Layout>,
    /// Whether it is a cluster.
    #[prop(into)]
    is_cluster: Signal<bool>,
) -> impl IntoView {
    let frame = move || layout.with(|layout| layout.frame).unwrap_or_default();
    view! {
        <rect
            class="frame"
            class:is-cluster=is_cluster
            x=move || frame().x
            y=move || frame().y
            width=move || frame().width
            height=move || frame().height
            rx="10"
        />
    }
}

/// The lines.
#[component]
pub fn Lines(board: Board) -> impl IntoView {
    let names = Memo::new(move |_| {
        let name = |index: usize| board.key(index).unwrap_or_default();
        board
            .layout
            .with(|layout| layout.routes.iter().map(|route| (name(route.from), name(route.to))).collect::<Vec<_>>())
    });
    view! { <For each=move || names.get() key=Clone::clone children=move |ends| view! { <Line board ends /> } /> }
}

#[component]
fn Line(board: Board, ends: (String, String)) -> impl IntoView {
    let route = {
        let ends = ends.clone();
        Memo::new(move |last: Option<&Option<Route>>| {
            let found = board.index(&ends.0).zip(board.index(&ends.1)).and_then(|(from, to)| {
                let of_both = |route: &&Route| route.from == from && route.to == to;
                board.layout.with(|layout| layout.routes.iter().find(of_both).cloned())
            });
            // A line that is being removed stays in place.
            found.or_else(|| last.cloned().flatten())
        })
    };
    let path =
        Memo::new(move |_| route.with(|route| route.as_ref().map(|route| path(&route.points)).unwrap_or_default()));
    let head =
        Memo::new(move |_| route.with(|route| route.as_ref().map(|route| head(&route.points)).unwrap_or_default()));
    let is_door = ends.0.is_empty();
    let (mine, touched, chosen) = (ends.clone(), ends.clone(), ends.clone());
    let is_chosen = Memo::new(move |_| board.line.with(|line| line.as_ref() == Some(&mine)));
    let touches = Memo::new(move |_| {
        board.selected.with(|selected| {
            let name = selected.as_ref().and_then(|selected| selected.service());
            name.is_some_and(|name| name == touched.0 || name == touched.1)
        })
    });
    let label =
        if is_door { format!("the internet reaches {}", ends.1) } else { format!("{} needs {}", ends.0, ends.1) };
    view! {
        <g
            class="line-of-need"
            class:is-chosen=is_chosen
            class:touches=touches
            role="button"
            aria-label=label
            aria-pressed=move || is_chosen.get().to_string()
            tabindex="-1"
            data-line=(!is_door).then(|| format!("{} {}", ends.0, ends.1))
            on:click=move |_| {
                if !is_door {
                    board.line.set(Some(chosen.clone()));
                }
            }
        >
            <path class="line-reach" d=path />
            <path class="line-path" d=path />
            <path class="line-head" d=head />
        </g>
    }
}

/// The line that the person is drawing.
#[component]
pub fn DrawnWire(board: Board) -> impl IntoView {
    let points = Memo::new(move |_| {
        let wire = board.wire.get()?;
        let from = board.rect(&wire.from)?;
        Some([Point { x: from.right(), y: from.middle().y }, wire.end])
    });
    move || {
        points.get().map(|points| {
            view! {
                <g class="wire">
                    <path class="line-path" d=path(&points) />
                    <path class="line-head" d=head(&points) />
                </g>
            }
        })
    }
}

/// A curve through the points, horizontal at each.
fn path(points: &[Point]) -> String {
    let mut path = String::new();
    if let [first, .., last] = points {
        // The arrowhead covers the end of the line.
        let back = if first.x < last.x { ARROW - 1.0 } else { 1.0 - ARROW };
        let _ = write!(path, "M{} {}", first.x, first.y);
        for (index, pair) in points.windows(2).enumerate() {
            let end = Point { x: pair[1].x - if index + 2 == points.len() { back } else { 0.0 }, y: pair[1].y };
            let half = (end.x - pair[0].x) / 2.0;
            let (one, two) = (pair[0].x + half, end.x - half);
            let _ = write!(path, "C{one} {} {two} {} {} {}", pair[0].y, end.y, end.x, end.y);
        }
    }
    path
}

/// The arrowhead at the last point.
fn head(points: &[Point]) -> String {
    let [first, .., tip] = points else { return String::new() };
    let back = if first.x < tip.x { tip.x - ARROW } else { tip.x + ARROW };
    format!("M{back} {}L{} {}L{back} {}z", tip.y - HALF_ARROW, tip.x, tip.y, tip.y + HALF_ARROW)
}

/// The nodes.
#[component]
pub fn Nodes(board: Board) -> impl IntoView {
    let keys = Memo::new(move |_| {
        board
            .picture
            .with(|picture: &Picture| picture.nodes.iter().map(|node| node.key().to_owned()).collect::<Vec<_>>())
    });
    view! { <For each=move || keys.get() key=Clone::clone children=move |key| view! { <DrawnNode board key /> } /> }
}

#[component]
fn DrawnNode(board: Board, key: String) -> impl IntoView {
    let drawn = {
        let key = key.clone();
        Memo::new(move |last: Option<&Option<(Node, Rect)>>| {
            let found = board.index(&key).and_then(|index| {
                let node = board.picture.with(|picture| picture.nodes.get(index).cloned())?;
                Some((node, board.layout.with(|layout| layout.boxes.get(index).copied())?))
            });
            found.or_else(|| last.cloned().flatten())
        })
    };
    let rect = Memo::new(move |_| drawn.with(|drawn| drawn.as_ref().map(|(_, rect)| *rect).unwrap_or_default()));
    let node = Memo::new(move |_| drawn.with(|drawn| drawn.as_ref().map(|(node, _)| node.clone())));
    let is_selected = Memo::new(move |_| {
        node.with(|node| {
            board.selected.with(|selected| selected.is_some() && *selected == node.as_ref().map(Node::selection))
        })
    });
    let classes = move || {
        node.with(|node| match node.as_ref().map(|node| node.subject) {
            Some(Subject::Service { index, purpose, .. }) => {
                format!("node is-{} {}", word(purpose), Colour::of_number(index).class())
            }
            _ => "node is-door".to_owned(),
        })
    };
    let target = key.clone();
    let is_target =
        Memo::new(move |_| board.wire.with(|wire| wire.as_ref().and_then(|wire| wire.over.as_ref()) == Some(&target)));
    let stop = key.clone();
    let is_stop = Memo::new(move |_| board.tab_stop() == stop);
    let current = key.clone();
    view! {
        <g
            class=classes
            class:is-selected=is_selected
            class:is-target=is_target
            role="option"
            tabindex=move || if is_stop.get() { "0" } else { "-1" }
            aria-selected=move || is_selected.get().to_string()
            aria-label=move || node.with(|node| node.as_ref().map(|node| node.words.clone()))
            data-node=key.clone()
            style:transform=move || format!("translate({}px, {}px)", rect.get().x, rect.get().y)
            on:focus=move |_| {
                board.current.set(current.clone());
                board.bring_into_view(&current);
            }
        >
            {move || node.get().map(|node| inside(&node, rect.get()))}
        </g>
    }
}

/// Renders the content of a node. Spaces separate its lines, so that the node's label starts with the visible text
/// (<https://www.w3.org/WAI/WCAG22/Understanding/label-in-name.html>).
fn inside(node: &Node, Rect { width, height, .. }: Rect) -> AnyView {
    let is_dense = height < Density::Roomy.height();
    match node.subject {
        Subject::Door => door(node, width, height, is_dense),
        Subject::Service { purpose, trouble, .. } => service(node, purpose, trouble, width, height, is_dense),
    }
}

fn door(node: &Node, width: f64, height: f64, is_dense: bool) -> AnyView {
    let middle = width / 2.0;
    // The door has two lines, a service three.
    let inset = if is_dense { 0.0 } else { 8.0 };
    let words = if is_dense {
        view! { <text class="node-title" x=middle y=height / 2.0 + 4.0>{format!("Internet · {}", node.title)}</text> }
            .into_any()
    } else {
        view! {
            <text class="node-name" x=middle y=height / 2.0 - 2.0>
                {node.name.clone()}
            </text>
            " "
            <text class="node-title" x=middle y=height / 2.0 + 15.0>
                {node.title.clone()}
            </text>
        }
        .into_any()
    };
    view! {
        <rect class="node-body" y=inset width=width height=height - 2.0 * inset rx=height / 2.0 - inset />
        {words}
    }
    .into_any()
}

fn service(
    node: &Node,
    purpose: Purpose,
    trouble: Option<Severity>,
    width: f64,
    height: f64,
    is_dense: bool,
) -> AnyView {
    let room = width - PAD - 8.0;
    let words = if is_dense {
        let name = fitted(&node.name, NAME, if trouble.is_some() { room - 44.0 } else { room - 20.0 });
        view! { <text class="node-name" x=PAD y=height / 2.0 + 5.0>{name}</text> }.into_any()
    } else {
        let name_room = if trouble.is_some() { room - 40.0 } else { room - 18.0 };
        view! {
            <text class="node-name" x=PAD y="24">{fitted(&node.name, NAME, name_room)}</text>
            " "
            <text class="node-title" x=PAD y="42">{fitted(&node.title, SMALL, room)}</text>
            " "
            <text class="node-figures" x=PAD y="58">{fitted(&node.figures, SMALL, room)}</text>
        }
        .into_any()
    };
    let (top, right) = (if is_dense { height / 2.0 - 8.0 } else { 11.0 }, width - 24.0);
    let trouble = trouble.map(|severity| {
        view! {
            <svg class=format!("node-trouble {}", class(severity)) x=right - 20.0 y=top width="16" height="16">
                {icon(severity)}
            </svg>
        }
    });
    let handle = node.subject.can_need().then(|| {
        view! { <circle class="node-handle" data-handle=node.name.clone() cx=width cy=height / 2.0 r="7" /> }
    });
    view! {
        {svg::title().child(format!("{}\n{}\n{}", node.name, node.title, node.figures))}
        <rect class="node-body" width=width height=height rx="6" />
        <path class="node-stripe" d=format!("M6 0A6 6 0 0 0 0 6V{}A6 6 0 0 0 6 {height}z", height - 6.0) />
        {words}
        <g class="node-purpose" transform=format!("translate({right}, {top})")>{sign(purpose)}</g>
        {trouble}
        {handle}
    }
    .into_any()
}

fn word(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Serves => "serving",
        Purpose::Works => "working",
        Purpose::Scheduled => "scheduled",
        Purpose::Keeps => "keeping",
        Purpose::External => "external",
    }
}

/// The icon of a service's purpose, in a box of 16 by 16.
fn sign(purpose: Purpose) -> impl IntoView {
    let path = match purpose {
        // Arrows to and fro: requests and answers.
        Purpose::Serves => "M2 5.5h11M10 2.5l3 3-3 3M14 10.5H3M6 7.5l-3 3 3 3",
        // A wheel.
        Purpose::Works => {
            "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 1 0 0-5.6M8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2M3.4 3.4l1.4 1.4M11.2 11.2l1.4 1.4M12.6 \
             3.4l-1.4 1.4M4.8 11.2l-1.4 1.4"
        }
        // A clock.
        Purpose::Scheduled => "M8 2a6 6 0 1 0 0 12 6 6 0 1 0 0-12M8 4.8V8l2.4 1.6",
        // A drum of disks.
        Purpose::Keeps => "M2.5 4.2c0-3 11-3 11 0s-11 3-11 0v7.6c0 3 11 3 11 0V4.2M2.5 8c0 3 11 3 11 0",
        // A cloud.
        Purpose::External => "M4.5 12.5a3 3 0 0 1-.3-6 4 4 0 0 1 7.7.8 2.6 2.6 0 0 1-.4 5.2z",
    };
    view! { <path d=path /> }
}
