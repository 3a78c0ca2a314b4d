//! `ImageLocality`: nodes that have the pod's images already, the larger the better, score better.
//!
//! ```text
//! sum   = over the pod's images on the node: trunc(size * (nodes with the image / all nodes))
//! score = 100 * (sum - low) / (high - low), with sum clamped to low = 23 MiB … high = 1000 MiB * containers
//! ```
//!
//! Sources: `pkg/scheduler/framework/plugins/imagelocality/image_locality.go` and `addNodeImageStates` of
//! `pkg/scheduler/backend/cache/cache.go`, by which an image has the size that the first node gives it (v1.36.2).

use super::{MAX_SCORE, real, whole};
use crate::plan::scheduler::NodeIndex;
use crate::plan::scheduler::cluster::{Node, PodTemplate};
use std::collections::{BTreeMap, BTreeSet};

const MIB: i64 = 1 << 20;
const LOW: i64 = 23 * MIB;
const HIGH_PER_CONTAINER: i64 = 1000 * MIB;

/// The images that any node has, by name.
#[derive(Debug, Clone)]
pub(in crate::plan::scheduler) struct Images(BTreeMap<String, Image>);

#[derive(Debug, Clone)]
struct Image {
    size: u64,
    nodes: BTreeSet<NodeIndex>,
}

impl Images {
    pub(in crate::plan::scheduler) fn of(nodes: &[Node]) -> Self {
        let mut images: BTreeMap<String, Image> = BTreeMap::new();
        for (index, node) in nodes.iter().enumerate() {
            for image in &node.images {
                for name in &image.names {
                    let first = || Image { size: image.size.bytes(), nodes: BTreeSet::new() };
                    images.entry(name.clone()).or_insert_with(first).nodes.insert(NodeIndex(index));
                }
            }
        }
        Self(images)
    }

    /// Returns the score of each node that has some of the pod's images, out of `all_nodes`. The others score zero.
    pub(in crate::plan::scheduler) fn scores(&self, pod: &PodTemplate, all_nodes: usize) -> BTreeMap<NodeIndex, i64> {
        let mut scores: BTreeMap<NodeIndex, i64> = BTreeMap::new();
        for image in pod.images.iter().filter_map(|name| self.0.get(&with_tag(name))) {
            let share = real(image.nodes.len() as u64) / real(all_nodes as u64);
            let worth = whole(real(image.size) * share);
            for node in &image.nodes {
                let sum = scores.entry(*node).or_default();
                *sum = sum.saturating_add(worth);
            }
        }
        let containers = i64::try_from(pod.images.len()).unwrap_or(i64::MAX);
        let high = HIGH_PER_CONTAINER.saturating_mul(containers);
        for sum in scores.values_mut() {
            *sum = percent(*sum, high);
        }
        scores
    }
}

fn percent(sum: i64, high: i64) -> i64 {
    if sum <= LOW {
        return 0;
    }
    let part = i128::from(sum.min(high) - LOW) * i128::from(MAX_SCORE);
    i64::try_from(part / i128::from(high - LOW)).unwrap_or(MAX_SCORE)
}

/// A name without a tag means `latest`.
fn with_tag(name: &str) -> String {
    let tagged = name.rfind(':').is_some_and(|colon| name.rfind('/').is_none_or(|slash| colon > slash));
    if tagged { name.to_owned() } else { format!("{name}:latest") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::scheduler::cluster;
    use crate::quantity::Memory;

    #[test]
    fn an_image_counts_by_its_size_and_by_how_many_nodes_have_it() {
        let node = |images: &[(&str, u64)]| {
            let image = |(name, mib): &(&str, u64)| cluster::Image {
                names: vec![(*name).to_owned()],
                size: Memory::from_mib(*mib),
            };
            Node { images: images.iter().map(image).collect(), ..Node::default() }
        };
        // The second node's own figure for the size of `app` is not used.
        let nodes = [node(&[("app:latest", 1000), ("small:1", 20)]), node(&[("app:latest", 5)]), node(&[]), node(&[])];
        let images = Images::of(&nodes);
        let all = [0, 1, 2, 3].map(NodeIndex);
        for (names, scores) in [
            (vec!["app"], [48, 48, 0, 0]), // 500 MiB of 23 … 1000
            (vec!["app:latest", "small:1"], [24, 24, 0, 0]),
            (vec!["small:1"], [0, 0, 0, 0]),
            (vec!["reg:5000/app"], [0, 0, 0, 0]),
            (vec![], [0, 0, 0, 0]),
        ] {
            let pod =
                PodTemplate { images: names.iter().map(|name| (*name).to_owned()).collect(), ..Default::default() };
            let found = images.scores(&pod, nodes.len());
            assert_eq!(all.each_ref().map(|node| found.get(node).copied().unwrap_or(0)), scores, "{names:?}");
        }
    }
}
