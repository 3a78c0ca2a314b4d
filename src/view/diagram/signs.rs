//! The signs around the services: the server or the cluster with its node groups, and the traffic.

use super::layout::WIDTH;
use super::picture::has_door;
use super::text::{fitted, width};
use crate::engine::Report;
use crate::plan::simulate::Target;
use crate::topology::Rate;
use crate::view::selection::Selection;

/// Above this number, node groups are only counted.
const MOST_GROUPS: usize = 3;
/// The font size in diagram.css, the padding at both ends, and the greatest width of the text.
const SIZE: f64 = 12.0;
const PAD: f64 = 9.0;
const MOST_WIDTH: f64 = WIDTH - 2.0 * PAD;

/// A sign: its text, and what it selects.
#[derive(Debug, Clone, PartialEq)]
pub struct Sign {
    /// What it selects.
    pub selection: Selection,
    /// Its text.
    pub words: String,
    /// As much of the text as fits.
    pub shown: String,
}

impl Sign {
    fn new(selection: Selection, words: String) -> Self {
        let shown = fitted(&words, SIZE, MOST_WIDTH);
        Self { selection, words, shown }
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        width(&self.shown, SIZE) + 2.0 * PAD
    }
}

/// The signs around the services.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signs {
    /// At the head of the frame.
    pub head: Vec<Sign>,
    /// At the door.
    pub door: Option<Sign>,
}

impl Signs {
    /// Returns the signs of a report on a target.
    pub fn of(report: &Report, target: Target) -> Self {
        let mut head = machines(report, target);
        let traffic = report.traffic.as_ref().map(|traffic| rates(traffic.rate, traffic.peak));
        let traffic = traffic.map(|rates| Sign::new(Selection::Traffic, rates));
        let (door, inside) = if has_door(report) { (traffic, None) } else { (None, traffic) };
        head.extend(inside);
        Self { head, door }
    }

    /// The widths of the signs at the head of the frame.
    pub fn widths(&self) -> Vec<f64> {
        self.head.iter().map(Sign::width).collect()
    }
}

/// The signs of the server, or of the cluster and its node groups.
fn machines(report: &Report, target: Target) -> Vec<Sign> {
    match (target, &report.plan.server) {
        (Target::Server, Some(server)) => {
            vec![Sign::new(Selection::Server, format!("Server · {}, {}", server.cpu, server.memory))]
        }
        _ if report.plan.cluster.is_some() => {
            let mut signs = vec![Sign::new(Selection::Cluster, "Cluster".to_owned())];
            let groups = report.node_groups.iter().take(MOST_GROUPS);
            signs.extend(groups.map(|group| {
                let words = node_group(group.count, group.max, group.name.as_str());
                Sign::new(Selection::Nodes(group.name.to_string()), words)
            }));
            let more = report.node_groups.len().saturating_sub(MOST_GROUPS);
            signs.extend((more > 0).then(|| Sign::new(Selection::Cluster, format!("and {more} more"))));
            signs
        }
        _ => Vec::new(),
    }
}

/// A node group, with the size that the cluster autoscaler may grow it to.
fn node_group(count: u32, most: u32, group: &str) -> String {
    if most > count { format!("{count} to {most} × {group}") } else { format!("{count} × {group}") }
}

fn rates(rate: Rate, peak: Rate) -> String {
    if peak > rate { format!("{rate} to {peak}") } else { rate.to_string() }
}
