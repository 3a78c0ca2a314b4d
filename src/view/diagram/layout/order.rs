//! The order of the nodes in a column: the document's, unless another one has fewer crossings.
//!
//! Sweeps place each node at the median of its neighbours, then adjacent nodes are swapped while that helps (Gansner,
//! Koutsofios, North and Vo, section 3: <https://doi.org/10.1109/32.221135>).

use super::columns::{Columns, Line};
use crate::sorting;

/// The number of sweeps in each direction.
const SWEEPS: usize = 6;
/// The most pairs of lines that are compared in a sweep; beyond, swaps no longer pay.
const MOST_SWAPS: usize = 200_000;
/// The most points; beyond, lines over several columns are drawn straight.
const MOST_POINTS: usize = 2_000;

/// The graph with a point in every column that a line passes, so that lines lead only to the next column.
///
/// Its places are the nodes first, then those points.
pub struct Net {
    /// The column of each place; `None` for nodes without lines.
    pub column: Vec<Option<usize>>,
    /// The places in the column before that lead to this one.
    pub left: Vec<Vec<usize>>,
    /// The places in the next column that this one leads to.
    pub right: Vec<Vec<usize>>,
    /// The places that each line passes, from left to right, both ends among them.
    pub paths: Vec<Vec<usize>>,
    /// The number of places that are nodes.
    pub nodes: usize,
}

/// The places of each column, from top to bottom.
pub type Order = Vec<Vec<usize>>;

impl Net {
    /// Adds the points.
    pub fn new(columns: &Columns, lines: &[Line]) -> Self {
        let nodes = columns.of.len();
        let mut net = Self {
            column: columns.of.clone(),
            left: vec![Vec::new(); nodes],
            right: vec![Vec::new(); nodes],
            paths: Vec::new(),
            nodes,
        };
        for line in lines {
            let path = net.path(*line);
            for pair in path.windows(2).filter(|pair| net.column[pair[0]].map(|left| left + 1) == net.column[pair[1]]) {
                net.right[pair[0]].push(pair[1]);
                net.left[pair[1]].push(pair[0]);
            }
            net.paths.push(path);
        }
        net
    }

    fn path(&mut self, line: Line) -> Vec<usize> {
        let (from, to) = line.ends();
        let (Some(first), Some(last)) = (self.column[from], self.column[to]) else { return vec![from, to] };
        let mut path = vec![from];
        if self.column.len() + (last - first) < MOST_POINTS {
            for column in first + 1..last {
                path.push(self.column.len());
                self.column.push(Some(column));
                self.left.push(Vec::new());
                self.right.push(Vec::new());
            }
        }
        path.push(to);
        path
    }

    /// The places of each column in the document's order; a point stands where the node at the start of its line would.
    pub fn document_order(&self) -> Order {
        let mut source: Vec<usize> = (0..self.column.len()).collect();
        for path in &self.paths {
            for point in &path[1..path.len() - 1] {
                source[*point] = path[0];
            }
        }
        let count = self.column.iter().flatten().max().map_or(0, |last| last + 1);
        let mut order = vec![Vec::new(); count];
        for (place, column) in self.column.iter().enumerate() {
            if let Some(column) = column {
                order[*column].push(place);
            }
        }
        for column in &mut order {
            sorting::sort_by_key(column, |place| (source[*place], *place));
        }
        order
    }

    /// The rank of each place in its column.
    fn ranks(&self, order: &Order) -> Vec<usize> {
        let mut rank = vec![0; self.column.len()];
        for column in order {
            set_ranks(column, &mut rank);
        }
        rank
    }

    /// The number of pairs of lines that cross.
    pub fn crossings(&self, order: &Order) -> usize {
        let rank = self.ranks(order);
        order.windows(2).map(|pair| self.crossings_between(&pair[0], pair[1].len(), &rank)).sum()
    }

    /// The number of pairs of lines from `column` to the next, which has `next` places, that cross.
    fn crossings_between(&self, column: &[usize], next: usize, rank: &[usize]) -> usize {
        // The ends of the lines so far, counted by a Fenwick tree.
        let mut tree = vec![0_usize; next + 1];
        let (mut before, mut crossings) = (0, 0);
        for place in column {
            let mut ends: Vec<usize> = self.right[*place].iter().map(|right| rank[*right]).collect();
            sorting::sort(&mut ends);
            for end in &ends {
                let mut not_below = 0;
                let mut at = end + 1;
                while at > 0 {
                    not_below += tree[at];
                    at &= at - 1;
                }
                crossings += before - not_below;
            }
            for end in &ends {
                let mut at = end + 1;
                while at <= next {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
            }
            before += ends.len();
        }
        crossings
    }
}

/// Returns the order with the fewest crossings among those tried; the document's if none is better.
pub fn fewest_crossings(net: &Net) -> Order {
    let mut best = net.document_order();
    let mut least = net.crossings(&best);
    let mut order = best.clone();
    let mut rank = net.ranks(&order);
    for sweep in 0..2 * SWEEPS {
        if least == 0 {
            break;
        }
        let to_the_right = sweep % 2 == 0;
        let columns = order.len();
        for step in 1..columns {
            let column = if to_the_right { step } else { columns - 1 - step };
            let neighbours = if to_the_right { &net.left } else { &net.right };
            by_medians(&mut order[column], &mut rank, neighbours);
        }
        swap_while_it_helps(net, &mut order, &mut rank);
        let crossings = net.crossings(&order);
        if crossings < least {
            least = crossings;
            best.clone_from(&order);
        }
    }
    best
}

/// Sorts a column by the median of each place's neighbours; places without neighbours stay where they are.
fn by_medians(places: &mut [usize], rank: &mut [usize], neighbours: &[Vec<usize>]) {
    let median = |place: usize| {
        let mut ranks: Vec<usize> = neighbours[place].iter().map(|neighbour| rank[*neighbour]).collect();
        sorting::sort(&mut ranks);
        // Twice the median, which is a whole number.
        let middle = ranks.len() / 2;
        match ranks.len() {
            0 => None,
            count if count % 2 == 1 => Some(2 * ranks[middle]),
            _ => Some(ranks[middle - 1] + ranks[middle]),
        }
    };
    let medians: Vec<Option<usize>> = places.iter().map(|place| median(*place)).collect();
    let mut moving: Vec<(usize, usize)> =
        places.iter().zip(&medians).filter_map(|(place, median)| Some(((*median)?, *place))).collect();
    sorting::sort_by_key(&mut moving, |(median, _)| *median);
    let mut moving = moving.into_iter();
    for (place, median) in places.iter_mut().zip(&medians) {
        if median.is_some()
            && let Some((_, moved)) = moving.next()
        {
            *place = moved;
        }
    }
    set_ranks(places, rank);
}

fn set_ranks(places: &[usize], rank: &mut [usize]) {
    for (index, place) in places.iter().enumerate() {
        rank[*place] = index;
    }
}

/// Swaps adjacent places for as long as that saves crossings.
fn swap_while_it_helps(net: &Net, order: &mut Order, rank: &mut [usize]) {
    let mut work = 0;
    let mut helped = true;
    while helped && work < MOST_SWAPS {
        helped = false;
        for column in &mut *order {
            for lower in 1..column.len() {
                let (above, below) = (column[lower - 1], column[lower]);
                let sides = [&net.left, &net.right];
                let (mut now, mut swapped) = (0, 0);
                for side in sides {
                    work += side[above].len() * side[below].len();
                    now += inversions(&side[above], &side[below], rank);
                    swapped += inversions(&side[below], &side[above], rank);
                }
                if swapped < now {
                    column.swap(lower - 1, lower);
                    helped = true;
                }
            }
            set_ranks(column, rank);
        }
    }
}

/// The number of lines of a place that cross those of the place below it, on one side.
fn inversions(above: &[usize], below: &[usize], rank: &[usize]) -> usize {
    above.iter().map(|one| below.iter().filter(|other| rank[*one] > rank[**other]).count()).sum()
}
