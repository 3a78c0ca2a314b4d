//! Which image runs, how it is built, and with which command.

use super::draft::Draft;
use super::model::{Build, Develop, Text, Watch};
use super::service::{SERVICES, Source};
use crate::artifact::Origin;
use crate::generate::NAMED_IMAGE;
use crate::generate::notes::path;
use crate::model::service_field;
use crate::topology::{self, How, Provenance, Service, Step};

/// When Compose asks a registry, builds, or does neither.
pub const PULL_POLICY: &str = "https://docs.docker.com/reference/compose-file/services/#pull_policy";
/// What comes before the start.
pub const PREVIOUS_STEPS: &str = "https://fastapi.tiangolo.com/deployment/concepts/#previous-steps-before-starting";
const BUILD: &str = "https://docs.docker.com/reference/compose-file/build/";
const WATCH: &str = "https://docs.docker.com/reference/compose-file/develop/#watch";
/// The reason for never pulling an image that another service builds.
pub const BUILT_ONCE: &str = "Built once, by the first service that runs it; no registry is asked for it";

impl Source<'_> {
    /// One service of each image builds it; the others, and all steps, run what that one built.
    pub(super) fn build(&self, draft: &mut Draft) {
        let Some(build) = self.service.build.map(|id| self.topology.build(id)) else { return };
        let field = self.service.kind_field();
        let builds_here = self.topology.builder(build) == Some(self.id);
        if builds_here {
            draft.service.build = Some(description(build));
            draft.note(path!["build"], Origin::new(&field, "Built from your code").link(BUILD));
        }
        let (policy, reason) = match (builds_here, &self.service.schedule) {
            (true, None) => (
                "build",
                "Built at every `docker compose up`, never taken from a registry where the name may be someone else's",
            ),
            (true, Some(_)) => {
                ("never", "Built by `docker compose build` and not at every run; no registry is asked for it")
            }
            (false, _) => ("never", BUILT_ONCE),
        };
        draft.service.pull_policy = Some(policy);
        draft.note(path!["pull_policy"], Origin::new(&field, reason).link(PULL_POLICY));
        if builds_here && self.service.schedule.is_none() {
            let watch = Watch { action: "rebuild", path: folder(build) };
            draft.service.develop = Some(Develop { watch: vec![watch] });
            draft.note(
                path!["develop"],
                Origin::new(
                    &field,
                    "For `docker compose watch`, while you develop: changed files cannot be copied into a read-only \
                     container, so the image is built anew. What `.dockerignore` names changes nothing",
                )
                .link(WATCH),
            );
        }
    }

    /// The command where it is not the image's own, after the steps that run in the same container.
    pub(super) fn command(&self, draft: &mut Draft) {
        let service = self.service;
        let Some(command) = &service.command else { return };
        let steps: Vec<&Step> =
            service.before_start.iter().filter(|step| !self.is_one_shot(step) && step.how != How::ByHand).collect();
        if !steps.is_empty() {
            draft.service.command = Some(literals(&after_steps(&steps, command)));
            draft.note(
                path!["command"],
                Origin::new(
                    service.field(service_field!("before_start")),
                    "The steps run in the same container first, at every start; then the program takes the shell's \
                     place",
                )
                .link(PREVIOUS_STEPS),
            );
            return;
        }
        let image_command = service.build.map(|id| &self.topology.build(id).command);
        if image_command != Some(command) {
            draft.service.command = Some(literals(command));
            let (field, reason) = match service.kind.provenance {
                Provenance::Official => (
                    service.kind_field(),
                    "What the image would not do by itself: the limits and settings of the document",
                ),
                _ if image_command.is_none_or(Vec::is_empty) => {
                    (service.field(service_field!("command")), "As you wrote it, word by word: no shell reads it")
                }
                _ => (
                    service.kind_field(),
                    "Not the image's own command; every count is written out, since a default would count the server's \
                     processors",
                ),
            };
            draft.note(path!["command"], Origin::new(field, reason).link(SERVICES));
        }
    }

    /// Whether the step runs in a container of its own: as asked, or because the command is known to the image only.
    pub(super) fn is_one_shot(&self, step: &Step) -> bool {
        match step.how {
            How::Job => true,
            How::InitContainer | How::InContainer => self.service.command.is_none(),
            How::ByHand => false,
        }
    }
}

fn description(build: &topology::Build) -> Build {
    Build {
        context: folder(build),
        dockerfile: (build.dockerfile != "Dockerfile").then(|| Text::literal(&build.dockerfile)),
        target: build.stack.target().map(Text::literal),
    }
}

/// The folder of the code, as Compose takes it.
fn folder(build: &topology::Build) -> Text {
    Text::literal(&if build.context == "." { ".".to_owned() } else { format!("./{}", build.context) })
}

/// Why the image is that.
pub fn image_origin(service: &Service) -> Origin {
    let reason = match service.kind.provenance {
        Provenance::Official => format!("{}'s official image", service.kind.product),
        Provenance::Prebuilt => NAMED_IMAGE.to_owned(),
        Provenance::Built | Provenance::OwnDockerfile => {
            "The name of the image that is built from your code".to_owned()
        }
    };
    Origin::new(service.kind_field(), reason).link(SERVICES)
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

/// Words in which nothing is replaced.
pub fn literals(words: &[String]) -> Vec<Text> {
    words.iter().map(|word| Text::literal(word)).collect()
}
