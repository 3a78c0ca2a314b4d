//! What to run on a cluster.

use super::checks::decisions;
use super::{Guide, by_hand, hosts, public, secrets_file};
use crate::generate::kubernetes::{overlay_folder, steps_jobs, workload};
use crate::topology::{Build, Cluster, GatewayKind, Replicas, Service, Topology};
use crate::words::files::guide::{CLUSTER, cluster as words};

const NETWORK_POLICIES: &str =
    "https://kubernetes.io/docs/concepts/services-networking/network-policies/#prerequisites";
const METRICS: &str =
    "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#support-for-metrics-apis";
const GATEWAY_API: &str = "https://gateway-api.sigs.k8s.io/guides/";
const CERT_MANAGER: &str = "https://cert-manager.io/docs/";

/// The part of the guide that is about Kubernetes.
pub(super) fn guide(guide: &mut Guide, topology: &Topology, cluster: &Cluster) {
    guide.heading(2, CLUSTER);
    guide.paragraph(&words::network_policies_are_enforced(NETWORK_POLICIES));
    if topology.environments.is_empty() {
        release(guide, topology, cluster, &Files { folder: "k8s".to_owned(), secrets: ".env".to_owned() });
    } else {
        guide.paragraph(words::BASE_AND_ENVIRONMENTS);
    }
    for environment in &topology.environments {
        if let Some(cluster) = &environment.topology.cluster {
            guide.heading(3, &words::environment(environment.name.as_str()));
            let files = Files { folder: overlay_folder(environment), secrets: secrets_file(environment) };
            release(guide, &environment.topology, cluster, &files);
        }
    }
    guide.paragraph(words::CHECKS_ASK_FOR_MORE);
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
        guide.paragraph(&words::metrics_server(METRICS));
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
    guide.paragraph(words::BEFORE_THE_PODS);
    guide.commands(first);
    let jobs = steps_jobs(topology, cluster);
    if !jobs.is_empty() {
        guide.paragraph(words::STEPS_RUN_ONCE_IN_JOBS);
        guide.commands(jobs.iter().flat_map(|job| {
            let job = &job.name;
            [
                format!("kubectl wait --namespace {namespace} --for=condition=Complete --timeout=15m job/{job}"),
                format!("kubectl logs --namespace {namespace} --all-containers job/{job}"),
            ]
        }));
        guide.paragraph(words::FAILED_JOB_IS_TRIED_AGAIN);
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
        guide.paragraph(words::JOBS_OF_OLDER_RELEASES_STAY);
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
    guide.paragraph(&words::build_and_push(&build.image));
    if !build.image.contains('/') {
        guide.paragraph(&words::no_registry(&build.image));
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
    guide.paragraph(words::READY_AND_WHERE);
    let waits = lasting
        .iter()
        .map(|service| format!("kubectl rollout status --namespace {namespace} --timeout 10m {}", workload(service)));
    guide.commands(waits.chain([format!("kubectl get pods --namespace {namespace} --output wide")]));
    if !scheduled.is_empty() {
        guide.paragraph(words::TRIED_AT_ONCE);
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
        GatewayKind::GatewayApi => words::gateway_api(class.unwrap_or_default(), GATEWAY_API),
        GatewayKind::Ingress => words::ingress_controller(class),
    });
    if !hosts(topology, |public| public.tls).is_empty() {
        guide.paragraph(&words::cert_manager(&cluster.gateway.issuer, CERT_MANAGER));
    }
    guide.paragraph(&words::names_lead_to_the_gateway(&all));
}
