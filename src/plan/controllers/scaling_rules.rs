//! How far the HorizontalPodAutoscaler may go in one step: its limits and the rules of its `behavior`.
//!
//! ```text
//! start = replicas - added in the policy's period + removed in it
//! up    = start + pods, or ceil(start * (1 + percent / 100))
//! down  = start - pods, or trunc(start * (1 - percent / 100))
//! ```
//!
//! The percentages are reckoned in 64-bit floating point as Kubernetes does it, so that 100 pods and 10 percent make 111:
//! 100 * 1.1 is a little more than 110 there. Without a `behavior`, what is asked for may be twice what there is, or 4.
//!
//! Source: `convertDesiredReplicasWithRules`, `convertDesiredReplicasWithBehaviorRate`,
//! `calculateScaleUpLimitWithScalingRules` and `calculateScaleDownLimitWithBehaviors` of `pkg/controller/podautoscaler/horizontal.go` (v1.36.2).

/// The rules for one direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScalingRules {
    /// Which of the policies counts.
    pub select: SelectPolicy,
    /// The policies.
    pub policies: Vec<ScalingPolicy>,
}

/// Which of several policies counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelectPolicy {
    /// The one that changes the most.
    Max,
    /// The one that changes the least.
    Min,
    /// None: there is no scaling in this direction.
    Disabled,
}

/// How much may change in a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScalingPolicy {
    /// How much.
    pub change: Change,
    /// The period, in seconds.
    pub period_seconds: u32,
}

/// A change in the number of replicas.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// By a number of pods.
    Pods(i32),
    /// By a percentage of the replicas at the start of the period.
    Percent(i32),
}

/// A change that was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScaleEvent {
    /// By how many pods.
    pub pods: i32,
    /// How long ago, in milliseconds.
    pub millis_ago: u64,
}

/// An earlier change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct History<'a> {
    /// Pods that were added.
    pub added: &'a [ScaleEvent],
    /// Pods that were removed.
    pub removed: &'a [ScaleEvent],
}

/// The limit that keeps the number of replicas from the proposed one. The names are those of the condition `ScalingLimited`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limit {
    /// No limit applies.
    DesiredWithinRange,
    /// The rules for scaling up.
    ScaleUpLimit,
    /// The rules for scaling down.
    ScaleDownLimit,
    /// The most replicas that the autoscaler may ask for.
    TooManyReplicas,
    /// The fewest.
    TooFewReplicas,
}

/// The number of replicas from `current` towards `desired`, within `min` to `max` and the limits of the rules.
pub fn limited_by_rules(
    current: i32,
    desired: i32,
    (min, max): (i32, i32),
    (scale_up_limit, scale_down_limit): (i32, i32),
) -> (i32, Limit) {
    if desired > current {
        let up = scale_up_limit.max(current);
        let (most, limit) = if max > up { (up, Limit::ScaleUpLimit) } else { (max, Limit::TooManyReplicas) };
        if desired > most {
            return (most, limit);
        }
    } else if desired < current {
        let down = scale_down_limit.min(current);
        let (fewest, limit) = if min < down { (down, Limit::ScaleDownLimit) } else { (min, Limit::TooFewReplicas) };
        if desired < fewest {
            return (fewest, limit);
        }
    }
    (desired, Limit::DesiredWithinRange)
}

/// The most replicas that the rules for scaling up allow.
pub fn scale_up_limit(current: i32, rules: &ScalingRules, history: History) -> i32 {
    let proposed = |policy: &ScalingPolicy| {
        let start = replicas_at_start(current, policy, history);
        match policy.change {
            Change::Pods(pods) => start.saturating_add(pods),
            Change::Percent(percent) => whole((f64::from(start) * (1.0 + f64::from(percent) / 100.0)).ceil()),
        }
    };
    let proposals = rules.policies.iter().map(proposed);
    match rules.select {
        SelectPolicy::Disabled => current,
        SelectPolicy::Min => proposals.min().unwrap_or(i32::MAX),
        SelectPolicy::Max => proposals.max().unwrap_or(i32::MIN),
    }
}

/// The fewest replicas that the rules for scaling down allow; less than nothing is no limit.
pub fn scale_down_limit(current: i32, rules: &ScalingRules, history: History) -> i32 {
    let proposed = |policy: &ScalingPolicy| {
        let start = replicas_at_start(current, policy, history);
        match policy.change {
            Change::Pods(pods) => start.saturating_sub(pods),
            Change::Percent(percent) => whole(f64::from(start) * (1.0 - f64::from(percent) / 100.0)),
        }
    };
    let proposals = rules.policies.iter().map(proposed);
    match rules.select {
        SelectPolicy::Disabled => current,
        // The least change leaves the most replicas.
        SelectPolicy::Min => proposals.max().unwrap_or(i32::MIN),
        SelectPolicy::Max => proposals.min().unwrap_or(i32::MAX),
    }
}

fn replicas_at_start(current: i32, policy: &ScalingPolicy, history: History) -> i32 {
    let period_millis = u64::from(policy.period_seconds) * 1000;
    let changed = |events: &[ScaleEvent]| {
        let recent = events.iter().filter(|event| event.millis_ago < period_millis);
        recent.fold(0_i32, |sum, event| sum.saturating_add(event.pods))
    };
    current.saturating_sub(changed(history.added)).saturating_add(changed(history.removed))
}

#[allow(clippy::cast_possible_truncation, reason = "the fraction is meant to be dropped; what is too large saturates")]
fn whole(number: f64) -> i32 {
    number as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: History = History { added: &[], removed: &[] };

    fn rules(select: SelectPolicy, changes: &[Change]) -> ScalingRules {
        let policies = changes.iter().map(|&change| ScalingPolicy { change, period_seconds: 15 }).collect();
        ScalingRules { select, policies }
    }

    #[test]
    fn percentages_are_those_of_floating_point() {
        let ten_percent = rules(SelectPolicy::Max, &[Change::Percent(10)]);
        assert_eq!(scale_up_limit(10, &ten_percent, NOTHING), 11);
        assert_eq!(scale_up_limit(100, &ten_percent, NOTHING), 111);
        assert_eq!(scale_down_limit(10, &ten_percent, NOTHING), 9);
        assert_eq!(scale_down_limit(15, &ten_percent, NOTHING), 13);
        let all = rules(SelectPolicy::Max, &[Change::Percent(i32::MAX)]);
        assert_eq!(scale_up_limit(i32::MAX, &all, NOTHING), i32::MAX);
    }

    #[test]
    fn several_policies_count_as_selected() {
        let changes = [Change::Pods(4), Change::Percent(100)];
        for (select, up, down) in
            [(SelectPolicy::Max, 20, 0), (SelectPolicy::Min, 14, 6), (SelectPolicy::Disabled, 10, 10)]
        {
            let rules = rules(select, &changes);
            assert_eq!(scale_up_limit(10, &rules, NOTHING), up, "{select:?}");
            assert_eq!(scale_down_limit(10, &rules, NOTHING), down, "{select:?}");
        }
    }

    #[test]
    fn what_changed_in_the_period_counts() {
        let event = |pods, millis_ago| ScaleEvent { pods, millis_ago };
        let history = History { added: &[event(3, 14_999), event(5, 15_000)], removed: &[event(1, 0)] };
        let four = rules(SelectPolicy::Max, &[Change::Pods(4)]);
        assert_eq!(scale_up_limit(10, &four, history), 10 - 3 + 1 + 4);
        assert_eq!(scale_down_limit(10, &four, history), 10 - 3 + 1 - 4);
    }

    #[test]
    fn what_is_asked_for_is_kept_within_the_limits() {
        for (desired, limits, (up, down), expected) in [
            (20, (1, 30), (14, 0), (14, Limit::ScaleUpLimit)),
            (20, (1, 12), (14, 0), (12, Limit::TooManyReplicas)),
            (20, (1, 30), (4, 0), (10, Limit::ScaleUpLimit)),
            (2, (1, 30), (14, 6), (6, Limit::ScaleDownLimit)),
            (2, (5, 30), (14, -3), (5, Limit::TooFewReplicas)),
            (12, (1, 30), (14, 0), (12, Limit::DesiredWithinRange)),
            (10, (1, 30), (0, 20), (10, Limit::DesiredWithinRange)),
        ] {
            let ours = limited_by_rules(10, desired, limits, (up, down));
            assert_eq!(ours, expected, "{desired} {limits:?} {up} {down}");
        }
    }
}
