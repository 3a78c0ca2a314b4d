//! The signs at the head of the frame: in one row, or in more if the frame is narrow.

use super::geometry::Rect;

/// The height of a sign.
pub const HEIGHT: f64 = 24.0;
/// The gap between two signs.
const GAP: f64 = 6.0;
/// The padding between the frame and the first sign of a row, and above the first row.
const SIDE: f64 = 10.0;
const ABOVE: f64 = 6.0;

/// Returns the rectangles of signs of these widths in a frame whose corner is at 0, 0; and the extra height of the head
/// over one row.
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
