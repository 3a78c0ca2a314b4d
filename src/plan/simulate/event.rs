//! The events of a simulation.

use super::state::{MachineId, PodId, ServiceIndex};

/// An event. Each is handled by one function, named here; its changes and their reasons go into the record.
///
/// "Pod" stands for a container of the server as well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Event {
    /// The scenario begins: `scenarios::begin`.
    Begin,
    /// `kubectl apply` changes the Deployment or StatefulSet of a service: `workload::release`.
    Apply(ServiceIndex),
    /// `kubectl apply` creates the Job of a service's steps: `steps::create_job`.
    ApplyJob(ServiceIndex),

    /// A run of a pod's container answers when it is asked: `lifecycle::ready`.
    Ready(Run),
    /// A run of a pod's container has not answered for as long as its startup probe asks: `lifecycle::give_up`.
    GiveUp(Run),
    /// A pod's container is started again: `lifecycle::restart`.
    Restart(Run),
    /// A pod that was told to end has ended: `lifecycle::ended`.
    Ended(PodId),

    /// A controller reconciles its pods: `workload::reconcile`.
    Reconcile(ServiceIndex),
    /// The scheduler places waiting pods: `placing::place`.
    Place,
    /// A HorizontalPodAutoscaler syncs: `autoscaler::sync`.
    Autoscale(ServiceIndex),
    /// The cluster autoscaler scans for unschedulable pods: `node_scaler::add_nodes`.
    AddNodes,
    /// A machine that was ordered is there: `node_scaler::join`.
    Join(MachineId),

    /// A node has not been heard of for too long: `node_lifecycle::unreachable`.
    Unreachable(MachineId),
    /// The pods of an unreachable node are no longer tolerated there: `node_lifecycle::evict`.
    Untolerated(MachineId),
    /// A drain asks for a pod to be evicted: `drain::evict`.
    Evict(PodId),

    /// The steps before a service have ended: `steps::done`.
    StepsDone(ServiceIndex),
    /// The Job of a service's steps is known to be complete: `steps::job_complete`.
    JobComplete(ServiceIndex),
    /// Compose sees whether it can go on: `compose::advance`.
    Compose,

    /// Traffic and memory are looked at; they change in between without anything else happening: `load::measure`.
    Measure,
    /// The same, at intervals while time alone changes something: `engine::tick`.
    Tick,
}

/// One run of a pod's container: what was to come of a former run no longer comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    /// The pod.
    pub pod: PodId,
    /// How often its container had been started anew.
    pub restarts: u32,
}
