//! How many pods a PodDisruptionBudget lets go, and which of them need not ask.
//!
//! ```text
//! desired = max(0, expected - maxUnavailable)
//! allowed = max(0, healthy - desired), or 0 if nothing is expected
//! ```
//!
//! "Healthy" are pods that are ready and not being deleted, "expected" what their owners ask for. The budget holds for the
//! eviction API, which drains use; not for rolling updates, lost nodes or the kubelet.
//!
//! Sources: `getExpectedScale` and `updatePdbStatus` of `pkg/controller/disruption/disruption.go`,
//! `pkg/registry/core/pod/storage/eviction.go` (v1.36.2).

use crate::topology::Replicas;

/// A PodDisruptionBudget with a number for `maxUnavailable`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// How many of the expected pods may be missing.
    pub max_unavailable: u32,
    /// How many pods their owners ask for.
    pub expected: u32,
    /// How many of them are ready and not being deleted.
    pub healthy: u32,
}

/// How many replicas a service has to have, or be able to have, for a budget to be generated.
const BUDGET_FROM: u32 = 2;
/// The most replicas for which `maxUnavailable` of the generated budgets is 1; above, it is a tenth, rounded up.
const FEW: u32 = 10;

/// `maxUnavailable` of the budget that is generated for a service of which `expected` pods run, if one is: one pod may be
/// missing, or one in ten, where there are, or can be, two.
pub fn generated(replicas: Replicas, expected: u32) -> Option<u32> {
    let peak = replicas.peak();
    (peak >= BUDGET_FROM).then(|| if peak <= FEW { 1 } else { expected.div_ceil(10) })
}

impl Budget {
    /// How many healthy pods may be evicted now.
    pub fn allowed(self) -> u32 {
        let desired = self.expected.saturating_sub(self.max_unavailable);
        if self.expected == 0 { 0 } else { self.healthy.saturating_sub(desired) }
    }

    /// Whether a pod may be evicted now. One that is not ready always may: the generated budgets say `AlwaysAllow`
    /// (<https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy>).
    pub fn allows(self, is_ready: bool) -> bool {
        !is_ready || self.allowed() > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_may_go_as_leave_enough() {
        for (max_unavailable, expected, healthy, allowed) in
            [(1, 3, 3, 1), (1, 3, 2, 0), (1, 3, 4, 2), (1, 1, 1, 1), (0, 1, 1, 0), (5, 3, 3, 3), (1, 0, 3, 0)]
        {
            let budget = Budget { max_unavailable, expected, healthy };
            assert_eq!(budget.allowed(), allowed, "{budget:?}");
            assert_eq!((budget.allows(true), budget.allows(false)), (allowed > 0, true), "{budget:?}");
        }
    }
}
