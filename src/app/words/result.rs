//! What is said around the right half: its tabs, the line beside them, and the same on a narrow page.

use super::count;
use plimsoll::quantity::{Cpu, Memory};

pub const FOLLOWS: &str = "What follows";
pub const FILES: &str = "Files";
pub const PLAN: &str = "Plan";
pub const ADVICE: &str = "Advice";
pub const WORKING: &str = "Working it out …";

// Around the number at a tab, to those who do not see its colour.
pub const BEFORE_FINDINGS: &str = ": ";
pub const FINDINGS: &str = " findings";

// On a narrow page.
pub const VIEWS: &str = "Views";
pub const SAY: &str = "Say";

// What stands in the way.
pub const LAST_GOOD: &str = "Last good result. ";

/// Before what is wrong there.
pub fn line(line: usize) -> String {
    format!("Line {line}: ")
}

// What the plan is for.
pub fn cluster(nodes: usize) -> String {
    format!("Kubernetes, {}", count(nodes, "node"))
}

pub fn server(cpu: Cpu, memory: Memory) -> String {
    format!("Docker Compose, {cpu}, {memory}")
}

/// What is said to those who do not see the page, once typing pauses.
pub fn announced(findings: &str, is_stale: bool) -> String {
    if is_stale { format!("{findings}. Showing the last good result.") } else { format!("{findings}.") }
}
