//! The layout of the diagram: columns from left to right along the needs of services, as in Sugiyama, Tagawa and Toda
//! (<https://doi.org/10.1109/TSMC.1981.4308636>).
//!
//! It depends on the graph alone, so the same document always looks the same. It is steady under edits: services keep
//! the document's order unless another one saves a crossing, names do not matter, and services without lines stand
//! below the rest. It is total: cycles, lines to missing nodes and lines to oneself do no harm.

mod columns;
mod geometry;
mod graph;
pub mod head;
mod order;
mod place;
mod routes;
mod step;

pub use geometry::{Point, Rect};
use graph::number;
pub use graph::{Density, Graph, Role, WIDTH};
pub use routes::Route;
pub use step::Direction;

/// The width of the door, at the right of its column.
const DOOR: f64 = 112.0;
/// The padding between the frame and its content.
const FRAME: f64 = 20.0;
/// The height of one row of signs, above the content.
const FRAME_HEAD: f64 = 36.0;
/// The number of columns for nodes without lines, if the rest takes fewer and nothing stands to their right.
const LOOSE_COLUMNS: usize = 3;

/// The layout.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// The nodes' rectangles.
    pub boxes: Vec<Rect>,
    /// The drawn lines, each once.
    pub routes: Vec<Route>,
    /// The frame around the services that run here, if any do.
    pub frame: Option<Rect>,
    /// The rectangles of the signs at the head of the frame; empty without a frame.
    pub head: Vec<Rect>,
    /// The bounds of the whole picture.
    pub bounds: Rect,
}

/// Lays `graph` out.
pub fn layout(graph: &Graph) -> Layout {
    let lines = columns::sound(graph);
    let columns = columns::assign(graph, &lines);
    let net = order::Net::new(&columns, &lines);
    let order = order::fewest_crossings(&net);
    let heights = place::heights(&net, &order, graph.density);
    let boxes = boxes(graph, &columns, &heights);
    let inside = graph.nodes.iter().zip(&boxes).filter(|(role, _)| **role == Role::Inside).map(|(_, rect)| *rect);
    let framed = Rect::around(inside).map(|inside| framed(inside, &graph.head));
    let (frame, head) = framed.map_or((None, Vec::new()), |(frame, head)| (Some(frame), head));
    let routes = routes::routes(&net, &lines, &heights, &boxes);
    let drawn = boxes.iter().copied().chain(frame);
    Layout { bounds: Rect::around(drawn).unwrap_or_default(), boxes, routes, frame, head }
}

/// Returns the frame around `inside`, and the rectangles of the signs at its head.
fn framed(inside: Rect, head: &[f64]) -> (Rect, Vec<Rect>) {
    let width = inside.width + 2.0 * FRAME;
    let (head, more) = head::rows(head, width);
    let above = FRAME_HEAD + more;
    let frame = Rect { x: inside.x - FRAME, y: inside.y - above, width, height: inside.height + above + FRAME };
    let place = |rect: Rect| Rect { x: frame.x + rect.x, y: frame.y + rect.y, ..rect };
    (frame, head.into_iter().map(place).collect())
}

/// Returns the rectangles of all nodes: those with lines at their heights, the others in rows below.
fn boxes(graph: &Graph, columns: &columns::Columns, heights: &[f64]) -> Vec<Rect> {
    let density = graph.density;
    let stride = density.height() + density.gap();
    let lowest = heights.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let below = if lowest.is_finite() { lowest + stride } else { 0.0 };
    let is_closed = graph.nodes.contains(&Role::Outside);
    let across = columns.inner.len().max(if is_closed { 1 } else { LOOSE_COLUMNS });
    let mut loose = 0;
    let rect = |(node, column): (usize, &Option<usize>)| {
        let (column, y) = column.map_or_else(
            || {
                let (row, place) = (loose / across, loose % across);
                loose += 1;
                (columns.inner.start + place, below + number(row) * stride)
            },
            |column| (column, heights[node]),
        );
        let x = columns::x(column);
        match graph.nodes[node] {
            Role::Door => Rect { x: x + WIDTH - DOOR, y, width: DOOR, height: density.height() },
            _ => Rect { x, y, width: WIDTH, height: density.height() },
        }
    };
    columns.of.iter().enumerate().map(rect).collect()
}

#[cfg(test)]
mod tests;
