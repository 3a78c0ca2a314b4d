//! Advice that follows from the plan: the problem, its place in the document, and the fix.
//!
//! One rule is one file. A rule reads the topology and its plan, and not the text: it names a path of the document, and
//! `locate` gives the place of that path.

mod autoscaler_without_room;
mod cannot_keep_up;
mod drain_blocked;
mod limit_far_above_need;
mod limit_near_need;
mod limit_under_need;
mod memory_grows;
mod more_than_needed;
mod node_loss;
mod node_without_room;
mod pod_without_node;
mod replicas_share_a_node;
mod rollout_stuck;
mod server_overcommitted;
mod server_too_small;
mod single_replica;
mod slow_startup;
mod too_many_connections;
mod workers_die_together;

use crate::finding::Finding;
use crate::message::{Message, message};
use crate::model::{FieldPath, ServiceField};
use crate::plan::phrases::without_full_stop;
use crate::plan::{Help, Plan, ServicePlan, Statement};
use crate::rule::Rule;
use crate::text::Span;
use crate::topology::{FigureSource, Name, Service, Topology};

/// Lists the rules in the order in which they are checked.
macro_rules! registry {
    ($($rule:ident),+ $(,)?) => {
        /// Every rule of this folder.
        pub static ALL: &[&Rule] = &[$(&$rule::RULE),+];

        const CHECKS: &[fn(&Advised) -> Vec<Finding>] = &[$($rule::check),+];
    };
}

registry! {
    limit_under_need,
    limit_near_need,
    limit_far_above_need,
    memory_grows,
    cannot_keep_up,
    server_too_small,
    server_overcommitted,
    node_without_room,
    pod_without_node,
    autoscaler_without_room,
    node_loss,
    drain_blocked,
    replicas_share_a_node,
    rollout_stuck,
    single_replica,
    slow_startup,
    workers_die_together,
    more_than_needed,
    too_many_connections,
}

/// The input of a rule.
struct Advised<'a> {
    topology: &'a Topology,
    plan: &'a Plan,
    locate: &'a dyn Fn(&str) -> Span,
}

/// Returns the findings of all rules, rule by rule. `locate` returns the place of a path of the document, such as
/// `services.api.memory.limit` or `cluster.nodes.0.count`, or of the nearest part of the path that is written.
pub fn advise(topology: &Topology, plan: &Plan, locate: &dyn Fn(&str) -> Span) -> Vec<Finding> {
    let advised = Advised { topology, plan, locate };
    CHECKS.iter().flat_map(|check| check(&advised)).collect()
}

impl Advised<'_> {
    /// Returns the place of a path of the document.
    fn at(&self, path: &FieldPath) -> Span {
        (self.locate)(path)
    }

    /// Returns the place of a service's field in `map`, if it is written.
    fn written(&self, service: &Name, map: ServiceField, field: ServiceField) -> Option<Span> {
        let span = self.at(&FieldPath::of_service(service, field));
        (span != self.at(&FieldPath::of_service(service, map))).then_some(span)
    }

    /// The services that are to run, with their plans.
    fn services(&self) -> impl Iterator<Item = (&Service, &ServicePlan)> {
        self.topology
            .running()
            .map(|(_, service)| service)
            .zip(&self.plan.services)
            .filter(|(service, _)| service.replicas.peak() > 0)
    }

    /// Offers to raise a limit that the document gives to the recommended one.
    fn raise_limit(service: &Service, finding: Finding) -> Finding {
        let limit = service.memory.recommended_limit();
        let finding = finding.help(format!("Raise the limit to {limit}, or reduce its need"));
        if service.memory.limit_source == FigureSource::Given {
            finding.replace_by(format!("Raise the limit to {limit}"), limit.kubernetes())
        } else {
            finding
        }
    }
}

/// The message for a limit that is too near to the need, or too far above it.
fn limit_used_badly(service: &Name, percent: u32) -> Message {
    message!("A container of `{service}` needs {percent} % of its limit; aim at 50 to 90 %", service, percent)
}

/// Joins remedies for unschedulable pods into a help text without a final full stop.
fn more_room(help: &[Statement<Help>]) -> String {
    without_full_stop(&sentences(help)).to_owned()
}

/// Joins remedies for unschedulable pods; each sentence is enough by itself.
fn sentences(help: &[Statement<Help>]) -> String {
    help.iter().map(Statement::sentence).collect::<Vec<_>>().join(" ")
}
