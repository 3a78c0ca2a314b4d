//! How many pods may be moved at once when a machine is emptied.

use super::object::Noted;
use super::{Context, labels, replicas_field};
use crate::generate::notes::{Notes, path};
use k8s_openapi::api::policy::v1::{PodDisruptionBudget, PodDisruptionBudgetSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/";

/// Up to so many replicas, one at a time is fast enough.
const FEW: u32 = 10;

/// The PodDisruptionBudget of a service that has, or can have, two replicas: for a single one it would either say
/// nothing or keep its machine from ever being emptied.
pub(super) fn disruption_budget(context: Context) -> Option<Noted<PodDisruptionBudget>> {
    let service = context.service;
    if service.replicas.peak() < 2 {
        return None;
    }
    let (most, reason) = match service.replicas.peak() {
        0..=FEW => (
            IntOrString::Int(1),
            "When machines are emptied, one pod moves at a time; this never stops an upgrade of the cluster",
        ),
        _ => (
            IntOrString::String("10%".to_owned()),
            "When machines are emptied, one pod in ten moves at a time; this never stops an upgrade of the cluster",
        ),
    };
    let mut notes = Notes::new(context.origin(replicas_field(service), reason).link(LINK));
    let link = "https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy";
    notes.at(
        path!["spec", "unhealthyPodEvictionPolicy"],
        context.origin(replicas_field(service), "Pods that serve nobody anyway do not hold an emptying up").link(link),
    );
    let spec = PodDisruptionBudgetSpec {
        max_unavailable: Some(most),
        selector: Some(labels::selector(service)),
        unhealthy_pod_eviction_policy: Some("AlwaysAllow".to_owned()),
        ..PodDisruptionBudgetSpec::default()
    };
    let metadata = labels::metadata(context, service.name.as_str());
    Some(Noted::new(PodDisruptionBudget { metadata, spec: Some(spec), status: None }, notes))
}
