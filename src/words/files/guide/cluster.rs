//! What DEPLOY.md says of a cluster.

use crate::words::files::all_of;

// What has to be there.
pub fn network_policies_are_enforced(link: &str) -> String {
    format!("The cluster's network plugin has to enforce NetworkPolicies: without, nothing is denied (<{link}>).")
}

pub fn metrics_server(link: &str) -> String {
    format!("The cluster needs the metrics server, by which autoscalers learn of the load (<{link}>).")
}

pub fn gateway_api(class: &str, link: &str) -> String {
    format!("The cluster needs the Gateway API and a controller for the GatewayClass `{class}` (<{link}>).")
}

/// Of the controller for a class, or of the cluster's default.
pub fn ingress_controller(class: Option<&str>) -> String {
    match class {
        Some(class) => format!("The cluster needs a controller for the IngressClass `{class}`."),
        None => "The cluster needs an Ingress controller that is its default.".to_owned(),
    }
}

pub fn cert_manager(issuer: &str, link: &str) -> String {
    format!("It needs cert-manager with a ClusterIssuer `{issuer}` for certificates (<{link}>).")
}

pub fn names_lead_to_the_gateway(hosts: &[&str]) -> String {
    let names = if hosts.len() == 1 { "name" } else { "names" };
    format!("Let the DNS {names} {} point at the gateway's address.", all_of(hosts))
}

// Environments.
pub const BASE_AND_ENVIRONMENTS: &str = "What the environments share is in `k8s/base`, which is not applied by itself: \
    each is applied from a folder of its own, which changes the base and puts all of it into the environment's \
    namespace. To see what that would change in the cluster, run `kubectl diff --kustomize` with the folder.";

pub fn environment(name: &str) -> String {
    format!("The environment `{name}`")
}

// Images.
pub fn build_and_push(image: &str) -> String {
    format!("Build `{image}`, and push it where the cluster can pull it:")
}

pub fn no_registry(image: &str) -> String {
    format!(
        "Its name says no registry, so Docker Hub would be asked for it: an `image: REGISTRY/{image}` of the service \
         gives it one."
    )
}

// What is applied, and what is to be seen of it.
pub const BEFORE_THE_PODS: &str = "What the pods do not start without comes first:";
pub const STEPS_RUN_ONCE_IN_JOBS: &str = "The steps before the start run once, in Jobs. New pods wait for them; as \
    long as they fail, the old pods go on serving:";
pub const FAILED_JOB_IS_TRIED_AGAIN: &str =
    "Once a Job has failed for good, delete it and apply everything anew, and it is tried again.";
pub const JOBS_OF_OLDER_RELEASES_STAY: &str = "Jobs of older releases stay, since pods that start later look for \
    theirs. When you will not go back to those releases, clear them away:";
pub const READY_AND_WHERE: &str = "Wait until all replicas are ready, and look at what runs where:";
pub const TRIED_AT_ONCE: &str = "What runs now and then can be tried at once, under a name that you choose:";
pub const CHECKS_ASK_FOR_MORE: &str = "Tools that check manifests ask for more than these do, which is meant:";
