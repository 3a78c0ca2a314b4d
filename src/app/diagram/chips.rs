//! What stands around the services: the server or the cluster with its machines, and the traffic, each a button.

use super::board::Board;
use super::layout::{Rect, WIDTH, head};
use super::picture::{Subject, has_door};
use super::text::{fitted, width};
use crate::app::header::Target;
use crate::app::selection::Selection;
use crate::app::words::diagram as said;
use leptos::prelude::*;
use plimsoll::engine::Report;

/// More groups of machines are only counted.
const MOST_GROUPS: usize = 3;
/// The font size, as diagram.css has it, the room at both ends of the words, and how wide they may be.
const SIZE: f64 = 12.0;
const PAD: f64 = 9.0;
const MOST_WIDTH: f64 = WIDTH - 2.0 * PAD;
/// By how much the traffic overlaps the door that it comes through.
const OVERLAP: f64 = 6.0;

/// A button: what it says, and what it selects.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    selection: Selection,
    words: String,
    /// As much of them as there is room for.
    shown: String,
}

impl Sign {
    fn new(selection: Selection, words: String) -> Self {
        let shown = fitted(&words, SIZE, MOST_WIDTH);
        Self { selection, words, shown }
    }

    fn width(&self) -> f64 {
        width(&self.shown, SIZE) + 2.0 * PAD
    }
}

/// What is said around the services.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signs {
    /// At the head of the frame.
    head: Vec<Sign>,
    /// At the door.
    door: Option<Sign>,
}

impl Signs {
    /// What there is to say of a report, on this target.
    pub fn of(report: &Report, target: Target) -> Self {
        let mut head = machines(report, target);
        let traffic = report.traffic.as_ref().map(|traffic| said::rates(traffic.rate, traffic.peak));
        let traffic = traffic.map(|rates| Sign::new(Selection::Traffic, rates));
        let (door, inside) = if has_door(report) { (traffic, None) } else { (None, traffic) };
        head.extend(inside);
        Self { head, door }
    }

    /// How wide each is at the head of the frame.
    pub fn widths(&self) -> Vec<f64> {
        self.head.iter().map(Sign::width).collect()
    }
}

/// The server, or the cluster and its groups of nodes.
fn machines(report: &Report, target: Target) -> Vec<Sign> {
    match (target, &report.plan.server) {
        (Target::Server, Some(server)) => {
            vec![Sign::new(Selection::Server, said::server(server.cpu, server.memory))]
        }
        _ if report.plan.cluster.is_some() => {
            let mut signs = vec![Sign::new(Selection::Cluster, said::CLUSTER.to_owned())];
            let groups = report.node_groups.iter().take(MOST_GROUPS);
            signs.extend(groups.map(|group| {
                let words = said::machines(group.count, group.max, group.name.as_str());
                Sign::new(Selection::Nodes(group.name.to_string()), words)
            }));
            let more = report.node_groups.len().saturating_sub(MOST_GROUPS);
            signs.extend((more > 0).then(|| Sign::new(Selection::Cluster, said::more_groups(more))));
            signs
        }
        _ => Vec::new(),
    }
}

/// The buttons.
#[component]
pub fn Chips(
    board: Board,
    /// Called when the person wants the form of what is selected.
    open: Callback<()>,
) -> impl IntoView {
    let chips = Memo::new(move |_| {
        let Signs { head, door } = board.signs.get();
        let rects = board.layout.with(|layout| layout.head.clone());
        let at_door = door.and_then(|sign| Some((below_door(board, &sign)?, sign)));
        rects.into_iter().zip(head).chain(at_door).collect::<Vec<_>>()
    });
    let chip = move |(rect, sign): (Rect, Sign)| {
        let Sign { selection, words, shown } = sign;
        let words = if selection == Selection::Traffic { said::traffic(&words) } else { words };
        let (pressed, chosen, opened) = (selection.clone(), selection.clone(), selection);
        let is_selected = Memo::new(move |_| board.selected.with(|selected| selected.as_ref() == Some(&pressed)));
        let Rect { x, y, width, height } = rect;
        view! {
            <g
                class="diagram-chip"
                class:is-selected=is_selected
                role="button"
                tabindex="0"
                aria-label=words
                aria-pressed=move || is_selected.get().to_string()
                transform=format!("translate({x}, {y})")
                on:click=move |_| board.selected.set(Some(chosen.clone()))
                on:keydown=move |event| {
                    if matches!(event.key().as_str(), "Enter" | " ") {
                        event.prevent_default();
                        board.selected.set(Some(opened.clone()));
                        open.run(());
                    }
                }
            >
                <rect class="chip-body" width=width height=height rx="6" />
                <text class="chip-words" x=width / 2.0 y=height / 2.0 + 4.0>{shown}</text>
            </g>
        }
    };
    view! { {move || chips.get().into_iter().map(chip).collect_view()} }
}

/// Where what is said at the door stands.
fn below_door(board: Board, sign: &Sign) -> Option<Rect> {
    let door = board.picture.with(|picture| picture.nodes.iter().position(|node| node.subject == Subject::Door))?;
    let door = board.layout.with(|layout| layout.boxes.get(door).copied())?;
    let width = sign.width();
    Some(Rect { x: door.middle().x - width / 2.0, y: door.bottom() - OVERLAP, width, height: head::HEIGHT })
}
