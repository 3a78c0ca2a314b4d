//! The verdict and the picture of a plan.

pub mod capacity;
pub mod cluster;
pub mod moment;
pub mod picture;
pub mod server;

use crate::engine::Report;
use crate::plan::simulate::Target;
use crate::plan::{Outcome, Verdict};
use picture::Picture;

/// A verdict in words, of either target.
#[derive(Debug, Clone, PartialEq)]
pub struct Headline {
    /// The outcome.
    pub outcome: Outcome,
    /// The verdict in a sentence.
    pub sentence: String,
    /// Its figures.
    pub figures: String,
}

/// The headline of a target; `None` if the topology does not have it.
pub fn headline(report: &Report, target: Target) -> Option<Headline> {
    match target {
        Target::Server => report.plan.server.as_ref().map(|server| Headline::of(&server.verdict)),
        Target::Cluster => report.plan.cluster.as_ref().map(|cluster| Headline::of(&cluster.verdict)),
    }
}

impl Headline {
    fn of<R>(verdict: &Verdict<R>) -> Self {
        let (sentence, figures) = verdict.sentences();
        Self { outcome: verdict.outcome, sentence: sentence.to_owned(), figures: figures.to_owned() }
    }
}

/// The picture of a target; empty if the topology does not have it.
pub fn picture(report: &Report, target: Target) -> Picture {
    let picture = match target {
        Target::Server => report.plan.server.as_ref().map(|plan| server::picture(plan, &report.services)),
        Target::Cluster => report.plan.cluster.as_ref().map(|plan| cluster::picture(plan, report)),
    };
    picture.unwrap_or_default()
}
