//! A service whose pod has a name and a disk that outlive it.

use super::object::Noted;
use super::{Context, deployment, labels, pod, workload_name};
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use k8s_openapi::api::apps::v1::{StatefulSet, StatefulSetSpec};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

const LINK: &str = "https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/";

/// The StatefulSet of a service with a disk.
pub(super) fn stateful_set(context: Context) -> Noted<StatefulSet> {
    let service = context.service;
    let reason =
        format!("Keeps the pod of `{}` running, and gives it the same disk again wherever it starts", service.name);
    let mut notes = Notes::new(context.origin(service_field!("storage"), reason).link(LINK));
    let template = pod::template(context, None);
    notes.nest(path!["spec", "template"], template.notes);
    deployment::note_replicas(context, &mut notes);
    notes.at(
        path!["spec", "serviceName"],
        context.origin(service_field!("port"), "The Service under whose name the others find it"),
    );
    notes.at(
        path!["spec", "volumeClaimTemplates"],
        context
            .origin(
                service_field!("storage"),
                "A disk for each pod, of the cluster's default class; it stays when the pod or the StatefulSet is \
                 deleted",
            )
            .link(LINK),
    );
    let disk = ObjectMeta { name: Some(pod::DISK.to_owned()), ..ObjectMeta::default() };
    let spec = StatefulSetSpec {
        replicas: deployment::replicas(service),
        selector: labels::selector(service),
        service_name: service.port.map(|_| service.name.to_string()),
        template: template.value,
        volume_claim_templates: service.storage.as_ref().map(|storage| vec![pod::claim(disk, storage.size)]),
        ..StatefulSetSpec::default()
    };
    let metadata = labels::metadata(context, workload_name(service));
    Noted::new(StatefulSet { metadata, spec: Some(spec), status: None }, notes)
}
