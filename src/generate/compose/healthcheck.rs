//! How Docker sees that a container is well, with what its image holds.

use super::model::{Healthcheck, Text};
use crate::artifact::Origin;
use crate::model::service_field;
use crate::topology::{HealthCheck, Service, Topology};

const LINK: &str = "https://docs.docker.com/reference/compose-file/services/#healthcheck";

/// The health check, with why it is asked so; none where nothing can be asked.
pub fn healthcheck(topology: &Topology, service: &Service) -> Option<(Healthcheck, Origin)> {
    let (test, reason) = match &service.health {
        HealthCheck::Http { path } => {
            let prober = topology.build(service.build?).stack.prober()?;
            let url = format!("http://127.0.0.1:{}{path}", service.port?);
            (prober.http(url, service.proxy_headers()), prober.reason())
        }
        HealthCheck::Tcp => {
            let test = topology.build(service.build?).stack.prober()?.tcp(service.port?);
            (test, "Well when the port is open; `health.path` would ask the app itself")
        }
        HealthCheck::Command(command) => {
            (command.clone(), "Asked by what the image brings along; others wait until it is well")
        }
        HealthCheck::None => return None,
    };
    let exec_form = std::iter::once("CMD").chain(test.iter().map(String::as_str));
    let healthcheck = Healthcheck {
        test: exec_form.map(Text::literal).collect(),
        interval: "30s",
        timeout: "10s",
        retries: 3,
        start_period: format!("{}s", service.start_period_seconds()),
        start_interval: "2s",
    };
    Some((healthcheck, Origin::new(service.field(service_field!("health")), reason).link(LINK)))
}
