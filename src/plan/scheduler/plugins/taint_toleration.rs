//! `TaintToleration`: taints keep pods away that do not tolerate them; nodes with fewer `PreferNoSchedule` taints that
//! the pod does not tolerate score better.
//!
//! ```text
//! raw   = number of PreferNoSchedule taints that are not tolerated
//! score = 100 - 100 * raw / max(raw), or 100 if no node has any
//! ```
//!
//! Source: `pkg/scheduler/framework/plugins/tainttoleration/taint_toleration.go` (v1.36.2).

use super::{Each, MAX_SCORE};
use crate::plan::scheduler::cluster::{Effect, PodTemplate, Taint};
use crate::plan::scheduler::{NodeState, Plugin, Reason, Rejection};

pub(in crate::plan::scheduler) fn filter(pod: &PodTemplate, node: &NodeState) -> Option<Rejection> {
    (!tolerates_all(pod, node)).then(|| Plugin::TaintToleration.rules_out(Reason::UntoleratedTaint))
}

/// Whether the pod may be placed on the node, as far as taints are concerned.
pub(super) fn tolerates_all(pod: &PodTemplate, node: &NodeState) -> bool {
    untolerated(pod, node).all(|taint| taint.effect == Effect::PreferNoSchedule)
}

pub(in crate::plan::scheduler) fn score(pod: &PodTemplate, each: &Each) -> Vec<i64> {
    let mut scores = each(&|node| raw(pod, node));
    normalize(&mut scores);
    scores
}

/// How many taints the pod had better avoid.
pub(in crate::plan::scheduler) fn raw(pod: &PodTemplate, node: &NodeState) -> i64 {
    let count = untolerated(pod, node).filter(|taint| taint.effect == Effect::PreferNoSchedule).count();
    i64::try_from(count).unwrap_or(i64::MAX / MAX_SCORE)
}

/// Turns raw scores into those that count.
pub(in crate::plan::scheduler) fn normalize(scores: &mut [i64]) {
    super::normalize(scores);
    for score in scores {
        *score = MAX_SCORE - *score;
    }
}

fn untolerated<'a>(pod: &'a PodTemplate, node: &'a NodeState) -> impl Iterator<Item = &'a Taint> {
    node.node.taints.iter().filter(|taint| !pod.tolerations.iter().any(|toleration| toleration.tolerates(taint)))
}

#[cfg(test)]
mod tests {
    use crate::plan::scheduler::Plugin;
    use crate::plan::scheduler::example::{place, scores};

    #[test]
    fn a_taint_keeps_pods_away_that_do_not_tolerate_it() {
        let refused = "0/1 nodes are available: 1 node(s) had untolerated taint(s).";
        for (taint, toleration, outcome) in [
            ("{ key: k, value: v, effect: NoSchedule }", "", refused),
            ("{ key: k, value: v, effect: NoExecute }", "", refused),
            ("{ key: k, value: v, effect: PreferNoSchedule }", "", "a"),
            ("{ key: k, value: v, effect: NoSchedule }", "{ operator: Exists }", "a"),
            ("{ key: k, value: v, effect: NoSchedule }", "{ key: k, operator: Exists }", "a"),
            ("{ key: k, value: v, effect: NoSchedule }", "{ key: k, value: v }", "a"),
            ("{ key: k, value: v, effect: NoSchedule }", "{ key: k, value: w, operator: Equal }", refused),
            ("{ key: k, value: v, effect: NoSchedule }", "{ key: k }", refused),
            ("{ key: k, effect: NoSchedule }", "{ key: k }", "a"),
            ("{ key: k, value: v, effect: NoSchedule }", "{ key: other, operator: Exists }", refused),
            ("{ key: k, value: v, effect: NoExecute }", "{ key: k, value: v, effect: NoSchedule }", refused),
        ] {
            let yaml = format!(
                "{{ nodes: [{{ metadata: {{ name: a }}, spec: {{ taints: [{taint}] }} }}],
                    pods: [{{ metadata: {{ name: p }}, spec: {{ tolerations: [{toleration}] }} }}] }}"
            );
            assert_eq!(place(&yaml), [outcome], "{taint} {toleration}");
        }
    }

    #[test]
    fn nodes_with_fewer_taints_that_the_pod_had_better_avoid_score_better() {
        let yaml = "
            nodes:
              - { metadata: { name: a } }
              - { metadata: { name: b }, spec: { taints: [{ key: x, effect: PreferNoSchedule }] } }
              - metadata: { name: c }
                spec:
                  taints:
                    - { key: x, effect: PreferNoSchedule }
                    - { key: y, effect: PreferNoSchedule }
                    - { key: z, effect: PreferNoSchedule }
            pods: [{ metadata: { name: p }, spec: { tolerations: [{ key: y, operator: Exists }] } }]";
        assert_eq!(scores(yaml, Plugin::TaintToleration), Some(vec![100, 50, 0]));
        let untainted = "{ nodes: [{ metadata: { name: a } }], pods: [{ metadata: { name: p } }] }";
        assert_eq!(scores(untainted, Plugin::TaintToleration), Some(vec![100]));
    }
}
