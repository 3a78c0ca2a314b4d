//! What the page shows of a document: bounded, however large the document is.

use super::service::ServiceSummary;
use crate::Outputs;
use crate::finding::{Finding, Fix, Severity};
use crate::plan::simulate::AvailableScenarios;
use crate::plan::{NodePlan, Placement, Plan};
use crate::quantity::{Cpu, Memory};
use crate::text::{LineIndex, Position, utf16_length};
use crate::topology::{Name, NodeGroup, Traffic};
use serde::{Deserialize, Serialize};

/// The most nodes of which a picture tells more than a number.
pub const MOST_NODES: usize = 24;
/// The most pods that can be told apart in a picture.
pub const MOST_PODS: usize = 300;

/// What the page shows of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The topology's name.
    pub name: Name,
    /// The services of this deployment in the document's order, then those that somebody else runs.
    pub services: Vec<ServiceSummary>,
    /// What it takes and where it lands: of a cluster the first [`MOST_NODES`] nodes, and either all pods or, if there are
    /// more than [`MOST_PODS`], only the first.
    pub plan: Plan,
    /// The cluster's groups of machines, in the document's order; none without a cluster.
    pub node_groups: Vec<NodesSummary>,
    /// The requests that arrive, if the document says.
    pub traffic: Option<Traffic>,
    /// What can happen to it over time.
    pub scenarios: AvailableScenarios,
}

/// What a picture tells of a group of equal machines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NodesSummary {
    /// The group's name.
    pub name: Name,
    /// How many there are, drawn or not.
    pub count: u32,
    /// How many there may be, if it may grow.
    pub max: u32,
    /// The processors of one.
    pub cpu: Cpu,
    /// The memory of one.
    pub memory: Memory,
    /// How much memory its pods should request at most.
    pub load_line: Memory,
}

/// A finding, and where an editor shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed {
    /// The rule's stable id.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// The document's path of what it is about; empty where that is no field.
    pub field: String,
    /// What is wrong, in a sentence without a final full stop.
    pub message: String,
    /// How to mend it, in a sentence.
    pub help: Option<String>,
    /// Where the rule comes from.
    pub link: Option<String>,
    /// A change of the text that mends it.
    pub fix: Option<Fix>,
    /// Where it starts.
    pub position: Position,
    /// Its place in the text.
    pub place: Place,
}

/// A range of the text in UTF-16 code units, as scripts count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Place {
    /// Before its first code unit.
    pub from: u32,
    /// After its last code unit.
    pub to: u32,
}

impl Report {
    /// What the page shows of these.
    pub fn of(outputs: Outputs) -> Self {
        let Outputs { topology, mut plan } = outputs;
        let nodes = plan.cluster.as_ref().map_or(&[][..], |cluster| &cluster.nodes);
        let groups = topology.cluster.iter().flat_map(|cluster| &cluster.nodes);
        let node_groups = groups.map(|group| NodesSummary::of(group, nodes)).collect();
        let scenarios = AvailableScenarios::of(&topology);
        if let Some(cluster) = &mut plan.cluster {
            cluster.nodes.truncate(MOST_NODES);
            cluster.losses.truncate(MOST_NODES);
            let placed = cluster.steady.placed() + cluster.peak.as_ref().map_or(0, Placement::placed);
            if placed > MOST_PODS as u64 {
                cluster.steady.pods.truncate(1);
                cluster.peak.iter_mut().for_each(|peak| peak.pods.clear());
            }
        }
        let services = ServiceSummary::all(&topology);
        Self { name: topology.name, services, plan, node_groups, traffic: topology.traffic, scenarios }
    }

    /// How many nodes the cluster has, drawn or not.
    pub fn node_count(&self) -> usize {
        self.node_groups.iter().map(|group| group.count as usize).sum()
    }
}

impl NodesSummary {
    fn of(group: &NodeGroup, nodes: &[NodePlan]) -> Self {
        // Those of a group are alike.
        let load_line = nodes.iter().find(|node| node.group == group.name).map(|node| node.load_line);
        Self {
            name: group.name.clone(),
            count: group.count,
            max: group.max,
            cpu: group.cpu,
            memory: group.memory,
            load_line: load_line.unwrap_or_default(),
        }
    }
}

/// Finds the places of `findings`, which are in the text's order, in one pass over it.
pub(super) fn place(text: &str, findings: Vec<Finding>) -> Vec<Placed> {
    let index = LineIndex::new(text);
    let (mut bytes, mut units) = (0, 0);
    let mut placed = Vec::with_capacity(findings.len());
    for finding in findings {
        let start = text.floor_char_boundary(finding.span.start).max(bytes);
        let end = text.floor_char_boundary(finding.span.end).max(start);
        units += utf16_length(&text[bytes..start]);
        bytes = start;
        let place = Place { from: units, to: units + utf16_length(&text[start..end]) };
        placed.push(Placed {
            rule: finding.rule.id.to_owned(),
            severity: finding.severity,
            field: finding.field,
            message: finding.message.into_string(),
            help: finding.help,
            link: finding.link.map(str::to_owned),
            fix: finding.fix,
            position: index.position(start),
            place,
        });
    }
    placed
}
