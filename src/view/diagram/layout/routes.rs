//! How the lines run: out of one side of a node, through the gaps, into the side of another.

use super::columns::{self, Line};
use super::geometry::{Point, Rect};
use super::graph::{WIDTH, number};
use super::order::Net;
use super::place::LINE;

/// How far apart lines start and end at the same side of a node, at most.
const APART: f64 = 12.0;
/// The part of a node's side at which lines may start or end.
const USED: f64 = 0.7;

/// How a line runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Who needs.
    pub from: usize,
    /// Who is needed.
    pub to: usize,
    /// From the one to the other; at each point it runs level.
    pub points: Vec<Point>,
}

/// The routes of all lines.
pub fn routes(net: &Net, lines: &[Line], heights: &[f64], boxes: &[Rect]) -> Vec<Route> {
    let y = |place: usize| if place < net.nodes { boxes[place].middle().y } else { heights[place] + LINE / 2.0 };
    let mut starts: Vec<Vec<usize>> = vec![Vec::new(); net.nodes];
    let mut ends: Vec<Vec<usize>> = vec![Vec::new(); net.nodes];
    for (line, path) in net.paths.iter().enumerate() {
        starts[path[0]].push(line);
        ends[path[path.len() - 1]].push(line);
    }
    // At a side, lines are in the order of where they lead next, so that they do not cross right there.
    for lines in &mut starts {
        lines.sort_by(|one, other| y(net.paths[*one][1]).total_cmp(&y(net.paths[*other][1])));
    }
    for lines in &mut ends {
        let before = |line: usize| net.paths[line][net.paths[line].len() - 2];
        lines.sort_by(|one, other| y(before(*one)).total_cmp(&y(before(*other))));
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
            // A line that passes a column runs level through the whole of it.
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
