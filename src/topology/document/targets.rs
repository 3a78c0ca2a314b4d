//! Where it runs, and what arrives, as written.

#[cfg(feature = "schema")]
use super::in_schema;
use crate::model::{Duration, Price, Rate};
use crate::quantity::{Cpu, Memory};
#[cfg(feature = "schema")]
use crate::topology::defaults;
use crate::yaml::Field;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// One machine with Docker Compose.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Server {
    /// The cloud's name of the machine, such as `cx23` or `t3.small`: it says `cpu` and `memory` where they are not written.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = in_schema::instance_types())))]
    pub instance: Field<String>,
    /// Its processors.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::cpu(defaults::MACHINE_CPU))))]
    pub cpu: Field<Cpu>,
    /// Its memory.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::memory(defaults::MACHINE_MEMORY))))]
    pub memory: Field<Memory>,
    /// Memory for the operating system, Docker and everything else that runs there.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::memory(defaults::SERVER_SYSTEM))))]
    pub system: Field<Memory>,
    /// The reverse proxy in front of the public services.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::PROXY)))]
    pub proxy: Field<ProxyKind>,
}

/// A reverse proxy that fetches and renews certificates by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
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
    /// The loss that the cluster must survive: while a `node` or a whole `zone` is down, all pods that always run fit
    /// on the others.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::SURVIVE)))]
    pub survive: Field<Survive>,
    /// How requests from outside reach a service.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::GATEWAY)))]
    pub gateway: Field<GatewayKind>,
    /// The class of the gateway or ingress. Default: `envoy` for a gateway; the cluster's own for an ingress.
    pub class: Field<String>,
    /// The cert-manager ClusterIssuer that issues certificates.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::ISSUER)))]
    pub issuer: Field<String>,
    /// The namespace. Default: the document's name.
    pub namespace: Field<String>,
    /// Whether the namespace gets a quota, computed from what the services need at their peak.
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub quota: Field<bool>,
}

/// A group of equal machines.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Nodes {
    /// Its name; the machines are NAME-1, NAME-2 and so on.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::NODE_NAME)))]
    pub name: Field<String>,
    /// How many, 0 to 5000.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::NODE_GROUP_COUNT)))]
    pub count: Field<u32>,
    /// The cloud's name of the machine, such as `t3.small`, `e2-standard-4` or `Standard_D4s_v5`: it says `cpu`, `memory`,
    /// `pods` and `reserve` where they are not written.
    #[serde(rename = "type")]
    #[cfg_attr(feature = "schema", schemars(extend("examples" = in_schema::instance_types())))]
    pub instance: Field<String>,
    /// The processors of one.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::cpu(defaults::MACHINE_CPU))))]
    pub cpu: Field<Cpu>,
    /// The memory of one.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::memory(defaults::MACHINE_MEMORY))))]
    pub memory: Field<Memory>,
    /// How many pods one takes, those of the system included, 1 to 1000. Default: by the `type` or the rule of `reserve`;
    /// on EKS as many as the network interfaces of the most similar type allow.
    pub pods: Field<u32>,
    /// What the cluster's own pods (DNS, proxy, network, disks, metrics) take of each machine. Default: what those of the
    /// cloud request, where the group names a `type`, and on EKS; else nothing.
    pub system: Field<System>,
    /// The rule by which the machine reserves memory and CPU for itself; that of the cloud that sells the `type`, if there is
    /// one.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::RESERVE)))]
    pub reserve: Field<Reserve>,
    /// How many a cluster autoscaler may make of them, `count` to 5000. Default: `count`, so that it adds none.
    pub max: Field<u32>,
    /// How long an added machine takes until it is ready, such as `90s`, at most `1h`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::duration(defaults::NODE_STARTUP))))]
    pub startup: Field<Duration>,
    /// The number of zones over which the machines are spread in turn, 1 to 10; three unless given, where the cluster
    /// must survive the loss of a zone.
    #[cfg_attr(feature = "schema", schemars(extend("default" = 1)))]
    pub zones: Field<u32>,
}

/// What the cluster's own pods take of one machine. What is left out is that of the cloud's.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct System {
    /// How many pods, 0 to 1000.
    pub pods: Field<u32>,
    /// The processor time that they request together.
    pub cpu: Field<Cpu>,
    /// The memory that they request together.
    pub memory: Field<Memory>,
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
    /// Its processors.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::cpu(defaults::MACHINE_CPU))))]
    pub cpu: Field<Cpu>,
    /// Its memory.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::memory(defaults::MACHINE_MEMORY))))]
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
    /// DigitalOcean Kubernetes.
    Doks,
}

/// What leads requests from outside to a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
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
    /// How long one request takes, such as `80ms`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::duration(defaults::LATENCY))))]
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
