//! The plugins of the default profile that have a say about the pods of a [`PodTemplate`](super::cluster::PodTemplate),
//! one a file: first what it filters, then what it scores.

pub mod image_locality;
pub mod inter_pod_affinity;
pub mod node_affinity;
pub mod node_name;
pub mod node_ports;
pub mod node_resources_balanced_allocation;
pub mod node_resources_fit;
pub mod node_unschedulable;
pub mod pod_topology_spread;
pub mod taint_toleration;

use super::NodeState;

/// The best score that a plugin gives, before its weight.
const MAX_SCORE: i64 = 100;

/// Asks a plugin for its raw score of every feasible node.
type Each<'a> = dyn Fn(&dyn Fn(&NodeState) -> i64) -> Vec<i64> + 'a;

/// Stretches raw scores, none negative, so that the greatest becomes 100.
/// Source: `DefaultNormalizeScore` of `pkg/scheduler/framework/plugins/helper/normalize_score.go`.
pub(super) fn normalize(scores: &mut [i64]) {
    if let Some(max) = scores.iter().copied().max().filter(|max| *max != 0) {
        for score in scores {
            *score = MAX_SCORE * *score / max;
        }
    }
}

/// As Go's `float64(n)`.
#[allow(clippy::cast_precision_loss, reason = "Go rounds to the nearest, too")]
fn real(number: u64) -> f64 {
    number as f64
}

/// As Go's `int64(x)` where that is defined, and saturating elsewhere.
#[allow(clippy::cast_possible_truncation, reason = "the fraction is meant to be dropped")]
fn whole(number: f64) -> i64 {
    number as i64
}
