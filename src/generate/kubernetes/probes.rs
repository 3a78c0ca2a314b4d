//! How the kubelet sees that a container has started, can serve, and is alive.

use super::object::Noted;
use super::{Context, before_start, container};
use crate::artifact::Origin;
use crate::generate::notes::path;
use crate::model::{FieldPath, service_field};
use crate::topology::HealthCheck;
use k8s_openapi::api::core::v1::{Container, ExecAction, HTTPGetAction, HTTPHeader, Probe, TCPSocketAction};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

const LINK: &str = "https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/";

/// How often and how long is asked, in seconds and in failures in a row.
struct Timing {
    period: i32,
    failures: i32,
    timeout: i32,
}

/// Adds the probes that the service's health check allows.
pub(super) fn add(context: Context, container: &mut Noted<Container>) {
    let service = context.service;
    let Some((question, started)) = question(context).zip(service.startup_probe()) else { return };
    let startup = |timeout| Timing {
        period: i32::try_from(started.period_seconds).unwrap_or(i32::MAX),
        failures: i32::try_from(started.failures).unwrap_or(i32::MAX),
        timeout,
    };
    // A command starts a program each time, which takes a second or more of a busy processor.
    let (startup, readiness, liveness) = match service.health {
        HealthCheck::Command(_) => (
            startup(10),
            Timing { period: 10, failures: 3, timeout: 10 },
            Timing { period: 20, failures: 5, timeout: 10 },
        ),
        _ => {
            (startup(3), Timing { period: 5, failures: 3, timeout: 3 }, Timing { period: 10, failures: 6, timeout: 5 })
        }
    };
    let field = match service.health {
        HealthCheck::Http { .. } => service.field(service_field!("health.path")),
        HealthCheck::Tcp => service.field(service_field!("port")),
        HealthCheck::Command(_) | HealthCheck::None => service.path(),
    };
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        container.notes.at(
            path![probe, "httpGet", "httpHeaders"],
            context.origin(
                service_field!("public"),
                "Asks as the gateway does: an app may answer to its public name only, and redirect to HTTPS",
            ),
        );
    }
    let mut note = |key: &str, field: &FieldPath, reason: String| {
        container.notes.at(path![key], Origin::new(field, reason).link(LINK));
    };
    let keeps_data = service.keeps_data();
    let reason = if service.startup_needs_more_time() {
        format!(
            "It takes {} to start and gets {} s, for a cold machine; the other probes wait until then",
            service.startup,
            started.seconds()
        )
    } else {
        time_to_start(started.seconds() / 60, keeps_data)
    };
    note("startupProbe", &service.field(service_field!("startup")), reason);
    note("readinessProbe", &field, no_requests_after(readiness.seconds(), keeps_data));
    container.value.startup_probe = Some(startup.probe(&question));
    container.value.readiness_probe = Some(readiness.probe(&question));
    if !keeps_data {
        let path = match &service.health {
            HealthCheck::Http { path } => Some(path.as_str()),
            _ => None,
        };
        note("livenessProbe", &field, started_anew_after(liveness.seconds(), path));
        container.value.liveness_probe = Some(liveness.probe(&question));
    }
}

/// Explains the startup probe of a service that starts in the usual time.
fn time_to_start(minutes: u32, keeps_data: bool) -> String {
    let enough_for = if keeps_data { "a recovery" } else { "a large model" };
    format!("{minutes} minutes to start, enough for {enough_for}; the other probes wait until then")
}

/// Explains the readiness probe.
fn no_requests_after(seconds: i32, keeps_data: bool) -> String {
    let alone = if keeps_data {
        "; no liveness probe, since a restart in the middle of a recovery would make it longer"
    } else {
        ""
    };
    format!("Gets no requests after {seconds} s without a good answer{alone}")
}

/// Explains the liveness probe; `path` is given if it asks over HTTP.
fn started_anew_after(seconds: i32, path: Option<&str>) -> String {
    let advice = path.map(|path| format!("; {path} must not ask a database, which no restart mends"));
    format!("Started anew after {seconds} s without a good answer{}", advice.unwrap_or_default())
}

/// What is asked, without how often.
fn question(context: Context) -> Option<Probe> {
    let service = context.service;
    let port = IntOrString::String(container::port_name(service).to_owned());
    let probe = Probe::default();
    match (&service.health, service.port) {
        (HealthCheck::Http { path }, Some(_)) => {
            let headers = service.proxy_headers().into_iter();
            let headers = headers.map(|(name, value)| HTTPHeader { name: name.to_owned(), value }).collect();
            let get = HTTPGetAction {
                path: Some(path.clone()),
                port,
                http_headers: container::some(headers),
                ..HTTPGetAction::default()
            };
            Some(Probe { http_get: Some(get), ..probe })
        }
        (HealthCheck::Tcp, Some(_)) => Some(Probe { tcp_socket: Some(TCPSocketAction { port, host: None }), ..probe }),
        (HealthCheck::Command(command), _) => {
            let exec = ExecAction { command: Some(before_start::literal(command)) };
            Some(Probe { exec: Some(exec), ..probe })
        }
        _ => None,
    }
}

impl Timing {
    fn seconds(&self) -> i32 {
        self.period * self.failures
    }

    fn probe(&self, question: &Probe) -> Probe {
        Probe {
            period_seconds: Some(self.period),
            failure_threshold: Some(self.failures),
            timeout_seconds: Some(self.timeout),
            ..question.clone()
        }
    }
}
