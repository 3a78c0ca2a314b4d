//! Keyboard navigation between nodes: left and right follow the lines; up and down move through a column, and on
//! through the next.

use super::Layout;
use crate::sorting;

/// An arrow key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// To a node that needs this one.
    Left,
    /// To a node that this one needs.
    Right,
    /// To the node above, or the last of the column before.
    Up,
    /// To the node below, or the first of the next column.
    Down,
}

impl Layout {
    /// The nodes column by column, each from top to bottom.
    pub fn reading_order(&self) -> Vec<usize> {
        let mut nodes: Vec<usize> = (0..self.boxes.len()).collect();
        let place = |node: usize| (self.boxes[node].right(), self.boxes[node].y);
        sorting::sort_by(&mut nodes, |one, other| {
            let (one, other) = (place(*one), place(*other));
            one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
        });
        nodes
    }

    /// Returns the node that an arrow key leads to. To a side, that is the one at the other end of the uppermost line
    /// there, or else the nearest one.
    pub fn step(&self, from: usize, direction: Direction) -> Option<usize> {
        let here = self.boxes.get(from)?.middle();
        let order = self.reading_order();
        let rank = order.iter().position(|node| *node == from)?;
        let of = |node: usize| self.boxes[node].middle();
        let is_there = |node: &usize| match direction {
            Direction::Left => of(*node).x < here.x,
            _ => of(*node).x > here.x,
        };
        match direction {
            Direction::Up => return Some(order[rank.checked_sub(1)?]),
            Direction::Down => return order.get(rank + 1).copied(),
            Direction::Left | Direction::Right => {}
        }
        let ends = self.routes.iter().filter_map(|route| match (route.from == from, route.to == from) {
            (true, _) => Some(route.to),
            (_, true) => Some(route.from),
            _ => None,
        });
        let along_a_line = ends.filter(is_there).min_by(|one, other| of(*one).y.total_cmp(&of(*other).y));
        // A nearer column comes first, and in it the nearest node.
        let distance = |node: usize| (of(node).x - here.x).abs() * 1000.0 + (of(node).y - here.y).abs();
        let nearest = || {
            let there = order.iter().copied().filter(is_there);
            there.min_by(|one, other| distance(*one).total_cmp(&distance(*other)))
        };
        along_a_line.or_else(nearest)
    }
}
