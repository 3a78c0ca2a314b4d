//! Machines, and why some are too small, in words.

use crate::plan::cluster::Shortfall;
use crate::plan::{UnplacedPods, homeless};
use crate::topology::{Machine, NodeGroup, Survive};

/// A machine with its name: `cx22 (2 cores, 4 GiB)`.
pub(super) fn machine(machine: &Machine) -> String {
    match &machine.name {
        Some(name) => format!("{name} ({})", machine.size()),
        None => machine.size(),
    }
}

/// So many of a machine: `3 × 2 cores, 4 GiB`.
pub(super) fn machines(count: u32, of: &Machine) -> String {
    format!("{count} × {}", machine(of))
}

/// The machines of a cluster: `3 × 2 cores, 4 GiB and 1 to 4 × 8 cores, 32 GiB`.
pub(super) fn groups(groups: &[NodeGroup]) -> String {
    let group = |group: &NodeGroup| {
        let most = if group.may_grow() { format!(" to {}", group.max) } else { String::new() };
        format!("{}{most} × {}, {}", group.count, group.cpu, group.memory)
    };
    let is_any = |group: &&NodeGroup| group.count.max(group.max) > 0;
    let groups: Vec<String> = groups.iter().filter(is_any).map(group).collect();
    if groups.is_empty() { "no machine".to_owned() } else { groups.join(" and ") }
}

/// What does not work, to stand after `With 2, `; with its full stop.
pub(super) fn why(shortfall: &Shortfall, survive: Survive) -> String {
    match shortfall {
        Shortfall::Steady(pods) => nowhere("", pods),
        Shortfall::Peak(pods) => nowhere("at the peak ", pods),
        Shortfall::Awaits(added) => {
            let nodes = added.in_words();
            format!("it carries what always runs only on {nodes}, which the cluster autoscaler adds.")
        }
        Shortfall::Rollout(service, message) => {
            let message = message.as_ref().map(|message| format!(": {message}")).unwrap_or_default();
            let sentence =
                format!("a new release of {service} cannot begin, for want of room for its first pods{message}");
            format!("{}.", sentence.trim_end_matches('.'))
        }
        Shortfall::Loss(lost, pods) => {
            let lost = lost.as_deref().unwrap_or("one");
            let (who, message) = said(pods);
            format!("losing {lost} leaves {who} nowhere to go: {message}")
        }
        Shortfall::Alone if survive == Survive::Zone => "losing that zone leaves nothing.".to_owned(),
        Shortfall::Alone => "losing it leaves nothing.".to_owned(),
        Shortfall::PastLoadLine => "one is loaded past its line, 90 % of what it has for pods.".to_owned(),
        Shortfall::Untried => "to place so many pods takes too long here.".to_owned(),
    }
}

fn nowhere(when: &str, pods: &[UnplacedPods]) -> String {
    let (who, message) = said(pods);
    let has = if who.contains(' ') { "have" } else { "has" };
    format!("{when}{who} {has} nowhere to go: {message}")
}

/// Who has nowhere to go, and why, in the scheduler's words.
fn said(pods: &[UnplacedPods]) -> (String, &str) {
    let who = homeless(pods).map(|(who, _)| who).unwrap_or_default();
    (who, pods.first().map(|pods| pods.message.as_str()).unwrap_or_default())
}
