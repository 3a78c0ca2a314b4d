//! What to run on a cluster, with kubectl.

use super::{Guide, by_hand, hosts, public};
use crate::generate::kubernetes::workload;
use crate::topology::{Cluster, GatewayKind, Topology};

/// The steps on a cluster.
pub fn on_cluster(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    let namespace = &cluster.namespace;
    guide.heading(2, "On Kubernetes");
    gateway(guide, topology, cluster);
    for build in &topology.builds {
        let file = if build.context == "." {
            build.dockerfile.clone()
        } else {
            format!("{}/{}", build.context, build.dockerfile)
        };
        guide.paragraph(&format!("Build `{}`, and push it where the cluster can pull it:", build.image));
        if !build.image.contains('/') {
            guide.paragraph(&format!(
                "Its name says no registry, so Docker Hub would be asked for it: `image: REGISTRY/{}` beside `python` or \
                 `celery` gives it one.",
                build.image
            ));
        }
        guide.commands([
            format!("docker build --tag {} --file {file} {}", build.image, build.context),
            format!("docker push {}", build.image),
        ]);
    }
    let mut first = Vec::new();
    if namespace.as_str() != "default" {
        first.push("kubectl apply --filename k8s/namespace.yaml".to_owned());
    }
    if !topology.secret_keys().is_empty() {
        let name = &topology.name;
        first.push(format!("kubectl create secret generic {name} --namespace {namespace} --from-env-file=.env"));
    }
    first.push("kubectl apply --kustomize k8s".to_owned());
    guide.paragraph("What the pods do not start without comes first:");
    guide.commands(first);
    if topology.services.iter().any(|service| !service.is_stateful() && service.jobs().next().is_some()) {
        guide.paragraph("The steps before the start run once, in Jobs. Pods may start before these have ended:");
        guide.commands([format!(
            "kubectl wait --namespace {namespace} --for=condition=Complete job --all --timeout=10m"
        )]);
    }
    by_hand(guide, topology, |service| format!("kubectl exec --namespace {namespace} {} --", workload(service)));
    guide.paragraph("Wait until all replicas are ready, and look at what runs where:");
    let waits = topology.running().map(|(_, service)| {
        format!("kubectl rollout status --namespace {namespace} --timeout 10m {}", workload(service))
    });
    guide.commands(waits.chain([format!("kubectl get pods --namespace {namespace} --output wide")]));
    public(guide, topology);
}

fn gateway(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    if hosts(topology, |_| true).is_empty() {
        return;
    }
    let class = cluster.gateway.class.as_deref();
    guide.paragraph(&match (cluster.gateway.kind, class) {
        (GatewayKind::GatewayApi, class) => format!(
            "The cluster needs the Gateway API and a controller for the GatewayClass `{}` \
             (<https://gateway-api.sigs.k8s.io/guides/>).",
            class.unwrap_or_default(),
        ),
        (GatewayKind::Ingress, Some(class)) => {
            format!("The cluster needs a controller for the IngressClass `{class}`.")
        }
        (GatewayKind::Ingress, None) => "The cluster needs an Ingress controller that is its default.".to_owned(),
    });
    if !hosts(topology, |public| public.tls).is_empty() {
        guide.paragraph(&format!(
            "It needs cert-manager with a ClusterIssuer `{}` for certificates (<https://cert-manager.io/docs/>).",
            cluster.gateway.issuer,
        ));
    }
    let hosts = hosts(topology, |_| true).join(" and ");
    guide.paragraph(&format!("Let the DNS name {hosts} point at the gateway's address."));
}
