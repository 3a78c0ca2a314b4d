//! What is said of a cluster that is given to the scheduler, and of its choices. Why a pod fits on no node is in
//! Kubernetes' own words (`plan/scheduler/verdict.rs`).

/// How clear the choice of a node was: of so many that are feasible, so many have the best score.
pub fn choice(feasible: usize, best: usize) -> String {
    match (feasible, best) {
        (1, _) => "the only one that it fits on".to_owned(),
        (feasible, 1) => format!("best of {feasible}"),
        (feasible, best) if feasible == best => format!("any of {best}"),
        (feasible, best) => format!("any of the best {best} of {feasible}"),
    }
}

// Why some JSON is no cluster. The place stands before.
pub const NO_KUBERNETES_LIST: &str = "this is no Kubernetes list; write what `kubectl get nodes,pods -o json` prints";
pub const NEITHER_ITEMS_NOR_NODES: &str =
    "this has neither `items` nor `nodes`; write what `kubectl get nodes,pods -o json` prints";
pub const NO_LIST: &str = "this is no list";
pub const NO_KIND: &str = "this has no `kind`";
pub const NODE_WITHOUT_NAME: &str = "this node has no name";

pub fn no_json(why: &str) -> String {
    format!("this is not JSON: {why}")
}

pub fn node_named_twice(name: &str) -> String {
    format!("there is another node of the name `{name}`")
}

pub fn wrong_amount(resource: &str, why: &str, help: &str) -> String {
    format!("`{resource}`: {why}; {help}")
}

pub fn wrong_weight(weight: i32) -> String {
    format!("the weight {weight} is not from 1 to 100")
}

pub fn not_positive(field: &str, number: i32) -> String {
    format!("`{field}` is {number}; it must be 1 or more")
}

pub fn compared_with_no_number(key: &str, value: &str) -> String {
    format!("`{key}` is to be compared with `{value}`, which is no number")
}

pub fn not_one_number(key: &str) -> String {
    format!("`{key}` is to be compared; write one number in `values`")
}

pub fn no_values(key: &str, operator: &str) -> String {
    format!("`{key} {operator}` has no `values`")
}

pub fn needless_values(key: &str, operator: &str) -> String {
    format!("`{key} {operator}` takes no `values`")
}

pub fn unknown_effect(written: &str) -> String {
    format!("a taint's effect is `{written}`; write NoSchedule, PreferNoSchedule or NoExecute")
}

pub fn unknown_toleration(written: &str) -> String {
    format!("a toleration's operator is `{written}`; write Exists or Equal")
}

pub fn unknown_field_selector(written: &str) -> String {
    format!("a field selector is `{written}`; write metadata.name In or NotIn")
}

pub fn unknown_requirement(written: &str) -> String {
    format!("the operator of a requirement is `{written}`; write In, NotIn, Exists or DoesNotExist")
}

pub fn unknown_spread_policy(written: &str) -> String {
    format!("a spread constraint's policy is `{written}`; write Honor or Ignore")
}

pub fn unknown_when_unsatisfiable(written: &str) -> String {
    format!("`whenUnsatisfiable` is `{written}`; write DoNotSchedule or ScheduleAnyway")
}
