//! A prebuilt image that the person names.

use super::program::{
    Container, Data, Health, Image, MemoryModel, Port, Profile, Program, Provenance, Role, RunsAs, Start, Title,
    Workers,
};
use super::{Context, IMAGE_STARTS_PROCESSES, IMAGE_STARTS_PROCESSES_HELP, Kind};
use crate::input::Report;
use crate::input::written_command::{self, AbsentTools};
use crate::model::{Memory, ProcessModel, Variable};

/// One process of a program that nothing is known of.
const PROCESS: Memory = Memory::from_mib(128);

/// A prebuilt image.
pub struct PrebuiltImage;

impl Kind for PrebuiltImage {
    /// The image's reference, checked.
    type Fields = str;

    const KEY: &'static str = "image";
    const TITLE: &'static str = "A prebuilt image";
    const USUAL_NAME: &'static str = "app";
    const IS_BUILT: bool = false;
    /// An image has no default; this one is small, and answers.
    const STARTER: Option<&'static str> = Some("traefik/whoami:v1.11");

    fn program(reference: &str, context: &Context, report: &mut Report) -> Option<Program> {
        let command = written_command::main_process(context.command, AbsentTools::NONE, report);
        let title = Title::Fixed(short(reference).to_owned());
        Some(program(Self::KEY, Self::TITLE, title, Provenance::Prebuilt, Image::Named(reference.to_owned()), command))
    }
}

/// A program of which nothing is known but its image.
pub(super) fn program(
    key: &'static str,
    product: &'static str,
    title: Title,
    provenance: Provenance,
    image: Image,
    command: Option<Vec<String>>,
) -> Program {
    Program {
        profile: Profile {
            key,
            product,
            title,
            role: Role::Unknown,
            provenance,
            absent_tools: AbsentTools::NONE,
            speaks_http: true,
            one_request_per_process: false,
            behind_proxy: None,
            worker_renewal: None,
            data_follows_hostname: false,
            dump: None,
            connection: None,
            names_database_driver: false,
            image_step: None,
            reads_secret_files: false,
        },
        image,
        workers: Workers::Fixed { count: 1, reason: IMAGE_STARTS_PROCESSES, help: IMAGE_STARTS_PROCESSES_HELP },
        port: Port::AsWritten,
        data: Data { path: None, size: None },
        max_connections: None,
        account: None,
        user: RunsAs::AsWritten,
        writable: &["/tmp"],
        health: Health::Port { can_ask_inside: false },
        may_end: true,
        listed_files: None,
        memory: MemoryModel {
            measured: None,
            alike: &[],
            process: PROCESS,
            parent: None,
            model: ProcessModel::ForkedBeforeLoading,
            per_request: Memory::ZERO,
            heap: None,
        },
        start: Box::new(Written(command)),
        memory_variable: None,
    }
}

/// The command as the document writes it, if it does.
pub(super) struct Written(pub Option<Vec<String>>);

impl Start for Written {
    fn command(&self, _: &Container) -> Option<Vec<String>> {
        self.0.clone()
    }

    fn variables(&self, _: &Container) -> Vec<Variable> {
        Vec::new()
    }
}

/// An image's reference without its registry and digest: `acme/api:1.4` of `ghcr.io/acme/api:1.4`.
fn short(image: &str) -> &str {
    let image = image.split('@').next().unwrap_or(image);
    match image.split_once('/') {
        Some((registry, rest)) if registry.contains(['.', ':']) || registry == "localhost" => rest,
        _ => image,
    }
}

#[cfg(test)]
mod tests {
    use super::short;

    #[test]
    fn images_are_shown_by_the_name_that_people_use() {
        assert_eq!(short("ghcr.io/acme/api:1.4"), "acme/api:1.4");
        assert_eq!(short("localhost:5000/api@sha256:00"), "api");
        assert_eq!(short("library/nginx"), "library/nginx");
    }
}
