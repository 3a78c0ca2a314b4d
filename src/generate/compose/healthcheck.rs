//! How Docker sees that a container is well, with what its image holds.

use super::model::{Healthcheck, Text};
use crate::generate::artifact::Origin;
use crate::topology::{HealthCheck, Service};

const LINK: &str = "https://docs.docker.com/reference/compose-file/services/#healthcheck";

/// Asks by Python, since slim images have neither curl nor wget. `-I` keeps the app's own modules out of the way. What
/// comes from the document stands in arguments, not in the program.
const HTTP: &str = "import sys, urllib.request as r; \
    r.urlopen(r.Request(sys.argv[1], headers=dict(h.split('=', 1) for h in sys.argv[2:])), timeout=5)";
const TCP: &str = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)";

/// The health check, with why it is asked so; none where nothing can be asked.
pub fn healthcheck(service: &Service) -> Option<(Healthcheck, Origin)> {
    let python = |program: &str, arguments: &[String]| {
        let words = ["CMD", "python", "-I", "-c", program].map(str::to_owned);
        words.into_iter().chain(arguments.iter().cloned()).collect::<Vec<_>>()
    };
    let has_python = service.build().is_some();
    let (test, reason) = match (&service.health, service.port) {
        (HealthCheck::Http { path }, Some(port)) if has_python => {
            let headers = service.proxy_headers().into_iter().map(|(name, value)| format!("{name}={value}"));
            let arguments: Vec<String> =
                [format!("http://127.0.0.1:{port}{path}")].into_iter().chain(headers).collect();
            (python(HTTP, &arguments), "Asked by Python, as the proxy would: the slim image has neither curl nor wget")
        }
        (HealthCheck::Tcp, Some(port)) if has_python => {
            (python(TCP, &[port.to_string()]), "Well when the port is open; `health.path` would ask the app itself")
        }
        (HealthCheck::Command(command), _) => {
            let words = std::iter::once("CMD".to_owned()).chain(command.iter().cloned());
            (words.collect(), "Asked by what the image brings along; others wait until it is well")
        }
        _ => return None,
    };
    let healthcheck = Healthcheck {
        test: test.iter().map(|word| Text::literal(word)).collect(),
        interval: "30s",
        timeout: "10s",
        retries: 3,
        start_period: "60s",
        start_interval: "2s",
    };
    Some((healthcheck, Origin::new(service.field("health"), reason).link(LINK)))
}
