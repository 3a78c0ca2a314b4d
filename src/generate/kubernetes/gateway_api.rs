//! The part of the Gateway API (`gateway.networking.k8s.io/v1`) that routes need:
//! <https://gateway-api.sigs.k8s.io/reference/spec/>.

use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;
use serde::Serialize;

/// The group and version of all of its objects.
pub(super) const API_VERSION: &str = "gateway.networking.k8s.io/v1";

/// Where requests from outside come in.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Gateway {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub metadata: ObjectMeta,
    pub spec: GatewaySpec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct GatewaySpec {
    pub gateway_class_name: String,
    /// From 1 to 64, with different names.
    pub listeners: Vec<Listener>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Listener {
    pub name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hostname: Option<String>,
    pub port: u16,
    /// `HTTP` or `HTTPS`.
    pub protocol: &'static str,
    /// Given exactly if the protocol is `HTTPS`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tls: Option<Tls>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Tls {
    pub mode: &'static str,
    pub certificate_refs: Vec<SecretReference>,
}

/// A Secret of the same namespace.
#[derive(Serialize)]
pub(super) struct SecretReference {
    pub name: String,
}

/// What becomes of the requests for a host.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HttpRoute {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub metadata: ObjectMeta,
    pub spec: HttpRouteSpec,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct HttpRouteSpec {
    pub parent_refs: Vec<ParentReference>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hostnames: Vec<String>,
    pub rules: Vec<Rule>,
}

/// A listener of a Gateway of the same namespace.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ParentReference {
    pub name: String,
    pub section_name: String,
}

/// Requests go to a Service, or get an answer from the gateway itself.
#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(super) enum Rule {
    Forward { backend_refs: [BackendReference; 1] },
    Answer { filters: [Filter; 1] },
}

#[derive(Serialize)]
pub(super) struct BackendReference {
    pub name: String,
    pub port: u16,
}

#[derive(Serialize)]
#[serde(tag = "type")]
pub(super) enum Filter {
    #[serde(rename_all = "camelCase")]
    RequestRedirect { request_redirect: Redirect },
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Redirect {
    pub scheme: &'static str,
    pub status_code: u16,
}
