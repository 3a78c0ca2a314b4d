//! The way from outside to the public services: a Gateway and routes, or Ingresses.

use super::gateway_api::{
    API_VERSION, BackendReference, Filter, Gateway, GatewaySpec, HttpRoute, HttpRouteSpec, Listener, ParentReference,
    Redirect, Rule, SecretReference, Tls,
};
use super::object::Noted;
use super::{Context, labels, names};
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::{field_path, service_field};
use crate::sorting;
use crate::topology::{Cluster, GatewayKind, Service, Topology};
use k8s_openapi::api::networking::v1::{
    HTTPIngressPath, HTTPIngressRuleValue, Ingress, IngressBackend, IngressRule, IngressServiceBackend, IngressSpec,
    IngressTLS, ServiceBackendPort,
};
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use std::collections::BTreeMap;

/// The annotation by which cert-manager learns who issues the certificates.
const ISSUER: &str = "cert-manager.io/cluster-issuer";
const CERTIFICATES: &str = "https://cert-manager.io/docs/usage/gateway/";
const INGRESS_CERTIFICATES: &str = "https://cert-manager.io/docs/usage/ingress/";
const GATEWAYS: &str = "https://kubernetes.io/docs/concepts/services-networking/gateway/#api-kind-gateway";
const ROUTES: &str = "https://kubernetes.io/docs/concepts/services-networking/gateway/#api-kind-httproute";
const REDIRECTS: &str = "https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/";
const HTTPS: &str = "https://fastapi.tiangolo.com/deployment/https/";
/// The listener that takes what is not encrypted.
const PLAIN: &str = "http";

/// The Gateway that all public services share, if there are any and the Gateway API leads to them.
pub(super) fn gateway(topology: &Topology, cluster: &Cluster) -> Option<Noted<Gateway>> {
    let class = gateway_class(cluster)?;
    let public: Vec<&Service> = topology.services.iter().filter(|service| service.public.is_some()).collect();
    let encrypted: Vec<(&Service, &str)> =
        public.iter().filter_map(|service| Some((*service, tls_host(service)?))).collect();
    public.first()?;
    let mut notes = Notes::new(
        Origin::new(field_path!("cluster.gateway"), "Where requests from outside come in, for all public services")
            .link(GATEWAYS),
    );
    let reason = format!("The GatewayClass `{class}` must be there: it says whose software takes the requests");
    notes.at(path!["spec", "gatewayClassName"], Origin::new(field_path!("cluster.class"), reason).link(GATEWAYS));
    let reason = if encrypted.is_empty() {
        "Requests without encryption, as asked for"
    } else {
        "Sends people on to HTTPS, and answers the issuer of certificates"
    };
    notes.at(path!["spec", "listeners", 0], Origin::new(field_path!("cluster.gateway"), reason).link(HTTPS));
    let mut listeners =
        vec![Listener { name: PLAIN.to_owned(), hostname: None, port: 80, protocol: "HTTP", tls: None }];
    for (service, host) in &encrypted {
        let origin = Origin::new(
            service.field(service_field!("public.host")),
            format!("HTTPS for {host} ends here, outside of the image, so that a new certificate needs no restart"),
        )
        .link(HTTPS);
        notes.at(path!["spec", "listeners", listeners.len()], origin);
        listeners.push(Listener {
            name: listener(service),
            hostname: Some((*host).to_owned()),
            port: 443,
            protocol: "HTTPS",
            tls: Some(Tls {
                mode: "Terminate",
                certificate_refs: vec![SecretReference { name: certificate(topology, service) }],
            }),
        });
    }
    let issuer = &cluster.gateway.issuer;
    let reason =
        format!("cert-manager gets and renews the certificates of all listeners, from the ClusterIssuer `{issuer}`");
    notes.at(path!["metadata", "annotations"], Origin::new(field_path!("cluster.issuer"), reason).link(CERTIFICATES));
    let metadata = ObjectMeta {
        name: Some(topology.name.to_string()),
        annotations: (!encrypted.is_empty()).then(|| issued_by(issuer)),
        ..ObjectMeta::default()
    };
    let spec = GatewaySpec { gateway_class_name: class.to_owned(), listeners };
    Some(Noted::new(Gateway { api_version: API_VERSION, kind: "Gateway", metadata, spec }, notes))
}

/// The route that sends people from HTTP on to HTTPS, if anything is encrypted.
///
/// It names no host, so that the routes of hosts, and those by which certificates are issued, come before it.
pub(super) fn redirect(topology: &Topology, cluster: &Cluster) -> Option<Noted<HttpRoute>> {
    gateway_class(cluster)?;
    topology.services.iter().find_map(tls_host)?;
    let redirect = Filter::RequestRedirect { request_redirect: Redirect { scheme: "https", status_code: 301 } };
    let name = names::unused(topology, "redirect-to-https");
    let route = http(name, topology, PLAIN.to_owned(), Vec::new(), Rule::Answer { filters: [redirect] });
    Some(Noted::new(
        route,
        Notes::new(
            Origin::new(field_path!("cluster.gateway"), "Whoever asks without encryption is sent on to HTTPS")
                .link(REDIRECTS),
        ),
    ))
}

/// The route from a public service's host to its pods.
pub(super) fn http_route(context: Context) -> Option<Noted<HttpRoute>> {
    gateway_class(context.cluster)?;
    let service = context.service;
    let (public, port) = service.public.as_ref().zip(service.port)?;
    let section = if public.tls { listener(service) } else { PLAIN.to_owned() };
    let backend = BackendReference { name: service.name.to_string(), port };
    let mut route = http(
        service.name.to_string(),
        context.topology,
        section,
        vec![public.host.clone()],
        Rule::Forward { backend_refs: [backend] },
    );
    route.metadata = labels::metadata(context, service.name.as_str());
    let reason = requests_go_to(&public.host, service.name.as_str());
    Some(Noted::new(route, Notes::new(context.origin(service_field!("public"), reason).link(ROUTES))))
}

/// Explains where the requests for a host go.
fn requests_go_to(host: &str, service: &str) -> String {
    format!("Requests for {host} go to `{service}`")
}

/// The Ingress of a public service, if that is what leads to it.
pub(super) fn ingress(context: Context) -> Option<Noted<Ingress>> {
    if context.cluster.gateway.kind != GatewayKind::Ingress {
        return None;
    }
    let service = context.service;
    let (public, port) = service.public.as_ref().zip(service.port)?;
    let gateway = &context.cluster.gateway;
    let reason = requests_go_to(&public.host, service.name.as_str());
    let link = "https://kubernetes.io/docs/concepts/services-networking/ingress/";
    let mut notes = Notes::new(context.origin(service_field!("public"), reason).link(link));
    notes.at(
        path!["spec", "ingressClassName"],
        Origin::new(
            field_path!("cluster.class"),
            "The IngressClass must be there: it says whose software takes the requests",
        )
        .link(link),
    );
    let reason = format!("cert-manager gets and renews the certificate, from the ClusterIssuer `{}`", gateway.issuer);
    let issuer = Origin::new(field_path!("cluster.issuer"), reason).link(INGRESS_CERTIFICATES);
    notes.at(path!["metadata", "annotations"], issuer);
    notes.at(
        path!["spec", "tls"],
        context
            .origin(
                service_field!("public.tls"),
                "HTTPS ends here, outside of the image, so that a new certificate needs no restart",
            )
            .link(HTTPS),
    );
    let backend = IngressServiceBackend {
        name: service.name.to_string(),
        port: Some(ServiceBackendPort { number: Some(port.into()), name: None }),
    };
    let all = HTTPIngressPath {
        path: Some("/".to_owned()),
        path_type: "Prefix".to_owned(),
        backend: IngressBackend { service: Some(backend), resource: None },
    };
    let tls = public.tls.then(|| {
        vec![IngressTLS {
            hosts: Some(vec![public.host.clone()]),
            secret_name: Some(certificate(context.topology, service)),
        }]
    });
    let spec = IngressSpec {
        ingress_class_name: gateway.class.clone(),
        rules: Some(vec![IngressRule {
            host: Some(public.host.clone()),
            http: Some(HTTPIngressRuleValue { paths: vec![all] }),
        }]),
        tls,
        default_backend: None,
    };
    let mut metadata = labels::metadata(context, service.name.as_str());
    metadata.annotations = public.tls.then(|| issued_by(&gateway.issuer));
    Some(Noted::new(Ingress { metadata, spec: Some(spec), status: None }, notes))
}

/// The class of the gateway, if the Gateway API leads to the services.
fn gateway_class(cluster: &Cluster) -> Option<&str> {
    match cluster.gateway.kind {
        GatewayKind::GatewayApi => Some(cluster.gateway.class.as_deref().unwrap_or("envoy")),
        GatewayKind::Ingress => None,
    }
}

/// The host of a service that is served by HTTPS.
fn tls_host(service: &Service) -> Option<&str> {
    service.public.as_ref().filter(|public| public.tls).map(|public| public.host.as_str())
}

fn http(name: String, topology: &Topology, section: String, hostnames: Vec<String>, rule: Rule) -> HttpRoute {
    HttpRoute {
        api_version: API_VERSION,
        kind: "HTTPRoute",
        metadata: ObjectMeta { name: Some(name), ..ObjectMeta::default() },
        spec: HttpRouteSpec {
            parent_refs: vec![ParentReference { name: topology.name.to_string(), section_name: section }],
            hostnames,
            rules: vec![rule],
        },
    }
}

/// The listener of a service that is served by HTTPS.
fn listener(service: &Service) -> String {
    names::suffixed("https", service.name.as_str())
}

/// The Secret that cert-manager fills with a service's certificate; never the one with the variables.
fn certificate(topology: &Topology, service: &Service) -> String {
    let name = names::suffixed(service.name.as_str(), "tls");
    if name == topology.name.as_str() { names::suffixed(service.name.as_str(), "certificate") } else { name }
}

fn issued_by(issuer: &str) -> BTreeMap<String, String> {
    sorting::map([(ISSUER.to_owned(), issuer.to_owned())])
}
