//! The topology's services as Compose's, and the one-shot services of their first steps.

use super::draft::Draft;
use super::healthcheck::healthcheck;
use super::model::{Condition, Mount, Text};
use super::networks::{self, Networks};
use super::process::memory_origin;
use super::program::{BUILT_ONCE, PREVIOUS_STEPS, PULL_POLICY, image_origin, literals};
use super::{Names, volume_name};
use crate::artifact::Origin;
use crate::generate::notes::path;
use crate::model::service_field;
use crate::topology::{How, Provenance, Reach, Replicas, Service, ServiceId, Step, Topology, Variable, VariableValue};

/// What a service of Compose can say.
pub const SERVICES: &str = "https://docs.docker.com/reference/compose-file/services/";
const INTERPOLATION: &str = "https://docs.docker.com/reference/compose-file/interpolation/";
const SECRETS: &str = "https://docs.docker.com/compose/how-tos/use-secrets/";
const STARTUP_ORDER: &str = "https://docs.docker.com/compose/how-tos/startup-order/";
const PORTS: &str = "https://docs.docker.com/engine/network/port-publishing/";
const PROFILES: &str = "https://docs.docker.com/compose/how-tos/profiles/";
const VOLUME_OWNER: &str = "https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container";
const RESTARTS: &str = "https://fastapi.tiangolo.com/deployment/concepts/#restarts";
const REPLICAS: &str = "https://docs.docker.com/reference/compose-file/deploy/#replicas";
const RABBITMQ: &str = "https://hub.docker.com/_/rabbitmq";

/// The profile of what `docker compose up` does not start.
const SCHEDULED: &str = "scheduled";

/// The topology's services in its order, each after the one-shot services of its first steps.
pub fn drafts(topology: &Topology, networks: &Networks, names: &mut Names) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (id, service) in topology.running() {
        let source = Source { topology, service, id };
        let steps = source.one_shots(&networks.step(id), names);
        let last_step = steps.last().map(|step| step.name.clone());
        drafts.extend(steps);
        drafts.push(source.service(&networks.service(id), last_step));
    }
    drafts
}

/// A service of the topology, and where it stands.
pub struct Source<'a> {
    pub(super) topology: &'a Topology,
    pub(super) service: &'a Service,
    pub(super) id: ServiceId,
}

impl Source<'_> {
    /// The service itself; `last_step` is the one-shot service that it waits for.
    fn service(&self, networks: &[&'static str], last_step: Option<String>) -> Draft {
        let service = self.service;
        let reason = match service.schedule {
            Some(_) => "`docker compose run` starts it under this name",
            None => "Others reach it under this name",
        };
        let because = Origin::new(service.path(), reason);
        let mut draft = self.container(service.name.to_string(), networks, because);
        self.build(&mut draft);
        self.schedule(&mut draft);
        self.command(&mut draft);
        if let Some(step) = last_step {
            let origin = Origin::new(
                service.field(service_field!("before_start")),
                "Starts when what comes before has ended well",
            );
            draft.wait_for(&step, Condition::CompletedSuccessfully, origin);
        }
        if let Some((healthcheck, origin)) = healthcheck(self.topology, service) {
            draft.service.healthcheck = Some(healthcheck);
            draft.note(path!["healthcheck"], origin);
            let link = "https://docs.docker.com/reference/dockerfile/#healthcheck";
            draft.note(
                path!["healthcheck", "start_period"],
                Origin::new(
                    service.field(service_field!("startup")),
                    "Failures do not count while it starts; twice its start-up time, and a minute at least",
                )
                .link(link),
            );
        }
        self.hostname(&mut draft);
        self.publish(&mut draft);
        self.replicas(&mut draft);
        self.restart(&mut draft);
        draft
    }

    /// The one-shot services of the steps that run in containers of their own, each after the one before it.
    fn one_shots(&self, networks: &[&'static str], names: &mut Names) -> Vec<Draft> {
        let service = self.service;
        let steps: Vec<(usize, &Step)> =
            service.before_start.iter().enumerate().filter(|(_, step)| self.is_one_shot(step)).collect();
        let mut drafts: Vec<Draft> = Vec::with_capacity(steps.len());
        for (number, (index, step)) in steps.iter().enumerate() {
            let name = match steps.len() {
                1 => format!("{}-before-start", service.name),
                _ => format!("{}-before-start-{}", service.name, number + 1),
            };
            let field = service.field(service_field!("before_start")).entry(index);
            let reason = match step.how {
                How::Job => "Runs once in a container of its own, before any replica starts",
                _ => "In a container of its own: Compose cannot put a step before a command that only the image knows",
            };
            let mut draft =
                self.container(names.take(&name), networks, Origin::new(&field, reason).link(PREVIOUS_STEPS));
            draft.service.pull_policy = service.build.map(|_| "never");
            draft.note(path!["pull_policy"], Origin::new(&field, BUILT_ONCE).link(PULL_POLICY));
            self.schedule(&mut draft);
            draft.service.command = Some(literals(&step.command));
            draft.note(path!["command"], Origin::new(&field, "The step, without a shell").link(SERVICES));
            draft.service.restart = "no";
            draft.note(
                path!["restart"],
                Origin::new(&field, "A step that fails stays failed, and what waits for it does not start")
                    .link(PREVIOUS_STEPS),
            );
            if let Some(before) = drafts.last() {
                let origin = Origin::new(&field, "The steps run in the document's order");
                draft.wait_for(&before.name, Condition::CompletedSuccessfully, origin);
            }
            drafts.push(draft);
        }
        drafts
    }

    /// What the service and its steps have in common.
    fn container(&self, name: String, networks: &[&'static str], because: Origin) -> Draft {
        let service = self.service;
        let mut draft = Draft::hardened(name, because, (service.memory.limit, memory_origin(service)));
        draft.service.image = Text::literal(&service.image);
        draft.note(path!["image"], image_origin(service));
        self.environment(&mut draft);
        self.secrets(&mut draft);
        let order = Origin::new(service.field(service_field!("needs")), "What has to be there first");
        draft.note(path!["depends_on"], order.link(STARTUP_ORDER));
        for needed in service.needed_services().map(|id| self.topology.service(id)) {
            let (condition, origin) = self.readiness(needed);
            draft.wait_for(needed.name.as_str(), condition, origin);
        }
        draft.note(path!["networks"], networks::shared(service.field(service_field!("needs"))));
        for (index, network) in networks.iter().enumerate() {
            draft.note(path!["networks", index], networks::origin(service, network));
        }
        draft.service.networks = networks.to_vec();
        if let Some(storage) = &service.storage {
            let volume = Mount::Volume { source: volume_name(service), target: Text::literal(&storage.path) };
            draft.service.volumes.push(volume);
            draft.note(
                path!["volumes"],
                Origin::new(
                    service.field(service_field!("storage")),
                    "What is written here outlives the container; the volume's first owner is the folder's in the \
                     image",
                )
                .link(VOLUME_OWNER),
            );
        }
        self.process(&mut draft);
        draft
    }

    fn environment(&self, draft: &mut Draft) {
        let service = self.service;
        draft.note(path!["environment"], Origin::new(service.field(service_field!("env")), "The program's settings"));
        for variable in &service.env {
            draft.note(path!["environment", variable.name.as_str()], variable_origin(variable));
            let value = match &variable.value {
                VariableValue::Plain(value) => Text::literal(value),
                VariableValue::Secret { key } => Text::required(key),
            };
            draft.service.environment.push(&variable.name, value);
        }
    }

    fn secrets(&self, draft: &mut Draft) {
        draft.service.secrets.clone_from(&self.service.secret_files);
        draft.note(
            path!["secrets"],
            Origin::new(
                self.service.field(service_field!("secrets_as")),
                "Read from /run/secrets: unlike variables, these stand in no `docker inspect` and reach no child \
                 process",
            )
            .link(SECRETS),
        );
    }

    /// For what state of a service one waits that needs it.
    fn readiness(&self, needed: &Service) -> (Condition, Origin) {
        let (field, name) = (self.service.field(service_field!("needs")), needed.name.as_str());
        if healthcheck(self.topology, needed).is_some() {
            return (Condition::Healthy, Origin::new(field, format!("Starts when `{name}` is well")));
        }
        let reason = match needed.kind.provenance {
            Provenance::Prebuilt | Provenance::OwnDockerfile => {
                format!("What could ask inside `{name}`'s image is not known, so only its start is waited for")
            }
            Provenance::Built | Provenance::Official => {
                format!("`{name}` listens on nothing that could be asked, so only its start is waited for")
            }
        };
        (Condition::Started, Origin::new(field, reason))
    }

    /// Keeps what has a schedule, and its steps, from starting with the rest.
    fn schedule(&self, draft: &mut Draft) {
        if self.service.schedule.is_some() {
            draft.service.profiles = vec![SCHEDULED];
            draft.note(
                path!["profiles"],
                Origin::new(
                    self.service.field(service_field!("schedule")),
                    "Compose has no timetable: `docker compose up` leaves it alone, and the server's cron runs it",
                )
                .link(PROFILES),
            );
        }
    }

    fn restart(&self, draft: &mut Draft) {
        let (restart, field, reason) = if self.service.schedule.is_some() {
            ("no", self.service.field(service_field!("schedule")), "It ends by itself, and cron starts it again")
        } else {
            (
                "unless-stopped",
                self.service.path(),
                "Starts with the machine and again after a crash, until you stop it",
            )
        };
        draft.service.restart = restart;
        draft.note(path!["restart"], Origin::new(field, reason).link(RESTARTS));
    }

    /// RabbitMQ keeps its data in a folder that is called like its host, which else is the container's id.
    fn hostname(&self, draft: &mut Draft) {
        if self.service.kind.data_follows_hostname {
            draft.service.hostname = Some(self.service.name.to_string());
            draft.note(
                path!["hostname"],
                Origin::new(
                    self.service.kind_field(),
                    "RabbitMQ looks for its data under the name of its host: a new container finds them again",
                )
                .link(RABBITMQ),
            );
        }
    }

    fn publish(&self, draft: &mut Draft) {
        let (Some(publish), Some(port)) = (self.service.publish, self.service.port) else { return };
        let (line, reason) = match publish.reach {
            Reach::Loopback => (
                format!("127.0.0.1:{}:{port}", publish.port),
                "For this machine only: a port without an address is open to every network, past the firewall",
            ),
            Reach::Everyone => (format!("{}:{port}", publish.port), "Open to every network that reaches the server"),
        };
        draft.service.ports = vec![line];
        draft.note(path!["ports"], Origin::new(self.service.field(service_field!("publish")), reason).link(PORTS));
    }

    fn replicas(&self, draft: &mut Draft) {
        let replicas = self.service.replicas.steady();
        if replicas == 1 {
            return;
        }
        draft.service.deploy.replicas = Some(replicas);
        let origin = match self.service.replicas {
            Replicas::Fixed(_) => {
                Origin::new(self.service.field(service_field!("replicas")), "Equal containers behind one name")
            }
            Replicas::Autoscaled { .. } => Origin::new(
                self.service.field(service_field!("autoscale.min")),
                "The fewest: Compose cannot follow the load",
            ),
        };
        draft.note(path!["deploy", "replicas"], origin.link(REPLICAS));
    }
}

fn variable_origin(variable: &Variable) -> Origin {
    match (&variable.value, variable.reason) {
        (VariableValue::Secret { .. }, reason) => {
            let reason = reason.unwrap_or("A secret: its value stands in .env, and without it nothing starts");
            Origin::new(&variable.field, reason).link(INTERPOLATION)
        }
        (VariableValue::Plain(_), reason) => Origin::new(&variable.field, reason.unwrap_or("As the document says")),
    }
}
