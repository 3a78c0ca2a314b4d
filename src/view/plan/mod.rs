//! The verdict and the picture of a plan.

pub mod capacity;
pub mod cluster;
pub mod moment;
pub mod picture;
pub mod server;

use crate::engine::Report;
use crate::plan::Verdict;
use crate::plan::simulate::Target;
use picture::Picture;

/// The verdict for a target; `None` if the topology does not have it.
pub fn verdict(report: &Report, target: Target) -> Option<&Verdict> {
    match target {
        Target::Server => report.plan.server.as_ref().map(|server| &server.verdict),
        Target::Cluster => report.plan.cluster.as_ref().map(|cluster| &cluster.verdict),
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
