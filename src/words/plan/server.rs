//! What a server carries.

use crate::plan::figures::{about, pair};
use crate::plan::part_of;
use crate::quantity::Memory;

// The answer.
pub const PAST_LOAD_LINE: &str = "It floats, but loaded past the line: little is left for what nobody thought of.";
pub const OVERCOMMITTED: &str = "It floats, as long as the containers do not all grow to their limits.";
pub const ALL_LIMITS_FIT: &str = "It floats: even if every container grows to its limit, all fit.";

pub fn too_small(need: Memory, available: Memory) -> String {
    let (need, available) = pair(need, available);
    format!("It sinks: the containers need {need}, and the server has {available} for them.")
}

pub fn figures(need: Memory, available: Memory, load_line: Memory, limits: Memory) -> String {
    format!(
        "{} needed at the busiest time, load line at {}; limits add up to {}.",
        part_of(need, available),
        about(load_line),
        about(limits)
    )
}

// What the kernel ends first.
/// Already what the containers need is so much more than there is for them. The largest process is of the `victim`.
pub fn killed_since_too_small(excess: Memory, victim: &str, process: Memory) -> String {
    let what = format!("The containers need {} more than the server has for them", about(excess));
    killed(&what, victim, process)
}

/// What their limits let them take is so much more.
pub fn killed_if_limits_are_reached(excess: Memory, victim: &str, process: Memory) -> String {
    let what = format!(
        "If all containers grow to their limits, they take {} more than the server has for them",
        about(excess)
    );
    killed(&what, victim, process)
}

fn killed(when: &str, victim: &str, process: Memory) -> String {
    format!(
        "{when}; the kernel then ends the process that uses the most memory, at these figures one of {victim} ({}).",
        about(process)
    )
}
