//! Pods of one template, placed one after another. Nodes that look alike to the template are one group, weighed once, so
//! that a decision costs as much as there are differences between nodes, not as much as there are nodes.
//!
//! A decision is, to the last score, that of [`Scheduler::schedule`], which weighs every node for itself and is what the
//! tests compare this with.

use super::groups::Groups;
use super::plugins::inter_pod_affinity;
use super::{Decision, NodeIndex, PluginScores, Scheduler, TemplateId};

/// Pods of one template, placed one after another.
pub struct Batch<'a> {
    scheduler: &'a mut Scheduler,
    template: TemplateId,
    /// `None` if it matters which pods are where: then every node is scored by itself.
    groups: Option<Groups>,
}

/// The choice for a pod, in the detail that was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// How many nodes it fits on.
    pub feasible: usize,
    /// The best total, if there is a feasible node.
    pub best_total: Option<i64>,
    /// How many nodes have it.
    pub best_count: usize,
    /// The first of those by name. The very first is the one to take.
    pub best: Vec<NodeIndex>,
    /// The nodes that score best, and of equal ones the first by name.
    pub scored: Vec<NodeIndex>,
    /// Their totals.
    pub totals: Vec<i64>,
    /// The scores of each plugin that scores them.
    pub scores: Vec<PluginScores>,
    /// The scheduler's own words, if no node is feasible.
    pub message: Option<String>,
}

/// How many nodes a [`Choice`] names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Of the best, from 1.
    pub best: usize,
    /// With their scores.
    pub scored: usize,
}

impl Detail {
    /// All of them.
    pub const ALL: Self = Self { best: usize::MAX, scored: usize::MAX };
}

impl<'a> Batch<'a> {
    pub(super) fn new(scheduler: &'a mut Scheduler, template: TemplateId) -> Self {
        let has_a_say = inter_pod_affinity::has_a_say(scheduler, &scheduler.templates[template.0]);
        let groups = (!has_a_say).then(|| Groups::new(scheduler, template));
        Self { scheduler, template, groups }
    }

    /// The scheduler, with what is placed by now.
    pub fn scheduler(&self) -> &Scheduler {
        self.scheduler
    }

    /// How many groups or nodes the next decision weighs.
    pub fn cost(&self) -> usize {
        self.groups.as_ref().map_or(self.scheduler.nodes.len(), Groups::len)
    }

    /// Decides where the next pod would go, without placing it.
    pub fn choose(&self, shown: Detail) -> Choice {
        match &self.groups {
            Some(groups) => groups.choose(self.scheduler, shown),
            None => Choice::of(self.scheduler.schedule(self.template), self.scheduler, shown),
        }
    }

    /// Places a pod on the node, whether it fits or not.
    pub fn bind(&mut self, node: NodeIndex) {
        match &mut self.groups {
            Some(groups) => groups.bind(self.scheduler, node),
            None => self.scheduler.bind(self.template, node),
        }
    }
}

impl Choice {
    /// The node that the pod goes to.
    pub fn node(&self) -> Option<NodeIndex> {
        self.best.first().copied()
    }

    /// A decision in this form.
    pub fn of(decision: Decision, scheduler: &Scheduler, shown: Detail) -> Self {
        let rank = |node: NodeIndex| scheduler.nodes[node.0].rank;
        let mut columns: Vec<usize> = (0..decision.feasible.len()).collect();
        columns.sort_by_key(|column| (std::cmp::Reverse(decision.totals[*column]), rank(decision.feasible[*column])));
        columns.truncate(shown.scored);
        let of_columns = |scores: &[i64]| columns.iter().map(|column| scores[*column]).collect::<Vec<i64>>();
        let scores = decision.scores.iter();
        Self {
            feasible: decision.feasible.len(),
            best_total: decision.best_total(),
            best_count: decision.best.len(),
            scored: columns.iter().map(|column| decision.feasible[*column]).collect(),
            totals: of_columns(&decision.totals),
            scores: scores.map(|row| PluginScores { plugin: row.plugin, scores: of_columns(&row.scores) }).collect(),
            best: decision.best.into_iter().take(shown.best).collect(),
            message: decision.message,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::cluster::{
        AffinityTerm, Cluster, Effect, HostPort, Image, InclusionPolicy, Node, NodeTerm, PodAffinity, PodTemplate,
        Resources, SpreadConstraint, Taint, Toleration, Weighted, WhenUnsatisfiable,
    };
    use super::super::labels::{Labels, Requirement, Selector};
    use super::*;
    use crate::quantity::{Cpu, Memory};
    use proptest::prelude::*;
    use proptest::sample::{Index, select};

    const KEYS: [&str; 4] = ["kubernetes.io/hostname", "topology.kubernetes.io/zone", "rack", "absent"];

    fn resources(millis: u64, mib: u64) -> Resources {
        Resources { cpu: Cpu::from_millis(millis), memory: Memory::from_mib(mib), ..Resources::default() }
    }

    fn labels(pairs: &[(&str, &str)]) -> Labels {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    prop_compose! {
        fn nodes()(
            nodes in prop::collection::vec(
                (
                    select(vec!["", "a", "b", "c"]), select(vec!["r1", "r2", "r3", ""]), 0_u32..6, 0_u64..3, 0_u64..12,
                    prop::option::of(select(vec![Effect::NoSchedule, Effect::PreferNoSchedule])), any::<[bool; 3]>(),
                ),
                0..14,
            ),
        ) -> Vec<Node> {
            type Drawn = (&'static str, &'static str, u32, u64, u64, Option<Effect>, [bool; 3]);
            let node = |(index, drawn): (usize, Drawn)| {
                let (zone, rack, bits, size, max_pods, taint, [image, cordoned, named]) = drawn;
                let name = format!("n{}", (index * 7) % 16);
                let mut node = Node {
                    labels: if named && index > 0 { labels(&[]) } else { labels(&[(KEYS[0], &name)]) },
                    name,
                    allocatable: resources(500 + 500 * size, 500 + 250 * size),
                    max_pods,
                    unschedulable: cordoned && bits == 0,
                    taints: taint.into_iter().map(|effect| Taint { key: "k".into(), value: String::new(), effect }).collect(),
                    ..Node::default()
                };
                if bits != 1 {
                    node.labels.insert(KEYS[1].to_owned(), zone.to_owned());
                }
                if bits > 2 {
                    node.labels.insert(KEYS[2].to_owned(), rack.to_owned());
                }
                if image {
                    node.images.push(Image { names: vec!["app:1".to_owned()], size: Memory::from_mib(300 + 100 * size) });
                }
                node
            };
            nodes.into_iter().enumerate().map(node).collect()
        }
    }

    prop_compose! {
        fn constraint()(
            key in select(KEYS.to_vec()), max_skew in 1..3, hard in any::<bool>(), min_domains in 1..4,
            selector in select(vec![None, Some(""), Some("web"), Some("db")]), [affinity, taints, own] in any::<[bool; 3]>(),
        ) -> SpreadConstraint {
            let policy = |honor| if honor { InclusionPolicy::Honor } else { InclusionPolicy::Ignore };
            SpreadConstraint {
                topology_key: key.to_owned(),
                max_skew,
                when_unsatisfiable: if hard { WhenUnsatisfiable::DoNotSchedule } else { WhenUnsatisfiable::ScheduleAnyway },
                selector: selector.map(|app| if app.is_empty() { Selector::default() } else { Selector::equal(&labels(&[("app", app)])) }),
                match_label_keys: if own { vec!["app".to_owned()] } else { Vec::new() },
                min_domains,
                node_affinity: policy(affinity),
                node_taints: policy(taints),
            }
        }
    }

    prop_compose! {
        fn template()(
            app in select(vec!["web", "db"]), millis in 0_u64..400, mib in 0_u64..400,
            spread in prop::collection::vec(constraint(), 0..4), owned in any::<bool>(),
            [image, tolerates, port, ending] in prop::array::uniform4(prop::bool::weighted(0.3)),
            affinity in prop::option::weighted(0.15, (select(KEYS.to_vec()), any::<[bool; 2]>())),
            prefers in prop::option::of(select(vec!["a", "b"])), zone in prop::option::weighted(0.2, select(vec!["a", "b"])),
        ) -> PodTemplate {
            let labels = labels(&[("app", app)]);
            let mut template = PodTemplate {
                namespace: "default".to_owned(),
                owner: if owned { Selector::equal(&labels) } else { Selector::default() },
                requests: resources(millis, mib),
                scored_requests: resources(millis.max(100), mib.max(200)),
                spread,
                terminating: ending,
                ..PodTemplate::default()
            };
            if image {
                template.images.push("app:1".to_owned());
            }
            if tolerates {
                template.tolerations.push(Toleration { key: None, value: None, effect: None });
            }
            if port {
                template.host_ports.push(HostPort { ip: "0.0.0.0".to_owned(), protocol: "TCP".to_owned(), port: 80 });
            }
            let in_zone = |zone: &str| NodeTerm { labels: vec![Requirement::equal(KEYS[1], zone)], names: Vec::new() };
            template.preferred_node_affinity.extend(prefers.map(|zone| Weighted { weight: 7, term: in_zone(zone) }));
            template.required_node_affinity = zone.map(|zone| vec![in_zone(zone)]);
            if let Some((key, [away, must])) = affinity {
                let term = AffinityTerm {
                    selector: Some(Selector::equal(&labels)),
                    namespaces: vec!["default".to_owned()],
                    namespace_selector: None,
                    topology_key: key.to_owned(),
                };
                let terms = if must {
                    PodAffinity { required: vec![term], preferred: Vec::new() }
                } else {
                    PodAffinity { required: Vec::new(), preferred: vec![Weighted { weight: 5, term }] }
                };
                *(if away { &mut template.pod_anti_affinity } else { &mut template.pod_affinity }) = terms;
            }
            PodTemplate { labels, ..template }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_is_seen_at_a_glance_is_so(
            nodes in nodes(), template in template(), others in prop::collection::vec((template(), any::<Index>()), 0..4),
            pods in 0_u32..12,
        ) {
            let count = nodes.len();
            let mut scheduler = Scheduler::new(Cluster { nodes, ..Cluster::default() });
            for (other, node) in others.into_iter().filter(|_| count > 0) {
                let other = scheduler.template(other);
                scheduler.bind(other, NodeIndex(node.index(count)));
            }
            let has_affinity = !(template.pod_affinity.required.is_empty() && template.pod_anti_affinity.required.is_empty());
            let must_hold = |constraint: &SpreadConstraint| constraint.when_unsatisfiable == WhenUnsatisfiable::DoNotSchedule;
            let may_depend = has_affinity || !template.host_ports.is_empty() || template.spread.iter().any(must_hold);
            let template = scheduler.template(template);
            let seen = scheduler.has_room(template, pods);
            let mut batch = scheduler.batch(template);
            let may_depend = may_depend || batch.groups.is_none();
            let fits = (0..pods).all(|_| batch.choose(Detail { best: 1, scored: 0 }).node().map(|node| batch.bind(node)).is_some());
            prop_assert!(seen == fits || may_depend && !seen, "{seen} {fits}");
        }

        #[test]
        fn a_batch_decides_as_if_every_node_were_weighed(
            nodes in nodes(),
            templates in prop::collection::vec(template(), 1..4),
            runs in prop::collection::vec((any::<Index>(), prop::collection::vec(prop::option::of(any::<Index>()), 1..8)), 1..6),
        ) {
            let count = nodes.len();
            let mut scheduler = Scheduler::new(Cluster { nodes, ..Cluster::default() });
            let templates: Vec<TemplateId> = templates.into_iter().map(|template| scheduler.template(template)).collect();
            for (template, pods) in runs {
                let template = templates[template.index(templates.len())];
                let mut batch = scheduler.batch(template);
                for elsewhere in pods {
                    let choice = batch.choose(Detail::ALL);
                    let each = batch.scheduler().schedule(template);
                    prop_assert_eq!(&choice, &Choice::of(each, batch.scheduler(), Detail::ALL));
                    let some = batch.choose(Detail { best: 2, scored: 3 });
                    prop_assert_eq!(&some.best[..], &choice.best[..choice.best.len().min(2)]);
                    prop_assert_eq!(&some.scored[..], &choice.scored[..choice.scored.len().min(3)]);
                    // Some pods are put where they would not go.
                    let elsewhere = elsewhere.filter(|_| count > 0).map(|index| NodeIndex(index.index(count)));
                    if let Some(node) = elsewhere.or(choice.node()) {
                        batch.bind(node);
                    }
                }
            }
        }
    }
}
