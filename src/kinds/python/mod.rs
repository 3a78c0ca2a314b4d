//! Python: web apps and background processes, whose images are built from code.

mod command;
mod dockerfile;
mod fields;
mod image;
mod server;

pub use fields::{Framework, Packages, Python as Fields};
pub use image::{Recipe, recipe};
pub use server::Server;

use super::listed_files::{ListedFiles, Needed};
use super::program::{
    BehindProxy, Container, Data, Health, Image, MemoryModel, Port, Profile, Program, Provenance, Role, RunsAs, Start,
    Title, WorkerRenewal, Workers,
};
use super::{Context, Kind, NAME_PROGRAM, PER_REQUEST, built, queue};
use crate::dockerfile::ImageStep;
use crate::finding::Finding;
use crate::input::written_command::AbsentTools;
use crate::input::{Report, check};
use crate::message::message;
use crate::model::{Measured, Memory, ProcessModel, Variable, measured};
use crate::rules;
use crate::text::Span;

/// Proxies reach the app from private networks only, so it believes `X-Forwarded-*` from these alone
/// (<https://uvicorn.dev/settings/#http>).
const PRIVATE_NETWORKS: &str = "127.0.0.1,10.0.0.0/8,172.16.0.0/12,192.168.0.0/16";

/// Executables that install packages, and stay in an earlier stage of the build.
pub const ABSENT_TOOLS: AbsentTools =
    AbsentTools { names: &["uv", "uvx", "poetry", "pipenv", "pdm", "hatch"], run_programs: true, help: NAME_PROGRAM };

/// One background process in Python, and one of Celery, where nothing was measured.
pub const WORKER_PROCESS: Memory = Memory::from_mib(120);

/// A Python program.
pub struct Python;

impl Kind for Python {
    type Fields = Fields;

    const KEY: &'static str = "python";
    const TITLE: &'static str = "Python";
    const USUAL_NAME: &'static str = "api";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let program = background(fields, report).unwrap_or_else(|| web(fields, report));
        let image = recipe(&fields.version, &fields.packages, &fields.source, &fields.files, report);
        report.command_of_code(context.command);
        Some(program.into_program(Self::KEY, image, fields.files.span()))
    }
}

/// What a Python program is, before its image is known.
enum App {
    Web { framework: Framework, server: Server, object: String },
    Background(queue::Worker),
}

/// The background process that `worker` names, if it does.
fn background(fields: &Fields, report: &mut Report) -> Option<App> {
    let worker = queue::worker(&fields.worker, ABSENT_TOOLS, report)?;
    report.no_effect(&fields.app, "A background process serves no `app`", "Remove `app`, or `worker`");
    report.no_effect(&fields.framework, "A background process needs no `framework`", "Remove it");
    report.no_effect(&fields.server, "A background process needs no `server`", "Remove it");
    report.no_effect(&fields.preload, "A background process is not Gunicorn's", "Remove it");
    Some(App::Background(worker))
}

fn web(fields: &Fields, report: &mut Report) -> App {
    let framework = fields.framework.get().copied().unwrap_or(Framework::Fastapi);
    let no_object = |text: &str| message!("`{text}` is no Python object", text);
    let help = "Name the module and the object in it, such as `app.main:app`";
    let object = report.text(&fields.app, check::is_python_object, no_object, help);
    if framework == Framework::Django && fields.app.is_absent() {
        let span = fields.framework.span().unwrap_or_default();
        report.add(
            Finding::error(&rules::missing_value::RULE, span, "Django's application object has no usual name")
                .help("Add `app: PROJECT.wsgi:application`, with the name of the folder that holds `wsgi.py`")
                .link("https://docs.djangoproject.com/en/stable/howto/deployment/wsgi/"),
        );
    }
    let object = object.unwrap_or("main:app").to_owned();
    if let Some(span) = fields.app.span() {
        factory_without_call(&object, span, report);
    }
    let server = server::choose(fields, framework, &object, report);
    App::Web { framework, server, object }
}

/// Warns of a function that makes the app: it answers no request itself.
fn factory_without_call(app: &str, span: Span, report: &mut Report) {
    let object = app.rsplit([':', '.']).next().unwrap_or(app);
    if ["create_", "make_", "build_", "get_"].iter().any(|start| object.starts_with(start)) && !object.ends_with(')') {
        let called = format!("{app}()");
        let message = message!("`{object}` sounds like a function that makes the app", object);
        let finding = Finding::warning(&rules::app_factory::RULE, span, message);
        let finding = finding.help("Write `()` behind it, and it is called").cite();
        report.add(finding.replace_by(format!("Write `{called}`"), format!("\"{called}\"")));
    }
}

impl App {
    fn into_program(self, key: &'static str, recipe: super::program::Recipe, listed_at: Option<Span>) -> Program {
        let listed_files = ListedFiles::of(&recipe.stack, listed_at, self.needed());
        match self {
            Self::Background(worker) => {
                let memory = MemoryModel {
                    measured: None,
                    alike: &[&measured::RQ, &measured::ARQ],
                    process: WORKER_PROCESS,
                    parent: None,
                    model: ProcessModel::ForkedBeforeLoading,
                    per_request: Memory::ZERO,
                    heap: None,
                };
                let program = built::background(key, Python::TITLE, ABSENT_TOOLS, recipe, memory, worker);
                let profile = Profile { names_database_driver: true, ..program.profile };
                Program { profile, listed_files, ..program }
            }
            Self::Web { framework, server, object } => Program {
                profile: profile(key, framework, server),
                image: Image::Built(recipe),
                workers: Workers::AsWritten,
                port: Port::WebDefault,
                data: Data { path: None, size: None },
                max_connections: None,
                account: None,
                user: RunsAs::BuiltImage,
                writable: &["/tmp"],
                health: Health::Port { can_ask_inside: true },
                may_end: false,
                listed_files,
                memory: MemoryModel {
                    measured: Some(most_like(framework, server)),
                    alike: server.measured(),
                    process: WORKER_PROCESS,
                    parent: Some(server.parent()),
                    model: server.process_model(),
                    per_request: PER_REQUEST,
                    heap: None,
                },
                start: Box::new(Web { server, object }),
                memory_variable: None,
            },
        }
    }

    /// The parts of the code that it runs.
    fn needed(&self) -> Vec<Needed> {
        match self {
            Self::Web { framework, object, .. } => {
                let manage = (*framework == Framework::Django).then(|| Needed::File("manage.py".to_owned()));
                [Needed::module(object)].into_iter().chain(manage).collect()
            }
            Self::Background(worker) => Needed::of_command(&worker.command),
        }
    }
}

fn profile(key: &'static str, framework: Framework, server: Server) -> Profile {
    let title = match framework {
        Framework::Fastapi => "FastAPI",
        Framework::Starlette => "Starlette",
        Framework::Django => "Django",
        Framework::Flask => "Flask",
    };
    Profile {
        key,
        product: Python::TITLE,
        title: Title::Fixed(title.to_owned()),
        role: Role::Web,
        provenance: Provenance::Built,
        absent_tools: ABSENT_TOOLS,
        speaks_http: true,
        one_request_per_process: server.is_synchronous(),
        behind_proxy: Some(behind_proxy(server)),
        worker_renewal: worker_renewal(server),
        data_follows_hostname: false,
        dump: None,
        connection: None,
        names_database_driver: framework != Framework::Django,
        image_step: (framework == Framework::Django).then_some(ImageStep::CollectStatic),
        reads_secret_files: false,
    }
}

fn behind_proxy(server: Server) -> BehindProxy {
    let (value, reason) = match server {
        Server::Uvicorn | Server::FastapiRun => (
            PRIVATE_NETWORKS,
            "HTTPS ends at the proxy: without this, Uvicorn believes X-Forwarded-* from 127.0.0.1 alone, and redirects \
             to http://",
        ),
        // Gunicorn takes addresses, not networks; nothing but the proxy can reach the port.
        Server::Gunicorn { .. } => {
            ("*", "HTTPS ends at the proxy: without this, Gunicorn believes X-Forwarded-* from 127.0.0.1 alone")
        }
    };
    BehindProxy { variable: "FORWARDED_ALLOW_IPS", value, reason }
}

fn worker_renewal(server: Server) -> Option<WorkerRenewal> {
    match server {
        Server::Gunicorn { .. } => {
            Some(WorkerRenewal::Variable("GUNICORN_CMD_ARGS: --max-requests 1000 --max-requests-jitter 100"))
        }
        Server::Uvicorn => Some(WorkerRenewal::Variable("UVICORN_LIMIT_MAX_REQUESTS: 10000")),
        Server::FastapiRun => None,
    }
}

/// The measured program that does the same work in the same way. Most apps talk to a database, so where one was measured
/// that does, it is that one; memory is planned with traffic, since forked processes share ever less.
fn most_like(framework: Framework, server: Server) -> &'static Measured {
    use Framework::{Django, Fastapi, Flask, Starlette};
    use Server::{FastapiRun, Gunicorn, Uvicorn};
    match (framework, server) {
        (Starlette, Uvicorn | FastapiRun) => &measured::UVICORN_STARLETTE,
        (Fastapi, Uvicorn) => &measured::UVICORN_FASTAPI_SQLALCHEMY,
        (Fastapi, FastapiRun) => &measured::FASTAPI_RUN_SQLALCHEMY,
        (Fastapi | Starlette, Gunicorn { preload: false, .. }) => &measured::GUNICORN_FASTAPI_SQLALCHEMY,
        (Fastapi | Starlette, Gunicorn { preload: true, .. }) => &measured::GUNICORN_FASTAPI_SQLALCHEMY_PRELOAD,
        (Django, Gunicorn { preload: true, .. }) => &measured::GUNICORN_DJANGO_PRELOAD,
        (Django, Gunicorn { preload: false, .. } | Uvicorn | FastapiRun) => &measured::GUNICORN_DJANGO,
        (Flask, Gunicorn { preload: true, .. }) => &measured::GUNICORN_FLASK_PRELOAD,
        (Flask, Gunicorn { preload: false, .. } | Uvicorn | FastapiRun) => &measured::GUNICORN_FLASK,
    }
}

struct Web {
    server: Server,
    object: String,
}

impl Start for Web {
    fn command(&self, container: &Container) -> Option<Vec<String>> {
        Some(command::of(self.server, &self.object, container))
    }

    fn variables(&self, _: &Container) -> Vec<Variable> {
        Vec::new()
    }
}
