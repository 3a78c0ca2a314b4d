//! The topology's services as Compose's, and the one-shot services of their first steps.

use super::healthcheck::healthcheck;
use super::model::{Build, Condition, Dependency, Logging, Mount, Resource, Resources, Service as Output, Text};
use super::networks::{self, Networks};
use super::{Names, volume_name};
use crate::generate::artifact::Origin;
use crate::generate::notes::{Notes, path};
use crate::quantity::Memory;
use crate::topology::{
    CatalogKind, FigureSource, How, Kind, Reach, Replicas, Service, ServiceId, Step, Topology, Variable, VariableValue,
};
use crate::yaml::Segment;

const SERVICES: &str = "https://docs.docker.com/reference/compose-file/services/";
const PULL_POLICY: &str = "https://docs.docker.com/reference/compose-file/services/#pull_policy";
const INTERPOLATION: &str = "https://docs.docker.com/reference/compose-file/interpolation/";
const STARTUP_ORDER: &str = "https://docs.docker.com/compose/how-tos/startup-order/";
const PORTS: &str = "https://docs.docker.com/engine/network/port-publishing/";
const VOLUME_OWNER: &str = "https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container";
const PREVIOUS_STEPS: &str = "https://fastapi.tiangolo.com/deployment/concepts/#previous-steps-before-starting";
const RESTARTS: &str = "https://fastapi.tiangolo.com/deployment/concepts/#restarts";
const REPLICAS: &str = "https://docs.docker.com/reference/compose-file/deploy/#replicas";
const STOP: &str = "https://docs.docker.com/reference/compose-file/services/#stop_grace_period";
const INIT: &str = "https://docs.docker.com/reference/compose-file/services/#init";
const CAPABILITIES: &str = "https://docs.docker.com/engine/security/#linux-kernel-capabilities";
const READ_ONLY: &str = "https://docs.docker.com/reference/compose-file/services/#read_only";
const NO_NEW_PRIVILEGES: &str = "https://docs.docker.com/reference/cli/docker/container/run/#security-opt";
const TMPFS: &str = "https://docs.docker.com/engine/storage/tmpfs/";
const MEMORY: &str = "https://fastapi.tiangolo.com/deployment/docker/#memory";
const SWAP: &str = "https://docs.docker.com/engine/containers/resource_constraints/#--memory-swap-details";
const CPU_SHARES: &str =
    "https://docs.docker.com/engine/containers/resource_constraints/#configure-the-default-cfs-scheduler";
const RABBITMQ: &str = "https://hub.docker.com/_/rabbitmq";
const LOGGING: &str = "https://docs.docker.com/engine/logging/configure/#configure-the-default-logging-driver";

const BUILT_ONCE: &str = "Built once, by the first service that runs it; no registry is asked for it";

/// One of Compose's services, with why each of its values is there.
pub struct Draft {
    pub name: String,
    pub service: Output,
    pub notes: Notes,
}

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

impl Draft {
    /// A service with what holds for every container.
    pub fn hardened(name: String, because: Origin, limit: (Memory, Origin)) -> Self {
        let field = because.field.clone();
        let note = |reason: &str, link| Origin::new(&field, reason).link(link);
        let mut draft = Self { name, service: Output::default(), notes: Notes::new(because) };
        let (memory, memory_origin) = limit;
        draft.service.read_only = true;
        draft.service.cap_drop = &["ALL"];
        draft.service.security_opt = &["no-new-privileges:true"];
        draft.service.logging = Logging { driver: "local" };
        draft.service.memswap_limit = memory.compose();
        let resource = Resource { memory: memory.compose() };
        draft.service.deploy.resources = Resources { limits: resource.clone(), reservations: resource };

        let swap = "As much as the memory limit: no swap, which would make it slow before it fails";
        draft.note(path!["memswap_limit"], Origin::new(&memory_origin.field, swap).link(SWAP));
        draft.note(path!["deploy"], memory_origin.link(MEMORY));
        let read_only = "Who breaks in cannot change the program: only the folders named here can be written to";
        draft.note(path!["read_only"], note(read_only, READ_ONLY));
        draft.note(path!["cap_drop"], note("None of root's rights is needed", CAPABILITIES));
        draft.note(path!["security_opt"], note("No program inside can gain rights by setuid", NO_NEW_PRIVILEGES));
        draft.note(path!["logging"], note("Log files that rotate; Docker's default fills the disk", LOGGING));
        draft
    }

    /// Notes why a value of the service is there.
    pub fn note(&mut self, path: impl IntoIterator<Item = Segment>, origin: Origin) {
        self.notes.at(path, origin);
    }

    /// Waits for another service before it starts.
    pub fn wait_for(&mut self, service: &str, condition: Condition, origin: Origin) {
        self.note(path!["depends_on", service], origin.link(STARTUP_ORDER));
        self.service.depends_on.push(service, Dependency { condition });
    }
}

/// A service of the topology, and where it stands.
struct Source<'a> {
    topology: &'a Topology,
    service: &'a Service,
    id: ServiceId,
}

impl Source<'_> {
    /// The service itself; `last_step` is the one-shot service that it waits for.
    fn service(&self, networks: &[&'static str], last_step: Option<String>) -> Draft {
        let service = self.service;
        let because = Origin::new(format!("services.{}", service.name), "Others reach it under this name");
        let mut draft = self.container(service.name.to_string(), networks, because);
        self.build(&mut draft);
        self.command(&mut draft);
        if let Some(step) = last_step {
            let origin = Origin::new(service.field("before_start"), "Starts when what comes before has ended well");
            draft.wait_for(&step, Condition::CompletedSuccessfully, origin);
        }
        if let Some((healthcheck, origin)) = healthcheck(service) {
            draft.service.healthcheck = Some(healthcheck);
            draft.note(path!["healthcheck"], origin);
        }
        self.hostname(&mut draft);
        self.publish(&mut draft);
        self.replicas(&mut draft);
        draft.service.restart = "unless-stopped";
        let restart = "Starts with the machine and again after a crash, until you stop it";
        draft.note(path!["restart"], Origin::new(format!("services.{}", service.name), restart).link(RESTARTS));
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
            let field = format!("{}[{index}]", service.field("before_start"));
            let reason = match step.how {
                How::Job => "Runs once in a container of its own, before any replica starts",
                _ => "In a container of its own: Compose cannot put a step before a command that only the image knows",
            };
            let mut draft =
                self.container(names.take(&name), networks, Origin::new(&field, reason).link(PREVIOUS_STEPS));
            draft.service.pull_policy = service.build().map(|_| "never");
            draft.note(path!["pull_policy"], Origin::new(&field, BUILT_ONCE).link(PULL_POLICY));
            draft.service.command = Some(literals(&step.command));
            draft.note(path!["command"], Origin::new(&field, "The step, without a shell").link(SERVICES));
            draft.service.restart = "no";
            let restart = "A step that fails stays failed, and what waits for it does not start";
            draft.note(path!["restart"], Origin::new(&field, restart).link(PREVIOUS_STEPS));
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
        let order = Origin::new(service.field("needs"), "What has to be there first");
        draft.note(path!["depends_on"], order.link(STARTUP_ORDER));
        let needs = service.needs.iter().map(|id| self.topology.service(*id));
        for needed in needs.filter(|needed| !needed.is_external()) {
            let (condition, origin) = self.readiness(needed);
            draft.wait_for(needed.name.as_str(), condition, origin);
        }
        let only = "Only what shares a network can connect";
        draft.note(path!["networks"], Origin::new(service.field("needs"), only).link(networks::BRIDGE));
        for (index, network) in networks.iter().enumerate() {
            draft.note(path!["networks", index], networks::origin(service, network));
        }
        draft.service.networks = networks.to_vec();
        if let Some(storage) = &service.storage {
            let volume = Mount::Volume { source: volume_name(service), target: Text::literal(&storage.path) };
            draft.service.volumes.push(volume);
            let reason =
                "What is written here outlives the container; the volume's first owner is the folder's in the image";
            draft.note(path!["volumes"], Origin::new(service.field("storage"), reason).link(VOLUME_OWNER));
        }
        self.process(&mut draft);
        draft
    }

    fn environment(&self, draft: &mut Draft) {
        let service = self.service;
        draft.note(path!["environment"], Origin::new(service.field("env"), "The program's settings"));
        for variable in &service.env {
            draft.note(path!["environment", variable.name.as_str()], variable_origin(variable));
        }
        draft.service.environment = service
            .env
            .iter()
            .map(|variable| {
                let value = match &variable.value {
                    VariableValue::Plain(value) => Text::literal(value),
                    VariableValue::Secret { key } => Text::required(key),
                };
                (variable.name.clone(), value)
            })
            .collect();
    }

    /// For what state of a service one waits that needs it.
    fn readiness(&self, needed: &Service) -> (Condition, Origin) {
        let field = self.service.field("needs");
        if healthcheck(needed).is_some() {
            return (Condition::Healthy, Origin::new(field, format!("Starts when `{}` is well", needed.name)));
        }
        let reason = match needed.kind {
            Kind::Image => {
                format!("What could ask inside `{}`'s image is not known, so only its start is waited for", needed.name)
            }
            _ => format!("`{}` listens on nothing that could be asked, so only its start is waited for", needed.name),
        };
        (Condition::Started, Origin::new(field, reason))
    }

    /// As whom the process runs, and what it may write to.
    fn process(&self, draft: &mut Draft) {
        let service = self.service;
        let user = service.user;
        draft.service.user = Some(format!("{}:{}", user.uid, user.gid));
        let origin = match service.kind {
            Kind::Image => Origin::new(service.field("user"), "Not root, whatever the image says"),
            _ => Origin::new(service.kind_field(), "The image's own user, who is not root"),
        };
        draft.note(path!["user"], origin.link(CAPABILITIES));

        let storage = service.storage.as_ref().map(|storage| &storage.path);
        draft.service.tmpfs = service
            .writable
            .iter()
            .filter(|folder| Some(*folder) != storage)
            .map(|folder| Text::literal(&format!("{folder}:uid={},gid={},mode=0700", user.uid, user.gid)))
            .collect();
        let tmpfs = "Writable, in memory (it counts towards the limit), the process's own, gone with the container";
        draft.note(path!["tmpfs"], Origin::new(service.field("writable"), tmpfs).link(TMPFS));

        // The kubelet's own rule, so that a busy server shares its processors out as a busy node would:
        // https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/cm/helpers_linux.go (MilliCPUToShares)
        draft.service.cpu_shares = Some((service.cpu.millis().saturating_mul(1024) / 1000).clamp(2, 262_144));
        let cpu = "Its weight when the processors are busy (1024 a core), and no limit when they are not";
        draft.note(path!["cpu_shares"], Origin::new(service.field("cpu.request"), cpu).link(CPU_SHARES));

        // What is in the catalog minds its own children.
        draft.service.init = !matches!(service.kind, Kind::Catalog(_));
        let init = "A small first process that passes signals on and buries what health checks leave behind";
        draft.note(path!["init"], Origin::new(format!("services.{}", service.name), init).link(INIT));

        draft.service.stop_grace_period = Some(format!("{}s", service.grace_seconds()));
        let stop = "Time to end what it is doing before it is killed; Docker's own 10 seconds are few";
        draft.note(path!["stop_grace_period"], Origin::new(format!("services.{}", service.name), stop).link(STOP));
    }

    /// The first service of an image builds it; the others, and all steps, run what that one built.
    fn build(&self, draft: &mut Draft) {
        let Some(build) = self.service.build().map(|id| self.topology.build(id)) else { return };
        let builds_here = build.services.first() == Some(&self.id);
        let reason = if builds_here {
            let context = if build.context == "." { ".".to_owned() } else { format!("./{}", build.context) };
            draft.service.build = Some(Build {
                context: Text::literal(&context),
                dockerfile: (build.dockerfile != "Dockerfile").then(|| Text::literal(&build.dockerfile)),
            });
            draft.note(path!["build"], Origin::new(self.service.kind_field(), "Built from your code").link(SERVICES));
            "Built at every `docker compose up`, never taken from a registry where the name may be someone else's"
        } else {
            BUILT_ONCE
        };
        draft.service.pull_policy = Some(if builds_here { "build" } else { "never" });
        draft.note(path!["pull_policy"], Origin::new(self.service.kind_field(), reason).link(PULL_POLICY));
    }

    /// The command where it is not the image's own, after the steps that run in the same container.
    fn command(&self, draft: &mut Draft) {
        let service = self.service;
        let Some(command) = &service.command else { return };
        let steps: Vec<&Step> =
            service.before_start.iter().filter(|step| !self.is_one_shot(step) && step.how != How::ByHand).collect();
        if !steps.is_empty() {
            draft.service.command = Some(literals(&after_steps(&steps, command)));
            let reason =
                "The steps run in the same container first, at every start; then the program takes the shell's place";
            draft.note(path!["command"], Origin::new(service.field("before_start"), reason).link(PREVIOUS_STEPS));
            return;
        }
        let image_command = service.build().map(|id| &self.topology.build(id).command);
        if image_command != Some(command) {
            draft.service.command = Some(literals(command));
            let reason = match service.kind {
                Kind::Catalog(_) => "What the image would not do by itself: the limits and settings of the document",
                _ => {
                    "Not the image's own command; every count is written out, since a default would count the server's processors"
                }
            };
            draft.note(path!["command"], Origin::new(service.kind_field(), reason).link(SERVICES));
        }
    }

    /// Whether the step runs in a container of its own: as asked, or because the command is known to the image only.
    fn is_one_shot(&self, step: &Step) -> bool {
        match step.how {
            How::Job => true,
            How::InitContainer | How::InContainer => self.service.command.is_none(),
            How::ByHand => false,
        }
    }

    /// RabbitMQ keeps its data in a folder that is called like its host, which else is the container's id.
    fn hostname(&self, draft: &mut Draft) {
        if self.service.kind == Kind::Catalog(CatalogKind::Rabbitmq) {
            draft.service.hostname = Some(self.service.name.to_string());
            let reason = "RabbitMQ looks for its data under the name of its host: a new container finds them again";
            draft.note(path!["hostname"], Origin::new(self.service.kind_field(), reason).link(RABBITMQ));
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
        draft.note(path!["ports"], Origin::new(self.service.field("publish"), reason).link(PORTS));
    }

    fn replicas(&self, draft: &mut Draft) {
        let replicas = self.service.replicas.steady();
        if replicas == 1 {
            return;
        }
        draft.service.deploy.replicas = Some(replicas);
        let origin = match self.service.replicas {
            Replicas::Fixed(_) => Origin::new(self.service.field("replicas"), "Equal containers behind one name"),
            Replicas::Autoscaled { .. } => {
                Origin::new(self.service.field("autoscale.min"), "The fewest: Compose cannot follow the load")
            }
        };
        draft.note(path!["deploy", "replicas"], origin.link(REPLICAS));
    }
}

fn memory_origin(service: &Service) -> Origin {
    let why = match service.memory.limit_source {
        FigureSource::Given => "as the document says".to_owned(),
        _ => format!("the {} that it needs and a quarter more", service.memory.need()),
    };
    let reason = format!(
        "{}: {why}. Limit and requirement are the same, so that what runs on the server adds up",
        service.memory.limit
    );
    Origin::new(service.field("memory.limit"), reason)
}

fn image_origin(service: &Service) -> Origin {
    let reason = match service.kind {
        Kind::Catalog(kind) => format!("{}'s official image", kind.title()),
        Kind::Image => "The image that you named".to_owned(),
        _ => "The name of the image that is built from your code".to_owned(),
    };
    Origin::new(service.kind_field(), reason).link(SERVICES)
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

/// A shell that runs the steps, and gives way to the command. The steps are quoted for the shell; the command is its
/// arguments, which it does not read.
fn after_steps(steps: &[&Step], command: &[String]) -> Vec<String> {
    let quoter = shlex::Quoter::new().allow_nul(true);
    let mut script = String::new();
    for step in steps {
        // Only NUL cannot be quoted, and that is allowed here: `resolve` lets none through.
        script.push_str(&quoter.join(step.command.iter().map(String::as_str)).unwrap_or_default());
        script.push_str(" && ");
    }
    script.push_str("exec \"$@\"");
    let shell = ["sh".to_owned(), "-c".to_owned(), script, "sh".to_owned()];
    shell.into_iter().chain(command.iter().cloned()).collect()
}

fn literals(words: &[String]) -> Vec<Text> {
    words.iter().map(|word| Text::literal(word)).collect()
}
