//! The state that the parts of the diagram share: the picture, its layout, the visible part, and the selection.

use crate::app::analysis_store::AnalysisStore;
use leptos::prelude::*;
use plimsoll::plan::simulate::Target;
use plimsoll::view::diagram::camera::{Camera, Pane};
use plimsoll::view::diagram::layout::{Graph, Layout, Point, Rect, layout};
use plimsoll::view::diagram::picture::{Node, Picture, Subject, picture};
use plimsoll::view::diagram::signs::Signs;
use plimsoll::view::selection::Selection;
use std::sync::Arc;

/// The factor of one press of +.
pub const ZOOM: f64 = 1.25;

/// The shared state of the diagram.
#[derive(Clone, Copy)]
pub struct Board {
    /// The picture.
    pub picture: Memo<Picture>,
    /// The signs around it.
    pub signs: Memo<Signs>,
    /// Its layout.
    pub layout: Memo<Layout>,
    /// The visible part of it.
    pub camera: RwSignal<Camera>,
    /// The pane that shows it.
    pub pane: RwSignal<Pane>,
    /// Whether the person moved the picture, so that it stays as it is.
    pub is_held: RwSignal<bool>,
    /// The selection of the page.
    pub selected: RwSignal<Option<Selection>>,
    /// The selected line, by the names of its ends.
    pub line: RwSignal<Option<(String, String)>>,
    /// The node that takes part in the Tab order, by its key.
    pub current: RwSignal<String>,
    /// The node that gets the focus once it is drawn, by its key.
    pub wants_focus: RwSignal<Option<String>>,
    /// The line that the person is drawing.
    pub wire: RwSignal<Option<Wire>>,
}

/// A line that the person is drawing from a service to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Wire {
    /// The service that it starts at.
    pub from: String,
    /// Its end, in the picture.
    pub end: Point,
    /// The service at its end, if there is one.
    pub over: Option<String>,
}

impl Board {
    /// Creates the board of an analysis and a target.
    pub fn new(analysis: AnalysisStore, target: Signal<Target>, selected: RwSignal<Option<Selection>>) -> Self {
        let picture = Memo::new(move |_| {
            analysis.report.with(|report| {
                let report = report.as_ref()?;
                Some(analysis.findings.with(|findings| picture(report, findings)))
            })
        });
        let picture = Memo::new(move |_| picture.get().unwrap_or_default());
        let signs = Memo::new(move |_| {
            let of = |report: &Arc<_>| Signs::of(report, target.get());
            analysis.report.with(|report| report.as_ref().map(of).unwrap_or_default())
        });
        // Texts change more often than the layout.
        let graph = Memo::new(move |_| {
            let head = signs.with(Signs::widths);
            picture.with(|picture| Graph { head, ..picture.graph.clone() })
        });
        let board = Self {
            picture,
            signs,
            layout: Memo::new(move |_| graph.with(layout)),
            camera: RwSignal::default(),
            pane: RwSignal::default(),
            is_held: RwSignal::new(false),
            selected,
            line: RwSignal::new(None),
            current: RwSignal::new(String::new()),
            wants_focus: RwSignal::new(None),
            wire: RwSignal::new(None),
        };
        Effect::new(move || {
            let first_look = board.first_look();
            if !board.is_held.get() {
                board.camera.set(first_look);
            }
        });
        Effect::new(move || {
            if let Some(Selection::Service(name)) = board.selected.get() {
                board.bring_into_view(&name);
                board.current.set(name);
                board.line.set(None);
            }
        });
        board
    }

    /// The index of a node, by its key.
    pub fn index(self, key: &str) -> Option<usize> {
        self.picture.with(|picture| picture.nodes.iter().position(|node| node.key() == key))
    }

    /// The key of the node at an index.
    pub fn key(self, index: usize) -> Option<String> {
        self.picture.with(|picture| picture.nodes.get(index).map(|node| node.key().to_owned()))
    }

    /// The subject of a node, by its key.
    pub fn subject(self, key: &str) -> Option<Subject> {
        let of_key = |node: &&Node| node.key() == key;
        self.picture.with(|picture| picture.nodes.iter().find(of_key).map(|node| node.subject))
    }

    /// Whether a service needs another.
    pub fn is_needed(self, from: &str, to: &str) -> bool {
        let ends = self.index(from).zip(self.index(to));
        ends.is_some_and(|ends| self.picture.with(|picture| picture.graph.lines.contains(&ends)))
    }

    /// The rectangle of a node, by its key.
    pub fn rect(self, key: &str) -> Option<Rect> {
        let index = self.index(key)?;
        self.layout.with(|layout| layout.boxes.get(index).copied())
    }

    /// The node that takes part in the Tab order: the current one, or the first if that no longer exists.
    pub fn tab_stop(self) -> String {
        let current = self.current.get();
        let first = || {
            let order = self.layout.with(Layout::reading_order);
            order.first().and_then(|first| self.key(*first)).unwrap_or_default()
        };
        if self.index(&current).is_some() { current } else { first() }
    }

    /// Zooms the picture. The point of the pane, by default its middle, stays in place.
    pub fn zoom(self, factor: f64, point: Option<Point>) {
        let pane = self.pane.get_untracked();
        let point = point.unwrap_or(Point { x: pane.width / 2.0, y: pane.height / 2.0 });
        self.hold(self.camera.get_untracked().zoomed(factor, point, pane));
    }

    /// Moves the picture.
    pub fn pan(self, x: f64, y: f64) {
        self.hold(self.camera.get_untracked().panned(x, y));
    }

    /// Shows the whole picture.
    pub fn show_all(self) {
        let all = Camera::all(self.layout.with_untracked(|layout| layout.bounds), self.pane.get_untracked());
        self.camera.set(all);
        self.is_held.set(all != untrack(|| self.first_look()));
    }

    /// The visible part before the person moves the picture.
    fn first_look(self) -> Camera {
        let pane = self.pane.get();
        self.layout.with(|layout| {
            let start = layout.reading_order().first().map(|first| layout.boxes[*first]).unwrap_or_default();
            Camera::first_look(layout.bounds, start, pane)
        })
    }

    /// Scrolls a node into view.
    pub fn bring_into_view(self, key: &str) {
        if let Some(rect) = untrack(|| self.rect(key)) {
            let before = self.camera.get_untracked();
            let after = before.with_in_view(rect, self.pane.get_untracked());
            if after != before {
                self.hold(after);
            }
        }
    }

    fn hold(self, camera: Camera) {
        self.is_held.set(true);
        self.camera.set(camera);
    }
}
