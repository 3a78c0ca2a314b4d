//! The framework of a web app: how it learns its port, which proxy it trusts, and how long it takes to stop.

use super::JAR;
use crate::kinds::program::{BehindProxy, Container, Start};
use crate::kinds::{GRACEFUL_SECONDS, graceful_seconds};
use crate::model::{ServiceField, Variable, VariableValue, service_field};
use serde::Deserialize;

/// The framework of a Java web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "JavaFramework"))]
pub enum Framework {
    /// Spring Boot, told its port by `SERVER_PORT`.
    SpringBoot,
    /// Quarkus, told its port by `QUARKUS_HTTP_PORT`.
    Quarkus,
    /// Micronaut, told its port by `MICRONAUT_SERVER_PORT`.
    Micronaut,
    /// Another server, or your own: it reads its port from the variable `PORT`.
    Other,
}

impl Framework {
    /// The name for people.
    pub fn title(self) -> &'static str {
        match self {
            Self::SpringBoot => "Spring Boot",
            Self::Quarkus => "Quarkus",
            Self::Micronaut => "Micronaut",
            Self::Other => "Java",
        }
    }

    /// How the server is told to trust the proxy in front of it.
    pub fn behind_proxy(self) -> Option<BehindProxy> {
        match self {
            // `framework` would believe any client; `native` is Tomcat's valve, which trusts private addresses:
            // https://docs.spring.io/spring-boot/how-to/webserver.html#howto.webserver.use-behind-a-proxy-server
            Self::SpringBoot => Some(BehindProxy {
                variable: "SERVER_FORWARD_HEADERS_STRATEGY",
                value: "native",
                reason: "HTTPS ends at the proxy: without this, Spring Boot ignores X-Forwarded-* outside Kubernetes, \
                         and redirects to http://",
            }),
            // https://quarkus.io/guides/http-reference#reverse-proxy
            Self::Quarkus => Some(BehindProxy {
                variable: "QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING",
                value: "true",
                reason: "HTTPS ends at the proxy: without this, Quarkus ignores X-Forwarded-*, and redirects to http://",
            }),
            Self::Micronaut | Self::Other => None,
        }
    }

    /// The variable of the port, with the reason for it.
    fn port(self) -> (&'static str, &'static str) {
        match self {
            Self::SpringBoot => {
                ("SERVER_PORT", "Spring Boot listens on the port that this variable names, by default on 8080")
            }
            Self::Quarkus => {
                ("QUARKUS_HTTP_PORT", "Quarkus listens on the port that this variable names, by default on 8080")
            }
            Self::Micronaut => {
                ("MICRONAUT_SERVER_PORT", "Micronaut listens on the port that this variable names, by default on 8080")
            }
            Self::Other => (
                "PORT",
                "Servers without a framework read their port here: the program has to listen on it, at 0.0.0.0",
            ),
        }
    }

    /// The variable of the time that requests get to end, with the reason for it; none where the framework's own time is
    /// as long.
    fn shutdown(self, seconds: u32) -> Option<(&'static str, &'static str)> {
        match self {
            // https://docs.spring.io/spring-boot/reference/web/graceful-shutdown.html: 30 seconds by default.
            Self::SpringBoot if seconds > GRACEFUL_SECONDS => Some((
                "SPRING_LIFECYCLE_TIMEOUT_PER_SHUTDOWN_PHASE",
                "Requests get this long to end before Spring Boot stops; by default they get 30 seconds",
            )),
            // https://quarkus.io/guides/lifecycle#graceful-shutdown
            Self::Quarkus => Some((
                "QUARKUS_SHUTDOWN_TIMEOUT",
                "Requests get this long to end before Quarkus stops; by default it waits for none",
            )),
            Self::SpringBoot | Self::Micronaut | Self::Other => None,
        }
    }
}

impl Start for Framework {
    fn command(&self, _: &Container) -> Option<Vec<String>> {
        Some(["java", "-jar", JAR].map(str::to_owned).to_vec())
    }

    fn variables(&self, container: &Container) -> Vec<Variable> {
        let variable = |(name, reason): (&str, &'static str), value: String, field: ServiceField| Variable {
            name: name.to_owned(),
            value: VariableValue::Plain(value),
            field: container.field(field),
            reason: Some(reason),
        };
        let seconds = graceful_seconds(container.shutdown);
        let port = container.port.map(|port| variable(self.port(), port.to_string(), service_field!("port")));
        let shutdown =
            self.shutdown(seconds).map(|name| variable(name, format!("{seconds}s"), service_field!("shutdown")));
        port.into_iter().chain(shutdown).collect()
    }
}
