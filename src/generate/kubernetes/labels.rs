//! Labels by which objects find pods, and people find objects.

use super::Context;
use super::names;
use crate::sorting;
use crate::topology::{Service, Topology};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::{LabelSelector, ObjectMeta};
use std::collections::BTreeMap;

/// The labels that Kubernetes recommends.
pub(super) const LINK: &str = "https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/";
/// Which service an object belongs to; the only label that selectors name, since they cannot be changed later.
pub(super) const NAME: &str = "app.kubernetes.io/name";
/// Which topology an object belongs to: the kustomization puts it on all of them.
pub(super) const INSTANCE: &str = "app.kubernetes.io/instance";
/// What part a service plays.
const COMPONENT: &str = "app.kubernetes.io/component";

/// Name and labels of an object of a service.
pub(super) fn metadata(context: Context, name: impl Into<String>) -> ObjectMeta {
    ObjectMeta { name: Some(name.into()), labels: Some(of(context.service)), ..ObjectMeta::default() }
}

/// The labels of a service's objects and pods.
pub(super) fn of(service: &Service) -> BTreeMap<String, String> {
    let mut labels = selecting(service);
    if let Some(component) = service.kind.role.component() {
        labels.insert(COMPONENT.to_owned(), component.to_owned());
    }
    labels
}

/// The labels of a service's Job and its pod: no selector of the service may find it, since it serves nothing.
pub(super) fn of_job(topology: &Topology, service: &Service) -> BTreeMap<String, String> {
    sorting::map([(NAME.to_owned(), job_name(topology, service)), (COMPONENT.to_owned(), "before-start".to_owned())])
}

/// The name by which the pods of a service's Job are known; no service has it.
pub(super) fn job_name(topology: &Topology, service: &Service) -> String {
    names::unused(topology, &names::suffixed(service.name.as_str(), "before-start"))
}

/// The labels that all pods of a service have, and no others.
pub(super) fn selecting(service: &Service) -> BTreeMap<String, String> {
    sorting::map([(NAME.to_owned(), service.name.to_string())])
}

/// Selects the pods of a service.
pub(super) fn selector(service: &Service) -> LabelSelector {
    LabelSelector { match_labels: Some(selecting(service)), match_expressions: None }
}
