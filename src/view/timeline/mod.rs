//! The timeline of a simulation: the scenario that the person chooses, and its clock.

pub mod choice;
pub mod choices;
pub mod clock;
pub mod figures;

use crate::plan::simulate::Entry;

/// An event in a sentence: `api-4 is ready`.
pub fn sentence(event: &Entry) -> String {
    let what = event.event.words();
    let service = event.service.as_ref().map(ToString::to_string);
    let who = event.replica.clone().or(service);
    match (who, &event.node) {
        (Some(who), Some(node)) if event.replica.is_some() => format!("{who} {what} on {node}"),
        (Some(who), _) => format!("{who} {what}"),
        (None, Some(node)) => format!("{node}: {what}"),
        (None, None) => what.to_owned(),
    }
}
