//! How long requests wait at one replica: the queue M/M/c.
//!
//! Requests arrive by chance (Poisson), each keeps one of `c` servers busy for a time that varies by chance (exponential),
//! and waits in one line if all are busy. A server is a process; the replicas of a service are queues of their own behind
//! a balancer.
//!
//! ```text
//! a = rate * busy, rho = a / c                               stable only while rho < 1
//! B = 1; for k = 1 to c: B = a*B / (k + a*B)                 Erlang's B: the share that finds all servers busy and leaves
//! C = B / (1 - rho * (1 - B))                                Erlang's C: the share that waits
//! mean wait = C / (c/busy - rate)
//! wait that a share p stays under = max(0, ln(C / (1 - p)) / (c/busy - rate))
//! ```
//!
//! From `rho` 1 up there is no steady state: the line grows for as long as it lasts, which the formula says nothing about
//! ([`Wait::Overload`]). Close below 1 the steady state takes long to come about: after a jump of the rate, the waits given are
//! those of a rate that stays. Service times that vary less than exponential ones make for shorter waits (Allen and Cunneen:
//! by half if they do not vary at all), so these are rather too long.
//!
//! Sources: A. K. Erlang (1917); L. Kleinrock, Queueing Systems, volume 1, section 3.5;
//! <https://en.wikipedia.org/wiki/M/M/c_queue>; the recursion: <https://doi.org/10.1016/0305-0548(74)90001-9>.

use crate::plan::logarithm::ln;

/// A queue with its servers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// Arrivals per second, from 0.
    pub rate: f64,
    /// For how many seconds one request keeps a server busy, from 0.
    pub busy: f64,
    /// How many servers, from 1.
    pub servers: u32,
}

/// How long requests wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wait {
    /// As long as the rate stays, so long.
    Steady {
        /// The mean, in seconds.
        mean: f64,
        /// The 95th percentile, in seconds.
        p95: f64,
    },
    /// More arrives than can be served: the line grows.
    Overload,
}

impl Line {
    /// How much of the servers' time is taken: 1 is all of it, and more cannot be served.
    pub fn utilisation(self) -> f64 {
        self.offered() / f64::from(self.servers.max(1))
    }

    /// The most requests per second that can be served; infinitely many if they take no time.
    pub fn capacity(self) -> f64 {
        f64::from(self.servers.max(1)) / self.busy
    }

    /// How long requests wait.
    pub fn wait(self) -> Wait {
        let utilisation = self.utilisation();
        if utilisation.is_nan() || utilisation >= 1.0 {
            return Wait::Overload;
        }
        let waiting = self.share_that_waits();
        let spare = self.capacity() - self.rate;
        if waiting <= 0.0 || spare.is_infinite() {
            return Wait::Steady { mean: 0.0, p95: 0.0 };
        }
        Wait::Steady { mean: waiting / spare, p95: (ln(waiting / 0.05) / spare).max(0.0) }
    }

    /// Requests in service at once, if nothing limited them.
    fn offered(self) -> f64 {
        self.rate * self.busy
    }

    /// Erlang's C, for a utilisation below 1.
    fn share_that_waits(self) -> f64 {
        let offered = self.offered();
        let mut blocked = 1.0;
        for server in 1..=self.servers.max(1) {
            blocked = offered * blocked / (f64::from(server) + offered * blocked);
            // It only falls further.
            if blocked < 1e-300 {
                return 0.0;
            }
        }
        blocked / (1.0 - self.utilisation() * (1.0 - blocked))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn line(rate: f64, busy: f64, servers: u32) -> Line {
        Line { rate, busy, servers }
    }

    fn is_close(one: f64, other: f64) -> bool {
        (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1e-9)
    }

    /// One server: C = rho and the mean wait is rho / (mu - lambda). Two: C = 2 rho^2 / (1 + rho).
    #[test]
    fn small_queues_wait_as_in_the_textbook() {
        for (rate, busy, servers, share, mean) in [
            (5.0, 0.1, 1, 0.5, 0.1),
            (9.0, 0.1, 1, 0.9, 0.9),
            (10.0, 0.1, 2, 1.0 / 3.0, 1.0 / 30.0),
            // The usual example of Erlang's C: 10 agents, 8 erlangs.
            (8.0, 1.0, 10, 0.409_180_150_847_985, 0.204_590_075_423_993),
        ] {
            let line = line(rate, busy, servers);
            assert!(is_close(line.share_that_waits(), share), "{line:?}: {}", line.share_that_waits());
            let Wait::Steady { mean: ours, p95 } = line.wait() else { panic!("{line:?} is stable") };
            assert!(is_close(ours, mean), "{line:?}: {ours}");
            assert!(is_close(p95, ((share / 0.05).ln() / (line.capacity() - rate)).max(0.0)), "{line:?}: {p95}");
        }
    }

    #[test]
    fn where_fewer_than_one_in_twenty_waits_the_95th_percentile_is_no_wait() {
        assert!(matches!(line(0.4, 0.1, 1).wait(), Wait::Steady { p95: 0.0, mean } if mean > 0.0));
    }

    #[test]
    fn nothing_is_reckoned_where_the_line_only_grows() {
        for (rate, busy, servers) in
            [(10.0, 0.1, 1), (1e6, 0.01, 4), (f64::INFINITY, 1.0, 1), (f64::NAN, 1.0, 1), (1e6, 1e6, 256 * 10_000)]
        {
            assert_eq!(line(rate, busy, servers).wait(), Wait::Overload, "{rate} {busy} {servers}");
        }
        let idle = Wait::Steady { mean: 0.0, p95: 0.0 };
        assert_eq!(line(0.0, 0.1, 1).wait(), idle);
        assert_eq!(line(1e6, 0.0, 1).wait(), idle);
        assert_eq!(line(0.0, 0.0, 0).wait(), idle);
    }

    proptest! {
        #[test]
        fn waits_are_numbers_and_grow_with_the_rate(
            rate in 0.0..1e6_f64, busy in 1e-6..10.0_f64, servers in prop_oneof![1..300_u32, 1..2_560_000_u32],
        ) {
            let line = line(rate, busy, servers);
            match line.wait() {
                Wait::Overload => prop_assert!(line.utilisation() >= 1.0),
                Wait::Steady { mean, p95 } => {
                    prop_assert!(mean.is_finite() && mean >= 0.0 && p95.is_finite() && p95 >= 0.0);
                    let Wait::Steady { mean: less, .. } = (Line { rate: rate * 0.9, ..line }).wait() else {
                        return Err(TestCaseError::fail("less is served as well"));
                    };
                    prop_assert!(less <= mean * (1.0 + 1e-9));
                }
            }
        }
    }
}
