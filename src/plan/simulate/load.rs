//! Requests, and what they and time make of processors and memory.
//!
//! The rate is shared evenly among the replicas that are taken for ready; what goes to one whose machine has stopped is
//! lost, as is everything while there is none. Each replica is a queue of its own ([`super::queueing`]) with a server for each
//! process. A synchronous process (Gunicorn's own) is busy for as long as a request takes; any other only while it
//! computes, and serves others while the request waits for a database. What computing takes is the document's
//! `cpu.per_request`, else a tenth of the time that a request takes.
//!
//! Where more comes than can be served, requests queue up for as long as it lasts; clients are taken to wait.

use super::event::Event;
use super::memory;
use super::queueing::{Line, Wait};
use super::record::{EventKind, Figure};
use super::scenario::{Scenario, Target};
use super::state::{Millis, ServiceIndex, State};
use crate::topology::{Curve, Duration, Service, Topology, whole};

/// How much of a request's time is computing where the document does not say, in percent.
const COMPUTING_PERCENT: f64 = 10.0;

/// The requests of a service, and what they do.
#[derive(Debug, Clone)]
pub(super) struct Load {
    curve: Curve,
    /// For how long a request keeps a process busy, computes, and waits for others, in seconds.
    busy: f64,
    computing: f64,
    elsewhere: f64,
    /// How many requests the processes of one replica hold at once, at most.
    most_inside: f64,
    servers: u32,

    measured_at: Millis,
    /// Arrivals per second, and those that no replica answers.
    rate: f64,
    lost: f64,
    utilisation: f64,
    /// The 95th percentile of latency, in seconds.
    p95: Option<f64>,
    /// Requests that have queued up, and how many more there are each second.
    waiting: f64,
    waiting_growth: f64,
    /// Requests in one replica.
    in_flight: f64,
    /// Thousandths of a core that one replica uses, and their integral over time in seconds.
    cpu_millis: f64,
    cpu_used: f64,
    is_overloaded: bool,
}

impl Load {
    /// The requests that come to a service, if any do.
    pub fn of(service: &Service, scenario: &Scenario, topology: &Topology) -> Option<Self> {
        let curve = scenario.curve(topology).filter(|_| scenario.sends_to(service, topology))?;
        let latency = seconds(Scenario::latency(topology));
        let given = service.cpu_per_request.map(seconds);
        let computing = given.unwrap_or(latency * COMPUTING_PERCENT / 100.0);
        let is_synchronous = service.kind.one_request_per_process;
        let busy = if is_synchronous { latency.max(computing) } else { computing };
        Some(Self {
            curve,
            busy,
            computing,
            elsewhere: (latency - busy).max(0.0),
            most_inside: if is_synchronous { service.workers.into() } else { f64::INFINITY },
            servers: service.workers,
            measured_at: 0,
            rate: 0.0,
            lost: 0.0,
            utilisation: 0.0,
            p95: None,
            waiting: 0.0,
            waiting_growth: 0.0,
            in_flight: 0.0,
            cpu_millis: 0.0,
            cpu_used: 0.0,
            is_overloaded: false,
        })
    }

    /// When its rate jumps or bends.
    pub fn corners(&self) -> Vec<Millis> {
        self.curve.corners()
    }

    /// Whether it goes on as it is for ever.
    pub fn is_settled(&self, now: Millis) -> bool {
        self.curve.is_level_from(now) && self.waiting <= 0.0
    }

    /// The figures of this moment.
    pub fn figures(&self) -> Vec<(Figure, Option<f64>)> {
        let is_served = self.lost < self.rate;
        vec![
            (Figure::RatePerSecond, Some(self.rate)),
            (Figure::LostPerSecond, Some(self.lost)),
            (Figure::UtilisationPercent, is_served.then_some(self.utilisation * 100.0)),
            (Figure::LatencyP95Ms, self.p95.filter(|_| is_served).map(|seconds| seconds * 1000.0)),
            (Figure::WaitingRequests, Some(self.waiting.ceil())),
            (Figure::CpuMillisPerReplica, is_served.then_some(self.cpu_millis)),
        ]
    }

    /// Returns the CPU time that a replica that had been ready from the start would have used by now, in thousandths of a
    /// core times seconds.
    pub fn cpu_used_at(&self, now: Millis) -> f64 {
        self.cpu_used + self.cpu_millis * whole(now - self.measured_at) / 1000.0
    }

    /// Brings what adds up over time up to now.
    fn pass(&mut self, now: Millis) {
        let passed = whole(now - self.measured_at) / 1000.0;
        self.measured_at = now;
        self.cpu_used += self.cpu_millis * passed;
        self.waiting = (self.waiting + self.waiting_growth * passed).max(0.0);
        // What is left of a millionth of a request is rounding.
        if self.waiting < 1e-6 {
            self.waiting = 0.0;
        }
    }

    /// Updates the load of `ready` replicas, `answering` of which answer, while each request computes `stretch` times as long.
    fn meet(&mut self, now: Millis, ready: u32, answering: u32, stretch: f64) {
        self.rate = self.curve.rate(now);
        let share = if ready == 0 { 0.0 } else { f64::from(answering) / f64::from(ready) };
        let each = if answering == 0 { 0.0 } else { self.rate / f64::from(ready) };
        self.lost = self.rate * (1.0 - share);
        let line = Line { rate: each, busy: self.busy * stretch, servers: self.servers };
        self.utilisation = line.utilisation();
        (self.waiting_growth, self.p95, self.in_flight, self.cpu_millis) = (0.0, None, 0.0, 0.0);
        if answering == 0 {
            self.waiting = 0.0;
            return;
        }
        let served = match line.wait() {
            Wait::Steady { mean, p95 } if self.waiting <= 0.0 => {
                self.p95 = Some(p95 + line.busy + self.elsewhere);
                self.in_flight = each * (mean + line.busy + self.elsewhere);
                each
            }
            Wait::Steady { .. } | Wait::Overload => {
                let capacity = line.capacity();
                self.waiting_growth = (each - capacity) * f64::from(answering);
                self.in_flight =
                    f64::from(self.servers) + capacity * self.elsewhere + self.waiting / f64::from(answering);
                capacity
            }
        };
        self.cpu_millis = served * self.computing * 1000.0;
    }

    /// The cores that `ready` replicas, of which `answering` do, would like to use.
    fn wanted_cores(&self, now: Millis, ready: u32, answering: u32) -> f64 {
        if answering == 0 {
            return 0.0;
        }
        let each = self.curve.rate(now) / f64::from(ready);
        let capacity = f64::from(self.servers) / self.busy;
        let served = if self.waiting > 0.0 { capacity } else { each.min(capacity) };
        served * self.computing * f64::from(answering)
    }

    /// One of `replicas` has died, and with it the requests in its queue.
    pub fn lose_one_of(&mut self, answering: u32) {
        let share = 1.0 - 1.0 / f64::from(answering.max(1));
        self.waiting *= share;
    }

    /// Requests that the processes of one replica hold.
    pub fn inside(&self) -> u64 {
        rounded_up(self.in_flight.min(self.most_inside))
    }
}

/// Looks at the traffic and at the memory as they are now, kills what has outgrown its memory, and sees when to look again.
pub(super) fn measure(state: &mut State) {
    let now = state.now;
    let counts: Vec<(u32, u32)> = (0..state.workloads.len())
        .map(|service| {
            let counts = state.counts(service);
            (counts.ready, counts.answering)
        })
        .collect();
    for workload in &mut state.workloads {
        if let Some(load) = &mut workload.load {
            load.pass(now);
        }
    }
    let stretch = stretch(state, &counts);
    let mut changes = Vec::new();
    for (service, (ready, answering)) in counts.into_iter().enumerate() {
        let Some(load) = &mut state.workloads[service].load else { continue };
        load.meet(now, ready, answering, stretch);
        let is_overloaded =
            answering > 0 && (load.waiting > 0.0 || load.waiting_growth > 0.0 || load.utilisation >= 1.0);
        if is_overloaded != load.is_overloaded {
            load.is_overloaded = is_overloaded;
            changes.push((service, is_overloaded, load.utilisation));
        }
        if load.waiting > 0.0 && load.waiting_growth < 0.0 {
            let millis = rounded_up(load.waiting / -load.waiting_growth * 1000.0);
            look_again(state, now.saturating_add(millis.max(1)));
        }
    }
    for (service, is_overloaded, utilisation) in changes {
        tell(state, service, is_overloaded, utilisation);
    }
    memory::check(state);
}

/// Has traffic and memory looked at again at that time, when something will be full or empty.
pub(super) fn look_again(state: &mut State, at: Millis) {
    if state.full_at.is_none_or(|already| already <= state.now || at < already) {
        state.full_at = Some(at);
        state.queue.at(at, Event::Measure);
    }
}

fn tell(state: &mut State, service: ServiceIndex, is_overloaded: bool, utilisation: f64) {
    if is_overloaded {
        let percent = rounded_up(utilisation * 100.0);
        state.record_service(
            EventKind::Overloaded,
            service,
            format!("Its processes would have to work {percent} % of the time: requests queue up"),
        );
    } else {
        state.record_service(EventKind::Recovered, service, "The requests that had queued up are answered");
    }
}

/// By how much longer everything computes because the server's processors are shared; nodes are taken to have enough.
fn stretch(state: &State, counts: &[(u32, u32)]) -> f64 {
    if state.target == Target::Cluster {
        return 1.0;
    }
    let wanted = state.workloads.iter().zip(counts).filter_map(|(workload, (ready, answering))| {
        workload.load.as_ref().map(|load| load.wanted_cores(state.now, *ready, *answering))
    });
    let cores = state.machines.first().map_or(1.0, |machine| whole(machine.cpu_millis) / 1000.0);
    (wanted.sum::<f64>() / cores).max(1.0)
}

fn seconds(duration: Duration) -> f64 {
    whole(duration.micros()) / 1e6
}

/// A number that is not negative, rounded up; what is too large, or none, is brought to the nearer end.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and takes NaN for 0")]
fn rounded_up(number: f64) -> u64 {
    number.ceil() as u64
}
