//! What programs have in common whose images Plimsoll builds.

use super::program::{
    Container, Data, Health, Image, MemoryModel, Port, Profile, Program, Provenance, Recipe, Role, RunsAs, Start,
    Title, Workers,
};
use super::queue::Worker;
use crate::input::written_command::AbsentTools;
use crate::model::{Memory, Variable, VariableValue, service_field};

/// The variable in which programs that serve by themselves look for their port.
const PORT: &str = "PORT";

/// A web app that serves by itself with one process, at the port of the variable `PORT`.
pub fn web(
    key: &'static str,
    title: &'static str,
    absent_tools: AbsentTools,
    image: Image,
    memory: MemoryModel,
    command: Vec<String>,
) -> Program {
    Program {
        profile: profile(key, title, Title::Fixed(title.to_owned()), Role::Web, absent_tools),
        image,
        workers: Workers::Fixed {
            count: 1,
            reason: "Node.js and Go programs serve with one process",
            help: "Start more containers with `replicas`; inside one, Go uses several processors by itself",
        },
        port: Port::WebDefault,
        data: Data { path: None, size: None },
        max_connections: None,
        account: None,
        user: RunsAs::BuiltImage,
        writable: &["/tmp"],
        health: Health::Port { can_ask_inside: true },
        may_end: false,
        listed_files: None,
        memory,
        start: Box::new(Server(command)),
        memory_variable: None,
    }
}

/// A background process, in an image of that language.
pub fn background(
    key: &'static str,
    language: &'static str,
    absent_tools: AbsentTools,
    recipe: Recipe,
    memory: MemoryModel,
    worker: Worker,
) -> Program {
    let processes = worker.processes;
    Program {
        profile: profile(key, language, Title::Background(language), Role::Worker, absent_tools),
        workers: Workers::Fixed {
            count: processes.workers,
            reason: "A background process starts its processes itself",
            help: "Write their number into its command",
        },
        port: Port::AsWritten,
        data: Data { path: None, size: None },
        max_connections: None,
        account: None,
        user: RunsAs::BuiltImage,
        writable: &["/tmp"],
        health: Health::Port { can_ask_inside: true },
        may_end: true,
        listed_files: None,
        image: Image::Built(recipe),
        memory: MemoryModel {
            measured: None,
            parent: processes.parent,
            model: processes.model,
            per_request: Memory::ZERO,
            ..memory
        },
        start: Box::new(Command(worker.command)),
        memory_variable: None,
    }
}

fn profile(key: &'static str, product: &'static str, title: Title, role: Role, absent_tools: AbsentTools) -> Profile {
    Profile {
        key,
        product,
        title,
        role,
        provenance: Provenance::Built,
        absent_tools,
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
    }
}

/// A program that serves by itself.
struct Server(Vec<String>);

impl Start for Server {
    fn command(&self, _: &Container) -> Option<Vec<String>> {
        Some(self.0.clone())
    }

    fn variables(&self, container: &Container) -> Vec<Variable> {
        let variable = |port: u16| Variable {
            name: PORT.to_owned(),
            value: VariableValue::Plain(port.to_string()),
            field: container.field(service_field!("port")),
            reason: Some("Where such programs look for the port by custom: this one has to listen on it, at 0.0.0.0"),
        };
        container.port.map(variable).into_iter().collect()
    }
}

/// A background process.
struct Command(Vec<String>);

impl Start for Command {
    fn command(&self, _: &Container) -> Option<Vec<String>> {
        Some(self.0.clone())
    }

    fn variables(&self, _: &Container) -> Vec<Variable> {
        Vec::new()
    }
}
