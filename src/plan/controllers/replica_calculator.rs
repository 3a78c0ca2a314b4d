//! How many replicas the HorizontalPodAutoscaler asks for, given what each pod uses.
//!
//! ```text
//! utilisation = trunc(100 * sum(usage) / sum(request)) over the pods that are measured
//! ratio       = utilisation / target
//! replicas    = ceil(ratio * pods), or what there is if the ratio is within the tolerance around 1
//! ```
//!
//! Pods that are not measured make it cautious: a pod without a sample counts as using all of its request (or the target,
//! if that is more) when replicas would be taken away, and as using nothing when some would be added; one that is not
//! ready counts as using nothing then. If the ratio reckoned so is on the other side of 1, nothing changes.
//!
//! Source: `GetResourceReplicas` and `groupPods` of `pkg/controller/podautoscaler/replica_calculator.go`,
//! `GetResourceUtilizationRatio` of `pkg/controller/podautoscaler/metrics/utilization.go` (v1.36.2).

use std::fmt;

/// Samples of a pod that started less than this ago count only once it is ready
/// (`--horizontal-pod-autoscaler-cpu-initialization-period`).
const CPU_INITIALIZATION_SECONDS: i64 = 300;
/// A pod that has not been ready since this long after its start has never been
/// (`--horizontal-pod-autoscaler-initial-readiness-delay`).
const INITIAL_READINESS_SECONDS: i64 = 30;

/// The target that the autoscaler aims at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The measured quantity.
    pub resource: Resource,
    /// How much of the request is to be used, in percent, from 1.
    pub utilization_percent: i32,
    /// By how much the ratio may be above 1 before replicas are added.
    pub tolerance_up: f64,
    /// By how much the ratio may be below 1 before replicas are taken away.
    pub tolerance_down: f64,
}

/// The measured quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// Processor time, which pods use more of than usual while they start.
    Cpu,
    /// Memory.
    Memory,
}

/// A pod, as the autoscaler sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pod {
    /// How far it is.
    pub phase: Phase,
    /// Its request, in thousandths of a core or in bytes.
    pub request: i64,
    /// Its last measured use; `None` if it was not measured.
    pub sample: Option<Sample>,
    /// Whether it is ready, and since when; nothing before it has started.
    pub readiness: Option<Readiness>,
}

/// How far a pod is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It waits for its node or its images.
    Pending,
    /// It runs.
    Running,
    /// It failed, or is being deleted: it no longer counts.
    Gone,
}

/// The measured use of a pod.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// In the unit of its request.
    pub usage: i64,
    /// When the measurement ended, in seconds before now.
    pub seconds_ago: i64,
    /// Over how many seconds it was measured.
    pub window_seconds: i64,
}

/// Whether a pod is ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Readiness {
    /// Whether it is.
    pub is_ready: bool,
    /// When it became so, or ceased to be, in seconds before now.
    pub changed_seconds_ago: i64,
    /// When the pod started, in seconds before now.
    pub started_seconds_ago: i64,
}

/// The number of replicas that the autoscaler proposes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proposal {
    /// How many replicas.
    pub replicas: i32,
    /// How much of their requests the measured pods use, in percent.
    pub utilization_percent: i32,
    /// How much each of them uses on average, in the unit of the requests.
    pub average_usage: i64,
}

/// Why the autoscaler asks for nothing. `Display` is Kubernetes' wording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoProposal {
    /// No pod that counts was measured.
    NoMetrics,
    /// The measured pods request nothing.
    NoRequests,
}

/// Pods and what they are taken to use.
#[derive(Default)]
struct Measured {
    pods: i64,
    usage: i128,
    request: i128,
}

/// How many replicas to ask for where there are `current`.
///
/// # Errors
/// When the pods say too little to tell.
pub fn propose(current: i32, target: &Target, pods: &[Pod]) -> Result<Proposal, NoProposal> {
    let (mut measured, mut unready, mut missing) = (Measured::default(), Vec::new(), Vec::new());
    for pod in pods {
        match (pod.phase, pod.sample) {
            (Phase::Gone, _) => {}
            (Phase::Pending, _) => unready.push(pod),
            (Phase::Running, None) => missing.push(pod),
            (Phase::Running, Some(sample)) if target.resource == Resource::Cpu && !counts(pod, sample) => {
                unready.push(pod);
            }
            (Phase::Running, Some(sample)) => measured.add(pod, sample.usage.into()),
        }
    }
    if measured.pods == 0 {
        return Err(NoProposal::NoMetrics);
    }
    let utilization_percent = measured.utilization_percent().ok_or(NoProposal::NoRequests)?;
    let average_usage = i64::try_from(measured.usage / i128::from(measured.pods)).unwrap_or(i64::MAX);
    let proposal = |replicas| Proposal { replicas, utilization_percent, average_usage };
    let ratio = f64::from(utilization_percent) / f64::from(target.utilization_percent);

    let is_held_back = !unready.is_empty() && ratio > 1.0;
    if !is_held_back && missing.is_empty() {
        return Ok(proposal(if target.tolerates(ratio) { current } else { times(ratio, measured.pods) }));
    }

    if ratio < 1.0 {
        let fallback_percent = i128::from(target.utilization_percent.max(100));
        for pod in &missing {
            measured.add(pod, i128::from(pod.request) * fallback_percent / 100);
        }
    } else if ratio > 1.0 {
        for pod in &missing {
            measured.add(pod, 0);
        }
    }
    if is_held_back {
        for pod in &unready {
            measured.add(pod, 0);
        }
    }
    let cautious = f64::from(measured.utilization_percent().ok_or(NoProposal::NoRequests)?)
        / f64::from(target.utilization_percent);
    let turned = (ratio < 1.0 && cautious > 1.0) || (ratio > 1.0 && cautious < 1.0);
    let replicas = times(cautious, measured.pods);
    let against = (cautious < 1.0 && replicas > current) || (cautious > 1.0 && replicas < current);
    Ok(proposal(if target.tolerates(cautious) || turned || against { current } else { replicas }))
}

/// Whether a sample of the processor tells what the pod usually needs.
fn counts(pod: &Pod, sample: Sample) -> bool {
    let Some(readiness) = pod.readiness else { return false };
    let Readiness { is_ready, changed_seconds_ago, started_seconds_ago } = readiness;
    if started_seconds_ago < CPU_INITIALIZATION_SECONDS {
        // The whole of it was measured after it became ready.
        is_ready && sample.seconds_ago.saturating_add(sample.window_seconds) <= changed_seconds_ago
    } else {
        let was_never_ready = started_seconds_ago.saturating_sub(INITIAL_READINESS_SECONDS) < changed_seconds_ago;
        is_ready || !was_never_ready
    }
}

impl Measured {
    fn add(&mut self, pod: &Pod, usage: i128) {
        self.pods += 1;
        self.usage += usage;
        self.request += i128::from(pod.request);
    }

    /// A whole number: what follows is reckoned from it.
    fn utilization_percent(&self) -> Option<i32> {
        let percent = (self.usage * 100).checked_div(self.request)?;
        Some(i32::try_from(percent).unwrap_or(i32::MAX))
    }
}

impl Target {
    fn tolerates(&self, ratio: f64) -> bool {
        (1.0 - self.tolerance_down..=1.0 + self.tolerance_up).contains(&ratio)
    }
}

#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "as Go's float64 and int32")]
fn times(ratio: f64, pods: i64) -> i32 {
    (ratio * pods as f64).ceil() as i32
}

impl fmt::Display for NoProposal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoMetrics => "did not receive metrics for targeted pods (pods might be unready)",
            Self::NoRequests => "no metrics returned matched known pods",
        })
    }
}

impl std::error::Error for NoProposal {}

#[cfg(test)]
mod tests {
    use super::*;

    const TARGET: Target =
        Target { resource: Resource::Cpu, utilization_percent: 50, tolerance_up: 0.1, tolerance_down: 0.1 };

    /// A pod that has been ready for long and requests 100.
    fn pod(usage: i64) -> Pod {
        Pod {
            phase: Phase::Running,
            request: 100,
            sample: Some(Sample { usage, seconds_ago: 10, window_seconds: 60 }),
            readiness: Some(Readiness { is_ready: true, changed_seconds_ago: 900, started_seconds_ago: 910 }),
        }
    }

    fn replicas(pods: &[Pod]) -> i32 {
        propose(i32::try_from(pods.len()).unwrap_or(0), &TARGET, pods).map_or(-1, |proposal| proposal.replicas)
    }

    #[test]
    fn replicas_follow_the_utilisation() {
        for (usage, expected) in [(100, 4), (75, 3), (55, 2), (50, 2), (45, 2), (44, 2), (25, 1), (0, 0)] {
            assert_eq!(replicas(&[pod(usage), pod(usage)]), expected, "{usage}");
        }
    }

    #[test]
    fn a_percentage_is_cut_before_it_is_compared() {
        // 55.5 % is 55 %, which is within a tenth of 50 %.
        assert_eq!(replicas(&[pod(55), pod(56)]), 2);
        assert_eq!(replicas(&[pod(56), pod(56)]), 3);
    }

    #[test]
    fn pods_that_are_not_measured_make_it_cautious() {
        let missing = Pod { sample: None, ..pod(0) };
        let pending = Pod { phase: Phase::Pending, ..missing };
        let gone = Pod { phase: Phase::Gone, ..missing };
        for (pods, expected) in [
            (vec![pod(100), missing], 2),
            (vec![pod(200), missing], 4),
            (vec![pod(10), missing], 2),
            (vec![pod(10), pod(10), pod(10), missing], 3),
            (vec![pod(200), pending], 4),
            (vec![pod(10), pending], 1),
            (vec![pod(100), gone], 2),
            (vec![gone], -1),
            (vec![], -1),
        ] {
            assert_eq!(replicas(&pods), expected, "{pods:?}");
        }
    }

    #[test]
    fn the_processor_time_of_a_start_does_not_count() {
        let since = |is_ready, changed_seconds_ago, started_seconds_ago| Pod {
            readiness: Some(Readiness { is_ready, changed_seconds_ago, started_seconds_ago }),
            ..pod(0)
        };
        for (starting, measured) in [
            (since(true, 70, 100), true),
            (since(true, 69, 100), false),
            (since(false, 90, 100), false),
            (since(false, 400, 900), true),
            (since(false, 880, 900), false),
            (Pod { readiness: None, ..pod(0) }, false),
        ] {
            let counted = counts(&starting, Sample { usage: 0, seconds_ago: 10, window_seconds: 60 });
            assert_eq!(counted, measured, "{starting:?}");
        }
        let memory = Target { resource: Resource::Memory, ..TARGET };
        let proposal = propose(2, &memory, &[pod(100), Pod { readiness: None, ..pod(100) }]);
        assert_eq!(proposal.map(|proposal| proposal.replicas), Ok(4));
    }

    #[test]
    fn extreme_figures_are_told_apart_from_none() {
        assert_eq!(propose(1, &TARGET, &[Pod { request: 0, ..pod(5) }]), Err(NoProposal::NoRequests));
        let much = Pod { request: 1, ..pod(i64::MAX) };
        assert_eq!(propose(1, &TARGET, &[much; 9]).map(|proposal| proposal.utilization_percent), Ok(i32::MAX));
    }
}
