//! The heights of the places of a column: as near to their neighbours as order and size allow.

use super::graph::{Density, number};
use super::order::{Net, Order};

/// The number of passes that draw the heights towards each other.
const PASSES: usize = 8;
/// The height of a line that passes a column.
pub const LINE: f64 = 12.0;

/// Returns the upper side of each place, the highest at 0; places without a column get 0.
pub fn heights(net: &Net, order: &Order, density: Density) -> Vec<f64> {
    let size = |place: usize| if place < net.nodes { density.height() } else { LINE };
    let mut middle = vec![0.0; net.column.len()];
    for column in order {
        let mut y = 0.0;
        for place in column {
            middle[*place] = y + size(*place) / 2.0;
            y += size(*place) + density.gap();
        }
    }
    let apart = |upper: usize, lower: usize| f64::midpoint(size(upper), size(lower)) + density.gap();
    for pass in 0..PASSES {
        let columns: Vec<usize> =
            if pass % 2 == 0 { (0..order.len()).collect() } else { (0..order.len()).rev().collect() };
        for column in columns {
            let wanted: Vec<f64> = order[column].iter().map(|place| wanted(net, *place, &middle)).collect();
            settle(&order[column], &wanted, &apart, &mut middle);
        }
    }
    let mut heights: Vec<f64> =
        middle.iter().enumerate().map(|(place, middle)| (middle - size(place) / 2.0).round()).collect();
    let placed = |place: &usize| net.column[*place].is_some();
    let highest = (0..heights.len()).filter(placed).map(|place| heights[place]).fold(f64::INFINITY, f64::min);
    for (place, height) in heights.iter_mut().enumerate() {
        *height = if placed(&place) { *height - highest } else { 0.0 };
    }
    heights
}

/// The best height of a place: the mean of its neighbours on both sides.
fn wanted(net: &Net, place: usize, middle: &[f64]) -> f64 {
    let neighbours = net.left[place].iter().chain(&net.right[place]);
    let (sum, count) = neighbours.fold((0.0, 0), |(sum, count), neighbour| (sum + middle[*neighbour], count + 1));
    if count == 0 { middle[place] } else { sum / number(count) }
}

/// Puts the places of a column as near to their best heights as order and distances allow: the least sum of squares, by
/// pooling adjacent violators (<https://en.wikipedia.org/wiki/Isotonic_regression>).
fn settle(places: &[usize], wanted: &[f64], apart: &impl Fn(usize, usize) -> f64, middle: &mut [f64]) {
    struct Pool {
        sum: f64,
        count: usize,
    }
    impl Pool {
        fn mean(&self) -> f64 {
            self.sum / number(self.count)
        }
    }
    let mut offset = 0.0;
    let mut offsets = Vec::with_capacity(places.len());
    let mut pools: Vec<Pool> = Vec::new();
    for (index, place) in places.iter().enumerate() {
        if index > 0 {
            offset += apart(places[index - 1], *place);
        }
        offsets.push(offset);
        pools.push(Pool { sum: wanted[index] - offset, count: 1 });
        while let [.., upper, lower] = &mut pools[..]
            && upper.mean() > lower.mean()
        {
            upper.sum += lower.sum;
            upper.count += lower.count;
            pools.pop();
        }
    }
    let means = pools.iter().flat_map(|pool| std::iter::repeat_n(pool.mean(), pool.count));
    for ((place, offset), mean) in places.iter().zip(offsets).zip(means) {
        middle[*place] = mean + offset;
    }
}
