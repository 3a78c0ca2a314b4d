//! The files of any topology keep to what linters, policies and the API server ask.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod policies;
mod topologies;

use plimsoll::analyze;
use proptest::prelude::*;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(topologies::config(1000))]

    #[test]
    fn files_keep_to_the_policies(document in topologies::documents()) {
        let text = topologies::text(&document);
        let violations = policies::violations(&analyze(&text).outputs.unwrap().artifacts());
        prop_assert!(violations.is_empty(), "{violations:#?}\n{text}");
    }
}

/// A topology in which every rule has something to look at.
const EVERYTHING: &str = r#"
name: shop
services:
  api:
    python: { framework: fastapi, app: "app.main:app" }
    autoscale: { min: 2, max: 4 }
    env: { LOG_LEVEL: info }
    secrets: [DATABASE_URL]
    before_start: [{ run: migrate }]
    health: { path: /healthz }
    needs: [db]
    public: { host: shop.example.com }
  mailer: { celery: {}, needs: [db], replicas: 2 }
  admin: { python: { worker: "admin" }, publish: 9000, port: 9000 }
  db: { postgres: {} }
server: {}
cluster: {}
"#;

/// In which file what is replaced by what, and the rule that has to see it.
#[rustfmt::skip]
const BREACHES: &[(&str, &str, &str, &str)] = &[
    ("k8s/api.yaml", "enableServiceLinks: false", "hostNetwork: true", "Host Namespaces"),
    ("k8s/api.yaml", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false\n            privileged: true", "Privileged Containers"),
    ("k8s/api.yaml", "- ALL", "- NET_RAW", "Capabilities"),
    ("k8s/api.yaml", "emptyDir:", "hostPath:", "Volume Types"),
    ("k8s/api.yaml", "containerPort: 8000", "containerPort: 8000\n              hostPort: 8000", "Host Ports"),
    ("k8s/api.yaml", "path: /healthz", "path: /healthz\n              host: 10.0.0.1", "Host Probes / Lifecycle Hooks"),
    ("k8s/api.yaml", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: false\n            procMount: Unmasked", "/proc Mount Type"),
    ("k8s/api.yaml", "runAsNonRoot: true", "sysctls: [{ name: kernel.msgmax, value: \"1\" }]", "Sysctls"),
    ("k8s/api.yaml", "allowPrivilegeEscalation: false", "allowPrivilegeEscalation: true", "Privilege Escalation"),
    ("k8s/api.yaml", "runAsNonRoot: true", "runAsNonRoot: false", "Running as Non-root"),
    ("k8s/api.yaml", "runAsUser: 10001", "runAsUser: 0", "Running as Non-root user"),
    ("k8s/api.yaml", "type: RuntimeDefault", "type: Unconfined", "Seccomp"),
    ("k8s/namespace.yaml", "restricted", "baseline", "the namespace enforces it"),
    ("k8s/api.yaml", "selector:\n    app.kubernetes.io/name: api", "selector:\n    app.kubernetes.io/name: ape", "dangling-service"),
    ("k8s/mailer.yaml", "podSelector:\n    matchLabels:\n      app.kubernetes.io/name: mailer", "podSelector:\n    matchLabels:\n      app.kubernetes.io/name: male", "dangling-networkpolicy"),
    ("k8s/db.yaml", "- podSelector:", "- podSelector:\n            matchLabels:\n              app.kubernetes.io/name: nobody", "dangling-networkpolicypeer-podselector"),
    ("k8s/api.yaml", "kind: Deployment\n    name: api", "kind: StatefulSet\n    name: api", "dangling-horizontalpodautoscaler"),
    ("k8s/api.yaml", "serviceAccountName: api", "serviceAccount: api", "deprecated-service-account-field"),
    ("k8s/api.yaml", "serviceAccountName: api", "serviceAccountName: ape", "non-existent-service-account"),
    ("k8s/api.yaml", "env:\n", "env:\n            - name: DATABASE_URL\n", "duplicate-env-var"),
    ("k8s/api.yaml", "env:\n", "env:\n            - name: API_TOKEN\n              value: x\n", "env-var-secret"),
    ("k8s/api.yaml", "env:\n", "env:\n            - name: A_PASSWORD\n              value: x\n", "sensitiveContainerEnvVar"),
    ("k8s/api.yaml", "targetPort: http", "targetPort: web", "invalid-target-ports"),
    ("k8s/db.yaml", "image: postgres:18", "image: \"postgres:\"", "latest-tag"),
    ("k8s/api.yaml", "            - name: http\n              containerPort", "            - name: web\n              containerPort", "liveness-port"),
    ("k8s/api.yaml", "            - name: http\n              containerPort", "            - name: web\n              containerPort", "readiness-port"),
    ("k8s/api.yaml", "            - name: http\n              containerPort", "            - name: web\n              containerPort", "startup-port"),
    ("k8s/mailer.yaml", "selector:\n    matchLabels:\n      app.kubernetes.io/name: mailer", "selector:\n    matchLabels:\n      app.kubernetes.io/name: male", "mismatching-selector"),
    ("k8s/mailer.yaml", "selector:\n    matchLabels:\n      app.kubernetes.io/name: mailer", "selector:\n    matchLabels:\n      app.kubernetes.io/name: api", "no pod of another object is selected"),
    ("k8s/mailer.yaml", "topologySpreadConstraints:", "anything:", "no-anti-affinity"),
    ("k8s/api.yaml", "apiVersion: apps/v1\nkind", "apiVersion: extensions/v1beta1\nkind", "no-extensions-v1beta"),
    ("k8s/api.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false", "no-read-only-root-fs"),
    ("k8s/mailer.yaml", "maxUnavailable: 1", "maxUnavailable: 0", "pdb-max-unavailable"),
    ("k8s/mailer.yaml", "AlwaysAllow", "IfHealthyBudget", "pdb-unhealthy-pod-eviction-policy"),
    ("k8s/api.yaml", "containerPort: 8000", "containerPort: 22", "ssh-port"),
    ("k8s/api.yaml", "cpu: 100m", "memory2: 1Mi", "unset-cpu-requirements"),
    ("k8s/api.yaml", "limits:\n              memory: ", "limits:\n              memory: 1", "unset-memory-requirements"),
    ("k8s/api.yaml", "readinessProbe:", "otherProbe:", "no-readiness-probe"),
    ("k8s/mailer.yaml", "kind: NetworkPolicy", "kind: Nothing", "non-isolated-pod"),
    ("k8s/kustomization.yaml", "namespace: shop", "namespaces: shop", "use-namespace"),
    ("k8s/mailer.yaml", "kind: PodDisruptionBudget", "kind: Nothing", "deployment-has-poddisruptionbudget"),
    ("k8s/api.yaml", "failureThreshold: 6\n            periodSeconds: 10\n            timeoutSeconds: 5", "failureThreshold: 3\n            periodSeconds: 5\n            timeoutSeconds: 3", "pod-probes-identical"),
    ("k8s/api.yaml", "spec:\n  selector:\n    matchLabels", "spec:\n  replicas: 3\n  selector:\n    matchLabels", "deployment-replicas and horizontalpodautoscaler-replicas"),
    ("k8s/api.yaml", "      targetPort: http\n", "      targetPort: http\n  type: NodePort\n", "service-type"),
    ("k8s/api.yaml", "sizeLimit: 1Gi", "medium: Memory", "container-ephemeral-storage"),
    ("k8s/api.yaml", "app.kubernetes.io/component: web", "app.kubernetes.io/component: \"-\"", "label-values"),
    ("k8s/api.yaml", "- name: api\n          port: 8000", "- name: api\n          port: 8001", "route-targets-service"),
    ("k8s/gateway.yaml", "name: https-api", "name: https-ape", "route-targets-service"),
    ("k8s/api.yaml", "automountServiceAccountToken: false", "automountServiceAccountToken: true", "automountServiceAccountToken"),
    ("k8s/api.yaml", "kind: Deployment\nmetadata:\n  name: api", "kind: Deployment\nmetadata:\n  name: ape", "metadataAndNameMismatched"),
    ("k8s/mailer.yaml", "  replicas: 2\n", "", "deploymentMissingReplicas"),
    ("k8s/mailer.yaml", "  name: mailer\n", "  name: api\n", "names are unique for a kind"),
    ("k8s/mailer.yaml", "  name: mailer\n", "  name: Mailer\n", "names are DNS labels"),
    ("k8s/db.yaml", "kind: StatefulSet\nmetadata:\n  name: db", "kind: StatefulSet\nmetadata:\n  name: ddddddddddddddddddddddddddddddddddddddddddddddddddddd", "a StatefulSet's pods have its name and a hash in a label"),
    ("k8s/api.yaml", "kind: Job\nmetadata:\n  name: ", "kind: CronJob\nmetadata:\n  name: jjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjjj", "a CronJob's Jobs have its name and a time"),
    ("k8s/api.yaml", "            - name: http\n              containerPort", "            - name: http-of-the-whole-api\n              containerPort", "the name of a port is an IANA service name"),
    ("k8s/db.yaml", "mountPath: /tmp", "mountPath: /var/lib/postgresql", "what is in a list by name is there once"),
    ("k8s/db.yaml", "- name: tmp\n              mountPath", "- name: temp\n              mountPath", "what is mounted is there"),
    ("k8s/db.yaml", "- name: tmp\n          emptyDir", "- name: data\n          emptyDir", "no volume is a claim's too"),
    ("k8s/api.yaml", "kind: ConfigMap", "kind: Nothing", "an object that another names is there"),
    ("k8s/api.yaml", "maxSurge: 25%", "maxSurge: 0%", "a rollout can go on"),
    ("k8s/api.yaml", "seconds: 5\n", "seconds: 500\n", "a pod has longer to end than it sleeps first"),
    ("k8s/kustomization.yaml", "- api.yaml", "- db.yaml", "the kustomization lists every file with objects, once"),
    ("compose.yaml", "name: shop\n", "version: \"3\"\n", "no `version`"),
    ("compose.yaml", "memswap_limit: 2", "memswap_limit: 3", "every service is limited in memory, and does not swap"),
    ("compose.yaml", "read_only: true", "read_only: false", "every service has few rights and a read-only root"),
    ("compose.yaml", "user: \"10001:10001\"", "user: \"0:10001\"", "every service but the proxy has a user who is not root"),
    ("compose.yaml", "driver: local", "driver: json-file", "logs are rotated, and a stop has its time"),
    ("compose.yaml", "condition: service_healthy", "condition: service_completed_successfully", "`depends_on` has conditions that can come true"),
    ("compose.yaml", "depends_on:\n      db:", "depends_on:\n      api:\n        condition: service_started\n      db:", "`depends_on` makes no circle"),
    ("compose.yaml", "networks:\n      - private\n    volumes", "networks:\n      - public\n    volumes", "a service that waits can reach what it waits for"),
    ("compose.yaml", "  db-data: {}", "  data: {}", "networks and volumes are declared"),
    ("compose.yaml", "- \"9000:9000\"", "- \"80:9000\"", "no two services take one port of the server"),
    ("compose.yaml", "    deploy:\n", "    deploy:\n      replicas: 2\n", "a service of several containers publishes no port"),
    ("compose.yaml", "pull_policy: never", "pull_policy: missing", "a built image is built by one service and pulled by none"),
    ("compose.yaml", "- \"/var/run/postgresql:", "- \"/tmp:", "nothing is mounted at one place twice"),
    ("Dockerfile", "AS builder", "as builder", "FromAsCasing, ConsistentInstructionCasing"),
    ("Dockerfile", "AS builder", "AS uv", "StageNameCasing, DuplicateStageName, ReservedStageName"),
    ("Dockerfile", "CMD [", "CMD exec [", "JSONArgsRecommended"),
    ("Dockerfile", "CMD [", "CMD [\"true\"]\nCMD [", "MultipleInstructionsDisallowed"),
    ("Dockerfile", "WORKDIR /app", "WORKDIR app", "WorkdirRelativePath, CKV_DOCKER_10"),
    ("Dockerfile", "USER 10001", "ENV A b\nUSER 10001", "LegacyKeyValueFormat"),
    ("Dockerfile", "USER 10001", "ENV A_TOKEN=b\nUSER 10001", "SecretsUsedInArgOrEnv"),
    ("Dockerfile", "EXPOSE 8000", "EXPOSE 22", "CKV_DOCKER_1: no port 22"),
    ("Dockerfile", "USER 10001", "USER 0", "CKV_DOCKER_3, CKV_DOCKER_8: the last user is not root"),
    ("Dockerfile", "COPY . .", "ADD . .", "CKV_DOCKER_4, CKV_DOCKER_6: no ADD, no MAINTAINER"),
    ("Dockerfile", "python:3.14-slim", "python", "CKV_DOCKER_7: every image has a tag"),
];

/// The same where an Ingress leads to the services.
#[rustfmt::skip]
const BREACHES_OF_INGRESS: &[(&str, &str, &str, &str)] = &[
    ("k8s/api.yaml", "number: 8000", "number: 8001", "dangling-ingress"),
    ("k8s/api.yaml", "cert-manager.io/cluster-issuer: ", "issuer: ", "tlsSettingsMissing"),
];

#[test]
fn every_rule_sees_what_is_against_it() {
    let mut unseen: BTreeSet<&str> = policies::names().collect();
    let with_ingress = EVERYTHING.replace("cluster: {}", "cluster: { gateway: ingress }");
    for (document, breaches) in [(EVERYTHING, BREACHES), (&with_ingress, BREACHES_OF_INGRESS)] {
        let artifacts = analyze(document).outputs.unwrap().artifacts();
        assert_eq!(policies::violations(&artifacts), [""; 0]);
        for (path, from, to, rule) in breaches {
            let mut artifacts = artifacts.clone();
            let file = artifacts.iter_mut().find(|artifact| artifact.path == *path).unwrap();
            assert!(file.text.contains(from), "{from:?} is not in\n{}", file.text);
            file.text = file.text.replace(from, to);
            let violations = policies::violations(&artifacts);
            let is_seen = violations.iter().any(|violation| violation.contains(&format!(": {rule}: ")));
            assert!(is_seen, "{rule} does not see {to:?}: {violations:#?}");
            unseen.remove(rule);
        }
    }
    assert_eq!(unseen, BTreeSet::new(), "nothing is against these");
}
