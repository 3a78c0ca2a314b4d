//! Figures over time as lines: reduced points, stacks, and SVG paths.
//!
//! A point is a time in milliseconds and a value that holds until the next one.

use crate::sorting;
use std::fmt::Write;

/// A time in milliseconds and the value from then on; `None` if there is no value.
pub type Point = (u64, Option<f64>);

/// The side of the square that paths are drawn in, which is stretched to the plot.
pub const SIDE: f64 = 1000.0;
/// The columns of a plot that can be told apart.
const COLUMNS: u64 = 600;

/// The range of a plot: times from 0, values from 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// The time at its right, in milliseconds.
    pub until: u64,
    /// The value at its top.
    pub top: f64,
}

/// A part of a stack from a time on: its lower and its upper value.
pub type Layer = (u64, f64, f64);

/// The value at a time.
pub fn value_at(points: &[Point], time: u64) -> Option<f64> {
    let after = points.partition_point(|(at, _)| *at <= time);
    points.get(after.saturating_sub(1)).and_then(|(_, value)| *value)
}

/// The first point with the largest value.
pub fn peak(points: &[Point]) -> Option<(u64, f64)> {
    let values = points.iter().filter_map(|(time, value)| Some((*time, (*value)?)));
    values.reduce(|most, next| if next.1 > most.1 { next } else { most })
}

/// Reduces points to those that a plot can show: in each column the first, the least, the greatest and the last, so
/// that no peak is lost.
pub fn reduce(points: &[Point], until: u64) -> Vec<Point> {
    if points.len() as u64 <= 4 * COLUMNS {
        return points.to_vec();
    }
    let column = |(time, _): &Point| u128::from(*time) * u128::from(COLUMNS) / u128::from(until.max(1));
    let mut kept = Vec::new();
    for points in points.chunk_by(|one, other| column(one) == column(other)) {
        let level = |index: &usize| points.get(*index).and_then(|(_, value)| *value);
        let least = (0..points.len())
            .filter(|index| level(index).is_some())
            .reduce(|least, next| if level(&next) < level(&least) { next } else { least });
        let most = (0..points.len()).reduce(|most, next| if level(&next) > level(&most) { next } else { most });
        let gap = points.iter().position(|(_, value)| value.is_none());
        let indices = sorting::set([Some(0), least, most, gap, points.len().checked_sub(1)].into_iter().flatten());
        kept.extend(indices.into_iter().filter_map(|index| points.get(index).copied()));
    }
    kept
}

/// Stacks lines in their order; a missing value counts as 0. Each is reduced as [`reduce`] does.
pub fn stack(all: &[Vec<Point>], until: u64) -> Vec<Vec<Layer>> {
    let total = sum(all);
    let reduced = all.iter().chain([&total]).flat_map(|points| reduce(points, until));
    let times = sorting::set(reduced.map(|(time, _)| time));
    let mut floors = vec![0.0; times.len()];
    let layers = all.iter().map(|points| {
        let layer = times.iter().zip(&mut floors).map(|(time, floor)| {
            let from = *floor;
            *floor += value_at(points, *time).unwrap_or(0.0);
            (*time, from, *floor)
        });
        layer.collect()
    });
    layers.collect()
}

/// The sum at each time; empty for no lines.
pub fn sum(all: &[Vec<Point>]) -> Vec<Point> {
    let times = sorting::set(all.iter().flatten().map(|(time, _)| *time));
    let mut next = vec![0; all.len()];
    let mut total = Vec::with_capacity(times.len());
    for time in times {
        let mut value = 0.0;
        for (points, next) in all.iter().zip(&mut next) {
            while points.get(*next).is_some_and(|(at, _)| *at <= time) {
                *next += 1;
            }
            let last = next.checked_sub(1).and_then(|last| points.get(last));
            value += last.and_then(|(_, value)| *value).unwrap_or(0.0);
        }
        total.push((time, Some(value)));
    }
    total
}

/// The path of a step line, interrupted where there is no value.
pub fn line(points: &[Point], frame: Frame) -> String {
    let mut path = String::new();
    let mut is_drawing = false;
    for (time, value) in points {
        let x = frame.x(*time);
        match value {
            Some(value) if is_drawing => push(&mut path, format_args!("H{x:.1}V{:.1}", frame.y(*value))),
            Some(value) => push(&mut path, format_args!("M{x:.1} {:.1}", frame.y(*value))),
            None if is_drawing => push(&mut path, format_args!("H{x:.1}")),
            None => {}
        }
        is_drawing = value.is_some();
    }
    if is_drawing {
        push(&mut path, format_args!("H{:.1}", frame.x(frame.until)));
    }
    path
}

/// The path around a part of a stack.
pub fn area(layer: &[Layer], frame: Frame) -> String {
    let Some((start, _, first)) = layer.first() else { return String::new() };
    let mut path = String::new();
    push(&mut path, format_args!("M{:.1} {:.1}", frame.x(*start), frame.y(*first)));
    for (time, _, top) in layer.iter().skip(1) {
        push(&mut path, format_args!("H{:.1}V{:.1}", frame.x(*time), frame.y(*top)));
    }
    push(&mut path, format_args!("H{:.1}", frame.x(frame.until)));
    // Back along the lower edge: each value holds from its time on, so it ends where the next one began.
    for (time, floor, _) in layer.iter().rev() {
        push(&mut path, format_args!("V{:.1}H{:.1}", frame.y(*floor), frame.x(*time)));
    }
    path.push('Z');
    path
}

fn push(path: &mut String, piece: std::fmt::Arguments) {
    // Writing to a string does not fail.
    let _ = path.write_fmt(piece);
}

impl Frame {
    fn x(self, time: u64) -> f64 {
        number(time.min(self.until)) / number(self.until.max(1)) * SIDE
    }

    fn y(self, value: f64) -> f64 {
        SIDE - (value / self.top).clamp(0.0, 1.0) * SIDE
    }
}

/// A time as a floating-point number.
#[expect(clippy::cast_precision_loss, reason = "a day has far fewer than 2^53 milliseconds")]
pub fn number(time: u64) -> f64 {
    time as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame = Frame { until: 100, top: 10.0 };

    fn points(values: &[(u64, f64)]) -> Vec<Point> {
        values.iter().map(|(time, value)| (*time, Some(*value))).collect()
    }

    #[test]
    fn a_line_goes_in_steps_to_the_end_and_stops_where_there_is_nothing_to_tell() {
        assert_eq!(line(&points(&[(0, 5.0), (50, 10.0)]), FRAME), "M0.0 500.0H500.0V0.0H1000.0");
        let broken = [(0, Some(5.0)), (20, None), (60, Some(0.0))];
        assert_eq!(line(&broken, FRAME), "M0.0 500.0H200.0M600.0 1000.0H1000.0");
        assert_eq!(line(&[], FRAME), "");
    }

    #[test]
    fn what_is_stacked_stands_on_what_is_below() {
        let layers = stack(&[points(&[(0, 2.0), (50, 4.0)]), points(&[(0, 1.0), (20, 3.0)])], 100);
        assert_eq!(layers[0], [(0, 0.0, 2.0), (20, 0.0, 2.0), (50, 0.0, 4.0)]);
        assert_eq!(layers[1], [(0, 2.0, 3.0), (20, 2.0, 5.0), (50, 4.0, 7.0)]);
        let path = area(&layers[1], FRAME);
        assert_eq!(
            path, "M0.0 700.0H200.0V500.0H500.0V300.0H1000.0V600.0H500.0V800.0H200.0V800.0H0.0Z",
            "up along the tops, back along the floors"
        );
        assert_eq!(area(&[], FRAME), "");
    }

    #[test]
    fn the_sum_is_that_of_the_values_at_each_time() {
        let all = [points(&[(0, 2.0), (50, 4.0)]), vec![(0, Some(1.0)), (20, None), (60, Some(2.0))]];
        assert_eq!(sum(&all), points(&[(0, 3.0), (20, 2.0), (50, 4.0), (60, 6.0)]));
        assert_eq!(sum(&[]), []);
    }

    #[test]
    fn the_value_at_a_time_is_the_last_before_it() {
        let points = [(0, Some(1.0)), (0, Some(2.0)), (10, None), (20, Some(3.0))];
        assert_eq!(
            [0, 9, 10, 20, 99].map(|time| value_at(&points, time)),
            [Some(2.0), Some(2.0), None, Some(3.0), Some(3.0)]
        );
        assert_eq!(value_at(&[], 5), None);
        assert_eq!(peak(&points), Some((20, 3.0)));
        assert_eq!(peak(&[(0, None)]), None);
    }

    #[test]
    fn reducing_keeps_every_columns_extremes_ends_and_gaps() {
        // A saw with a needle, a hole and a gap.
        let mut saw: Vec<Point> = (0..100_000_u32).map(|n| (u64::from(n), Some(f64::from(n % 7)))).collect();
        saw[43_210].1 = Some(900.0);
        saw[77_777].1 = Some(-5.0);
        saw[55_555].1 = None;
        let few = reduce(&saw, 100_000);
        assert!(few.len() < 5 * usize::try_from(COLUMNS).unwrap(), "{}", few.len());
        assert!(few.is_sorted_by_key(|(time, _)| *time));
        for kept in [saw[0], saw[43_210], saw[77_777], saw[55_555], saw[99_999]] {
            assert!(few.contains(&kept), "{kept:?}");
        }
        assert_eq!(peak(&few), peak(&saw));
        assert_eq!(reduce(&saw[..50], 100_000), saw[..50], "few are left as they are");
        let layers = stack(&[saw.clone(), saw], 100_000);
        assert!(layers.iter().flatten().any(|(_, _, top)| (*top - 1800.0).abs() < 1e-9));
    }
}
