//! What tools that check manifests ask for and these do not do, and why not.

pub const NO_CPU_LIMIT: &str = "No limit of processors (kube-linter `unset-cpu-requirements`, checkov `CKV_K8S_11`): \
    it would throttle a process while processors are idle.";
pub const IMAGES_BY_TAG: &str = "Images by tag, pulled once (kube-score `container-image-pull-policy`, Polaris \
    `pullPolicyNotAlways`, checkov `CKV_K8S_15` and `CKV_K8S_43`): push no tag twice, or put a `digest` into the \
    kustomization's `images`.";
pub const NO_REQUEST_FOR_DISK_SPACE: &str = "No request for space on the node's disk (kube-score \
    `container-ephemeral-storage-request-and-limit`): root file systems are read-only, writable folders have a limit, \
    and the kubelet rotates logs.";
pub const NO_PRIORITY: &str =
    "No priority (Polaris `priorityClassNotSet`): which classes there are is the cluster's own affair.";
pub const SPREAD_WITHOUT_ANTI_AFFINITY: &str = "Replicas spread over machines by a soft constraint, not by \
    anti-affinity (kube-linter `no-anti-affinity`, kube-score `deployment-has-host-podantiaffinity`): two on one \
    machine are better than one that waits.";
pub const NO_BUDGET_FOR_ONE_REPLICA: &str = "No disruption budget for a single replica (kube-score \
    `deployment-has-poddisruptionbudget`, Polaris `missingPodDisruptionBudget`): it would keep its machine from ever \
    being emptied.";
pub const ONE_QUESTION_FOR_TWO_PROBES: &str = "One question for readiness and liveness (kube-score `pod-probes`): an \
    app has one, and is started anew only after four times as long without an answer as it takes to get no requests.";
pub const NO_LIVENESS_WHERE_DATA_ARE_KEPT: &str = "No liveness probe where data are kept (Polaris \
    `livenessProbeMissing`, checkov `CKV_K8S_8`): a restart in the middle of a recovery makes it longer.";
pub const NO_PROBES_WHERE_NOTHING_LISTENS: &str = "No probes where nothing listens (checkov `CKV_K8S_8` and \
    `CKV_K8S_9`): a process that ends is started anew, and nothing else can be asked of it.";
pub const USERS_OF_OFFICIAL_IMAGES: &str = "Official images run as users below 10000 (kube-score \
    `container-security-context-user-group-id`, checkov `CKV_K8S_40`): their files belong to these.";
pub const SECRETS_IN_VARIABLES: &str = "Secrets in variables (checkov `CKV_K8S_35`), which most programs read: \
    `secrets_as: files` changes it for a service.";
pub const JOBS_THAT_STAY: &str = "Jobs that stay when they have ended (kube-linter `job-ttl-seconds-after-finished`): \
    pods that start later look for theirs.";
