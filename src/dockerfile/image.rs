//! What all Dockerfiles have in common, whatever the program is written in.

use super::instruction::{Instruction, Mount};
use crate::artifact::Origin;
use crate::model::{FieldPath, KindField, Name, ServiceField, User, Variable, kind_field, service_field};

pub const FASTAPI_IMAGE: &str = "https://fastapi.tiangolo.com/deployment/docker/#build-a-docker-image-for-fastapi";
pub const FASTAPI_CACHE: &str = "https://fastapi.tiangolo.com/deployment/docker/#docker-cache";
pub const FASTAPI_EXEC: &str = "https://fastapi.tiangolo.com/deployment/docker/#use-cmd-exec-form";
pub const MULTI_STAGE: &str = "https://docs.docker.com/build/building/multi-stage/";
pub const CACHE_MOUNTS: &str = "https://docs.docker.com/build/cache/optimize/#use-cache-mounts";
pub const CACHE_ORDER: &str = "https://docs.docker.com/build/cache/optimize/#order-your-layers";
const SYNTAX: &str = "https://docs.docker.com/build/buildkit/frontend/";
const USER_LINK: &str = "https://docs.docker.com/build/building/best-practices/#user";
const EXPOSE: &str = "https://docs.docker.com/reference/dockerfile/#expose";
const HEALTHCHECK: &str = "https://docs.docker.com/reference/dockerfile/#healthcheck";
const VOLUME_OWNER: &str = "https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container";

/// The user that built images run as, which the topology gives to their services too.
pub const USER: User = User { uid: 10_001, gid: 10_001 };

/// The folder of the program in the image.
pub const WORKDIR: Instruction = Instruction::Workdir("/app");

/// All that `.dockerignore` lets through.
pub const CODE: Instruction = Instruction::Copy { from: None, sources: &["."], target: "." };

/// An instruction, and why it is there.
pub type Step = (Instruction, Origin);

/// Instructions that belong together.
pub type Section = Vec<Step>;

/// Patterns of `.dockerignore` with why they are there. None may hide a file that a build reads, such as a package's
/// `README.md`.
pub type IgnorePatterns = &'static [(&'static [&'static str], &'static str)];

/// Why a pattern of what tools write stands in a `.dockerignore`.
pub const TOOLS_LEAVE_IT_BEHIND: &str = "What tools leave behind would make every copy look new";
/// Why packages on the machine are not sent to the builder.
pub const PACKAGES_OF_ITS_OWN: &str = "The image has packages of its own, installed for its own system";

/// An image that is built, and the services that run it: all that a Dockerfile depends on beside the recipe.
pub struct Image<'a> {
    /// The port that the web app listens on, if one of the services is a web app.
    pub port: Option<u16>,
    /// What the container runs unless told otherwise.
    pub command: &'a [String],
    /// The services that run it, in the document's order.
    pub services: Vec<Client<'a>>,
}

/// A service that runs an image.
pub struct Client<'a> {
    /// The service's name.
    pub name: &'a Name,
    /// The document's key of its kind.
    pub key: &'static str,
    /// Whether it is a web app.
    pub is_web: bool,
    /// Its variables.
    pub env: &'a [Variable],
    /// The folder of its disk.
    pub storage_path: Option<&'a str>,
    /// The step that its image runs once the code is in it.
    pub step: Option<ImageStep>,
}

/// A step that an image runs once the code is in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImageStep {
    /// Gathers the static files of a Django site.
    CollectStatic,
}

impl Client<'_> {
    /// The document's path of one of its fields.
    pub fn field(&self, field: ServiceField) -> FieldPath {
        FieldPath::of_service(self.name, field)
    }
}

impl Image<'_> {
    /// The document's path of what makes the image, at its first service, such as `services.api.python`.
    pub fn program(&self) -> FieldPath {
        self.services.first().map_or_else(FieldPath::default, |service| FieldPath::of_kind(service.name, service.key))
    }

    /// The document's path of a field of it, such as `services.api.python.version`.
    pub fn field(&self, field: KindField) -> FieldPath {
        let path = |service: &Client| FieldPath::of_kind_field(service.name, service.key, field);
        self.services.first().map_or_else(FieldPath::default, path)
    }

    /// The document's path of a field of the web app, or of the first service where none is one.
    fn service_field(&self, field: ServiceField) -> FieldPath {
        let service = self.services.iter().find(|service| service.is_web).or(self.services.first());
        service.map_or_else(FieldPath::default, |service| service.field(field))
    }

    /// The first line.
    pub fn syntax(&self) -> Section {
        let origin = Origin::new(self.program(), "The newest stable grammar of Dockerfiles, which knows cache mounts")
            .link(SYNTAX);
        vec![(Instruction::Syntax("docker/dockerfile:1"), origin)]
    }

    /// The user and the folder that the program runs with, in Debian's images.
    pub fn place_in_debian(&self, link: &'static str) -> Section {
        let user = "groupadd --gid 10001 app \\\n    \
                    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app";
        self.place(user, link)
    }

    /// The same in Alpine's images.
    pub fn place_in_alpine(&self, link: &'static str) -> Section {
        self.place("addgroup -S -g 10001 app \\\n    && adduser -S -D -H -h /tmp -u 10001 -G app app", link)
    }

    /// The folders of disks come before the code, where an edit of it does not repeat them.
    fn place(&self, make_user: &'static str, link: &'static str) -> Section {
        let source = self.field(kind_field!("source"));
        let mut lines = vec![
            (
                run(&[], make_user),
                Origin::new(
                    &source,
                    "A user that is not root, above the host's own ids; its home is the one folder that is writable",
                )
                .link(USER_LINK),
            ),
            (WORKDIR, Origin::new(&source, "The folder that the command is run from").link(link)),
        ];
        lines.extend(self.storage_folders());
        lines
    }

    /// The last lines, which say how the image runs; the last of them is there for `reason`.
    pub fn ending(&self, reason: &str, link: &'static str) -> Section {
        let mut lines = Section::new();
        let user =
            Origin::new(self.field(kind_field!("source")), "By number, so that Kubernetes can see that it is not root")
                .link(USER_LINK);
        lines.push((Instruction::User(USER), user));
        if let Some(port) = self.port {
            let origin = Origin::new(
                self.service_field(service_field!("port")),
                "Says which port the app listens on; opens none",
            )
            .link(EXPOSE);
            lines.push((Instruction::Expose(port), origin));
        }
        let health = Origin::new(
            self.service_field(service_field!("health")),
            "Kubernetes ignores HEALTHCHECK, and the services of one image are not asked alike",
        )
        .link(HEALTHCHECK);
        lines.push((
            Instruction::Comment("No HEALTHCHECK: compose.yaml and the probes ask each service in its own way."),
            health,
        ));
        let command = Instruction::Cmd(self.command.to_vec());
        lines.push((command, Origin::new(self.program(), reason).link(link)));
        lines
    }

    /// The folders of disks: a new volume takes over the owner that the folder has in the image.
    fn storage_folders(&self) -> Option<Step> {
        let mut folders: Vec<&str> = Vec::new();
        let mut first = None;
        for service in &self.services {
            if let Some(path) = service.storage_path.filter(|path| !folders.contains(path)) {
                first.get_or_insert(service);
                folders.push(path);
            }
        }
        // In short, since BusyBox knows no long options.
        let (owner, group) = (USER.uid.to_string(), USER.gid.to_string());
        let command = ["install", "-d", "-o", &owner, "-g", &group].into_iter().chain(folders);
        let field = first?.field(service_field!("storage_path"));
        let origin = Origin::new(
            field,
            "A new volume takes over the folder's owner from the image; without this it would be root's",
        )
        .link(VOLUME_OWNER);
        Some((Instruction::RunExec(command.map(str::to_owned).collect()), origin))
    }
}

/// Starts a stage.
pub fn from(image: &str, stage: Option<&'static str>) -> Instruction {
    Instruction::From { image: image.to_owned(), stage }
}

/// A command that is all ours.
pub fn run(mounts: &'static [Mount], command: &'static str) -> Instruction {
    Instruction::RunShell { mounts, command: command.into() }
}
