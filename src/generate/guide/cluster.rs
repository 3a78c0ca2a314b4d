//! What to run on a cluster.

use super::checks::decisions;
use super::{CLUSTER, Guide, by_hand, hosts, public, secrets_file};
use crate::generate::kubernetes::{overlay_folder, steps_jobs, workload};
use crate::generate::quoted_list;
use crate::topology::{Build, Cluster, GatewayKind, Replicas, Service, Topology};

const NETWORK_POLICIES: &str =
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites";
const METRICS: &str =
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis";
const GATEWAY_API: &str = "https://gateway-api.sigs.k8s.io/guides/";
const CERT_MANAGER: &str = "https://cert-manager.io/docs/";

/// The part of the guide that is about Kubernetes.
pub(super) fn guide(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    guide.heading(2, CLUSTER);
    guide.paragraph(&format!(
        "The cluster's network plugin has to enforce NetworkPolicies: without, nothing is denied \
         (<{NETWORK_POLICIES}>)."
    ));
    if topology.environments.is_empty() {
        release(guide, topology, cluster, &Files { folder: "k8s".to_owned(), secrets: ".env".to_owned() });
    } else {
        guide.paragraph(
            "What the environments share is in `k8s/base`, which is not applied by itself: each is applied from a \
             folder of its own, which changes the base and puts all of it into the environment's namespace. To see \
             what that would change in the cluster, run `kubectl diff --kustomize` with the folder.",
        );
    }
    for environment in &topology.environments {
        if let Some(cluster) = &environment.topology.cluster {
            guide.heading(3, &format!("The environment `{}`", environment.name));
            let files = Files { folder: overlay_folder(environment), secrets: secrets_file(environment) };
            release(guide, &environment.topology, cluster, &files);
        }
    }
    guide.paragraph("Tools that check manifests ask for more than these do, which is meant:");
    guide.points(&decisions(topology));
}

/// What is applied.
struct Files {
    /// The folder of the kustomization.
    folder: String,
    /// The file with the secrets.
    secrets: String,
}

/// How all of a topology comes to run.
fn release(guide: &mut Guide, topology: &Topology, cluster: &Cluster, files: &Files) {
    let (namespace, Files { folder, secrets }) = (&cluster.namespace, files);
    if topology.running().any(|(_, service)| matches!(service.replicas, Replicas::Autoscaled { .. })) {
        guide.paragraph(&format!(
            "The cluster needs the metrics server, by which autoscalers learn of the load (<{METRICS}>)."
        ));
    }
    gateway(guide, topology, cluster);
    for build in &topology.builds {
        image(guide, build);
    }
    let mut first = Vec::new();
    if namespace.as_str() != "default" {
        first.push(format!("kubectl apply --filename {folder}/namespace.yaml"));
    }
    if !topology.secret_keys().is_empty() {
        let name = &topology.name;
        first.push(format!("kubectl create secret generic {name} --namespace {namespace} --from-env-file={secrets}"));
    }
    first.push(format!("kubectl apply --kustomize {folder}"));
    guide.paragraph("What the pods do not start without comes first:");
    guide.commands(first);
    let jobs = steps_jobs(topology, cluster);
    if !jobs.is_empty() {
        guide.paragraph(
            "The steps before the start run once, in Jobs. New pods wait for them; as long as they fail, the old pods \
             go on serving:",
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
            "Jobs of older releases stay, since pods that start later look for theirs. When you will not go back to \
             those releases, clear them away:",
        );
        guide.commands(jobs.iter().map(|job| {
            format!(
                "kubectl delete job,role,rolebinding --namespace {namespace} --selector {} --field-selector metadata.name!={}",
                job.selector, job.name
            )
        }));
    }
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
            "Its name says no registry, so Docker Hub would be asked for it: an `image: REGISTRY/{}` of the service \
             gives it one.",
            build.image
        ));
    }
    let target = build.stack.target().map_or_else(String::new, |target| format!("--target {target} "));
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
    let all = hosts(topology, |_| true);
    if all.is_empty() {
        return;
    }
    let class = cluster.gateway.class.as_deref();
    guide.paragraph(&match cluster.gateway.kind {
        GatewayKind::GatewayApi => format!(
            "The cluster needs the Gateway API and a controller for the GatewayClass `{}` (<{GATEWAY_API}>).",
            class.unwrap_or_default()
        ),
        GatewayKind::Ingress => ingress_controller(class),
    });
    if !hosts(topology, |public| public.tls).is_empty() {
        guide.paragraph(&format!(
            "It needs cert-manager with a ClusterIssuer `{}` for certificates (<{CERT_MANAGER}>).",
            cluster.gateway.issuer
        ));
    }
    guide.paragraph(&point_at_the_gateway(&all));
}

/// Names the controller that has to be there: that of a class, or the default one of the cluster.
fn ingress_controller(class: Option<&str>) -> String {
    match class {
        Some(class) => format!("The cluster needs a controller for the IngressClass `{class}`."),
        None => "The cluster needs an Ingress controller that is its default.".to_owned(),
    }
}

/// Asks for DNS records that point at the gateway.
fn point_at_the_gateway(hosts: &[&str]) -> String {
    let names = if hosts.len() == 1 { "name" } else { "names" };
    format!("Let the DNS {names} {} point at the gateway's address.", quoted_list(hosts))
}
