//! A Deployment's rolling update: how many pods may be too many or missing meanwhile, and what each step changes.
//!
//! ```text
//! surge       = the number, or ceil(percent * replicas / 100)
//! unavailable = the number, or floor(percent * replicas / 100); 1 if it and surge are both 0
//! up          = min(replicas + surge - all pods, replicas - new pods)
//! down        = all pods - (replicas - unavailable) - new pods that are not available
//! ```
//!
//! "All pods" are those that ReplicaSets ask for. A pod that is being deleted is no longer among them, though it holds its
//! node's memory until it has ended.
//!
//! Sources: `ResolveFenceposts`, `MaxUnavailable` and `NewRSNewReplicas` of
//! `pkg/controller/deployment/util/deployment_util.go`, `pkg/controller/deployment/rolling.go` (v1.36.2).

/// A number of pods, or a share of the replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// A number of pods.
    Pods(u32),
    /// A percentage of the replicas.
    Percent(u32),
}

/// How far a rolling update may depart from the number of replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Margin {
    /// How many pods more there may be.
    pub surge: u32,
    /// How many of the replicas may be missing; all of them, if it is more than there are.
    pub unavailable: u32,
}

/// A Deployment in the middle of a rolling update.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rollout {
    /// How many pods are wanted.
    pub replicas: u32,
    /// How far it may depart from that.
    pub margin: Margin,
    /// The pods of the new template.
    pub new: Pods,
    /// The pods of former templates, the oldest first.
    pub old: Vec<Pods>,
}

/// The pods of one ReplicaSet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Pods {
    /// How many it asks for.
    pub wanted: u32,
    /// How many of those are available: ready for long enough.
    pub available: u32,
}

impl Share {
    fn rounded_up(self, replicas: u32) -> u32 {
        match self {
            Self::Pods(pods) => pods,
            Self::Percent(percent) => saturated((u64::from(percent) * u64::from(replicas)).div_ceil(100)),
        }
    }

    fn rounded_down(self, replicas: u32) -> u32 {
        match self {
            Self::Pods(pods) => pods,
            Self::Percent(percent) => saturated(u64::from(percent) * u64::from(replicas) / 100),
        }
    }
}

fn saturated(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

impl Margin {
    /// Returns the margin for a number of replicas. If both were zero, the rollout could not move, so one pod may be missing.
    pub fn of(max_surge: Share, max_unavailable: Share, replicas: u32) -> Self {
        let (surge, unavailable) = (max_surge.rounded_up(replicas), max_unavailable.rounded_down(replicas));
        let unavailable = if surge == 0 && unavailable == 0 { 1 } else { unavailable };
        Self { surge, unavailable }
    }
}

impl Rollout {
    /// Takes the next step, and says whether there was one to take: until pods become available or others are asked for,
    /// nothing more happens.
    pub fn step(&mut self) -> bool {
        let wanted = if self.new.wanted > self.replicas { self.replicas } else { self.new_pods_wanted() };
        if wanted != self.new.wanted {
            self.new.wanted = wanted;
            self.new.available = self.new.available.min(wanted);
            return true;
        }
        self.take_old_away()
    }

    /// How many pods of the new template there may be now; as many as there are where all pods are too many already.
    pub fn new_pods_wanted(&self) -> u32 {
        let missing = self.replicas.saturating_add(self.margin.surge).saturating_sub(self.all());
        if missing == 0 { self.new.wanted } else { self.new.wanted.saturating_add(missing).min(self.replicas) }
    }

    /// Takes away old pods that are not available, then others as far as enough are available.
    fn take_old_away(&mut self) -> bool {
        let fewest = self.replicas.saturating_sub(self.margin.unavailable);
        let not_yet_available = self.new.wanted.saturating_sub(self.new.available);
        let mut unhealthy = self.all().saturating_sub(fewest).saturating_sub(not_yet_available);
        if unhealthy == 0 {
            return false;
        }
        let before = self.all();
        for pods in &mut self.old {
            let count = unhealthy.min(pods.wanted.saturating_sub(pods.available));
            pods.wanted -= count;
            unhealthy -= count;
        }
        let available = self.old.iter().fold(self.new.available, |sum, pods| sum.saturating_add(pods.available));
        let mut spare = available.saturating_sub(fewest);
        for pods in &mut self.old {
            let count = spare.min(pods.wanted);
            pods.wanted -= count;
            pods.available = pods.available.min(pods.wanted);
            spare -= count;
        }
        self.all() < before
    }

    fn all(&self) -> u32 {
        self.old.iter().fold(self.new.wanted, |sum, pods| sum.saturating_add(pods.wanted))
    }
}

#[cfg(test)]
mod tests {
    use super::Share::{Percent, Pods as Number};
    use super::*;

    #[test]
    fn surge_is_rounded_up_and_unavailable_down() {
        for (surge, unavailable, replicas, margin) in [
            (Percent(25), Percent(25), 4, (1, 1)),
            (Percent(25), Percent(25), 5, (2, 1)),
            (Percent(25), Number(0), 1, (1, 0)),
            (Percent(25), Number(0), 0, (0, 1)),
            (Number(0), Number(0), 3, (0, 1)),
            (Number(0), Percent(25), 3, (0, 1)),
            (Number(2), Number(9), 3, (2, 9)),
            (Percent(u32::MAX), Percent(u32::MAX), u32::MAX, (u32::MAX, u32::MAX)),
        ] {
            let Margin { surge: more, unavailable: fewer } = Margin::of(surge, unavailable, replicas);
            assert_eq!((more, fewer), margin, "{surge:?} {unavailable:?} of {replicas}");
        }
    }

    /// The numbers of new and old pods after each step; new pods become available when no step is left.
    fn steps(replicas: u32, margin: Margin, old: &[Pods]) -> String {
        let mut rollout = Rollout { replicas, margin, new: Pods::default(), old: old.to_vec() };
        let mut seen = Vec::new();
        while seen.len() < 100 {
            if rollout.step() {
                let old: Vec<String> = rollout.old.iter().map(|pods| pods.wanted.to_string()).collect();
                seen.push(format!("{}/{}", rollout.new.wanted, old.join("+")));
            } else if rollout.new.available < rollout.new.wanted {
                rollout.new.available = rollout.new.wanted;
            } else {
                break;
            }
        }
        seen.join(" ")
    }

    #[test]
    fn new_pods_replace_old_ones_within_the_margin() {
        let old = |wanted, available| Pods { wanted, available };
        for (replicas, surge, unavailable, before, expected) in [
            (3, 1, 0, vec![old(3, 3)], "1/3 1/2 2/2 2/1 3/1 3/0"),
            (4, 0, 1, vec![old(4, 4)], "0/3 1/3 1/2 2/2 2/1 3/1 3/0 4/0"),
            (4, 2, 2, vec![old(4, 4)], "2/4 2/2 4/2 4/0"),
            // What is broken goes first, the oldest before the rest.
            (4, 1, 0, vec![old(2, 0), old(3, 3)], "0/1+3 1/1+3 1/0+3 2/0+3 2/0+2 3/0+2 3/0+1 4/0+1 4/0+0"),
            (0, 1, 0, vec![old(2, 2)], "0/0"),
        ] {
            let margin = Margin { surge, unavailable };
            assert_eq!(steps(replicas, margin, &before), expected, "{replicas} {margin:?} {before:?}");
        }
    }
}
