//! What is said about what to buy.

use super::count;
use plimsoll::plan::capacity::Verdict;

pub const SMALLEST: &str = "The smallest that carries this";
pub const HOW_FOUND: &str = "How this was found";
pub const MACHINE: &str = "Machine";
pub const MACHINES: &str = "Machines";
pub const LOAD_LINE: &str = "Load line";
pub const IN_ALL: &str = "In all";
pub const A_MONTH: &str = "A month";
pub const VERDICT: &str = "Verdict";
/// Beside the document's own machine.
pub const YOURS: &str = "yours";

pub fn verdict(verdict: Verdict, reason: Option<&str>) -> String {
    match (verdict, reason) {
        (Verdict::Best, Some(reason)) => format!("Best. {reason}"),
        (Verdict::Best, None) => "Best.".to_owned(),
        (Verdict::Carries, Some(reason)) => format!("Carries it. {reason}"),
        (Verdict::Carries, None) => "Carries it.".to_owned(),
        (Verdict::TooSmall, reason) => format!("Too small. {}", reason.unwrap_or_default()),
        (Verdict::Untried, reason) => format!("Not tried. {}", reason.unwrap_or_default()),
    }
}

pub fn not_shown(machines: usize) -> String {
    format!("{} of the list are not shown.", count(machines, "machine"))
}
