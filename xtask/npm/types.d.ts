// Generated from the Rust types by `tests/golden.rs`. Do not edit.

/** All that follows from a document. */
export interface Analysis {
  /** The generated files, in the order in which a person reads them. Do not use them while a finding is an error. */
  files: File[];
  /** Problems and advice, in the order of the text. */
  findings: Finding[];
  /** `null` if the text cannot be read at all. */
  plan: Plan | null;
}

/** Nodes that the cluster autoscaler adds to a group. */
export interface AddedNodes {
  /** The group. */
  group: string;
  /** How many. */
  nodes: number;
  /** How many seconds it takes until one that was ordered is ready. */
  startup_seconds: number;
}

/** An assumption of a cluster's plan. */
export type Assumption = {
  code: "arrival-order";
  sentence: string;
} | {
  code: "nothing-else-runs";
  /** Whether the nodes are spread over zones. */
  has_zones: boolean;
  sentence: string;
} | {
  code: "little-else-runs";
  /** Whether the nodes are spread over zones. */
  has_zones: boolean;
  sentence: string;
} | {
  code: "system-pods";
  /** The processor time that they request. */
  cpu_millis: Cpu;
  /** The group. */
  group: string;
  /** The memory that they request. */
  memory_bytes: Memory;
  /** How many. */
  pods: number;
  sentence: string;
} | {
  code: "system-deployments";
  /** The processor time that they request. */
  cpu_millis: Cpu;
  /** The memory that they request. */
  memory_bytes: Memory;
  /** How many. */
  pods: number;
  sentence: string;
} | {
  code: "pods-of-type";
  /** The group. */
  group: string;
  /** The type. */
  instance_type: string;
  /** How many pods. */
  max_pods: number;
  sentence: string;
} | {
  code: "one-release-at-a-time";
  sentence: string;
} | {
  code: "jobs-have-ended";
  sentence: string;
} | {
  code: "disks-follow-pods";
  sentence: string;
} | {
  code: "disks-stay-in-their-zone";
  sentence: string;
};

/**
 * The processes that die when a container reaches its limit.
 *
 * On a cluster all of its processes: the kubelet sets `memory.oom.group` on cgroup v2, from Kubernetes 1.28 on
 * (<https://github.com/kubernetes/kubernetes/pull/117793>). Docker does not, so there it is the largest process.
 */
export interface AtLimit {
  /** How many processes die at once on the cluster, if Kubernetes is a target. */
  cluster_processes: number | null;
  /** Whether a further process watches them, and starts another where one dies. */
  has_supervisor: boolean;
  sentence: string;
  /** How many die on the server, if Compose is a target. */
  server_processes: number | null;
  /** How many workers it has. */
  workers: number;
}

/**
 * The connections that one service may open: (size + overflow) × processes × replicas.
 *
 * A pool belongs to a process: <https://docs.sqlalchemy.org/en/20/core/pooling.html#using-connection-pools-with-multiprocessing-or-os-fork>.
 */
export interface ClientPlan {
  /** The most connections of `peak_replicas`. */
  peak_connections: number;
  /** Containers at the busiest time. */
  peak_replicas: number;
  /** Connections that it opens beyond those under load. */
  pool_overflow: number;
  /** Connections that one process keeps open. */
  pool_size: number;
  /** Processes in one container. */
  processes: number;
  /** The most connections of `rollout_replicas`. */
  rollout_connections: number | null;
  /**
   * Pods at once while a new release replaces them: those that always run, new ones beside them, and old ones that
   * still end; nothing if Kubernetes is no target.
   */
  rollout_replicas: number | null;
  /** The service's name. */
  service: string;
  /** The most connections of `steady_replicas`. */
  steady_connections: number;
  /** Containers that always run. */
  steady_replicas: number;
}

/** The plan of a cluster. */
export interface ClusterPlan {
  /** The assumptions of the plan. */
  assumptions: Assumption[];
  /** What was left out because it would take too long. */
  limits: Limit[];
  /**
   * The loss of each node that differs from the others in zone, machine or load, the fullest first, for the pods that
   * always run. Empty if not all of them are placed, or if there is no second node.
   */
  losses: NodeLoss[];
  /** The nodes, in the document's order. */
  nodes: NodePlan[];
  /** The pods that an autoscaler adds up to the busiest time, placed after those; nothing without an autoscaler. */
  peak: Placement | null;
  /** The first process to be killed when a node runs out of memory; `None` if nothing runs. */
  pressure: Pressure | null;
  /**
   * The rollout of each service that runs, one at a time, in the document's order. Empty if not all pods that always run
   * are placed.
   */
  rollouts: RolloutPlan[];
  /**
   * The nodes that the cluster autoscaler adds for unschedulable pods, steady or at the peak; `None` if all pods have a
   * place, or no group of nodes may grow.
   */
  scale_up: ScaleUp | null;
  /** The pods that always run, placed in the order of the document, replica by replica. */
  steady: Placement;
  /** The loss that the document requires it to survive. */
  survive: Survive;
  /** Whether it fits, and why. */
  verdict: ClusterVerdictSummary;
  /** The loss of each zone; empty if all nodes are in one. */
  zone_losses: ZoneLoss[];
}

/** Why a cluster carries what runs on it, or does not. */
export type ClusterVerdict = {
  code: "no-nodes";
  sentence: string;
} | {
  code: "unschedulable";
  /** The first of them. */
  first: string;
  /** How many nodes may be added, which is not enough. */
  may_be_added: number | null;
  /** How many. */
  pods: number;
  sentence: string;
} | {
  code: "cannot-keep-up";
  /** By how much. */
  overload: Overload;
  sentence: string;
} | {
  code: "over-its-limit";
  /** Its limit. */
  limit_bytes: Memory;
  /** Its need at the busiest time. */
  need_bytes: Memory;
  sentence: string;
  /** Its service. */
  service: string;
} | {
  code: "unschedulable-at-peak";
  /** The first of them. */
  first: string;
  /** How many nodes may be added, which is not enough. */
  may_be_added: number | null;
  /** How many. */
  pods: number;
  sentence: string;
} | {
  code: "on-added-nodes";
  /** How many it adds. */
  nodes: number;
  sentence: string;
} | {
  code: "too-large";
  sentence: string;
} | {
  code: "nothing-runs";
  sentence: string;
} | {
  code: "one-node";
  sentence: string;
} | {
  code: "one-node-past-load-line";
  sentence: string;
} | {
  code: "loss-not-survived";
  /** The first pod that has no place without it. */
  first: string;
  /** The node or zone. */
  lost: string;
  /** How many have none. */
  pods: number;
  sentence: string;
} | {
  code: "past-load-line";
  sentence: string;
} | {
  code: "one-zone";
  sentence: string;
} | {
  code: "fits";
  /** Whether there are more pods at the peak. */
  is_autoscaled: boolean;
  /** Whether every such loss was tried. */
  is_every_loss_tried: boolean;
  sentence: string;
  /** The loss that must be survived. */
  survive: Survive;
};

/** Whether it fits, why, and the figures behind that. */
export interface ClusterVerdictSummary {
  /** The figures behind it, in a line. */
  figures: string;
  /** The answer in a word. */
  outcome: Outcome;
  /** The reason, which makes the headline: `It floats: the peak fits, and so does losing one node.` */
  reason: ClusterVerdict;
}

/** The memory of one container against its limit. */
export interface ContainerPlan {
  /** The processes that die at its limit, if it has several. */
  at_limit: AtLimit | null;
  /** The CPU that it requests. */
  cpu_millis: Cpu;
  /** Its growth, if the document states one. */
  growth: Growth | null;
  /** Its need without requests. */
  idle_bytes: Memory;
  /** The limit past which the kernel kills it; also what a cluster sets aside for it. */
  limit_bytes: Memory;
  /** Where the limit comes from. */
  limit_source: FigureSource;
  /** Its need at the busiest time: the sum of `terms`. */
  need_bytes: Memory;
  /** Need as a percentage of the limit, rounded up. */
  need_percent: number;
  /** How a node that runs out of memory treats it, if Kubernetes is a target. */
  on_nodes: OnNodes | null;
  /** How its processes share memory, if it has several. */
  sharing: Sharing | null;
  /** The terms that add up to the need. Terms of zero are left out. */
  terms: Term[];
  /** The rating of that percentage. */
  utilisation: Utilisation;
}

export type Cpu = number;

/** The connections of one database. */
export interface DatabasePlan {
  /** The services that connect to it and say how they pool, in the document's order. */
  clients: ClientPlan[];
  /** The database's service. */
  database: string;
  /** How many clients it accepts at once, where it has a limit. */
  max_connections: number | null;
  /** The most that they may open with the replicas of the busiest time. */
  peak_connections: number;
  /**
   * The most that they may open while a new release replaces pods of the cluster, of all services that run one image at
   * once; nothing if Kubernetes is no target.
   */
  rollout_connections: number | null;
  /** The most that its clients may open with the replicas that always run. */
  steady_connections: number;
}

/** Replaces the bytes of `span` by `text`. */
export interface Edit {
  /** The bytes to replace. An empty span inserts. */
  span: Span;
  /** The new text. */
  text: string;
}

/** Where a figure comes from. */
export type FigureSource = "given" | "catalog" | "derived";

/** A figure as JSON has it. */
export type FigureValue = number | string;

/** A generated file. */
export interface File {
  /** Its path in the output folder, with `/` between folders. */
  path: string;
  /** Its content. */
  text: string;
}

/** A finding with its lines and columns. */
export interface Finding {
  /** The end of `span`. */
  end: Position;
  /**
   * The path of the field, such as `services.api.replicas`. Empty if the finding is not about a field, and until the whole
   * document has been read.
   */
  field: string;
  /** The figures of the sentence, by name. The unit ends the name: `limit_bytes`. Left out if there are none. */
  figures?: Record<string, FigureValue>;
  /** An edit of the text that resolves the finding. */
  fix?: Fix;
  /** The remedy, in a sentence without a final full stop. */
  help?: string;
  /** A page of an original source that explains the problem. */
  link?: string;
  /** The sentence, without a final full stop. */
  message: string;
  /** The id of the rule, such as `unknown-key`. `plimsoll explain RULE` explains it. */
  rule: string;
  /** The severity. */
  severity: Severity;
  /** The bytes of the text that the finding is about: a value or a key. */
  span: Span;
  /** The start of `span`. */
  start: Position;
}

/** An edit of the text that resolves a finding. */
export interface Fix {
  /** The edits in the order of the text, none overlapping another. */
  edits: Edit[];
  /** The label of its button, such as `Replace by replicas`. */
  title: string;
}

/** How a container grows. */
export interface Growth {
  /** The hourly growth of all its processes. */
  bytes_per_hour: Memory;
  /** How long after its start the container reaches its limit, in seconds, at the busiest time. */
  full_after_seconds: number;
  /** The room between its need and its limit. */
  room_bytes: Memory;
  sentence: string;
  /** The hourly growth of one worker. */
  worker_bytes_per_hour: Memory;
  /** How many workers it has. */
  workers: number;
}

/** A remedy for pods that fit on no node. */
export type Help = {
  code: "lower-limit";
  /** The largest limit that fits on a node. */
  limit_bytes: Memory;
  /** The container's need. */
  need_bytes: Memory;
  /** The present one. */
  present_limit_bytes: Memory;
  sentence: string;
} | {
  code: "lower-cpu";
  /** The largest request that fits on a node. */
  cpu_millis: Cpu;
  /** The present one. */
  present_cpu_millis: Cpu;
  sentence: string;
} | {
  code: "more-nodes";
  /** The group. */
  group: string;
  /** How many of those the cluster autoscaler may add by itself. */
  may_be_added: number;
  /** How many more. */
  nodes: number;
  sentence: string;
} | {
  code: "larger-node";
  /** The processors that it takes, free for pods. */
  cpu_millis: Cpu;
  /** The memory that it takes, free for pods. */
  memory_bytes: Memory;
  sentence: string;
} | {
  /** The nodes. */
  added: AddedNodes[];
  code: "added-nodes";
  /** How many pods wait for them. */
  pods: number;
  sentence: string;
};

/** A part of a cluster's plan that is left out because it would take too long. */
export type Limit = {
  /** Of how many. */
  asked: number;
  code: "pods-not-placed";
  /** How often nodes are weighed at most. */
  most_weighings: number;
  /** How many. */
  not_placed: number;
  sentence: string;
} | {
  code: "losses-not-tried";
  sentence: string;
};

/** The containers of one service on a machine. */
export interface Load {
  /** How many containers. */
  containers: number;
  /** Whether it is the proxy that Compose puts before the public services, and no service of the document. */
  is_proxy: boolean;
  /** Their limits; on a node, also their requests. */
  limit_bytes: Memory;
  /** The service's name, or that of the proxy. */
  name: string;
  /** Their need at the busiest time. */
  need_bytes: Memory;
}

export type Memory = number;

/** The load of a node. */
export interface NodeLoad {
  /** Whether more memory is requested than the load line allows. */
  is_past_load_line: boolean;
  /** The pods by service, in the document's order. */
  loads: Load[];
  /** The memory that they need. */
  need_bytes: Memory;
  /** How many pods. */
  pods: number;
  /** The processor time that they request. */
  requested_cpu_millis: Cpu;
  /** The memory that they request. */
  requested_memory_bytes: Memory;
}

/** The loss of a node: its pods are placed again on the others. */
export interface NodeLoss {
  /** The node. */
  node: string;
  /** How many nodes are like it, in machine and load, itself among them: their loss is the same. */
  nodes_alike: number;
  /** How many pods lose their place. */
  pods: number;
  /** Pods for which the other nodes have no room; if there are none, the loss is survived. */
  unplaced: UnplacedPods[];
}

/** A node, and what it carries. */
export interface NodePlan {
  /** The processors that its pods may request. */
  allocatable_cpu_millis: Cpu;
  /** The memory that its pods may request. The machine keeps the rest for itself. */
  allocatable_memory_bytes: Memory;
  /** The machine's processors. */
  cpu_millis: Cpu;
  /** The group that it belongs to. */
  group: string;
  /** The cloud's name of the machine, such as `t3.small`, if the document has it. */
  instance_type: string | null;
  /**
   * How much memory should be requested at most.
   *
   * With A for the allocatable memory of all nodes and M for that of the largest (or, where the loss of a zone must be
   * survived, of all in the largest zone), it is the node's share of A − M: while no node is past its line, the others
   * together have room for what any one of them carries. Of n equal nodes, that is (n − 1)/n of each. Where nothing can
   * stand in for what is lost, or nothing has to, it is at 90 percent.
   */
  load_line_bytes: Memory;
  /** How many pods it may hold. */
  max_pods: number;
  /** The machine's memory. */
  memory_bytes: Memory;
  /** Its name, such as `general-1`. */
  node: string;
  /** The load at the busiest time. */
  peak: NodeLoad;
  /** The load of the pods that always run. */
  steady: NodeLoad;
  /** The cluster's own pods that run on each such node, and count in `steady` and `peak`; none where they are not counted. */
  system: SystemPods;
  /** The zone that it is in, such as `zone-1`; none where all nodes are in one. */
  zone: string | null;
}

/** The `oom_score_adj` of a container's processes on one kind of node. */
export interface NodeScore {
  /** The group of nodes. */
  group: string;
  /** The memory of such a node. */
  memory_bytes: Memory;
  /** From -997, never, to 1000, before all others. */
  oom_score_adj: number;
}

/** How the kubelet and the kernel rank a container when its node runs out of memory. */
export interface OnNodes {
  /** The class of its pod. */
  qos_class: QosClass;
  /** The memory that the container requests. */
  request_bytes: Memory;
  /** For each kind of node with another amount of memory, the first few of them. */
  scores: NodeScore[];
  sentence: string;
}

/** The answer in a word. */
export type Outcome = "fits" | "tight" | "does_not_fit" | "undecided";

/** A service to which more requests come at the peak than its workers answer: they queue up for as long as that lasts. */
export interface Overload {
  /** The requests that they answer in 1000 seconds, at most. */
  answered_per_1000_seconds: number;
  /** The requests that arrive in 1000 seconds at the peak. */
  arriving_per_1000_seconds: number;
  /** Its replicas. */
  replicas: number;
  /** The replicas that would answer all of them. */
  replicas_needed: number;
  /** The service. */
  service: string;
  /** The workers of all replicas, each of which has one request at a time. */
  workers: number;
}

/** The pace of a rollout. */
export type Pace = "free" | "waits" | "grows" | "stuck" | "untried";

/** Pods that were asked for, and where they are: `asked` = placed + unplaced + `not_tried`. */
export interface Placement {
  /** How many pods there are to place. */
  asked: number;
  /** How many pods were not tried, because there are too many. */
  not_tried: number;
  /** Pods that have a node, in the order of their placement; possibly only the first of them. */
  pods: PodPlan[];
  /** Pods that fit on no node. */
  unplaced: UnplacedPods[];
}

/** The plan of a topology. */
export interface Plan {
  /** The cluster, if Kubernetes is a target. */
  cluster: ClusterPlan | null;
  /** The connections of each database that services with a `database_pool` connect to. */
  databases: DatabasePlan[];
  /** The server, if Compose is a target. */
  server: ServerPlan | null;
  /** The needs of each service, in the document's order. */
  services: ServicePlan[];
}

/** The scores of one plugin for each node. */
export interface PluginScores {
  /** The plugin's name in Kubernetes. */
  plugin: string;
  /** 0 to 100 times the weight for each node. */
  scores: number[];
  /** How much it counts; contained in `scores`. */
  weight: number;
}

/** A pod and its node. */
export interface PodPlan {
  /** How many nodes have the best score, its own among them. */
  best_node_count: number;
  /** Those nodes by name, its own first, at most 16; for all but the first 2000 pods only its own. */
  best_nodes: string[];
  /** How many nodes it fits on. */
  feasible_nodes: number;
  /** Its node. */
  node: string;
  /** `SERVICE-NUMBER`, counted from 1. Kubernetes makes up names of its own. */
  pod: string;
  /** Why there; empty for all but the first 2000 pods. */
  scores: Scores;
  /** Its service. */
  service: string;
}

/** A position as editors show it: line and column count from 1, columns in characters. */
export interface Position {
  /** Column in Unicode scalar values, from 1. */
  column: number;
  /** Line, from 1. */
  line: number;
}

/** The first process to be killed when a node runs out of memory. */
export interface Pressure {
  /** The service of which the kernel ends a process first, of all that always run, at the busiest time. */
  first_killed: string;
  /** Memory that its largest process uses. */
  process_bytes: Memory;
  /** The request of its container, which is also its limit. */
  request_bytes: Memory;
  sentence: string;
  /** How many workers its container has; all of its processes die with one. */
  workers: number;
}

/** How the workers of a container come about, and so what they share: by half, or more, their memory differs. */
export type ProcessModel = "single" | "spawned" | "forked-before-loading" | "forked-after-loading";

/**
 * Kubernetes' class of a pod, which follows from what its containers request and are limited to.
 *
 * Source: <https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/>.
 */
export type QosClass = "guaranteed" | "burstable" | "besteffort";

/** The rollout of one service, while everything else runs as it always does. */
export interface RolloutPlan {
  /** Whether a Job runs steps first, for which new pods wait, and which needs room as one of them does: 1 or 0. */
  job_pods: number;
  /** The least time it takes, in seconds, with room for all: in each batch, old pods end when new ones answer. */
  least_seconds: number;
  /** The scheduler's message for the first pod that has no room. */
  message: string | null;
  /** Its pace. */
  pace: Pace;
  /** All of them together: the most pods that hold memory at once. The Job has ended before old pods terminate. */
  peak_pods: number;
  /** The requests of those pods. */
  peak_requested_cpu_millis: Cpu;
  /** The requests of those pods. */
  peak_requested_memory_bytes: Memory;
  /** How many pods always run. */
  replicas: number;
  /** For how many pods beyond the replicas there is room beside everything else, at most `peak_pods − replicas`. */
  room_pods: number;
  /** The service. */
  service: string;
  /** How many new pods start before old ones terminate; 0 if the old pod has to end first. */
  surge_pods: number;
  /**
   * How many old pods may still be terminating beside those, at most, which is the case if new pods are ready before old
   * ones have ended. A Deployment does not count them, but they hold their memory until they have ended.
   */
  terminating_pods: number;
}

/** The nodes that the cluster autoscaler adds at the busiest time for unschedulable pods. */
export interface ScaleUp {
  /** How many nodes of each group that grows, in the document's order. */
  added: AddedNodes[];
  /** Pods that always run and do not fit even then. */
  unplaced: UnplacedPods[];
  /** Pods that an autoscaler adds at the peak and that do not fit even then. */
  unplaced_at_peak: UnplacedPods[];
}

/** The scores of the best nodes: a column for each node, its own first, at most 4. */
export interface Scores {
  /** The nodes, best first. */
  nodes: string[];
  /** The scores that add up to it, without plugins that score all of them zero. */
  plugins: PluginScores[];
  /** The total of each. */
  totals: number[];
}

/**
 * The plan of one server. Compose starts the fewest replicas of an autoscaled service, and the proxy if something is public.
 * One-shot services of `before_start` have ended before the rest starts, and are not counted.
 */
export interface ServerPlan {
  /** Memory left for containers: `memory_bytes` − `system_bytes`. */
  available_bytes: Memory;
  /** The server's processors. */
  cpu_millis: Cpu;
  /** The process that the kernel kills first, if the limits together exceed the memory for containers. */
  first_killed: Victim | null;
  /** Whether more is needed than the load line allows. */
  is_past_load_line: boolean;
  /** The sum of their limits. */
  limit_bytes: Memory;
  /** The load line: 90 percent of that. */
  load_line_bytes: Memory;
  /** The services that run, in the document's order, the proxy last. */
  loads: Load[];
  /** The server's memory. */
  memory_bytes: Memory;
  /** The need of all containers at the busiest time. */
  need_bytes: Memory;
  /** The sum of their CPU requests. Compose does not enforce it. */
  requested_cpu_millis: Cpu;
  /** Memory reserved for the system. */
  system_bytes: Memory;
  /** Whether it fits, and why. */
  verdict: ServerVerdictSummary;
}

/** Why a server carries what runs on it, or does not. */
export type ServerVerdict = {
  /** Memory that the server has for them. */
  available_bytes: Memory;
  code: "too-small";
  /** Their need at the busiest time. */
  need_bytes: Memory;
  sentence: string;
} | {
  code: "cannot-keep-up";
  /** By how much. */
  overload: Overload;
  sentence: string;
} | {
  code: "over-its-limit";
  /** Its limit. */
  limit_bytes: Memory;
  /** Its need at the busiest time. */
  need_bytes: Memory;
  sentence: string;
  /** Its service. */
  service: string;
} | {
  code: "past-load-line";
  /** The load line. */
  load_line_bytes: Memory;
  /** Their need at the busiest time. */
  need_bytes: Memory;
  sentence: string;
} | {
  code: "nothing-runs";
  sentence: string;
} | {
  /** Memory that the server has for them. */
  available_bytes: Memory;
  code: "overcommitted";
  /** The sum of their limits. */
  limit_bytes: Memory;
  sentence: string;
} | {
  code: "limits-fit";
  sentence: string;
};

/** Whether it fits, why, and the figures behind that. */
export interface ServerVerdictSummary {
  /** The figures behind it, in a line. */
  figures: string;
  /** The answer in a word. */
  outcome: Outcome;
  /** The reason, which makes the headline: `It floats: the peak fits, and so does losing one node.` */
  reason: ServerVerdict;
}

/** The needs of one service. */
export interface ServicePlan {
  /** One of its containers. */
  container: ContainerPlan;
  /** The containers at the busiest time: more than `steady` for an autoscaled service only. */
  peak: Total;
  /** Its name. */
  service: string;
  /** The containers that always run; those that Compose starts. */
  steady: Total;
  /** The steps before it, if any has a container of its own. */
  steps: StepsPlan | null;
}

/** The severity of a finding. */
export type Severity = "error" | "warning" | "info";

/**
 * Memory that the processes of a container share.
 *
 * Forked processes share a page until one of them writes to it, and to use a Python object is to write to it: its
 * references are counted inside (<https://docs.python.org/3/c-api/refcounting.html>). So they share less after traffic than
 * before, and what counts is what they take after it.
 */
export interface Sharing {
  /** The container's idle memory after traffic, which the plan uses. */
  after_traffic_bytes: Memory;
  /** The container's memory before the first request, if it is known to differ. */
  before_traffic_bytes: Memory | null;
  /** How the processes are created. */
  model: ProcessModel;
  sentence: string;
}

/** A half-open range of bytes in the document's text. */
export interface Span {
  /** Byte offset after the last byte. */
  end: number;
  /** Byte offset of the first byte. */
  start: number;
}

/** The steps before a service: each has the limit of the service's container, and runs by itself. */
export interface StepsPlan {
  /** How many run in the pod before its container, at every start. */
  init_container_steps: number;
  /** Whether they run on a cluster. */
  is_on_cluster: boolean;
  /** Whether they run on a server. */
  is_on_server: boolean;
  /** How many a Job of the cluster runs, or one-shot services of Compose. */
  job_steps: number;
  /** The limit and request of one step. */
  limit_bytes: Memory;
  sentence: string;
}

/** What a cluster must survive. */
export type Survive = "node" | "zone" | "nothing";

/** Pods of the cluster itself, and what they request together. */
export interface SystemPods {
  /** The processor time that they request. */
  cpu_millis: Cpu;
  /** The memory that they request. */
  memory_bytes: Memory;
  /** How many. */
  pods: number;
}

/** One line of the arithmetic: `bytes` = `count` × `each_bytes`. */
export interface Term {
  /** The memory of all. */
  bytes: Memory;
  /** How many. */
  count: number;
  /** The memory of one. */
  each_bytes: Memory;
  /** The counted item, in singular or plural to match `count`: `requests in flight`. */
  label: string;
  /** The source of the figures, if known. */
  note: string | null;
}

/** The needs of all containers of a service together. */
export interface Total {
  /** Their CPU requests. */
  cpu_millis: Cpu;
  /** Their limits, which are also their requests on a cluster. */
  limit_bytes: Memory;
  /** Their need at the busiest time. */
  need_bytes: Memory;
  /** How many containers. */
  replicas: number;
}

/** Equal pods that fit on no node. */
export interface UnplacedPods {
  /** How many. */
  count: number;
  /** The first of them, such as `api-3`. */
  first: string;
  /** Remedies, each enough by itself. For pods that wait for added nodes, those nodes. */
  help: Help[];
  /** The scheduler's own words: `0/3 nodes are available: 3 Insufficient memory.` */
  message: string;
  /** Their service. */
  service: string;
}

/**
 * How well a limit is used: between 50 and 90 percent is good, says
 * <https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization>.
 */
export type Utilisation = "low" | "good" | "high" | "over";

/**
 * The process that the kernel ends when the machine has no memory left: the one that uses the most of it, since
 * Docker leaves `oom_score_adj` at 0 for all
 * (<https://docs.kernel.org/filesystems/proc.html#proc-pid-oom-adj-proc-pid-oom-score-adj-adjust-the-oom-killer-score>).
 */
export interface Victim {
  /** Whether the server is too small for what the containers need, and not only for their limits. */
  exceeds_need: boolean;
  /** By how much the server is too small: for what the containers need, or for what their limits let them take. */
  excess_bytes: Memory;
  /** The service that the process belongs to, or the proxy. */
  name: string;
  /** Memory that the process uses at the busiest time. */
  process_bytes: Memory;
  sentence: string;
}

/** The loss of a zone with all its nodes: its pods are placed again on the others. */
export interface ZoneLoss {
  /** How many nodes are lost with it. */
  nodes: number;
  /** How many pods lose their place. */
  pods: number;
  /** Pods for which the other zones have no room; if there are none, the loss is survived. */
  unplaced: UnplacedPods[];
  /** The zone. */
  zone: string;
}
