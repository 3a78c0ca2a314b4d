//! What stands at the head of the frame: in a row, and in more where the frame is narrow.

use super::geometry::Rect;

/// The height of what stands there.
pub const HEIGHT: f64 = 24.0;
/// The room between two of them.
const GAP: f64 = 6.0;
/// The room between the frame's side and the first of a row, and above the first row.
const SIDE: f64 = 10.0;
const ABOVE: f64 = 6.0;

/// Where what is so wide stands in a frame of this width whose corner is at 0, 0; and how much higher the head is than with
/// one row.
pub fn rows(widths: &[f64], frame: f64) -> (Vec<Rect>, f64) {
    let (mut x, mut y) = (SIDE, ABOVE);
    let mut next = |width: &f64| {
        if x > SIDE && x + width > frame - SIDE {
            (x, y) = (SIDE, y + HEIGHT + GAP);
        }
        let rect = Rect { x, y, width: *width, height: HEIGHT };
        x += width + GAP;
        rect
    };
    let rects = widths.iter().map(&mut next).collect();
    (rects, y - ABOVE)
}
