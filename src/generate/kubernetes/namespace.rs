//! The namespace, which takes no pod with more rights than it needs.

use super::object::Noted;
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::field_path;
use crate::sorting;
use crate::topology::{Cluster, Topology};
use k8s_openapi::api::core::v1::Namespace;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

/// The Namespace, unless it is `default`, which is always there and is not ours.
pub(super) fn namespace(topology: &Topology, cluster: &Cluster) -> Option<Noted<Namespace>> {
    if cluster.namespace.as_str() == "default" {
        return None;
    }
    let secret = (!topology.secret_keys().is_empty()).then_some(topology.name.as_str());
    let mut notes = Notes::new(Origin::new(field_path!("cluster.namespace"), namespace_reason(secret)));
    let link = "https://kubernetes.io/docs/concepts/security/pod-security-admission/";
    notes.at(
        path!["metadata", "labels"],
        Origin::new(field_path!("cluster.namespace"), "Refuses every pod that asks for more rights than it needs")
            .link(link),
    );
    let metadata = ObjectMeta {
        name: Some(cluster.namespace.to_string()),
        labels: Some(sorting::map([("pod-security.kubernetes.io/enforce".to_owned(), "restricted".to_owned())])),
        ..ObjectMeta::default()
    };
    Some(Noted::new(Namespace { metadata, ..Namespace::default() }, notes))
}

/// Explains the namespace, and what to do first if the Secret `secret` has to be created in it.
fn namespace_reason(secret: Option<&str>) -> String {
    let order = secret.map(|secret| format!("; apply this file first, then make the Secret `{secret}` there"));
    format!("What belongs together, in a namespace of its own{}", order.unwrap_or_default())
}
