//! The name under which other pods, and the gateway, reach a service.

use super::object::Noted;
use super::{Context, container, labels};
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use k8s_openapi::api::core::v1::{Service, ServicePort, ServiceSpec};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/concepts/services-networking/service/";
const HEADLESS: &str = "https://kubernetes.io/docs/concepts/services-networking/service/#headless-services";

/// The Service, if anything listens. It has the port of the process, so that addresses are the same as with Compose.
pub(super) fn service(context: Context) -> Option<Noted<Service>> {
    let service = context.service;
    let port = service.port?;
    let reason = reached_as(service.name.as_str(), port, service.public.is_some());
    let mut notes = Notes::new(context.origin(service_field!("port"), reason).link(LINK));
    // Not every gateway can lead to a Service without an address of its own.
    let is_headless = service.is_stateful() && service.public.is_none();
    notes.at(
        path!["spec", "clusterIP"],
        context
            .origin(
                service_field!("storage"),
                "No address of its own: the name leads to the pod itself, as a StatefulSet asks",
            )
            .link(HEADLESS),
    );
    notes.at(path!["spec", "selector"], context.origin_of_service("The pods that have this label").link(labels::LINK));
    let spec = ServiceSpec {
        cluster_ip: is_headless.then(|| "None".to_owned()),
        ports: Some(vec![ServicePort {
            name: Some(container::port_name(service).to_owned()),
            port: port.into(),
            target_port: Some(IntOrString::String(container::port_name(service).to_owned())),
            ..ServicePort::default()
        }]),
        selector: Some(labels::selecting(service)),
        ..ServiceSpec::default()
    };
    let metadata = labels::metadata(context, service.name.as_str());
    Some(Noted::new(Service { metadata, spec: Some(spec), status: None }, notes))
}

/// Explains the Service by the address under which others reach it.
fn reached_as(service: &str, port: u16, is_public: bool) -> String {
    let gateway = if is_public { ", and so does the gateway" } else { "" };
    format!("Other pods reach it as {service}:{port}{gateway}")
}
