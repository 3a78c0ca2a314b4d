//! How long the kubelet and Docker wait before they start a container again that has died.
//!
//! The kubelet starts it at once the first time, then after 10 s, 20 s, 40 s and so on up to 300 s after its end; a
//! container that has lasted for more than 600 s since its last start begins anew. Docker waits for 100 ms, 200 ms and so on up to a
//! minute; a container that has run for 10 s begins anew.
//!
//! Sources: `doBackOff` of `pkg/kubelet/kuberuntime/kuberuntime_manager.go`,
//! `staging/src/k8s.io/client-go/util/flowcontrol/backoff.go` (v1.36.2),
//! <https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#container-restarts>;
//! <https://github.com/moby/moby/blob/v28.3.0/restartmanager/restartmanager.go>.

/// The kubelet's first wait, and its longest, in milliseconds.
const KUBELET: (u64, u64) = (10_000, 300_000);
/// Docker's.
const DOCKER: (u64, u64) = (100, 60_000);
/// How long a container has to run for Docker to take it for well, in milliseconds.
const DOCKER_WELL: u64 = 10_000;

/// The kubelet's record of a container that it restarted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Kubelet {
    /// The wait after the next death, and when the container was last started again; nothing before it was.
    last: Option<(u64, u64)>,
    waited: u64,
}

/// Docker's record of a container.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Docker {
    /// The wait before the last start.
    waited: Option<u64>,
}

impl Kubelet {
    /// How long it waits with a container that died at `now`, in milliseconds; it then starts it.
    pub fn wait(&mut self, now: u64) -> u64 {
        let (first, longest) = KUBELET;
        let known = self.last.filter(|(_, started)| now.saturating_sub(*started) <= 2 * longest);
        let wait = known.map_or(0, |(wait, _)| wait);
        let next = known.map_or(first, |(wait, _)| (wait * 2).min(longest));
        self.last = Some((next, now.saturating_add(wait)));
        self.waited = wait;
        wait
    }

    /// How long it waited the last time, in milliseconds.
    pub fn waited(self) -> u64 {
        self.waited
    }
}

impl Docker {
    /// How long it waits with a container that died after it had run for so long, in milliseconds; it then starts it.
    pub fn wait(&mut self, ran: u64) -> u64 {
        let (first, longest) = DOCKER;
        let before = self.waited.filter(|_| ran < DOCKER_WELL);
        let wait = before.map_or(first, |wait| (wait * 2).min(longest));
        self.waited = Some(wait);
        wait
    }

    /// How long it waited the last time, in milliseconds.
    pub fn waited(self) -> u64 {
        self.waited.unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kubelet_waits_twice_as_long_each_time_up_to_five_minutes() {
        let mut kubelet = Kubelet::default();
        let mut now = 0;
        let waits: Vec<u64> = (0..8)
            .map(|_| {
                let wait = kubelet.wait(now);
                // It runs for a second and dies again.
                now += wait + 1000;
                wait / 1000
            })
            .collect();
        assert_eq!(waits, [0, 10, 20, 40, 80, 160, 300, 300]);
    }

    #[test]
    fn the_kubelet_forgets_after_ten_minutes_of_running() {
        let mut kubelet = Kubelet::default();
        assert_eq!((kubelet.wait(0), kubelet.wait(600_000)), (0, 10_000));
        // It was started at 610 s.
        assert_eq!((kubelet.wait(1_210_000), kubelet.wait(1_830_001)), (20_000, 0));
    }

    #[test]
    fn docker_waits_twice_as_long_each_time_until_it_has_run_for_ten_seconds() {
        let mut docker = Docker::default();
        let waits: Vec<u64> = (0..12).map(|_| docker.wait(9_999)).collect();
        assert_eq!(waits, [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 51_200, 60_000, 60_000]);
        assert_eq!((docker.wait(10_000), docker.wait(0)), (100, 200));
    }
}
