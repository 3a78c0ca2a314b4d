//! What a namespace may take in all: what these files start at the busiest time, and no more.

use super::object::Noted;
use crate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::model::field_path;
use crate::quantity::{Cpu, Memory};
use crate::sorting;
use crate::topology::{Cluster, GatewayKind, Service, Storage, Topology};
use k8s_openapi::api::core::v1::{LimitRange, LimitRangeItem, LimitRangeSpec, ResourceQuota, ResourceQuotaSpec};
use k8s_openapi::apimachinery::pkg::api::resource::Quantity;
use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

const LINK: &str = "https://kubernetes.io/docs/concepts/policy/resource-quotas/";
const LIMITS: &str = "https://kubernetes.io/docs/concepts/policy/limit-range/";
/// What cert-manager's pod asks for that proves who owns a host; of memory that is also its limit
/// (<https://cert-manager.io/docs/cli/controller/>).
const SOLVER_CPU: Cpu = Cpu::from_millis(10);
const SOLVER_MEMORY: Memory = Memory::from_mib(64);
/// What a container gets that comes from elsewhere and asks for nothing.
const STRANGER_CPU: Cpu = Cpu::from_millis(100);
const STRANGER_MEMORY: Memory = Memory::from_mib(128);

/// What is taken in all.
#[derive(Clone, Copy, Default)]
struct Sum {
    pods: u64,
    cpu: Cpu,
    memory: Memory,
    claims: u64,
    storage: Memory,
}

/// The ResourceQuota, if one is asked for and anything runs.
pub(super) fn quota(topology: &Topology, cluster: &Cluster) -> Option<Noted<ResourceQuota>> {
    let sum = cluster.quota.then(|| Sum::of(topology)).filter(|sum| sum.pods > 0)?;
    let mut notes = Notes::new(
        Origin::new(
            field_path!("cluster.quota"),
            "The most that these files start at once: every replica that there can be, in a rollout twice, the Jobs \
             and cert-manager's pods; what would be more is refused",
        )
        .link(LINK),
    );
    if cluster.gateway.kind == GatewayKind::GatewayApi && topology.services.iter().any(|one| one.public.is_some()) {
        notes.at(
            path!["spec", "hard", "pods"],
            Origin::new(
                field_path!("cluster.quota"),
                "If your gateway's own pods run in this namespace, add what they take",
            )
            .link(LINK),
        );
    }
    let hard = sorting::map([
        ("pods".to_owned(), Quantity(sum.pods.to_string())),
        ("requests.cpu".to_owned(), Quantity(sum.cpu.kubernetes())),
        ("requests.memory".to_owned(), Quantity(sum.memory.kubernetes())),
        ("limits.memory".to_owned(), Quantity(sum.memory.kubernetes())),
        ("persistentvolumeclaims".to_owned(), Quantity(sum.claims.to_string())),
        ("requests.storage".to_owned(), Quantity(sum.storage.kubernetes())),
    ]);
    let spec = ResourceQuotaSpec { hard: Some(hard), ..ResourceQuotaSpec::default() };
    Some(Noted::new(ResourceQuota { metadata: metadata(topology), spec: Some(spec), status: None }, notes))
}

/// The LimitRange beside the quota, which refuses what asks for nothing.
pub(super) fn limit_range(topology: &Topology, cluster: &Cluster) -> Option<Noted<LimitRange>> {
    quota(topology, cluster)?;
    let memory = || ("memory".to_owned(), Quantity(STRANGER_MEMORY.kubernetes()));
    let cpu = ("cpu".to_owned(), Quantity(STRANGER_CPU.kubernetes()));
    let item = LimitRangeItem {
        type_: "Container".to_owned(),
        default: Some(sorting::map([memory()])),
        default_request: Some(sorting::map([cpu, memory()])),
        ..LimitRangeItem::default()
    };
    let range = LimitRange { metadata: metadata(topology), spec: Some(LimitRangeSpec { limits: vec![item] }) };
    Some(Noted::new(
        range,
        Notes::new(
            Origin::new(
                field_path!("cluster.quota"),
                "What comes here from elsewhere and asks for nothing gets this; without it, the quota would refuse it",
            )
            .link(LIMITS),
        ),
    ))
}

fn metadata(topology: &Topology) -> ObjectMeta {
    ObjectMeta { name: Some(topology.name.to_string()), ..ObjectMeta::default() }
}

impl Sum {
    fn of(topology: &Topology) -> Self {
        let encrypted = topology.services.iter().filter(|one| one.public.as_ref().is_some_and(|public| public.tls));
        let solvers = Self::default().with(encrypted.count() as u64, SOLVER_CPU, SOLVER_MEMORY);
        topology.running().fold(solvers, |sum, (_, service)| sum.with_service(service))
    }

    fn with_service(self, service: &Service) -> Self {
        let pods = u64::from(service.most_pods()) + u64::from(service.waits_for_job());
        let sum = self.with(pods, service.pod_cpu(), service.pod_memory());
        let Some(Storage { size, .. }) = &service.storage else { return sum };
        let disks = u64::from(service.replicas.peak());
        Self { claims: sum.claims + disks, storage: sum.storage + size.saturating_mul(disks), ..sum }
    }

    fn with(self, pods: u64, cpu: Cpu, memory: Memory) -> Self {
        Self {
            pods: self.pods + pods,
            cpu: self.cpu + cpu.saturating_mul(pods),
            memory: self.memory + memory.saturating_mul(pods),
            ..self
        }
    }
}
