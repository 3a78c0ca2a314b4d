//! Celery: a worker, or the beat that sends the tasks of a timetable. Its image is that of Python code.

use super::listed_files::{ListedFiles, Needed};
use super::program::{
    Container, Data, Health, Image, MemoryModel, Parent, ParentMemory, Port, Profile, Program, Provenance, Role,
    RunsAs, Start, Title, WorkerRenewal, Workers,
};
use super::python::{self, ABSENT_TOOLS, Packages, WORKER_PROCESS};
use super::store::words;
use super::{CELERY_CONCURRENCY, Context, Kind};
use crate::input::{MAX_WORKERS, Report, check};
use crate::message::message;
use crate::model::{Measured, Memory, ProcessModel, Variable, measured};
use crate::yaml::Field;
use serde::Deserialize;

/// A Celery worker, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Celery"))]
pub struct Fields {
    /// The module of the Celery application, such as `app.tasks`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "app")))]
    pub app: Field<String>,
    /// Its role: `worker` runs tasks; `beat` sends scheduled tasks, and only one of it runs.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "worker")))]
    pub role: Field<WrittenRole>,
    /// Processes that run tasks, 1 to 256. Left to Celery it would be the machine's processors, not the container's.
    #[cfg_attr(feature = "schema", schemars(extend("default" = CELERY_CONCURRENCY)))]
    pub concurrency: Field<u32>,
    /// The version of Python.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "3.14")))]
    pub version: Field<String>,
    /// The tool that installs the packages.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "uv")))]
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
    /// The files and folders of the code that the image gets, relative to `source`; a single-file app needs just
    /// `[main.py]`. Default: everything that `.dockerignore` lets through.
    pub files: Field<Vec<Field<String>>>,
}

/// What a Celery process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "CeleryRole"))]
pub enum WrittenRole {
    /// Runs tasks.
    Worker,
    /// Sends the tasks of a timetable when it is time.
    Beat,
}

/// The reason that there is one beat.
pub const TWO_BEATS: &str = "Two of Celery beat would send every task twice";

/// A Celery process.
pub struct Celery;

/// Workers that were measured, from a bare one to one that loads an array of 100 MiB.
const WORKERS: &[&Measured] = &[&measured::CELERY, &measured::CELERY_SQLALCHEMY, &measured::CELERY_ARRAY];

impl Kind for Celery {
    type Fields = Fields;

    const KEY: &'static str = "celery";
    const TITLE: &'static str = "Celery worker";
    const USUAL_NAME: &'static str = "worker";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let no_module = |text: &str| message!("`{text}` is no Python module", text);
        let help = "Name the module of the Celery application, such as `app.tasks`";
        let app = report.text(&fields.app, check::is_python_module, no_module, help).unwrap_or("app").to_owned();
        let role = fields.role.get().copied().unwrap_or(WrittenRole::Worker);
        let recipe = python::recipe(&fields.version, &fields.packages, &fields.source, &fields.files, report);
        report.command_of_code(context.command);
        let is_worker = role == WrittenRole::Worker;
        Some(Program {
            profile: profile(role),
            workers: workers(fields, role, report),
            port: Port::None("Celery listens on no port"),
            data: Data { path: None, size: None },
            max_connections: None,
            account: None,
            user: RunsAs::BuiltImage,
            writable: &["/tmp"],
            health: Health::Port { can_ask_inside: true },
            may_end: false,
            listed_files: ListedFiles::of(&recipe.stack, fields.files.span(), vec![Needed::module(&app)]),
            image: Image::Built(recipe),
            memory: MemoryModel {
                measured: Some(if is_worker { &measured::CELERY_SQLALCHEMY } else { &measured::CELERY_BEAT }),
                alike: if is_worker { WORKERS } else { &[] },
                process: WORKER_PROCESS,
                // The parent of the pool has loaded the app too.
                parent: is_worker.then_some(Parent { from_workers: 1, memory: ParentMemory::LikeWorker }),
                model: if is_worker { ProcessModel::ForkedAfterLoading } else { ProcessModel::ForkedBeforeLoading },
                per_request: Memory::ZERO,
                heap: None,
            },
            start: Box::new(Process { app, role }),
            memory_variable: None,
        })
    }
}

/// The processes that run tasks. Left to Celery, there would be one for each of the machine's processors.
fn workers(fields: &Fields, role: WrittenRole, report: &mut Report) -> Workers {
    match role {
        WrittenRole::Beat => {
            let reason = "Celery beat is one process";
            report.no_effect(&fields.concurrency, reason, "Remove `concurrency`");
            Workers::Fixed { count: 1, reason, help: "Remove `workers`" }
        }
        WrittenRole::Worker => {
            let out_of_range = |processes: u32| message!("{processes} processes is out of range", processes);
            Workers::Fixed {
                count: report.number(&fields.concurrency, 1..=MAX_WORKERS, out_of_range).unwrap_or(CELERY_CONCURRENCY),
                reason: "A Celery worker counts its processes by `concurrency`",
                help: "Write `concurrency` inside `celery`",
            }
        }
    }
}

fn profile(role: WrittenRole) -> Profile {
    let (title, role) = match role {
        WrittenRole::Worker => ("Celery", Role::Worker),
        WrittenRole::Beat => ("Celery beat", Role::Scheduler),
    };
    Profile {
        key: Celery::KEY,
        product: "Celery",
        title: Title::Fixed(title.to_owned()),
        role,
        provenance: Provenance::Built,
        absent_tools: ABSENT_TOOLS,
        speaks_http: true,
        one_request_per_process: false,
        behind_proxy: None,
        worker_renewal: Some(WorkerRenewal::CelerySetting("worker_max_memory_per_child")),
        data_follows_hostname: false,
        dump: None,
        connection: None,
        names_database_driver: true,
        image_step: None,
        reads_secret_files: false,
    }
}

struct Process {
    app: String,
    role: WrittenRole,
}

impl Start for Process {
    fn command(&self, container: &Container) -> Option<Vec<String>> {
        Some(match self.role {
            WrittenRole::Worker => {
                let concurrency = container.workers.to_string();
                words(&["celery", "-A", &self.app, "worker", "--concurrency", &concurrency, "--loglevel", "INFO"])
            }
            // The times at which it last sent each task stand in files, and the rest of the file system is read-only.
            WrittenRole::Beat => {
                let schedule = "/tmp/celerybeat-schedule";
                words(&["celery", "-A", &self.app, "beat", "--schedule", schedule, "--loglevel", "INFO"])
            }
        })
    }

    fn variables(&self, _: &Container) -> Vec<Variable> {
        Vec::new()
    }
}
