//! Replicas that follow the load.

use super::object::Noted;
use super::{Context, labels, workload_name};
use crate::generate::notes::{Notes, path};
use crate::model::service_field;
use crate::topology::Replicas;
use k8s_openapi::api::autoscaling::v2::{
    CrossVersionObjectReference, HPAScalingRules, HorizontalPodAutoscaler, HorizontalPodAutoscalerBehavior,
    HorizontalPodAutoscalerSpec, MetricSpec, MetricTarget, ResourceMetricSource,
};

const BEHAVIOUR: &str = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#default-behavior";
/// For how long what was asked for still counts before there are fewer pods. Kubernetes' own default, which an
/// administrator can change for a whole cluster; the plan reckons with it.
const WINDOW_SECONDS: i32 = 300;
const LINK: &str = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/";

/// The HorizontalPodAutoscaler, if the service has one.
pub(super) fn autoscaler(context: Context) -> Option<Noted<HorizontalPodAutoscaler>> {
    let service = context.service;
    let Replicas::Autoscaled { min, max, cpu } = service.replicas else { return None };
    let mut notes = Notes::new(
        context
            .origin(
                service_field!("autoscale"),
                format!("Between {min} and {max} pods, as many as the load asks for; the metrics server must be there"),
            )
            .link(LINK),
    );
    notes.at(
        path!["spec", "minReplicas"],
        context.origin(service_field!("autoscale.min"), "What is carried before a peak is noticed"),
    );
    notes.at(
        path!["spec", "maxReplicas"],
        context
            .origin(service_field!("autoscale.max"), "What you are ready to pay for, and what the cluster must hold"),
    );
    let reason = format!("Aims at {} % of the {} that each pod asks for", cpu.get(), service.cpu);
    notes.at(path!["spec", "metrics"], context.origin(service_field!("autoscale.cpu"), reason).link(LINK));
    let reason = format!(
        "Grows at once, by 4 pods or to twice as many every 15 s; shrinks to the most that the last {} minutes asked \
         for, whatever the cluster's own setting",
        WINDOW_SECONDS / 60
    );
    notes.at(path!["spec", "behavior"], context.origin(service_field!("autoscale"), reason).link(BEHAVIOUR));
    let number = |replicas| i32::try_from(replicas).unwrap_or(i32::MAX);
    let target = MetricTarget {
        type_: "Utilization".to_owned(),
        average_utilization: Some(cpu.get().into()),
        ..MetricTarget::default()
    };
    let spec = HorizontalPodAutoscalerSpec {
        min_replicas: Some(number(min)),
        max_replicas: number(max),
        metrics: Some(vec![MetricSpec {
            type_: "Resource".to_owned(),
            resource: Some(ResourceMetricSource { name: "cpu".to_owned(), target }),
            ..MetricSpec::default()
        }]),
        scale_target_ref: CrossVersionObjectReference {
            api_version: Some("apps/v1".to_owned()),
            kind: if service.is_stateful() { "StatefulSet" } else { "Deployment" }.to_owned(),
            name: workload_name(service),
        },
        behavior: Some(HorizontalPodAutoscalerBehavior {
            scale_down: Some(HPAScalingRules {
                stabilization_window_seconds: Some(WINDOW_SECONDS),
                ..HPAScalingRules::default()
            }),
            scale_up: None,
        }),
    };
    let metadata = labels::metadata(context, service.name.as_str());
    Some(Noted::new(HorizontalPodAutoscaler { metadata, spec: Some(spec), status: None }, notes))
}
