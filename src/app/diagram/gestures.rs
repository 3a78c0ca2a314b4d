//! Mouse, wheel and touch gestures: pan, zoom, and draw lines.

use super::board::{Board, Wire};
use super::dom::at;
use super::edits::Edits;
use leptos::ev::{PointerEvent, WheelEvent};
use leptos::prelude::*;
use plimsoll::view::diagram::layout::Point;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// A pointer that moves less than this clicks instead of dragging.
const STILL: f64 = 4.0;
/// The zoom factor of one pixel of the wheel.
const BY_WHEEL: f64 = 0.002;

/// The pressed pointers.
#[derive(Clone, Copy)]
pub struct Gestures {
    board: Board,
    edits: Edits,
    /// Whether the plain wheel scrolls the page around the diagram.
    yields_wheel: bool,
    fingers: StoredValue<Vec<Finger>>,
}

#[derive(Clone, Copy)]
struct Finger {
    pointer: i32,
    /// Where it was pressed.
    start: Point,
    now: Point,
    /// Whether it moved far enough to drag.
    drags: bool,
}

impl Gestures {
    /// No pointers are pressed.
    pub fn new(board: Board, edits: Edits, yields_wheel: bool) -> Self {
        Self { board, edits, yields_wheel, fingers: StoredValue::default() }
    }

    /// Handles a pressed pointer, which starts a line at a service's handle.
    pub fn down(self, event: &PointerEvent) {
        if event.button() != 0 {
            return;
        }
        let handle = at(event, "[data-handle]").and_then(|handle| handle.get_attribute("data-handle"));
        if let Some(from) = handle {
            capture(event);
            let end = self.board.camera.get_untracked().point(place(event));
            self.board.wire.set(Some(Wire { from, end, over: None }));
        } else {
            let now = place(event);
            let finger = Finger { pointer: event.pointer_id(), start: now, now, drags: false };
            self.fingers.update_value(|fingers| fingers.push(finger));
        }
    }

    /// Handles a moved pointer: one pans the picture, two zoom it as well.
    pub fn moved(self, event: &PointerEvent) {
        if let Some(Wire { from, .. }) = self.board.wire.get_untracked() {
            let end = self.board.camera.get_untracked().point(place(event));
            let over = node_under(event).filter(|name| *name != from && !name.is_empty());
            self.board.wire.set(Some(Wire { from, end, over }));
            return;
        }
        let pointer = event.pointer_id();
        let before = self.fingers.get_value();
        let Some(index) = before.iter().position(|finger| finger.pointer == pointer) else { return };
        let mut after = before.clone();
        let finger = &mut after[index];
        finger.now = place(event);
        let (x, y) = (finger.now.x - finger.start.x, finger.now.y - finger.start.y);
        if !finger.drags && x.hypot(y) >= STILL {
            finger.drags = true;
            capture(event);
        }
        if !finger.drags {
            self.fingers.set_value(after);
            return;
        }
        match (&before[..], &after[..]) {
            ([before], [after]) => self.board.pan(after.now.x - before.now.x, after.now.y - before.now.y),
            ([one, two, ..], [new_one, new_two, ..]) => {
                let (from, to) = (middle(one.now, two.now), middle(new_one.now, new_two.now));
                let apart = |one: Point, two: Point| (one.x - two.x).hypot(one.y - two.y).max(1.0);
                self.board.pan(to.x - from.x, to.y - from.y);
                self.board.zoom(apart(new_one.now, new_two.now) / apart(one.now, two.now), Some(to));
            }
            _ => {}
        }
        self.fingers.set_value(after);
    }

    /// Handles a released pointer, which connects the services of a line.
    pub fn up(self, event: &PointerEvent) {
        if let Some(Wire { from, over, .. }) = self.board.wire.get_untracked() {
            self.board.wire.set(None);
            if let Some(to) = over {
                self.edits.connect(&from, &to);
            }
        }
        self.gone(event);
    }

    /// Handles a cancelled pointer.
    pub fn gone(self, event: &PointerEvent) {
        self.board.wire.set(None);
        let pointer = event.pointer_id();
        self.fingers.update_value(|fingers| fingers.retain(|finger| finger.pointer != pointer));
    }

    /// Handles the wheel: with Ctrl it zooms, otherwise it pans.
    pub fn turned(self, event: &WheelEvent) {
        let zooms = event.ctrl_key() || event.meta_key();
        if self.yields_wheel && !zooms {
            return;
        }
        event.prevent_default();
        let (x, y) = (event.delta_x(), event.delta_y());
        if zooms {
            self.board.zoom((-y * BY_WHEEL).exp(), Some(place(event)));
        } else if event.shift_key() {
            self.board.pan(-y, -x);
        } else {
            self.board.pan(-x, -y);
        }
    }
}

/// Captures the pointer for the listening pane.
fn capture(event: &PointerEvent) {
    if let Some(pane) = event.current_target().and_then(|pane| pane.dyn_into::<Element>().ok()) {
        // It fails only for a pointer that no longer exists.
        let _ = pane.set_pointer_capture(event.pointer_id());
    }
}

/// The node under a pointer that may be captured.
fn node_under(event: &PointerEvent) -> Option<String> {
    let near = |length: i32| f32::from(i16::try_from(length).unwrap_or(i16::MAX));
    let under = document().element_from_point(near(event.client_x()), near(event.client_y()))?;
    under.closest("[data-node]").ok()??.get_attribute("data-node")
}

/// The position of an event in the listening pane.
pub fn place(event: &web_sys::MouseEvent) -> Point {
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let pane = event.current_target().and_then(|pane| pane.dyn_into::<Element>().ok());
    let corner = pane.map(|pane| pane.get_bounding_client_rect());
    corner.map_or(Point { x, y }, |corner| Point { x: x - corner.left(), y: y - corner.top() })
}

fn middle(one: Point, two: Point) -> Point {
    Point { x: f64::midpoint(one.x, two.x), y: f64::midpoint(one.y, two.y) }
}
