//! Why the lines of a Job are there, of one that a clock starts, and of what waits for one.

use crate::quantity::Memory;
use crate::topology::Schedule;
use crate::words::files::all_of;

// Attempts.
pub const FAILED_ATTEMPT_STAYS: &str = "A failed attempt stays there to be read; the next one gets a new pod";
pub const ONE_ATTEMPT_AT_A_TIME: &str =
    "A new attempt waits until the last has ended: two at once could spoil each other's work";

pub fn tried_for_ten_minutes(needs: &[&str]) -> String {
    match needs {
        [] => "Tried again for about ten minutes".to_owned(),
        needs => format!("Tried again for about ten minutes, while {} may still be starting", all_of(needs)),
    }
}

pub fn tried_again(times: i32) -> String {
    format!("Tried {times} times more, then not until the next time")
}

// The steps that run once for a release.
pub const ONCE_FOR_A_RELEASE: &str =
    "One container runs the steps once for a release, however many pods start afterwards";
pub const NAME_FOLLOWS_FROM_THE_CONTENT: &str = "The end of the name follows from the content: a Job cannot be \
    changed, so another release makes another; it stays, since pods that start later look for it too";

// What waits for them.
pub const NEW_PODS_WAIT_FOR_THE_STEPS: &str =
    "A new pod waits until the steps have ended well; as long as they fail, the old pods go on serving";
pub const KUBECTL_IS_PINNED: &str =
    "Kubernetes' own image; the tag pins it, so a node that has it need not ask the registry";
pub const LOOKS_AT_ONE_JOB: &str = "May look at this one Job, and at nothing else of the cluster";

pub fn more_than_kubectl_takes(memory: Memory) -> String {
    format!("{memory} is more than kubectl takes; it is not added to what the container after it asks for")
}

pub fn token_for_the_wait(minutes: i64) -> String {
    format!(
        "Only the container that waits gets a token, of {minutes} minutes: the process after it cannot ask the \
         cluster's API"
    )
}

pub fn look_at_their_job(service: &str) -> String {
    format!("Lets the pods of `{service}` look at their Job")
}

// Runs that a clock starts.
pub const NO_SUMMER_TIME: &str =
    "The clock of the world, which knows no summer time: no hour is left out or comes twice";
pub const ONE_RUN_AT_A_TIME: &str = "As long as one run goes on, no other begins";
pub const DISK_OF_ALL_RUNS: &str = "The disk of all runs";
pub const CLAIM_FOR_ALL_RUNS: &str = "A disk for all runs, one after the other, of the cluster's default class";

pub fn runs_at(service: &str, schedule: &Schedule) -> String {
    format!("Runs `{service}` at {schedule}, each time in a pod of its own")
}

pub fn left_out_when_late(minutes: i64) -> String {
    format!(
        "A run that could not begin in {minutes} minutes is left out, instead of beginning at a time that \
         nobody expects"
    )
}

pub fn good_runs_stay(runs: i32) -> String {
    format!("The last {runs} runs that ended well stay there to be read")
}

pub fn failed_runs_stay(runs: i32) -> String {
    format!("The last {runs} runs that failed stay there to be read")
}
