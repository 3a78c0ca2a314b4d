//! What tools that check manifests ask for and these do not do, and why not.

use crate::topology::{HealthCheck, Provenance, Service, Topology, VariableValue};
use crate::words::files::guide::checks as words;

/// A sentence for each decision that shows in the manifests, with the checks that see it otherwise.
pub(super) fn decisions(topology: &Topology) -> Vec<String> {
    let has = |what: fn(&Service) -> bool| topology.running().any(|(_, service)| what(service));
    let decisions = [
        (true, words::NO_CPU_LIMIT),
        (true, words::IMAGES_BY_TAG),
        (true, words::NO_REQUEST_FOR_DISK_SPACE),
        (true, words::NO_PRIORITY),
        (has(|service| service.replicas.peak() > 1), words::SPREAD_WITHOUT_ANTI_AFFINITY),
        (has(|service| service.replicas.peak() < 2), words::NO_BUDGET_FOR_ONE_REPLICA),
        (
            has(|service| matches!(service.health, HealthCheck::Http { .. } | HealthCheck::Tcp)),
            words::ONE_QUESTION_FOR_TWO_PROBES,
        ),
        (has(Service::keeps_data), words::NO_LIVENESS_WHERE_DATA_ARE_KEPT),
        (has(|service| service.health == HealthCheck::None), words::NO_PROBES_WHERE_NOTHING_LISTENS),
        (has(|service| service.kind.provenance == Provenance::Official), words::USERS_OF_OFFICIAL_IMAGES),
        (
            has(|service| service.env.iter().any(|one| matches!(one.value, VariableValue::Secret { .. }))),
            words::SECRETS_IN_VARIABLES,
        ),
        (has(Service::waits_for_job), words::JOBS_THAT_STAY),
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
