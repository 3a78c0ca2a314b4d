//! The routes of the lines: from one side of a node, through the gaps, to the side of another.

use super::columns::{self, Line};
use super::geometry::{Point, Rect};
use super::graph::{WIDTH, number};
use super::order::Net;
use super::place::LINE;
use crate::sorting;

/// The greatest distance of two lines at the same side of a node.
const APART: f64 = 12.0;
/// The part of a node's side at which lines may start or end.
const USED: f64 = 0.7;

/// The route of a line.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The node that needs the other.
    pub from: usize,
    /// The needed node.
    pub to: usize,
    /// The points from the one to the other; the line is horizontal at each.
    pub points: Vec<Point>,
}

/// Returns the routes of all lines.
pub fn routes(net: &Net, lines: &[Line], heights: &[f64], boxes: &[Rect]) -> Vec<Route> {
    let y = |place: usize| if place < net.nodes { boxes[place].middle().y } else { heights[place] + LINE / 2.0 };
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); net.nodes];
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); net.nodes];
    for (line, path) in net.paths.iter().enumerate() {
        starts[path[0]].push(line);
        ends[path[path.len() - 1]].push(line);
    }
    // At a side, lines are sorted by their next point, so that they do not cross there.
    for lines in &mut starts {
        sorting::sort_by(lines, |one, other| y(net.paths[*one][1]).total_cmp(&y(net.paths[*other][1])));
    }
    for lines in &mut ends {
        let before = |line: usize| net.paths[line][net.paths[line].len() - 2];
        sorting::sort_by(lines, |one, other| y(before(*one)).total_cmp(&y(before(*other))));
    }
    let port = |node: usize, at_side: &[usize], line: usize| {
        let rank = at_side.iter().position(|one| *one == line).unwrap_or_default();
        let apart = (boxes[node].height * USED / number(at_side.len().max(1))).min(APART);
        boxes[node].middle().y + (number(rank) - (number(at_side.len()) - 1.0) / 2.0) * apart
    };
    let route = |(index, (line, path)): (usize, (&Line, &Vec<usize>))| {
        let (left, right) = line.ends();
        let mut points = vec![Point { x: boxes[left].right(), y: port(left, &starts[left], index) }];
        for point in &path[1..path.len() - 1] {
            // A line is horizontal through the whole of a column that it passes.
            let x = columns::x(net.column[*point].unwrap_or_default());
            points.push(Point { x, y: y(*point) });
            points.push(Point { x: x + WIDTH, y: y(*point) });
        }
        points.push(Point { x: boxes[right].x, y: port(right, &ends[right], index) });
        if line.leads_back {
            points.reverse();
        }
        Route { from: line.from, to: line.to, points }
    };
    lines.iter().zip(&net.paths).enumerate().map(route).collect()
}
