//! The namespace, which takes no pod with more rights than it needs.

use super::object::Noted;
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::topology::{Cluster, Topology};
use crate::words::files::kubernetes::namespace as why;
use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use std::collections::BTreeMap;

/// The Namespace, unless it is `default`, which is always there and is not ours.
pub(super) fn namespace(topology: &Topology, cluster: &Cluster) -> Option<Noted<Namespace>> {
    if cluster.namespace.as_str() == "default" {
        return None;
    }
    let secret = (!topology.secret_keys().is_empty()).then_some(topology.name.as_str());
    let mut notes = Notes::new(Origin::new("cluster.namespace", why::namespace_of_its_own(secret)));
    let link = "https://kubernetes.io/docs/concepts/security/pod-security-admission/";
    notes.at(
        path!["metadata", "labels"],
        Origin::new("cluster.namespace", why::REFUSES_PODS_WITH_MORE_RIGHTS).link(link),
    );
    let metadata = ObjectMeta {
        name: Some(cluster.namespace.to_string()),
        labels: Some(BTreeMap::from([("pod-security.kubernetes.io/enforce".to_owned(), "restricted".to_owned())])),
        ..ObjectMeta::default()
    };
    Some(Noted::new(Namespace { metadata, ..Namespace::default() }, notes))
}
