//! The columns of the nodes: each stands to the right of everything that needs it.

use super::graph::{GAP_ACROSS, Graph, Role, WIDTH, number};
use std::collections::HashSet;
use std::ops::Range;

/// The columns of a graph.
pub struct Columns {
    /// The column of each node; `None` if it has no line, so that it may stand anywhere in the frame.
    pub of: Vec<Option<usize>>,
    /// The columns in the frame.
    pub inner: Range<usize>,
}

/// The left side of a column.
pub fn x(column: usize) -> f64 {
    number(column) * (WIDTH + GAP_ACROSS)
}

/// A line between two different, existing nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Line {
    /// The node that needs the other.
    pub from: usize,
    /// The needed node.
    pub to: usize,
    /// Whether it closes a cycle, and so leads back to the left.
    pub leads_back: bool,
}

impl Line {
    /// Its ends from left to right.
    pub fn ends(self) -> (usize, usize) {
        if self.leads_back { (self.to, self.from) } else { (self.from, self.to) }
    }
}

/// Returns the lines of `graph` that can be drawn, each once: none to itself, to a missing node, into the door, or from
/// outside.
pub fn sound(graph: &Graph) -> Vec<Line> {
    let mut seen = HashSet::new();
    let role = |node: usize| graph.nodes.get(node);
    let is_sound = |(from, to): &(usize, usize)| {
        let ends_right =
            role(*from).is_some_and(|role| *role != Role::Outside) && role(*to).is_some_and(|role| *role != Role::Door);
        ends_right && from != to && seen.insert((*from, *to))
    };
    let sound: Vec<(usize, usize)> = graph.lines.iter().copied().filter(is_sound).collect();
    let back = leading_back(graph.nodes.len(), &sound);
    sound.iter().zip(back).map(|(&(from, to), leads_back)| Line { from, to, leads_back }).collect()
}

/// Returns which lines close a cycle when following the lines from each node in the document's order.
fn leading_back(count: usize, lines: &[(usize, usize)]) -> Vec<bool> {
    #[derive(Clone, Copy, PartialEq)]
    enum Seen {
        Never,
        Open,
        Done,
    }
    let mut leaving = vec![Vec::new(); count];
    for (line, (from, _)) in lines.iter().enumerate() {
        leaving[*from].push(line);
    }
    let mut back = vec![false; lines.len()];
    let mut seen = vec![Seen::Never; count];
    for start in 0..count {
        if seen[start] != Seen::Never {
            continue;
        }
        seen[start] = Seen::Open;
        // The path to the present node, each node with the number of its lines that were followed.
        let mut way = vec![(start, 0)];
        while let Some((node, followed)) = way.last_mut() {
            let Some(&line) = leaving[*node].get(*followed) else {
                seen[*node] = Seen::Done;
                way.pop();
                continue;
            };
            *followed += 1;
            let to = lines[line].1;
            match seen[to] {
                Seen::Never => {
                    seen[to] = Seen::Open;
                    way.push((to, 0));
                }
                Seen::Open => back[line] = true,
                Seen::Done => {}
            }
        }
    }
    back
}

/// Assigns the columns: each node stands one to the right of the last node that needs it, or, if none does, just left
/// of the first node that it needs. The door has the first column to itself, and external services the last.
pub fn assign(graph: &Graph, lines: &[Line]) -> Columns {
    let count = graph.nodes.len();
    let is = |node: usize, role: Role| graph.nodes[node] == role;
    let first = usize::from(graph.nodes.contains(&Role::Door));
    let mut leaving = vec![Vec::new(); count];
    let mut is_needed = vec![false; count];
    let mut has_line = vec![false; count];
    for line in lines {
        let (left, right) = line.ends();
        (has_line[left], has_line[right]) = (true, true);
        leaving[left].push(right);
        is_needed[right] = true;
    }
    let sorted = from_left_to_right(&leaving);
    let mut column: Vec<usize> = (0..count).map(|node| if is(node, Role::Door) { 0 } else { first }).collect();
    for &node in &sorted {
        for &right in &leaving[node] {
            column[right] = column[right].max(column[node] + 1);
        }
    }
    let inside = |node: &usize| is(*node, Role::Inside);
    let end = (0..count).filter(inside).filter(|node| has_line[*node]).map(|node| column[node] + 1).max();
    let inner = first..end.unwrap_or_default().max(first + 1);
    for node in (0..count).filter(|node| is(*node, Role::Outside)) {
        column[node] = inner.end;
    }
    for &node in sorted.iter().rev().filter(|node| inside(node) && !is_needed[**node]) {
        let nearest = leaving[node].iter().map(|right| column[*right]).min();
        column[node] = nearest.map_or(column[node], |nearest| nearest.saturating_sub(1).max(first));
    }
    let has_place = |node: usize| has_line[node] || !is(node, Role::Inside);
    let of = (0..count).map(|node| has_place(node).then_some(column[node])).collect();
    Columns { of, inner }
}

/// Returns all nodes, each after everything left of it.
fn from_left_to_right(leaving: &[Vec<usize>]) -> Vec<usize> {
    let mut waits_for = vec![0_usize; leaving.len()];
    for right in leaving.iter().flatten() {
        waits_for[*right] += 1;
    }
    let mut sorted: Vec<usize> = (0..leaving.len()).filter(|node| waits_for[*node] == 0).collect();
    let mut next = 0;
    while let Some(&node) = sorted.get(next) {
        next += 1;
        for &right in &leaving[node] {
            waits_for[right] -= 1;
            if waits_for[right] == 0 {
                sorted.push(right);
            }
        }
    }
    sorted
}
