/** The version of Plimsoll, such as `0.1.0`. */
export declare const version: string;

/** All that follows from a document: the text of its YAML. No text makes it throw. */
export declare function analyze(text: string, options?: Options): Analysis;
/** The files that follow from a document. */
export declare function generate(text: string, options?: Options): Pick<Analysis, "findings" | "files">;
/** What a document takes and where it lands. */
export declare function plan(text: string, options?: Options): Pick<Analysis, "findings" | "plan">;

export interface Options {
  /** One of the document's environments. By default the document as such. */
  environment?: string;
  /** Whether the files hold their reasons as comments. Default: false. */
  explain?: boolean;
}

export interface Analysis {
  /** What there is to say about the text, in its order. */
  findings: Finding[];
  /** What is well defined, in the order in which a person reads it. Do not use it while there is an error among the findings. */
  files: { path: string; text: string }[];
  /** `null` if the text cannot be read at all. */
  plan: Plan | null;
}

export interface Finding {
  /** The rule's stable id, such as `unknown-key`. */
  rule: string;
  severity: "error" | "warning" | "info";
  /** Line and column count from 1, columns in characters. */
  start: Position;
  end: Position;
  span: Span;
  /** The document's path of what it is about; empty where that is no field. */
  field: string;
  message: string;
  /** The figures in the message. A name ends with its unit, such as `_bytes`. */
  figures?: Record<string, number | string>;
  /** How to mend it. */
  help?: string;
  /** Where the rule comes from. */
  link?: string;
  /** A change of the text that mends it. */
  fix?: { title: string; edits: { span: Span; text: string }[] };
}

export interface Position {
  line: number;
  column: number;
}

/** A half-open range of bytes of the text in UTF-8. */
export interface Span {
  start: number;
  end: number;
}

/** What is said of the figures beside it, to a person. */
export interface Statement {
  sentence: string;
}

/** A statement of one of several kinds, named by `code`; docs/plan-json.md lists the figures of each. */
export interface CodedStatement extends Statement {
  code: string;
  [figure: string]: unknown;
}

/** See docs/plan-json.md. A name ends with its unit: bytes, thousandths of a processor core (`_millis`), percent. */
export interface Plan {
  services: ServicePlan[];
  databases: DatabasePlan[];
  server: ServerPlan | null;
  cluster: ClusterPlan | null;
}

export interface ServicePlan {
  service: string;
  container: ContainerPlan;
  steps:
    | (Statement & {
        job_steps: number;
        init_container_steps: number;
        limit_bytes: number;
        is_on_cluster: boolean;
        is_on_server: boolean;
      })
    | null;
  steady: ServiceTotal;
  peak: ServiceTotal;
}

export interface ServiceTotal {
  replicas: number;
  need_bytes: number;
  limit_bytes: number;
  cpu_millis: number;
}

export interface ContainerPlan {
  terms: { label: string; count: number; each_bytes: number; bytes: number; note: string | null }[];
  idle_bytes: number;
  need_bytes: number;
  limit_bytes: number;
  limit_source: string;
  need_percent: number;
  utilisation: string;
  cpu_millis: number;
  sharing: (Statement & { model: string; before_traffic_bytes: number | null; after_traffic_bytes: number }) | null;
  at_limit:
    | (Statement & {
        cluster_processes: number | null;
        server_processes: number | null;
        workers: number;
        has_supervisor: boolean;
      })
    | null;
  growth:
    | (Statement & {
        bytes_per_hour: number;
        full_after_seconds: number;
        worker_bytes_per_hour: number;
        workers: number;
        room_bytes: number;
      })
    | null;
  on_nodes:
    | (Statement & {
        qos_class: string;
        scores: { group: string; oom_score_adj: number; memory_bytes: number }[];
        request_bytes: number;
      })
    | null;
}

export interface DatabasePlan {
  database: string;
  max_connections: number | null;
  steady_connections: number;
  peak_connections: number;
  rollout_connections: number | null;
  clients: {
    service: string;
    pool_size: number;
    pool_overflow: number;
    processes: number;
    steady_replicas: number;
    peak_replicas: number;
    rollout_replicas: number | null;
    steady_connections: number;
    peak_connections: number;
    rollout_connections: number | null;
  }[];
}

export interface Verdict {
  outcome: "fits" | "tight" | "does_not_fit" | "undecided";
  reason: CodedStatement;
  figures: string;
}

export interface Load {
  name: string;
  is_proxy: boolean;
  containers: number;
  need_bytes: number;
  limit_bytes: number;
}

export interface ServerPlan {
  verdict: Verdict;
  cpu_millis: number;
  memory_bytes: number;
  system_bytes: number;
  available_bytes: number;
  load_line_bytes: number;
  need_bytes: number;
  limit_bytes: number;
  requested_cpu_millis: number;
  is_past_load_line: boolean;
  loads: Load[];
  first_killed: (Statement & { name: string; process_bytes: number; excess_bytes: number; exceeds_need: boolean }) | null;
}

export interface ClusterPlan {
  verdict: Verdict;
  nodes: NodePlan[];
  steady: Placement;
  peak: Placement | null;
  scale_up: { added: { group: string; nodes: number; startup_seconds: number }[]; unplaced: Unplaced[]; unplaced_at_peak: Unplaced[] } | null;
  survive: "node" | "zone" | "nothing";
  losses: { node: string; nodes_alike: number; pods: number; unplaced: Unplaced[] }[];
  zone_losses: { zone: string; nodes: number; pods: number; unplaced: Unplaced[] }[];
  rollouts: Rollout[];
  pressure: (Statement & { first_killed: string; workers: number; process_bytes: number; request_bytes: number }) | null;
  assumptions: CodedStatement[];
  limits: CodedStatement[];
}

export interface NodePlan {
  node: string;
  group: string;
  zone: string | null;
  cpu_millis: number;
  memory_bytes: number;
  allocatable_cpu_millis: number;
  allocatable_memory_bytes: number;
  max_pods: number;
  load_line_bytes: number;
  steady: Cargo;
  peak: Cargo;
}

export interface Cargo {
  pods: number;
  requested_cpu_millis: number;
  requested_memory_bytes: number;
  need_bytes: number;
  is_past_load_line: boolean;
  loads: Load[];
}

export interface Placement {
  asked: number;
  pods: {
    pod: string;
    service: string;
    node: string;
    feasible_nodes: number;
    best_node_count: number;
    best_nodes: string[];
    scores: { nodes: string[]; totals: number[]; plugins: { plugin: string; weight: number; scores: number[] }[] };
  }[];
  unplaced: Unplaced[];
  not_tried: number;
}

export interface Unplaced {
  service: string;
  first: string;
  count: number;
  message: string;
  help: CodedStatement[];
}

export interface Rollout {
  service: string;
  replicas: number;
  surge_pods: number;
  terminating_pods: number;
  job_pods: number;
  peak_pods: number;
  peak_requested_memory_bytes: number;
  peak_requested_cpu_millis: number;
  room_pods: number;
  message: string | null;
  pace: "free" | "waits" | "grows" | "stuck" | "untried";
  least_seconds: number;
}
