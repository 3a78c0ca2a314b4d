//! The selection, which the diagram, the form, the text and the plan share.

use serde::{Deserialize, Serialize};

/// A part of the topology.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Selection {
    /// A service, by its name.
    Service(String),
    /// The server.
    Server,
    /// The cluster.
    Cluster,
    /// A node group of the cluster, by its name.
    Nodes(String),
    /// The requests that arrive.
    Traffic,
    /// The internet.
    Internet,
}

impl Selection {
    /// Returns the part that a path such as `services.api.replicas` belongs to; `group` returns the name of a node
    /// group by its index.
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

    /// Returns the path of the part in the document; `group` returns the index of a node group by its name. `None` if
    /// the part is not a field.
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

    /// Its label, such as `api` or `cluster`.
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
