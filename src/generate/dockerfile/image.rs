//! What all Dockerfiles have in common, whatever the program is written in.

use super::super::artifact::Origin;
use super::instruction::{Instruction, Mount};
use crate::topology::{Build, Kind, Service, Topology, User};

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

/// An image that is built, and the services that run it.
pub struct Image<'a> {
    pub build: &'a Build,
    pub services: Vec<&'a Service>,
}

impl<'a> Image<'a> {
    pub fn new(topology: &'a Topology, build: &'a Build) -> Self {
        Self { build, services: build.services.iter().map(|id| topology.service(*id)).collect() }
    }

    /// The document's path of what makes the image, at its first service, such as `services.api.python`.
    pub fn program(&self) -> String {
        self.services.first().map_or_else(String::new, |service| service.kind_field())
    }

    /// The document's path of a field of it, such as `services.api.python.version`.
    pub fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.program())
    }

    /// The document's path of a field of the web app, or of the first service where none is one.
    fn service_field(&self, field: &str) -> String {
        let web = |service: &&&Service| matches!(service.kind, Kind::Web { .. });
        let service = self.services.iter().find(web).or(self.services.first());
        service.map_or_else(String::new, |service| service.field(field))
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
        let source = self.field("source");
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
        let user = Origin::new(self.field("source"), "By number, so that Kubernetes can see that it is not root")
            .link(USER_LINK);
        lines.push((Instruction::User(USER), user));
        if let Some(port) = self.build.port {
            let origin =
                Origin::new(self.service_field("port"), "Says which port the app listens on; opens none").link(EXPOSE);
            lines.push((Instruction::Expose(port), origin));
        }
        let health = Origin::new(
            self.service_field("health"),
            "Kubernetes ignores HEALTHCHECK, and the services of one image are not asked alike",
        )
        .link(HEALTHCHECK);
        lines.push((
            Instruction::Comment("No HEALTHCHECK: compose.yaml and the probes ask each service in its own way."),
            health,
        ));
        let command = Instruction::Cmd(self.build.command.clone());
        lines.push((command, Origin::new(self.program(), reason).link(link)));
        lines
    }

    /// The folders of disks: a new volume takes over the owner that the folder has in the image.
    fn storage_folders(&self) -> Option<Step> {
        let mut folders: Vec<&str> = Vec::new();
        let mut first = None;
        for service in &self.services {
            if let Some(storage) = &service.storage
                && !folders.contains(&storage.path.as_str())
            {
                first.get_or_insert(service);
                folders.push(&storage.path);
            }
        }
        // In short, since BusyBox knows no long options.
        let (owner, group) = (USER.uid.to_string(), USER.gid.to_string());
        let command = ["install", "-d", "-o", &owner, "-g", &group].into_iter().chain(folders);
        let field = first?.field("storage_path");
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
