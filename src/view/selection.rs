//! What the person has in hand: the same in the picture, the form, the text and the plan.

use serde::{Deserialize, Serialize};

/// A part of the topology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// A service, by its name.
    Service(String),
    /// The machine that Compose runs on.
    Server,
    /// The cluster.
    Cluster,
    /// A group of the cluster's machines, by its name.
    Nodes(String),
    /// The requests that arrive.
    Traffic,
    /// The way in from the internet.
    Internet,
}

impl Selection {
    /// What the document's path of a field is about, such as `services.api.replicas`; `group` names the cluster's groups of
    /// machines by their place in the list.
    pub fn of_field(path: &str, group: impl Fn(usize) -> Option<String>) -> Option<Self> {
        let mut steps = path.split('.');
        match (steps.next()?, steps.next(), steps.next()) {
            ("services", Some(name), _) => Some(Self::Service(name.to_owned())),
            ("server", ..) => Some(Self::Server),
            ("cluster", Some("nodes"), Some(index)) => {
                Some(index.parse().ok().and_then(group).map_or(Self::Cluster, Self::Nodes))
            }
            ("cluster", ..) => Some(Self::Cluster),
            ("traffic", ..) => Some(Self::Traffic),
            _ => None,
        }
    }

    /// The document's path of it; `group` as above, the other way round. None for what is no field of its own.
    pub fn field(&self, group: impl Fn(&str) -> Option<usize>) -> Option<String> {
        match self {
            Self::Service(name) => Some(format!("services.{name}")),
            Self::Server => Some("server".to_owned()),
            Self::Cluster => Some("cluster".to_owned()),
            Self::Nodes(name) => Some(format!("cluster.nodes.{}", group(name)?)),
            Self::Traffic => Some("traffic".to_owned()),
            Self::Internet => None,
        }
    }

    /// The service, if it is one.
    pub fn service(&self) -> Option<&str> {
        match self {
            Self::Service(name) => Some(name),
            _ => None,
        }
    }

    /// What a person calls it, such as `api` or `cluster`.
    pub fn label(&self) -> &str {
        match self {
            Self::Service(name) | Self::Nodes(name) => name,
            Self::Server => "server",
            Self::Cluster => "cluster",
            Self::Traffic => "traffic",
            Self::Internet => "internet",
        }
    }
}
