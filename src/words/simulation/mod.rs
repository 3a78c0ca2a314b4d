//! What is said of a simulation: what came of it, why there is none, and what it takes for granted.

pub mod events;
pub mod text;

use super::listed;
use super::plan::time::exactly;
use super::plan::without_full_stop;
use crate::topology::Name;

// What came of it. Times are in milliseconds.
pub const NOTHING_SIMULATED: &str = "Nothing was simulated.";
pub const NO_REQUESTS: &str = "No service takes requests: nothing happens.";

pub fn release_done(services: &[String], after: u64) -> String {
    format!("The release of {} is done after {}.", list(services), exactly(after))
}

/// Why may be known, in the scheduler's words.
pub fn release_not_done(services: &[String], after: u64, why: Option<&str>) -> String {
    let why = why.map(|why| format!(": {}", without_full_stop(why))).unwrap_or_default();
    format!("The release of {} is not done after {}{why}.", list(services), exactly(after))
}

pub fn whole_again(lost: &str, after: u64) -> String {
    format!("Without {lost}, every service has all its replicas again after {}.", exactly(after))
}

pub fn replicas_missing(lost: &str, services: &[String], after: u64) -> String {
    format!("Without {lost}, replicas of {} are missing after {}.", list(services), exactly(after))
}

/// So many pods had to wait until their budget let them go.
pub fn node_empty(node: &str, after: u64, waited: usize) -> String {
    format!("{node} is empty after {}.{}", exactly(after), waited_for_budgets(waited))
}

pub fn node_not_empty(node: &str, after: u64, waited: usize) -> String {
    format!("{node} is not empty after {}.{}", exactly(after), waited_for_budgets(waited))
}

fn waited_for_budgets(pods: usize) -> String {
    match pods {
        0 => String::new(),
        1 => " One pod had to wait for its budget.".to_owned(),
        pods => format!(" {pods} pods had to wait for their budgets."),
    }
}

/// So many times memory ran out meanwhile.
pub fn all_served(killed: usize) -> String {
    format!("Every request is served as it comes.{}", ran_out_of_memory(killed))
}

pub fn overloaded(services: &[String], since: u64, queued: f64, killed: usize) -> String {
    let (services, killed) = (list(services), ran_out_of_memory(killed));
    format!("{services} cannot keep up from {} on: up to {queued} requests queue up.{killed}", exactly(since))
}

fn ran_out_of_memory(times: usize) -> String {
    match times {
        0 => String::new(),
        1 => " Once, memory ran out.".to_owned(),
        times => format!(" {times} times, memory ran out."),
    }
}

pub fn leaked(service: &str, after: u64, times: usize, within: u64) -> String {
    let times = if times == 1 { "once".to_owned() } else { format!("{times} times in all") };
    format!("{service} runs out of memory after {}, {times} in {}.", exactly(after), exactly(within))
}

pub fn not_leaked(service: &str, within: u64) -> String {
    format!("{service} does not run out of memory in {}.", exactly(within))
}

/// A further sentence, for the longest time at a stretch.
pub fn nobody_answered(service: &Name, millis: u64) -> String {
    format!("For {}, no replica of {service} answered.", exactly(millis))
}

/// `a`, `a and b`, `a, b and c`; of many, the first and how many more.
fn list(names: &[String]) -> String {
    const MOST: usize = 5;
    match names.split_at_checked(MOST) {
        Some((first, rest @ [_, ..])) => format!("{} and {} more", first.join(", "), rest.len()),
        _ => listed(names, "and"),
    }
}

// Why it ended before its time.
pub fn too_many_pods(pods: u64, most: u64, seconds: u64) -> String {
    format!("{pods} pods are more than the {most} that are simulated: it was stopped, at {seconds} s.")
}

pub fn too_many_steps(most: u64, seconds: u64) -> String {
    format!("It was stopped after {most} steps, at {seconds} s.")
}

pub fn too_many_events(most: usize, seconds: u64) -> String {
    format!("It was stopped after {most} events, at {seconds} s.")
}

pub fn takes_too_long(seconds: u64) -> String {
    format!("It was stopped, since so many pods take too long here, at {seconds} s.")
}

pub fn weighs_too_often(most: u64, seconds: u64) -> String {
    format!("Weighing nodes more than {most} times takes too long here: it was stopped, at {seconds} s.")
}

// Why there is none.
pub const NO_SERVER: &str = "The document has no server.";
pub const NO_CLUSTER: &str = "The document has no cluster.";
pub const NO_NODES: &str = "The cluster has no nodes.";
pub const NOTHING_RUNS: &str = "The document has no service that runs.";

pub fn needs_cluster(scenario: &str) -> String {
    format!("A server has no nodes: {scenario} needs a cluster.")
}

pub fn no_service(name: &str) -> String {
    format!("The document has no service `{name}`.")
}

pub fn no_node(name: &str) -> String {
    format!("The cluster has no node `{name}`.")
}

pub fn not_always_running(service: &str) -> String {
    format!("The service `{service}` does not run all the time here.")
}

pub fn no_scenario(written: &str, scenarios: &[&str]) -> String {
    format!("`{written}` is no scenario; there are {}", scenarios.join(", "))
}

pub fn no_target(written: &str) -> String {
    format!("`{written}` is no target; there are cluster and server")
}

// What it takes for granted.
pub const BEGINS_SETTLED: &str = "What always runs has run for a while when it begins; what runs now and then is left out. Each step before a service takes 5 s. With seed 0 every period starts at time 0 and everything takes its nominal time; other seeds draw when controllers look, and start-up times up to a tenth shorter or longer.";
pub const REQUESTS_QUEUE: &str = "Requests arrive by chance at the given rate and are shared evenly; each replica is a queue with a server for each process (M/M/c). Where all processes are busy all the time the formula says nothing: what cannot be served is counted as it queues up. A request computes for `cpu.per_request`, or a tenth of its time. Gunicorn's own workers are kept for all of its time, other processes only while they compute. Clients wait for as long as it takes.";
pub const CONTROLLERS_TAKE_NO_TIME: &str =
    "Controllers, the scheduler and the network take no time. Every process has a core to itself when it computes.";
pub const KUBELET_LOOKS_AT_ONCE: &str =
    "The kubelet looks up to 15 s after a back-off is over before it starts a container again; here it does at once.";
pub const IMAGES_ARE_THERE: &str = "`docker compose up` has its images built or pulled before it stops anything.";
pub const MEMORY_FROM_START: &str = "A container takes all of its memory from its start. The parent of several processes starts another where one is killed.";

#[cfg(test)]
mod tests {
    use super::list;

    #[test]
    fn lists_read_as_sentences_do() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!((0..4).map(|count| list(&names[..count])).collect::<Vec<_>>(), ["", "a", "a and b", "a, b and c"]);
        assert_eq!(list(&["a"; 9].map(str::to_owned)), "a, a, a, a, a and 4 more");
    }
}
