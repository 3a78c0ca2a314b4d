//! What to run on a cluster.

use super::checks::decisions;
use super::{Guide, by_hand, hosts, public};
use crate::generate::kubernetes::{steps_jobs, workload};
use crate::topology::{Build, Cluster, GatewayKind, Replicas, Service, Stack, Topology};

/// The part of the guide that is about Kubernetes.
pub(super) fn guide(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    let namespace = &cluster.namespace;
    guide.heading(2, "On Kubernetes");
    gateway(guide, topology, cluster);
    guide.paragraph(
        "The cluster's network plugin has to enforce NetworkPolicies: without, nothing is denied \
         (<https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites>).",
    );
    if topology.running().any(|(_, service)| matches!(service.replicas, Replicas::Autoscaled { .. })) {
        guide.paragraph(
            "The cluster needs the metrics server, by which autoscalers learn of the load \
             (<https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis>).",
        );
    }
    for build in &topology.builds {
        image(guide, build);
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
    let jobs = steps_jobs(topology, cluster);
    if !jobs.is_empty() {
        guide.paragraph(
            "The steps before the start run once, in Jobs. New pods wait for them; as long as they fail, the old pods go \
             on serving:",
        );
        guide.commands(jobs.iter().flat_map(|job| {
            let job = &job.name;
            [
                format!("kubectl wait --namespace {namespace} --for=condition=Complete --timeout=15m job/{job}"),
                format!("kubectl logs --namespace {namespace} --all-containers job/{job}"),
            ]
        }));
        guide.paragraph("Once a Job has failed for good, delete it and apply everything anew, and it is tried again.");
    }
    // Into what runs now and then, nothing reaches.
    let reach = |service: &Service| match service.schedule {
        None => format!("kubectl exec --namespace {namespace} {} --", workload(service)),
        Some(_) => String::new(),
    };
    by_hand(guide, topology, reach);
    running(guide, topology, cluster);
    public(guide, topology);
    if !jobs.is_empty() {
        guide.paragraph(
            "Jobs of older releases stay, since pods that start later look for theirs. When you will not go back to those \
             releases, clear them away:",
        );
        guide.commands(jobs.iter().map(|job| {
            format!(
                "kubectl delete job,role,rolebinding --namespace {namespace} --selector {} --field-selector metadata.name!={}",
                job.selector, job.name
            )
        }));
    }
    guide.paragraph("Tools that check manifests ask for more than these do, which is meant:");
    guide.points(&decisions(topology));
}

/// How one image comes to be where the cluster finds it.
fn image(guide: &mut Guide, build: &Build) {
    let file = match build.context.as_str() {
        "." => build.dockerfile.clone(),
        context => format!("{context}/{}", build.dockerfile),
    };
    guide.paragraph(&format!("Build `{}`, and push it where the cluster can pull it:", build.image));
    if !build.image.contains('/') {
        guide.paragraph(&format!(
            "Its name says no registry, so Docker Hub would be asked for it: an `image: REGISTRY/{}` of the service gives \
             it one.",
            build.image
        ));
    }
    let target = match &build.stack {
        Stack::Dockerfile { target: Some(target) } => format!("--target {target} "),
        _ => String::new(),
    };
    guide.commands([
        format!("docker build --tag {} {target}--file {file} {}", build.image, build.context),
        format!("docker push {}", build.image),
    ]);
}

/// What is to be seen of what runs.
fn running(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    let namespace = &cluster.namespace;
    let (scheduled, lasting): (Vec<&Service>, Vec<&Service>) =
        topology.running().map(|(_, service)| service).partition(|service| service.schedule.is_some());
    guide.paragraph("Wait until all replicas are ready, and look at what runs where:");
    let waits = lasting
        .iter()
        .map(|service| format!("kubectl rollout status --namespace {namespace} --timeout 10m {}", workload(service)));
    guide.commands(waits.chain([format!("kubectl get pods --namespace {namespace} --output wide")]));
    if !scheduled.is_empty() {
        guide.paragraph("What runs now and then can be tried at once, under a name that you choose:");
        guide.commands(scheduled.iter().map(|service| {
            let workload = workload(service);
            let name = workload.trim_start_matches("cronjob/");
            format!("kubectl create job --namespace {namespace} --from {workload} {name}-now")
        }));
    }
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
