//! How Docker sees that a container is well, with what its image holds.

use super::model::{Healthcheck, Text};
use crate::generate::artifact::Origin;
use crate::topology::{HealthCheck, Service, Stack, Topology};

const LINK: &str = "https://docs.docker.com/reference/compose-file/services/#healthcheck";

/// What can ask inside an image that we describe. In each, what comes from the document stands in arguments of its own,
/// not in a program.
#[derive(Clone, Copy)]
enum Asker {
    /// The slim image has neither curl nor wget. `-I` keeps the app's own modules out of the way.
    Python,
    /// Nor has that of Node.js. `--` ends its own options.
    Node,
    /// The image of a Go program is Alpine's, whose BusyBox has wget and nc
    /// (<https://git.busybox.net/busybox/tree/networking/wget.c>).
    BusyBox,
}

const PYTHON_HTTP: &str = "import sys, urllib.request as r; \
    r.urlopen(r.Request(sys.argv[1], headers=dict(h.split('=', 1) for h in sys.argv[2:])), timeout=5)";
const PYTHON_TCP: &str = "import socket, sys; socket.create_connection(('127.0.0.1', int(sys.argv[1])), timeout=5)";
/// With a signal Node.js listens for errors itself, and would end well.
const NODE_HTTP: &str = "const [url, ...fields] = process.argv.slice(1); \
    const headers = Object.fromEntries(fields.map((field) => field.split('='))); \
    require('node:http').get(url, { headers, signal: AbortSignal.timeout(5000) }, \
    (response) => process.exit(response.statusCode < 400 ? 0 : 1)).on('error', () => process.exit(1))";
/// An error that nobody listens for ends the program with 1.
const NODE_TCP: &str = "require('node:net').connect(Number(process.argv[1]), '127.0.0.1', () => process.exit())";

/// The health check, with why it is asked so; none where nothing can be asked.
pub fn healthcheck(topology: &Topology, service: &Service) -> Option<(Healthcheck, Origin)> {
    let (test, reason) = match &service.health {
        HealthCheck::Http { path } => {
            let asker = asker(topology, service)?;
            let url = format!("http://127.0.0.1:{}{path}", service.port?);
            (asker.http(url, service.proxy_headers()), asker.reason())
        }
        HealthCheck::Tcp => {
            let test = asker(topology, service)?.tcp(service.port?);
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
    Some((healthcheck, Origin::new(service.field("health"), reason).link(LINK)))
}

/// What can ask in the image of `service`, if we know what is inside.
fn asker(topology: &Topology, service: &Service) -> Option<Asker> {
    match &topology.build(service.build()?).stack {
        Stack::Python { .. } => Some(Asker::Python),
        Stack::Node { .. } => Some(Asker::Node),
        Stack::Go { .. } => Some(Asker::BusyBox),
        Stack::Dockerfile { .. } => None,
    }
}

impl Asker {
    /// Ends well if a request is answered, and not by an error.
    fn http(self, url: String, headers: Vec<(&'static str, String)>) -> Vec<String> {
        let separator = match self {
            Self::Python | Self::Node => "=",
            Self::BusyBox => ": ",
        };
        let headers = headers.into_iter().map(|(name, value)| format!("{name}{separator}{value}"));
        match self {
            Self::Python => words(&["python", "-I", "-c", PYTHON_HTTP]).chain([url]).chain(headers).collect(),
            Self::Node => words(&["node", "-e", NODE_HTTP, "--"]).chain([url]).chain(headers).collect(),
            Self::BusyBox => {
                let headers = headers.flat_map(|header| ["--header".to_owned(), header]);
                words(&["wget", "-q", "-O", "/dev/null"]).chain(headers).chain([url]).collect()
            }
        }
    }

    /// Ends well if the port accepts a connection.
    fn tcp(self, port: u16) -> Vec<String> {
        let command: &[&str] = match self {
            Self::Python => &["python", "-I", "-c", PYTHON_TCP],
            Self::Node => &["node", "-e", NODE_TCP, "--"],
            Self::BusyBox => &["nc", "-z", "127.0.0.1"],
        };
        words(command).chain([port.to_string()]).collect()
    }

    fn reason(self) -> &'static str {
        match self {
            Self::Python => "Asked by Python, as the proxy would: the slim image has neither curl nor wget",
            Self::Node => "Asked by Node.js, as the proxy would: the slim image has neither curl nor wget",
            Self::BusyBox => "Asked by the wget of Alpine's BusyBox, as the proxy would",
        }
    }
}

fn words<'a>(words: &'a [&'a str]) -> impl Iterator<Item = String> + 'a {
    words.iter().map(|word| (*word).to_owned())
}
