//! The decisions of Kubernetes' controllers: how many pods a rollout adds and removes, how many an autoscaler proposes,
//! which pod goes first, what a drain may evict, and how long a container that died has to wait.
//!
//! Pure functions of one moment, number for number those of Kubernetes v1.36.2; paths in this folder's comments are those
//! of kubernetes/kubernetes.

pub mod deletion_order;
pub mod disruption_budget;
pub mod replica_calculator;
pub mod restart_backoff;
pub mod rolling_update;
pub mod scaling_rules;
