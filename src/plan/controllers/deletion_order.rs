//! Which pod of a ReplicaSet goes first when there are too many.
//!
//! ```text
//! without a node < with one
//! not running    < running
//! not ready      < ready
//! more pods of the same owner on its node < fewer
//! ready for less time < for longer, in powers of two of nanoseconds
//! more restarts  < fewer
//! younger        < older, in powers of two of nanoseconds
//! ```
//!
//! Within a power of two Kubernetes goes by the pods' UIDs, which is by chance; here the pod that was made last goes
//! first. Costs of deletion are left out: no generated pod has one.
//!
//! Source: `ActivePodsWithRanks` of `pkg/controller/controller_utils.go`, `getPodsRankedByRelatedPodsOnSameNode` of
//! `pkg/controller/replicaset/replica_set.go` (v1.36.2).

use std::cmp::Ordering;

/// A pod, as far as it matters for the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Whether it has a node.
    pub is_assigned: bool,
    /// Whether its container runs or has run.
    pub is_running: bool,
    /// For how long it has been ready, in milliseconds, if it is.
    pub ready_millis: Option<u64>,
    /// How many pods of the same owner are on its node.
    pub on_its_node: u32,
    /// How often its container was started anew.
    pub restarts: u32,
    /// For how long it has been there, in milliseconds.
    pub age_millis: u64,
    /// The higher, the later it was made.
    pub number: u32,
}

/// Less is the one that goes first.
pub fn compare(one: &Candidate, other: &Candidate) -> Ordering {
    one.is_assigned
        .cmp(&other.is_assigned)
        .then(one.is_running.cmp(&other.is_running))
        .then(one.ready_millis.is_some().cmp(&other.ready_millis.is_some()))
        .then(other.on_its_node.cmp(&one.on_its_node))
        .then_with(|| match (one.ready_millis, other.ready_millis) {
            (Some(one_ready), Some(other_ready)) if one_ready != other_ready => {
                by_power_of_two(one_ready, other_ready, one, other)
            }
            _ => other.restarts.cmp(&one.restarts).then_with(|| {
                if one.age_millis == other.age_millis {
                    other.number.cmp(&one.number)
                } else {
                    by_power_of_two(one.age_millis, other.age_millis, one, other)
                }
            }),
        })
}

fn by_power_of_two(one_millis: u64, other_millis: u64, one: &Candidate, other: &Candidate) -> Ordering {
    power(one_millis).cmp(&power(other_millis)).then(other.number.cmp(&one.number))
}

/// The power of two of a time in nanoseconds; nothing of no time.
fn power(millis: u64) -> Option<u32> {
    (u128::from(millis) * 1_000_000).checked_ilog2()
}

#[cfg(test)]
mod tests {
    use super::*;

    const POD: Candidate = Candidate {
        is_assigned: true,
        is_running: true,
        ready_millis: Some(100_000),
        on_its_node: 1,
        restarts: 0,
        age_millis: 110_000,
        number: 1,
    };

    #[test]
    fn what_serves_least_goes_first() {
        let ladder = [
            ("without a node", Candidate { is_assigned: false, is_running: false, ready_millis: None, ..POD }),
            ("not running", Candidate { is_running: false, ready_millis: None, ..POD }),
            ("not ready, restarted", Candidate { ready_millis: None, restarts: 1, ..POD }),
            ("not ready, younger", Candidate { ready_millis: None, age_millis: 1000, ..POD }),
            ("not ready", Candidate { ready_millis: None, ..POD }),
            ("beside another", Candidate { on_its_node: 2, ..POD }),
            ("ready for a moment", Candidate { ready_millis: Some(1000), ..POD }),
            ("made last", Candidate { number: 2, ..POD }),
            ("all well", POD),
            ("ready for twice as long", Candidate { ready_millis: Some(200_000), number: 9, ..POD }),
        ];
        for (index, (name, one)) in ladder.iter().enumerate() {
            for (later, other) in &ladder[index + 1..] {
                assert_eq!(compare(one, other), Ordering::Less, "{name} and {later}");
                assert_eq!(compare(other, one), Ordering::Greater, "{later} and {name}");
            }
        }
    }

    #[test]
    fn times_of_the_same_power_of_two_are_as_good_as_equal() {
        // 100 s and 130 s lie between 2^36 and 2^37 nanoseconds.
        let longer = Candidate { ready_millis: Some(130_000), number: 2, ..POD };
        assert_eq!(compare(&longer, &POD), Ordering::Less, "the one that was made last");
        let much_longer = Candidate { ready_millis: Some(140_000), number: 2, ..POD };
        assert_eq!(compare(&much_longer, &POD), Ordering::Greater);
    }
}
