//! What stands around the services: the server or the cluster with its machines, and the traffic, each a button.

use super::board::Board;
use super::layout::Rect;
use super::picture::Subject;
use super::text::width;
use crate::app::header::Target;
use crate::app::live::Live;
use crate::app::selection::Selection;
use crate::app::words::diagram as said;
use leptos::prelude::*;
use plimsoll::engine::Report;

/// More groups of machines are only counted.
const MOST_GROUPS: usize = 3;
/// The font size, as diagram.css has it, how high a chip is, and how far from the next.
const SIZE: f64 = 12.0;
const HEIGHT: f64 = 24.0;
const GAP: f64 = 6.0;
const PAD: f64 = 9.0;

/// A button in the drawing.
#[derive(Debug, Clone, PartialEq)]
struct Chip {
    selection: Selection,
    words: String,
    rect: Rect,
}

/// The buttons.
#[component]
pub fn Chips(
    live: Live,
    board: Board,
    /// The target that is shown.
    #[prop(into)]
    target: Signal<Target>,
    /// Called when the person wants the form of what is selected.
    open: Callback<()>,
) -> impl IntoView {
    let chips = Memo::new(move |_| {
        let words = live.report.with(|report| report.as_ref().map(|report| words(report, target.get())));
        place(board, words.unwrap_or_default())
    });
    let chip = move |chip: Chip| {
        let (pressed, chosen, opened) = (chip.selection.clone(), chip.selection.clone(), chip.selection);
        let is_selected = Memo::new(move |_| board.selected.with(|selected| selected.as_ref() == Some(&pressed)));
        let Rect { x, y, width, height } = chip.rect;
        view! {
            <g
                class="diagram-chip"
                class:is-selected=is_selected
                role="button"
                tabindex="0"
                aria-label=if opened == Selection::Traffic { said::traffic(&chip.words) } else { chip.words.clone() }
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
                <text class="chip-words" x=width / 2.0 y=height / 2.0 + 4.0>{chip.words.clone()}</text>
            </g>
        }
    };
    view! { {move || chips.get().into_iter().map(chip).collect_view()} }
}

/// What the buttons say.
fn words(report: &Report, target: Target) -> Vec<(Selection, String)> {
    let mut words = Vec::new();
    match (target, &report.plan.server) {
        (Target::Server, Some(server)) => {
            words.push((Selection::Server, said::server(server.cpu, server.memory)));
        }
        _ if report.plan.cluster.is_some() => {
            words.push((Selection::Cluster, said::CLUSTER.to_owned()));
            let groups = report.node_groups.iter().take(MOST_GROUPS);
            words.extend(groups.map(|group| {
                let name = group.name.to_string();
                (Selection::Nodes(name.clone()), format!("{} × {name}", group.count))
            }));
            let more = report.node_groups.len().saturating_sub(MOST_GROUPS);
            if more > 0 {
                words.push((Selection::Cluster, said::more_groups(more)));
            }
        }
        _ => {}
    }
    if let Some(traffic) = &report.traffic {
        words.push((Selection::Traffic, said::rates(traffic.rate, traffic.peak)));
    }
    words
}

/// Puts the buttons in a row at the frame's head, the traffic below the door if there is one.
fn place(board: Board, words: Vec<(Selection, String)>) -> Vec<Chip> {
    let (frame, first) = board.layout.with(|layout| (layout.frame, layout.boxes.first().copied()));
    let has_door =
        board.picture.with(|picture| picture.nodes.first().is_some_and(|node| node.subject == Subject::Door));
    let Some(frame) = frame else { return Vec::new() };
    let mut x = frame.x + 10.0;
    let chip = |(selection, words): (Selection, String)| {
        let width = width(&words, SIZE) + 2.0 * PAD;
        let below_door = first.filter(|_| has_door && selection == Selection::Traffic);
        let rect = if let Some(door) = below_door {
            Rect { x: door.middle().x - width / 2.0, y: door.bottom() - GAP, width, height: HEIGHT }
        } else {
            let here = Rect { x, y: frame.y + 6.0, width, height: HEIGHT };
            x += width + GAP;
            here
        };
        Chip { selection, words, rect }
    };
    words.into_iter().map(chip).collect()
}
