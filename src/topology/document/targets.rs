//! Where it runs, and what arrives, as written.

use crate::model::{Duration, Price, Rate};
use crate::quantity::{Cpu, Memory};
use crate::yaml::Field;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// One machine with Docker Compose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Server {
    /// Its processors. Default: 2.
    pub cpu: Field<Cpu>,
    /// Its memory. Default: 4Gi.
    pub memory: Field<Memory>,
    /// What the operating system, Docker and whatever else runs there keep for themselves. Default: 512Mi.
    pub system: Field<Memory>,
    /// The reverse proxy that stands before what is public. Default: `caddy`.
    pub proxy: Field<ProxyKind>,
}

/// A reverse proxy that fetches and renews certificates by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum ProxyKind {
    /// Caddy, with a Caddyfile.
    Caddy,
    /// Traefik.
    Traefik,
}

/// A Kubernetes cluster.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Cluster {
    /// Groups of equal machines. Default: three of 2 processors and 4Gi.
    pub nodes: Field<Vec<Field<Nodes>>>,
    /// What it must survive: while a `node` or a whole `zone` is lost, all pods that always run have a place on the
    /// others. Default: `node`.
    pub survive: Field<Survive>,
    /// What leads requests from outside to a service. Default: `gateway-api`.
    pub gateway: Field<GatewayKind>,
    /// The class of the gateway or ingress. Default: `envoy` for a gateway; the cluster's own for an ingress.
    pub class: Field<String>,
    /// The cert-manager ClusterIssuer that issues certificates. Default: `letsencrypt`.
    pub issuer: Field<String>,
    /// The namespace. Default: the document's name.
    pub namespace: Field<String>,
    /// Whether the namespace gets a quota, worked out from what all this takes at its peak. Default: false.
    pub quota: Field<bool>,
}

/// A group of equal machines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Nodes {
    /// Its name; the machines are NAME-1, NAME-2 and so on. Default: `node`.
    pub name: Field<String>,
    /// How many, 0 to 5000. Default: 1.
    pub count: Field<u32>,
    /// The processors of one. Default: 2.
    pub cpu: Field<Cpu>,
    /// The memory of one. Default: 4Gi.
    pub memory: Field<Memory>,
    /// Whose rule says what the machine keeps for itself. Default: `kubelet`.
    pub reserve: Field<Reserve>,
    /// How many a cluster autoscaler may make of them, `count` to 5000. Default: `count`, so that it adds none.
    pub max: Field<u32>,
    /// How long it takes until a machine that it adds is ready, such as `90s`, at most `1h`. Default: 2m.
    pub startup: Field<Duration>,
    /// Over how many zones they are spread, one after the other, 1 to 10. Default: 1; 3 where the cluster must survive the
    /// loss of a zone.
    pub zones: Field<u32>,
}

/// What a cluster must survive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Survive {
    /// The loss of any one node.
    Node,
    /// The loss of any one zone.
    Zone,
    /// No loss.
    Nothing,
}

/// A machine that one can buy.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Machine {
    /// What it is called where it is sold. Default: what it has.
    pub name: Field<String>,
    /// Its processors. Default: 2.
    pub cpu: Field<Cpu>,
    /// Its memory. Default: 4Gi.
    pub memory: Field<Memory>,
    /// What it costs a month, in any currency that is the same for all. Default: not known; then machines are compared by
    /// size.
    pub price: Field<Price>,
}

/// Whose rule says what a node keeps for itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Reserve {
    /// The kubelet's defaults: nothing but the eviction threshold.
    Kubelet,
    /// Google Kubernetes Engine.
    Gke,
    /// Amazon Elastic Kubernetes Service.
    Eks,
    /// Azure Kubernetes Service.
    Aks,
}

/// What leads requests from outside to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum GatewayKind {
    /// The Gateway API: Gateway and HTTPRoute.
    GatewayApi,
    /// An Ingress.
    Ingress,
}

/// The requests that arrive at the public services (or, where none is public, at the web apps).
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Traffic {
    /// Requests in usual times, such as `40/s`.
    pub rate: Field<Rate>,
    /// Requests at the busiest time. Default: the usual rate.
    pub peak: Field<Rate>,
    /// How long one request takes, such as `80ms`. Default: 100ms.
    pub latency: Field<Duration>,
    /// How the rate goes over time: `steady`, `daily`, `step` or `spike`, from `rate` to `peak`; with rates and times of
    /// its own, `spike 40/s 200/s 60s 5m`; or points, `[0s 40/s, 60s 200/s]`. Default: a `spike` of five minutes.
    pub curve: Field<WrittenCurve>,
}

/// A curve as written: a line of text, or a list of points, here with commas between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenCurve(pub String);

impl<'de> Deserialize<'de> for WrittenCurve {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CurveVisitor;

        impl<'de> Visitor<'de> for CurveVisitor {
            type Value = WrittenCurve;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a curve, such as `daily`, or a list of points, such as `[0s 40/s, 60s 200/s]`")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<WrittenCurve, E> {
                Ok(WrittenCurve(text.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut points: A) -> Result<WrittenCurve, A::Error> {
                let mut texts: Vec<String> = Vec::new();
                while let Some(point) = points.next_element()? {
                    texts.push(point);
                }
                Ok(WrittenCurve(texts.join(", ")))
            }
        }

        deserializer.deserialize_any(CurveVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for WrittenCurve {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Curve".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [
            { "type": "string", "examples": ["steady", "daily", "step", "spike"] },
            { "type": "array", "items": { "type": "string" } },
        ] })
    }
}
