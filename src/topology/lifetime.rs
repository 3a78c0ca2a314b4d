//! How long a container gets to start and to end: what those around it wait for, on both targets.

use super::{HealthCheck, Service};
use crate::kinds::GRACEFUL_SECONDS;

/// A container gets so many times its start-up time before it is taken for dead: a cold machine, whose disk and
/// processors others are busy with, takes longer than a warm one.
const STARTUP_RESERVE: u32 = 2;
/// What a container gets to start at least: five minutes.
const LEAST_STARTUP_SECONDS: u32 = 300;
/// What Docker forgives a container that starts, at least.
const LEAST_START_PERIOD_SECONDS: u32 = 60;
/// How much longer a process gets to end than it should take.
const END_RESERVE_SECONDS: u32 = 5;
/// What processes whose tasks take longer than requests, and those that close files, get to end at least.
const LEAST_GRACE_SECONDS: u32 = 60;

/// How a cluster asks whether a container has started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartupProbe {
    /// How often, in seconds.
    pub period_seconds: u32,
    /// How often in vain, in a row, before the container is started anew.
    pub failures: u32,
}

impl StartupProbe {
    /// How long a container gets to start, in seconds.
    pub fn seconds(self) -> u32 {
        self.period_seconds.saturating_mul(self.failures)
    }
}

impl Service {
    /// The startup probe, if there is something to ask: it covers the start-up time with a reserve
    /// (<https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/#startup-probe>).
    pub fn startup_probe(&self) -> Option<StartupProbe> {
        // A command starts a program each time, which takes a second or more of a busy processor.
        let period_seconds = match (&self.health, self.port) {
            (HealthCheck::Command(_), _) => 5,
            (HealthCheck::Http { .. } | HealthCheck::Tcp, Some(_)) => 3,
            _ => return None,
        };
        let failures = self.startup_with_reserve(LEAST_STARTUP_SECONDS).div_ceil(period_seconds);
        Some(StartupProbe { period_seconds, failures })
    }

    /// For how many seconds from its start Docker does not count failed health checks
    /// (<https://docs.docker.com/reference/dockerfile/#healthcheck>).
    pub fn start_period_seconds(&self) -> u32 {
        self.startup_with_reserve(LEAST_START_PERIOD_SECONDS)
    }

    /// Whether it takes longer to start than what every container gets is enough for.
    pub fn startup_needs_more_time(&self) -> bool {
        self.startup_with_reserve(0) > LEAST_STARTUP_SECONDS
    }

    fn startup_with_reserve(&self, least: u32) -> u32 {
        self.startup.whole_seconds().saturating_mul(STARTUP_RESERVE).max(least)
    }

    /// For how many seconds a rollout may stand still before it counts as failed, if that has to be longer than the ten
    /// minutes that a Deployment has by itself: twice what a pod gets to start.
    pub fn progress_deadline_seconds(&self) -> Option<u32> {
        let startup = self.startup_probe().filter(|_| self.startup_needs_more_time())?;
        Some(startup.seconds().saturating_mul(2))
    }

    /// The seconds that it gets to end what it is doing, before it is killed.
    ///
    /// A web server ends after its requests, which it gives less; tasks take longer than requests; databases close their
    /// files.
    pub fn grace_seconds(&self) -> u32 {
        let takes_long = self.kind.role.is_background() || self.is_stateful();
        let usual = if takes_long { LEAST_GRACE_SECONDS } else { GRACEFUL_SECONDS + END_RESERVE_SECONDS };
        usual.max(self.shutdown.whole_seconds() + END_RESERVE_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(text: &str) -> Service {
        let text = format!("services: {{ a: {{ {text} }} }}\ncluster: {{}}\n");
        crate::analyze(&text).outputs.unwrap().topology.services.remove(0)
    }

    #[test]
    fn what_starts_fast_gets_five_minutes_and_what_does_not_twice_its_time() {
        for (text, seconds, deadline) in [
            ("python: {}", 300, None),
            ("python: {}, startup: 150s", 300, None),
            ("python: {}, startup: 151s", 303, Some(606)),
            ("python: {}, startup: 20m", 2400, Some(4800)),
            ("postgres: {}, startup: 20m", 2400, Some(4800)),
        ] {
            let service = service(text);
            assert_eq!(service.startup_probe().map(StartupProbe::seconds), Some(seconds), "{text}");
            assert_eq!(service.progress_deadline_seconds(), deadline, "{text}");
        }
        assert_eq!(service("celery: { role: beat }, startup: 20m").startup_probe(), None);
    }

    #[test]
    fn docker_forgives_twice_the_start_up_time() {
        for (text, seconds) in [("python: {}", 60), ("python: {}, startup: 30s", 60), ("python: {}, startup: 31s", 62)]
        {
            assert_eq!(service(text).start_period_seconds(), seconds, "{text}");
        }
    }

    #[test]
    fn what_takes_long_to_end_gets_longer_and_so_do_its_requests() {
        for (text, seconds, graceful) in [
            ("python: {}", 35, "30"),
            ("python: {}, shutdown: 30s", 35, "30"),
            ("python: {}, shutdown: 90.5s", 96, "91"),
            ("python: { server: gunicorn }, shutdown: 90s", 95, "90"),
            ("celery: {}", 60, ""),
            ("celery: {}, shutdown: 10m", 605, ""),
            ("postgres: {}, shutdown: 1s", 60, ""),
        ] {
            let service = service(text);
            assert_eq!(service.grace_seconds(), seconds, "{text}");
            let words = service.command.unwrap_or_default();
            assert!(graceful.is_empty() || words.iter().any(|word| word == graceful), "{text}: {words:?}");
        }
    }
}
