//! The cluster's own pods: DNS, proxy, network, disks and metrics, by cloud.

use super::{Cluster, NodeGroup, Reserve, Service};
use crate::quantity::{Cpu, Memory};
use serde::{Deserialize, Serialize};

/// Pods of the cluster itself, and what they request together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SystemPods {
    /// How many.
    pub pods: u32,
    /// The processor time that they request.
    #[serde(rename = "cpu_millis")]
    pub cpu: Cpu,
    /// The memory that they request.
    #[serde(rename = "memory_bytes")]
    pub memory: Memory,
}

/// What a document says of the system pods of a node, each part by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct GivenSystem {
    /// How many.
    pub pods: Option<u32>,
    /// The processor time that they request.
    pub cpu: Option<Cpu>,
    /// The memory that they request.
    pub memory: Option<Memory>,
}

/// What a cluster's own pods depend on.
#[derive(Clone, Copy)]
struct Uses {
    /// Whether a service keeps data on a disk.
    disks: bool,
    /// Whether a service is autoscaled.
    metrics: bool,
}

/// Counts the cluster's own pods where the document asks for it: for groups that name a type or say what they take, and on EKS,
/// where they take a large part of the few pods of a node.
pub(super) fn count(cluster: &mut Cluster, services: &[Service]) {
    let uses = Uses {
        disks: services.iter().any(Service::is_stateful),
        metrics: services.iter().any(|service| service.replicas.peak() > service.replicas.steady()),
    };
    let is_counted =
        |group: &NodeGroup| group.given_system.is_some() || group.instance.is_some() || group.reserve == Reserve::Eks;
    // Who says what a node carries has counted Deployments too, where they run.
    let is_given = cluster.nodes.iter().any(|group| group.given_system.is_some());
    let first = cluster.nodes.iter().find(|group| is_counted(group)).filter(|_| !is_given);
    cluster.system = first.map_or_else(Vec::new, |group| deployments(group.reserve, uses));
    for group in cluster.nodes.iter_mut().filter(|group| is_counted(group)) {
        let usual = on_each_node(group.reserve, uses);
        let given = group.given_system.unwrap_or_default();
        group.system = SystemPods {
            pods: given.pods.unwrap_or(usual.pods),
            cpu: given.cpu.unwrap_or(usual.cpu),
            memory: given.memory.unwrap_or(usual.memory),
        };
    }
}

/// The pods of `DaemonSets`.
///
/// - EKS: aws-node (50m) and kube-proxy (100m); with disks ebs-csi-node, three containers of 10m and 40Mi:
///   `charts/` of <https://github.com/aws/amazon-vpc-cni-k8s> and <https://github.com/kubernetes-sigs/aws-ebs-csi-driver>.
/// - GKE: fluentbit-gke, gke-metadata-server, gke-metrics-agent, netd and pdcsi-node (219m, 450Mi), and kube-proxy (100m); AKS:
///   cloud-node-manager, csi-azuredisk-node, csi-azurefile-node and kube-proxy (210m, 170Mi): read from clusters in
///   `deployer/commands/generate/resource_allocation/daemonset_requests.yaml` of
///   <https://github.com/2i2c-org/infrastructure>, less their own two `DaemonSets`.
/// - DOKS: cilium, kube-proxy, do-node-agent, csi-do-node, konnectivity-agent and cpc-bridge-proxy, which its reservation covers:
///   <https://docs.digitalocean.com/products/kubernetes/details/limits/#allocatable-memory>.
/// - A cluster of one's own: kube-proxy, and flannel (100m, 50Mi):
///   `Documentation/kube-flannel.yml` of <https://github.com/flannel-io/flannel>.
fn on_each_node(reserve: Reserve, uses: Uses) -> SystemPods {
    match reserve {
        Reserve::Eks if uses.disks => SystemPods::of(3, 180, 120),
        Reserve::Eks => SystemPods::of(2, 150, 0),
        Reserve::Gke => SystemPods::of(6, 319, 450),
        Reserve::Aks => SystemPods::of(4, 210, 170),
        Reserve::Doks => SystemPods::of(6, 0, 0),
        Reserve::Kubelet => SystemPods::of(2, 100, 50),
    }
}

/// The pods of Deployments, each for itself.
///
/// - `CoreDNS`, twice 100m and 70Mi: `cmd/kubeadm/app/phases/addons/dns/manifests.go` of
///   <https://github.com/kubernetes/kubernetes>, `pkg/addons/default/assets/` of <https://github.com/eksctl-io/eksctl>,
///   <https://github.com/Azure/AKS/issues/5251>; on AKS also its autoscaler (20m, 10Mi).
/// - GKE: twice kube-dns (260m, 110Mi) and konnectivity-agent (15m, 60Mi), and the autoscaler of DNS (20m, 10Mi):
///   <https://github.com/cryptnono/cryptnono/issues/34>.
/// - EKS with disks: twice ebs-csi-controller, six containers of 10m and 40Mi.
/// - An autoscaler needs metrics-server (100m, 200Mi) where the cloud has none:
///   `manifests/base/deployment.yaml` of <https://github.com/kubernetes-sigs/metrics-server>.
fn deployments(reserve: Reserve, uses: Uses) -> Vec<SystemPods> {
    let twice = |millis, mib| [SystemPods::of(1, millis, mib); 2];
    let mut pods = Vec::new();
    match reserve {
        Reserve::Gke => {
            pods.extend(twice(260, 110));
            pods.extend(twice(15, 60));
            pods.push(SystemPods::of(1, 20, 10));
        }
        Reserve::Doks => pods.extend(twice(0, 0)),
        Reserve::Eks | Reserve::Aks | Reserve::Kubelet => pods.extend(twice(100, 70)),
    }
    match reserve {
        Reserve::Aks => pods.push(SystemPods::of(1, 20, 10)),
        Reserve::Eks if uses.disks => pods.extend(twice(60, 240)),
        _ => {}
    }
    if uses.metrics && matches!(reserve, Reserve::Eks | Reserve::Kubelet) {
        pods.push(SystemPods::of(1, 100, 200));
    }
    pods
}

impl SystemPods {
    const fn of(pods: u32, millis: u64, mib: u64) -> Self {
        Self { pods, cpu: Cpu::from_millis(millis), memory: Memory::from_mib(mib) }
    }

    /// All of these together.
    pub fn sum(pods: &[Self]) -> Self {
        pods.iter().fold(Self::default(), |sum, one| Self {
            pods: sum.pods.saturating_add(one.pods),
            cpu: sum.cpu + one.cpu,
            memory: sum.memory + one.memory,
        })
    }
}
