//! The camera: the visible part of the picture, and its scale.

use super::layout::{Point, Rect};

/// The margin around the whole picture.
const MARGIN: f64 = 20.0;
/// The least and the greatest scale, relative to the usual one.
const SMALLEST: f64 = 0.1;
const LARGEST: f64 = 3.0;
/// Below this scale the picture is hard to read: then only its start is shown.
const READABLE: f64 = 0.7;

/// The position of the picture in the pane: a point `p` of it is at `p × scale + (x, y)`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The scale.
    pub scale: f64,
    /// The distance of its origin from the pane's left side.
    pub x: f64,
    /// The distance of its origin from the pane's upper side.
    pub y: f64,
}

/// The pane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Pane {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// The usual scale: 1, or more if the person has larger text.
    pub usual: f64,
}

impl Default for Camera {
    fn default() -> Self {
        Self { scale: 1.0, x: 0.0, y: 0.0 }
    }
}

impl Camera {
    /// Shows the whole picture in the middle of the pane, at most at the usual scale.
    pub fn all(bounds: Rect, pane: Pane) -> Self {
        let fits = |room: f64, length: f64| (room - 2.0 * MARGIN) / length.max(1.0);
        let scale = fits(pane.width, bounds.width).min(fits(pane.height, bounds.height)).min(pane.usual);
        let scale = scale.max(SMALLEST * pane.usual);
        let middle = bounds.middle();
        Self { scale, x: pane.width / 2.0 - middle.x * scale, y: pane.height / 2.0 - middle.y * scale }
    }

    /// Shows the whole picture; if it would be too small to read, its left side around `start`.
    pub fn first_look(bounds: Rect, start: Rect, pane: Pane) -> Self {
        let all = Self::all(bounds, pane);
        let scale = READABLE * pane.usual;
        if all.scale >= scale {
            return all;
        }
        let place = |from: f64, length: f64, middle: f64, room: f64| {
            if length * scale + 2.0 * MARGIN <= room {
                return (room - length * scale) / 2.0 - from * scale;
            }
            let (first, last) = (MARGIN - from * scale, room - MARGIN - (from + length) * scale);
            (room / 2.0 - middle * scale).clamp(last, first)
        };
        Self {
            scale,
            x: place(bounds.x, bounds.width, bounds.x, pane.width),
            y: place(bounds.y, bounds.height, start.middle().y, pane.height),
        }
    }

    /// Zooms by a factor; `point` of the pane stays in place.
    #[must_use]
    pub fn zoomed(self, factor: f64, point: Point, pane: Pane) -> Self {
        let scale = (self.scale * factor).clamp(SMALLEST * pane.usual, LARGEST * pane.usual);
        let factor = scale / self.scale;
        Self { scale, x: point.x + (self.x - point.x) * factor, y: point.y + (self.y - point.y) * factor }
    }

    /// Pans.
    #[must_use]
    pub fn panned(self, x: f64, y: f64) -> Self {
        Self { x: self.x + x, y: self.y + y, ..self }
    }

    /// Pans as little as it takes to bring `rect` into view.
    #[must_use]
    pub fn with_in_view(self, rect: Rect, pane: Pane) -> Self {
        let shift = |from: f64, to: f64, room: f64| {
            if from < MARGIN {
                MARGIN - from
            } else if to > room - MARGIN {
                (room - MARGIN - to).max(MARGIN - from)
            } else {
                0.0
            }
        };
        let seen = self.seen(rect);
        self.panned(shift(seen.x, seen.right(), pane.width), shift(seen.y, seen.bottom(), pane.height))
    }

    /// The rectangle of the pane that shows a rectangle of the picture.
    pub fn seen(self, rect: Rect) -> Rect {
        Rect {
            x: rect.x * self.scale + self.x,
            y: rect.y * self.scale + self.y,
            width: rect.width * self.scale,
            height: rect.height * self.scale,
        }
    }

    /// The point of the picture at a point of the pane.
    pub fn point(self, seen: Point) -> Point {
        Point { x: (seen.x - self.x) / self.scale, y: (seen.y - self.y) / self.scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PANE: Pane = Pane { width: 600.0, height: 400.0, usual: 1.0 };
    const WIDE: Rect = Rect { x: 0.0, y: -40.0, width: 1120.0, height: 200.0 };

    fn is_in(pane: Pane, rect: Rect) -> bool {
        rect.x >= 0.0 && rect.y >= 0.0 && rect.right() <= pane.width && rect.bottom() <= pane.height
    }

    #[test]
    fn all_of_it_is_in_view_and_no_larger_than_usual() {
        assert!(is_in(PANE, Camera::all(WIDE, PANE).seen(WIDE)));
        let small = Rect { width: 100.0, height: 50.0, ..WIDE };
        assert!((Camera::all(small, PANE).scale - 1.0).abs() < 1e-9);
    }

    #[test]
    fn of_what_would_be_too_small_to_read_its_start_is_shown() {
        let tall = Rect { height: 4000.0, ..WIDE };
        let start = Rect { x: 0.0, y: 1900.0, width: 176.0, height: 72.0 };
        let camera = Camera::first_look(tall, start, PANE);
        assert!((camera.seen(tall).x - MARGIN).abs() < 1e-9 && is_in(PANE, camera.seen(start)));
        let first = Rect { y: -40.0, ..start };
        assert!((Camera::first_look(tall, first, PANE).seen(tall).y - MARGIN).abs() < 1e-9);
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer() {
        let pointer = Point { x: 130.0, y: 70.0 };
        let before = Camera::all(WIDE, PANE);
        let (here, there) = (before.point(pointer), before.zoomed(1.7, pointer, PANE).point(pointer));
        assert!((here.x - there.x).abs() < 1e-9 && (here.y - there.y).abs() < 1e-9);
        assert!(before.zoomed(1e9, pointer, PANE).scale <= LARGEST);
        assert!(before.zoomed(1e-9, pointer, PANE).scale >= SMALLEST);
    }

    #[test]
    fn what_has_the_focus_comes_into_view_and_what_is_there_stays() {
        let camera = Camera::default();
        let far = Rect { x: 900.0, y: -300.0, width: 100.0, height: 50.0 };
        assert!(is_in(PANE, camera.with_in_view(far, PANE).seen(far)));
        let near = Rect { x: 100.0, y: 100.0, ..far };
        assert_eq!(camera.with_in_view(near, PANE), camera);
    }
}
