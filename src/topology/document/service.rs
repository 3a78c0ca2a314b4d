//! One service, as written.

#[cfg(feature = "schema")]
use super::in_schema;
use crate::input::Report;
use crate::kinds::program::Program;
use crate::kinds::{Context, Kind, PrebuiltImage, for_each_kind};
use crate::model::{Cpu, Duration, Memory, Percent};
use crate::text::Span;
#[cfg(feature = "schema")]
use crate::topology::defaults;
use crate::yaml::{Field, Map};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// Declares the service with a field for each kind.
macro_rules! service {
    ($($(#[$doc:meta])* $key:ident: $kind:path,)*) => {
        /// One thing that runs. Exactly one kind, such as `python`, `node`, `image` or `postgres`, says what it is.
        #[derive(Debug, Clone, Default, Deserialize)]
        #[serde(default)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
        pub struct Service {
            $($(#[$doc])* pub $key: Field<<$kind as Kind>::Fields>,)*
            /// A prebuilt image, such as `ghcr.io/acme/api:1.4`. Beside what is built from code: the name that the built
            /// image gets.
            pub image: Field<String>,

            /// The command of a prebuilt image, or of a Dockerfile of your own, split like a shell would. Default: what the
            /// image says.
            pub command: Field<String>,
            /// How long a container takes from its start until it answers, such as `40s`, at most `1h`: loading code, a
            /// model, data. Probes wait twice as long, and at least five minutes.
            #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::duration(defaults::STARTUP))))]
            pub startup: Field<Duration>,
            /// How long a process takes to end once it is told to, such as `90s`, at most `1h`: its longest request or
            /// task. It is killed 5 seconds after that at the earliest.
            #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::duration(defaults::SHUTDOWN))))]
            pub shutdown: Field<Duration>,
            /// When a program runs that ends by itself, as five fields of cron in UTC: `0 3 * * *` is every night at three.
            /// Default: it runs all the time.
            pub schedule: Field<String>,
            /// The port that the process listens on, 1 to 65535. Default: 8000 for a web app, the usual one of a catalog kind.
            pub port: Field<u16>,
            /// The port of the server on which one can reach this service, or `false`. Default: a web app that is not `public`
            /// has its own `port`, open to the machine itself only.
            pub publish: Field<Publish>,
            /// Processes in one container (`--workers`), 1 to 256.
            #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::WORKERS)))]
            pub workers: Field<u32>,
            /// How many equal containers, 0 to 10000.
            #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::REPLICAS)))]
            pub replicas: Field<u32>,
            /// Replicas that follow the load, on a cluster; `replicas` is then not needed.
            pub autoscale: Field<Autoscale>,
            /// What one container's memory is made of.
            pub memory: Field<ServiceMemory>,
            /// What one container asks of the processors.
            pub cpu: Field<ServiceCpu>,
            /// Environment variables that are no secrets.
            pub env: Field<Map<String>>,
            /// Names of environment variables whose values are secrets; the values never stand in a generated file.
            pub secrets: Field<Vec<Field<String>>>,
            /// How the process gets its secrets: as `variables`, which most programs read, or as `files`
            /// `/run/secrets/NAME`, which neither child processes nor error reports inherit.
            #[cfg_attr(feature = "schema", schemars(extend("default" = SecretsAs::Variables)))]
            pub secrets_as: Field<SecretsAs>,
            /// What has to happen before the service starts, in this order: database migrations, for example.
            pub before_start: Field<Vec<Field<Step>>>,
            /// The database connections that each process keeps.
            pub database_pool: Field<DatabasePool>,
            /// How to see that the service is well.
            pub health: Field<Health>,
            /// Names of the services that this one connects to.
            pub needs: Field<Vec<Field<String>>>,
            /// The address under which everyone can reach the service.
            pub public: Field<Public>,
            /// Whether the process may connect to the internet. Default: true for code and images, false for a catalog kind.
            pub outbound: Field<bool>,
            /// A database or cache that somebody else runs: nothing is started for it. The host's name if you know it,
            /// or `true`.
            #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
            pub external: Field<External>,
            /// The size of the disk that survives a restart. Default: 1Gi for a database, none for the rest.
            pub storage: Field<Memory>,
            /// Where that disk is mounted, an absolute path. Default: where a catalog kind keeps its data.
            pub storage_path: Field<String>,
            /// The numeric user (and group) that a prebuilt image runs as, 1 to 65535.
            #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::USER)))]
            pub user: Field<u32>,
            /// Folders that the process writes to and that need not survive, beside `/tmp`; the rest is read-only.
            pub writable: Field<Vec<Field<String>>>,
        }

        impl Service {
            /// The keys of the kinds that are written, in the order of the list of kinds, with their places. `image` is
            /// the first of them unless it names an image that is built.
            pub fn written_kinds(&self) -> Vec<(&'static str, Span)> {
                let own = [$((<$kind as Kind>::KEY, <$kind as Kind>::IS_BUILT, self.$key.key_span())),*];
                let is_built = own.iter().any(|(_, is_built, span)| *is_built && span.is_some());
                let image = self.image.key_span().filter(|_| !is_built).map(|span| (PrebuiltImage::KEY, span));
                image.into_iter().chain(own.into_iter().filter_map(|(key, _, span)| Some((key, span?)))).collect()
            }

            /// The program that the first of its kinds describes, other than `image`; none where none can be read.
            pub fn program(&self, context: &Context, report: &mut Report) -> Option<Program> {
                $(if let Some(fields) = self.$key.get() {
                    return <$kind as Kind>::program(fields, context, report);
                })*
                None
            }
        }
    };
}
for_each_kind!(service);

/// Replicas that follow the load.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Autoscale {
    /// The fewest replicas, from 1.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::REPLICAS)))]
    pub min: Field<u32>,
    /// The most replicas, up to 10000.
    pub max: Field<u32>,
    /// Target average CPU utilization, in percent of the request.
    #[cfg_attr(feature = "schema", schemars(extend("default" = in_schema::percent(defaults::AUTOSCALE_CPU))))]
    pub cpu: Field<Percent>,
}

/// What one container's memory is made of.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ServiceMemory {
    /// One process at rest, without what it shares with the others. Default: the figure for that kind of process.
    pub process: Field<Memory>,
    /// What all processes of a container share, counted once: a preloaded model, for example. Default: none.
    pub shared: Field<Memory>,
    /// How much of `shared` each worker comes to have a copy of, such as `20%`, where workers are forked from a process
    /// that has loaded the app: Gunicorn's with `preload`, and Celery's. They share what nobody writes to, and to use a
    /// Python object is to write to it. Default: none, which is right for figures taken after traffic.
    pub copied: Field<Percent>,
    /// What one request in flight adds. Default: 1Mi for a web app, none for the rest.
    pub per_request: Field<Memory>,
    /// What each process grows by in an hour, where memory leaks. Default: none.
    pub growth: Field<Memory>,
    /// The limit past which the container is killed. Default: what it needs and a quarter more.
    pub limit: Field<Memory>,
}

/// What one container asks of the processors.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct ServiceCpu {
    /// What is set aside for the container, such as `250m`. Default: 100m a process.
    pub request: Field<Cpu>,
    /// Processor time that one request takes, such as `12ms`.
    pub per_request: Field<Duration>,
}

/// Where the server opens a port for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Publish {
    /// Nowhere.
    Closed,
    /// On this port.
    On(u16),
}

/// Something that has to happen before a service starts.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Step {
    /// The command, split like a shell would: `alembic upgrade head`.
    pub run: Field<String>,
    /// How often. Default: `every-start` in an init container or the container itself, else `once`.
    pub when: Field<When>,
    /// By what means. Default: `job` for a step that runs once, `init-container` for one that runs at every start.
    pub how: Field<How>,
}

/// How often a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum When {
    /// Once for a release, however many replicas start afterwards.
    Once,
    /// At every start of every replica.
    EveryStart,
}

/// By what means a step runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum How {
    /// A Job on a cluster, a one-shot service in Compose: one container, before the others.
    Job,
    /// An init container of each replica on a cluster; in Compose, which has none, in the container.
    InitContainer,
    /// In the container itself, right before its command.
    InContainer,
    /// Not by these files: the person runs it.
    ByHand,
}

/// The database connections that one process keeps.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct DatabasePool {
    /// Connections kept open, 1 to 10000; SQLAlchemy's default unless given.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::POOL_SIZE)))]
    pub size: Field<u32>,
    /// More connections that may be opened under load, 0 to 10000; SQLAlchemy's default unless given.
    #[cfg_attr(feature = "schema", schemars(extend("default" = defaults::POOL_OVERFLOW)))]
    pub overflow: Field<u32>,
}

/// How to see that a service is well.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Health {
    /// The path that answers 200 when it is. Default: none; then it is enough that the port is open.
    pub path: Field<String>,
}

/// The address under which everyone can reach a service.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Public {
    /// The host's name, such as `shop.example.com`.
    pub host: Field<String>,
    /// Whether it is served over HTTPS, with a certificate that renews itself.
    #[cfg_attr(feature = "schema", schemars(extend("default" = true)))]
    pub tls: Field<bool>,
}

/// How a process gets its secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum SecretsAs {
    /// As environment variables.
    Variables,
    /// As files `/run/secrets/NAME`.
    Files,
}

/// Whether somebody else runs a service, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum External {
    /// Nobody else does.
    No,
    /// Somebody does; the address stands in the secrets of those that connect.
    Somewhere,
    /// Somebody does, at this host.
    At(String),
}

impl<'de> Deserialize<'de> for Publish {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PublishVisitor;

        impl Visitor<'_> for PublishVisitor {
            type Value = Publish;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a port of the server, 1 to 65535, or `false`")
            }

            fn visit_bool<E: de::Error>(self, open: bool) -> Result<Publish, E> {
                if open {
                    Err(E::custom("`true` does not say which port\nWrite the port's number"))
                } else {
                    Ok(Publish::Closed)
                }
            }

            fn visit_i64<E: de::Error>(self, port: i64) -> Result<Publish, E> {
                match u16::try_from(port) {
                    Ok(port @ 1..) => Ok(Publish::On(port)),
                    _ => Err(E::custom(format!("{port} is no port\nWrite a number from 1 to 65535"))),
                }
            }

            fn visit_u64<E: de::Error>(self, port: u64) -> Result<Publish, E> {
                self.visit_i64(i64::try_from(port).unwrap_or(i64::MAX))
            }
        }

        deserializer.deserialize_any(PublishVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Publish {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Publish".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "integer", "minimum": 1, "maximum": 65535 }, { "const": false }] })
    }
}

impl<'de> Deserialize<'de> for External {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ExternalVisitor;

        impl Visitor<'_> for ExternalVisitor {
            type Value = External;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`true`, or the host's name")
            }

            fn visit_bool<E: de::Error>(self, external: bool) -> Result<External, E> {
                Ok(if external { External::Somewhere } else { External::No })
            }

            fn visit_str<E: de::Error>(self, host: &str) -> Result<External, E> {
                Ok(External::At(host.to_owned()))
            }
        }

        deserializer.deserialize_any(ExternalVisitor)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for External {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "External".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["boolean", "string"] })
    }
}
