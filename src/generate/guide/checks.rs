//! What tools that check manifests ask for and these do not do, and why not.

use crate::topology::{HealthCheck, Provenance, Service, Topology, VariableValue};

/// A sentence for each decision that shows in the manifests, with the checks that see it otherwise.
pub(super) fn decisions(topology: &Topology) -> Vec<String> {
    let has = |what: fn(&Service) -> bool| topology.running().any(|(_, service)| what(service));
    let decisions = [
        (
            true,
            "No limit of processors (kube-linter `unset-cpu-requirements`, checkov `CKV_K8S_11`): it would throttle a \
             process while processors are idle.",
        ),
        (
            true,
            "Images by tag, pulled once (kube-score `container-image-pull-policy`, Polaris `pullPolicyNotAlways`, \
             checkov `CKV_K8S_15` and `CKV_K8S_43`): push no tag twice, or put a `digest` into the kustomization's \
             `images`.",
        ),
        (
            true,
            "No request for space on the node's disk (kube-score `container-ephemeral-storage-request-and-limit`): \
             root file systems are read-only, writable folders have a limit, and the kubelet rotates logs.",
        ),
        (true, "No priority (Polaris `priorityClassNotSet`): which classes there are is the cluster's own affair."),
        (
            has(|service| service.replicas.peak() > 1),
            "Replicas spread over machines by a soft constraint, not by anti-affinity (kube-linter `no-anti-affinity`, \
             kube-score `deployment-has-host-podantiaffinity`): two on one machine are better than one that waits.",
        ),
        (
            has(|service| service.replicas.peak() < 2),
            "No disruption budget for a single replica (kube-score `deployment-has-poddisruptionbudget`, Polaris \
             `missingPodDisruptionBudget`): it would keep its machine from ever being emptied.",
        ),
        (
            has(|service| matches!(service.health, HealthCheck::Http { .. } | HealthCheck::Tcp)),
            "One question for readiness and liveness (kube-score `pod-probes`): an app has one, and is started anew \
             only after four times as long without an answer as it takes to get no requests.",
        ),
        (
            has(Service::keeps_data),
            "No liveness probe where data are kept (Polaris `livenessProbeMissing`, checkov `CKV_K8S_8`): a restart in \
             the middle of a recovery makes it longer.",
        ),
        (
            has(|service| service.health == HealthCheck::None),
            "No probes where nothing listens (checkov `CKV_K8S_8` and `CKV_K8S_9`): a process that ends is started \
             anew, and nothing else can be asked of it.",
        ),
        (
            has(|service| service.kind.provenance == Provenance::Official),
            "Official images run as users below 10000 (kube-score `container-security-context-user-group-id`, checkov \
             `CKV_K8S_40`): their files belong to these.",
        ),
        (
            has(|service| service.env.iter().any(|one| matches!(one.value, VariableValue::Secret { .. }))),
            "Secrets in variables (checkov `CKV_K8S_35`), which most programs read: `secrets_as: files` changes it for \
             a service.",
        ),
        (
            has(Service::waits_for_job),
            "Jobs that stay when they have ended (kube-linter `job-ttl-seconds-after-finished`): pods that start later \
             look for theirs.",
        ),
    ];
    decisions.into_iter().filter(|(shows, _)| *shows).map(|(_, decision)| decision.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::decisions;

    fn decided(text: &str) -> Vec<String> {
        decisions(&crate::analyze(text).outputs.unwrap().topology)
    }

    #[test]
    fn only_what_shows_in_the_files_is_decided() {
        let mentions = |text: &str, check: &str| decided(text).iter().any(|decision| decision.contains(check));
        for (services, check, shows) in [
            ("api: { python: {}, replicas: 2 }", "no-anti-affinity", true),
            ("api: { python: {} }", "no-anti-affinity", false),
            ("api: { python: {} }", "missingPodDisruptionBudget", true),
            ("api: { python: {}, before_start: [{ run: migrate }] }", "job-ttl-seconds-after-finished", true),
            ("api: { python: {} }", "job-ttl-seconds-after-finished", false),
            ("api: { python: {}, secrets: [A] }", "CKV_K8S_35", true),
            ("api: { python: {}, secrets: [A], secrets_as: files }", "CKV_K8S_35", false),
            ("db: { postgres: {}, external: true }", "CKV_K8S_40", false),
        ] {
            let text = format!("services: {{ {services} }}\ncluster: {{}}\n");
            assert_eq!(mentions(&text, check), shows, "{services}: {check}");
        }
    }
}
