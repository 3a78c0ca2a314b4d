//! Whether a cluster carries what is to run on it, and why.

use super::trial::zones_of;
use super::{ClusterPlan, NodeLoss, ScaleUp, unschedulable};
use crate::plan::phrases::{more_nodes, pods_by_first, unschedulable_pods};
use crate::plan::throughput::Overload;
use crate::plan::verdict::{Failing, Outcome, Reason};
use crate::quantity::Memory;
use crate::topology::{Name, Survive};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a cluster carries what runs on it, or does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ClusterVerdict {
    /// The cluster has no nodes.
    NoNodes,
    /// Pods that always run fit on no node, not even on nodes that the cluster autoscaler may add.
    Unschedulable {
        /// The first of them.
        first: String,
        /// How many.
        pods: u64,
        /// How many nodes may be added, which is not enough.
        may_be_added: Option<u32>,
    },
    /// More requests arrive than the workers of a service answer.
    CannotKeepUp {
        /// By how much.
        overload: Overload,
    },
    /// A container needs more than its own limit, and is killed wherever it runs.
    OverItsLimit {
        /// Its service.
        service: Name,
        /// Its need at the busiest time.
        #[serde(rename = "need_bytes")]
        need: Memory,
        /// Its limit.
        #[serde(rename = "limit_bytes")]
        limit: Memory,
    },
    /// Pods that an autoscaler adds at the peak fit on no node.
    UnschedulableAtPeak {
        /// The first of them.
        first: String,
        /// How many.
        pods: u64,
        /// How many nodes may be added, which is not enough.
        may_be_added: Option<u32>,
    },
    /// Pods that always run fit only on nodes that the cluster autoscaler adds.
    OnAddedNodes {
        /// How many it adds.
        nodes: u32,
    },
    /// It is too large to be placed in full.
    TooLarge,
    /// Nothing runs on it.
    NothingRuns,
    /// Everything runs on one node.
    OneNode,
    /// Everything runs on one node, which is past its load line.
    OneNodePastLoadLine,
    /// A loss that must be survived is not.
    LossNotSurvived {
        /// The node or zone.
        lost: String,
        /// The first pod that has no place without it.
        first: String,
        /// How many have none.
        pods: u64,
    },
    /// A node is past its load line.
    PastLoadLine,
    /// All nodes are in one zone, the loss of which must be survived.
    OneZone,
    /// All pods have a place, and losing what was tried is survived.
    Fits {
        /// The loss that must be survived.
        survive: Survive,
        /// Whether every such loss was tried.
        is_every_loss_tried: bool,
        /// Whether there are more pods at the peak.
        is_autoscaled: bool,
    },
}

impl ClusterPlan {
    pub(super) fn judge(&self, failing: Option<Failing>) -> ClusterVerdict {
        let at_peak = self.peak.as_ref();
        let may_be_added = self.scale_up.as_ref().map(ScaleUp::nodes);
        let is_tried = self.steady.is_tried() && at_peak.is_none_or(super::Placement::is_tried);
        if self.nodes.is_empty() && self.steady.asked > 0 && may_be_added.is_none() {
            return ClusterVerdict::NoNodes;
        }
        if let Some((first, pods)) = unschedulable(self.unplaced()) {
            return ClusterVerdict::Unschedulable { first: first.to_owned(), pods, may_be_added };
        }
        if let Some(failing) = failing {
            return failing.into();
        }
        if let Some((first, pods)) = unschedulable(self.unplaced_at_peak()) {
            return ClusterVerdict::UnschedulableAtPeak { first: first.to_owned(), pods, may_be_added };
        }
        if let Some(nodes) = may_be_added.filter(|_| !self.steady.unplaced.is_empty()) {
            return ClusterVerdict::OnAddedNodes { nodes };
        }
        if !is_tried {
            return ClusterVerdict::TooLarge;
        }
        if self.steady.asked == 0 && at_peak.is_none() {
            return ClusterVerdict::NothingRuns;
        }
        if let [node] = self.nodes.as_slice() {
            return if node.peak.is_past_load_line {
                ClusterVerdict::OneNodePastLoadLine
            } else {
                ClusterVerdict::OneNode
            };
        }
        if let Some((lost, unplaced)) = self.not_survived()
            && let Some((first, pods)) = unschedulable(unplaced)
        {
            return ClusterVerdict::LossNotSurvived { lost: lost.to_owned(), first: first.to_owned(), pods };
        }
        self.judge_losses()
    }

    /// The verdict where all pods have a place, and no loss that was tried is one too many.
    fn judge_losses(&self) -> ClusterVerdict {
        let zones = zones_of(&self.nodes);
        let is_every_loss_tried = match self.survive {
            Survive::Nothing if self.nodes.iter().any(|node| node.peak.is_past_load_line) => {
                return ClusterVerdict::PastLoadLine;
            }
            Survive::Zone if zones < 2 => return ClusterVerdict::OneZone,
            Survive::Nothing => true,
            Survive::Node => tried(&self.losses) == self.nodes.len(),
            Survive::Zone => self.zone_losses.len() == zones,
        };
        ClusterVerdict::Fits { survive: self.survive, is_every_loss_tried, is_autoscaled: self.peak.is_some() }
    }
}

/// The loss of how many nodes is known.
pub(super) fn tried(losses: &[NodeLoss]) -> usize {
    losses.iter().map(|loss| loss.nodes_alike as usize).sum()
}

impl From<Failing> for ClusterVerdict {
    fn from(failing: Failing) -> Self {
        match failing {
            Failing::OverItsLimit { service, need, limit } => Self::OverItsLimit { service, need, limit },
            Failing::CannotKeepUp(overload) => Self::CannotKeepUp { overload },
        }
    }
}

impl Reason for ClusterVerdict {
    fn outcome(&self) -> Outcome {
        match self {
            Self::NoNodes
            | Self::Unschedulable { .. }
            | Self::OverItsLimit { .. }
            | Self::CannotKeepUp { .. }
            | Self::UnschedulableAtPeak { .. } => Outcome::DoesNotFit,
            Self::OnAddedNodes { .. }
            | Self::OneNodePastLoadLine
            | Self::LossNotSurvived { .. }
            | Self::PastLoadLine
            | Self::OneZone => Outcome::Tight,
            Self::TooLarge => Outcome::Undecided,
            Self::NothingRuns | Self::OneNode | Self::Fits { .. } => Outcome::Fits,
        }
    }
}

impl fmt::Display for ClusterVerdict {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::NoNodes => formatter.write_str("It sinks: the cluster has no nodes."),
            Self::Unschedulable { first, pods, may_be_added } => {
                let (pods, nodes) = (unschedulable_pods(first, *pods), even_on(*may_be_added));
                write!(formatter, "It sinks: {pods}{nodes}.")
            }
            Self::OverItsLimit { service, need, limit } => {
                Failing::OverItsLimit { service: service.clone(), need: *need, limit: *limit }.fmt(formatter)
            }
            Self::CannotKeepUp { overload } => Failing::CannotKeepUp(overload.clone()).fmt(formatter),
            Self::UnschedulableAtPeak { first, pods, may_be_added } => {
                let (pods, nodes) = (unschedulable_pods(first, *pods), even_on(*may_be_added));
                write!(formatter, "It sinks at the peak: {pods}{nodes}.")
            }
            Self::OnAddedNodes { nodes } => {
                write!(formatter, "It floats only on {}, which the cluster autoscaler adds.", more_nodes(*nodes))
            }
            Self::TooLarge => formatter.write_str("It is too large to be placed here in full."),
            Self::NothingRuns => formatter.write_str("It floats: nothing runs on it."),
            Self::OneNode => formatter.write_str("It floats on one node: when that is lost, so is everything."),
            Self::OneNodePastLoadLine => formatter.write_str("It floats, but loaded past the line, and on one node."),
            Self::LossNotSurvived { lost, first, pods } => {
                let pods = pods_by_first(first, *pods);
                write!(formatter, "It floats, but not without {lost}: {pods} would have nowhere to go.")
            }
            Self::PastLoadLine => formatter.write_str("It floats, but loaded past the line."),
            Self::OneZone => formatter.write_str("It floats in one zone: when that is lost, so is everything."),
            Self::Fits { survive, is_every_loss_tried, is_autoscaled } => {
                let what = match survive {
                    Survive::Nothing => return formatter.write_str("It floats: the peak fits."),
                    Survive::Node => "node",
                    Survive::Zone => "zone",
                };
                match (is_every_loss_tried, is_autoscaled) {
                    (false, _) => {
                        write!(formatter, "It floats: the peak fits. Losing a {what} was not tried for all of them.")
                    }
                    (true, true) => {
                        write!(formatter, "It floats: the peak fits, and at other times so does losing one {what}.")
                    }
                    (true, false) => write!(formatter, "It floats: the peak fits, and so does losing one {what}."),
                }
            }
        }
    }
}

fn even_on(may_be_added: Option<u32>) -> String {
    match may_be_added {
        Some(nodes) => format!(", even on {} that the cluster autoscaler may add", more_nodes(nodes)),
        None => String::new(),
    }
}
