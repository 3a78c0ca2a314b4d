//! What Kubernetes' controllers decide: how many pods a rollout adds and takes away, and how many an autoscaler asks for.
//!
//! Pure functions of one moment, number for number those of Kubernetes v1.36.2; paths in this folder's comments are those
//! of kubernetes/kubernetes.

pub mod replica_calculator;
pub mod rolling_update;
pub mod scaling_rules;
