//! What a service is, by the one key that says so: the program, and how its image is built.

use super::super::document::{self, Framework};
use super::super::{CeleryRole, Packages, PythonServer, Stack, WebApp, defaults};
use super::build::Recipe;
use super::catalog::{CatalogField, Entry};
use super::queue::Processes;
use super::service::Source;
use super::written_command::{Inside, main_process};
use super::{Report, check, command, given, image, queue, shortened};
use crate::finding::Finding;
use crate::text::Span;
use crate::words::document::program as words;
use crate::yaml::Field;

const FASTAPI_RUN: &str = "https://fastapi.tiangolo.com/fastapi-cli/";
const FACTORY: &str = "https://flask.palletsprojects.com/en/stable/patterns/appfactories/";

/// The process of a service before its command is known.
pub enum Program {
    /// A Python web app: what it is, and the object that answers.
    Python { framework: Framework, server: PythonServer, app: String },
    /// A Node.js web app: the file that serves.
    Node { file: String },
    /// A Go web app: the package of its program.
    Go { package: String },
    /// A background process of any language.
    Worker { command: Vec<String>, processes: Processes, inside: Inside },
    /// A Celery process.
    Celery { app: String, role: CeleryRole },
    /// What the person's own Dockerfile says, or another command.
    Dockerfile { command: Option<Vec<String>> },
    /// What a prebuilt image says, or another command.
    Image { command: Option<Vec<String>> },
    /// A well-known service.
    Catalog(Entry),
}

/// A program with what the document says of its image.
pub struct Identity<'a> {
    pub program: Program,
    /// The document's key that says what it is.
    pub key: &'static str,
    /// How its image is built, if it is.
    pub recipe: Option<Recipe>,
    /// The image's name as written, and its place.
    pub image: Option<(&'a str, Span)>,
}

impl Program {
    /// Whether it answers requests, and what it is then written in.
    pub fn web_app(&self) -> Option<WebApp> {
        match self {
            Self::Python { framework, server, .. } => Some(WebApp::Python { framework: *framework, server: *server }),
            Self::Node { .. } => Some(WebApp::Node),
            Self::Go { .. } => Some(WebApp::Go),
            _ => None,
        }
    }

    /// Whether it is a program of the person's whose command is not ours: one that may end by itself.
    pub fn may_end(&self) -> bool {
        matches!(self, Self::Worker { .. } | Self::Dockerfile { .. } | Self::Image { .. })
    }
}

/// What the service is; nothing, with a finding, where the document does not say.
pub fn identify<'a>(source: &Source<'a>, report: &mut Report) -> Option<Identity<'a>> {
    let written = source.service;
    let kinds = written_kinds(written);
    let Some((key, _)) = kinds.first().copied() else {
        let finding = Finding::error("no-kind", source.key_span, words::no_kind(&source.name));
        report.add(finding.help(words::NO_KIND_HELP));
        return None;
    };
    if let Some((other, span)) = kinds.get(1) {
        let finding = Finding::error("two-kinds", *span, words::two_kinds(&source.name, key, other));
        report.add(finding.help(words::TWO_KINDS_HELP));
    }
    let image = image::name(written, report);
    if let Some((program, recipe)) = built(written, report) {
        if !matches!(program, Program::Dockerfile { .. }) {
            report.no_effect(&written.command, words::COMMAND_OF_CODE, words::COMMAND_OF_CODE_HELP);
        }
        return Some(Identity { program, key, recipe: Some(recipe), image });
    }
    for (_, kind, field) in written.catalog_entries() {
        let entry = match field {
            CatalogField::Database(field) => field.get().map(|field| Entry::database(kind, field, report)),
            CatalogField::Other(field) => field.get().map(|field| Entry::other(kind, field, report)),
        };
        if let Some(entry) = entry {
            report.no_effect(&written.command, words::COMMAND_OF_CATALOG_KIND, words::COMMAND_OF_CATALOG_KIND_HELP);
            return Some(Identity { program: Program::Catalog(entry), key, recipe: None, image: None });
        }
    }
    let command = main_process(&written.command, Inside::Unknown, report);
    image.map(|image| Identity { program: Program::Image { command }, key, recipe: None, image: Some(image) })
}

/// The keys that say what a service is, in the order of the document's types, with their places.
fn written_kinds(written: &document::Service) -> Vec<(&'static str, Span)> {
    let mut kinds: Vec<(&'static str, Span)> = Vec::new();
    let mut note = |name: &'static str, span: Option<Span>| kinds.extend(span.map(|span| (name, span)));
    note("python", written.python.key_span());
    note("celery", written.celery.key_span());
    note("node", written.node.key_span());
    note("go", written.go.key_span());
    note("dockerfile", written.dockerfile.key_span());
    for (name, _, field) in written.catalog_entries() {
        note(
            name,
            match field {
                CatalogField::Database(field) => field.key_span(),
                CatalogField::Other(field) => field.key_span(),
            },
        );
    }
    let is_built = [
        written.python.is_absent(),
        written.celery.is_absent(),
        written.node.is_absent(),
        written.go.is_absent(),
        written.dockerfile.is_absent(),
    ]
    .contains(&false);
    if !is_built && let Some(span) = written.image.key_span() {
        kinds.insert(0, ("image", span));
    }
    kinds
}

/// A program that is built from the person's code, if it is one.
fn built(written: &document::Service, report: &mut Report) -> Option<(Program, Recipe)> {
    if let Some(python) = written.python.get() {
        return Some((python_program(python, report), python_recipe(python, report)));
    }
    if let Some(celery) = written.celery.get() {
        return Some((celery_program(celery, report), celery_recipe(celery, report)));
    }
    if let Some(node) = written.node.get() {
        return Some((node_program(node, report), node_recipe(node, report)));
    }
    if let Some(go) = written.go.get() {
        return Some(go_program(go, report));
    }
    let own = written.dockerfile.get()?;
    let command = main_process(&written.command, Inside::Unknown, report);
    Some((Program::Dockerfile { command }, own_recipe(own, report)))
}

/// A background process, with the processes that its command starts.
fn worker(field: &Field<String>, inside: Inside, report: &mut Report) -> Option<Program> {
    let command = main_process(field, inside, report)?;
    let processes = queue::processes(&command, field.span().unwrap_or_default(), report);
    Some(Program::Worker { command, processes, inside })
}

fn python_program(python: &document::Python, report: &mut Report) -> Program {
    if let Some(worker) = worker(&python.worker, Inside::Python, report) {
        report.no_effect(&python.app, words::WORKER_SERVES_NO_APP, words::WORKER_SERVES_NO_APP_HELP);
        report.no_effect(&python.framework, words::WORKER_NEEDS_NO_FRAMEWORK, words::REMOVE_IT);
        report.no_effect(&python.server, words::WORKER_NEEDS_NO_SERVER, words::REMOVE_IT);
        report.no_effect(&python.preload, words::WORKER_IS_NOT_GUNICORNS, words::REMOVE_IT);
        return worker;
    }
    let framework = python.framework.get().copied().unwrap_or(defaults::FRAMEWORK);
    let app = report.text(&python.app, check::is_python_object, words::no_python_object, words::PYTHON_OBJECT_HELP);
    if framework == Framework::Django && python.app.is_absent() {
        let span = python.framework.span().unwrap_or_default();
        report.add(
            Finding::error("missing-value", span, words::DJANGO_WITHOUT_APP)
                .help(words::DJANGO_WITHOUT_APP_HELP)
                .link("https://docs.djangoproject.com/en/stable/howto/deployment/wsgi/"),
        );
    }
    let app = app.unwrap_or(defaults::PYTHON_APP).to_owned();
    if let Some(span) = python.app.span() {
        factory_without_call(&app, span, report);
    }
    let server = python_server(python, framework, &app, report);
    Program::Python { framework, server, app }
}

/// A function that makes the app answers no request itself.
fn factory_without_call(app: &str, span: Span, report: &mut Report) {
    let object = app.rsplit([':', '.']).next().unwrap_or(app);
    if ["create_", "make_", "build_", "get_"].iter().any(|start| object.starts_with(start)) && !object.ends_with(')') {
        let called = format!("{app}()");
        let finding = Finding::warning("app-factory", span, words::app_factory(object));
        let finding = finding.help(words::APP_FACTORY_HELP).link(FACTORY);
        report.add(finding.replace_by(words::write_call(&called), format!("\"{called}\"")));
    }
}

/// What serves the app: what is asked for, if it can.
fn python_server(python: &document::Python, framework: Framework, app: &str, report: &mut Report) -> PythonServer {
    // Django's convention: asgi.py and wsgi.py lie side by side.
    let asgi = match framework {
        Framework::Fastapi | Framework::Starlette => true,
        Framework::Django => app.split([':', '.']).any(|part| part == "asgi"),
        Framework::Flask => false,
    };
    let preload = python.preload.get().copied().unwrap_or(false);
    let gunicorn = PythonServer::Gunicorn { asgi, preload };
    let usual = match framework {
        Framework::Fastapi | Framework::Starlette => PythonServer::Uvicorn,
        Framework::Django | Framework::Flask => gunicorn,
    };
    let server = match given(&python.server) {
        None => usual,
        Some((document::PythonServer::Gunicorn, _)) => gunicorn,
        Some((document::PythonServer::Uvicorn, _)) if asgi => PythonServer::Uvicorn,
        Some((document::PythonServer::Fastapi, span)) if framework == Framework::Fastapi && app.ends_with(')') => {
            let finding = Finding::error("wrong-value", span, words::RUN_CALLS_NO_FACTORY);
            report.add(finding.help(words::RUN_CALLS_NO_FACTORY_HELP).link(FASTAPI_RUN));
            usual
        }
        Some((document::PythonServer::Fastapi, _)) if framework == Framework::Fastapi => PythonServer::FastapiRun,
        Some((document::PythonServer::Fastapi, span)) => {
            let finding = Finding::error("wrong-value", span, words::RUN_SERVES_FASTAPI_ONLY);
            report.add(finding.help(words::RUN_SERVES_FASTAPI_ONLY_HELP).link(FASTAPI_RUN));
            usual
        }
        Some((document::PythonServer::Uvicorn, span)) => {
            let finding = Finding::error("wrong-value", span, words::UVICORN_SERVES_NO_WSGI);
            let help = match framework {
                Framework::Django => words::UVICORN_SERVES_NO_DJANGO_WSGI_HELP,
                _ => words::UVICORN_SERVES_NO_WSGI_HELP,
            };
            report.add(finding.help(help).link("https://asgi.readthedocs.io/en/latest/introduction.html"));
            usual
        }
    };
    if preload && !matches!(server, PythonServer::Gunicorn { .. }) {
        report.no_effect(&python.preload, words::ONLY_GUNICORN_PRELOADS, words::ONLY_GUNICORN_PRELOADS_HELP);
    }
    server
}

fn python_recipe(python: &document::Python, report: &mut Report) -> Recipe {
    python_stack(&python.version, &python.packages, &python.source, &python.files, report)
}

fn celery_program(celery: &document::Celery, report: &mut Report) -> Program {
    let app = report.text(&celery.app, check::is_python_module, words::no_python_module, words::PYTHON_MODULE_HELP);
    let role = celery.role.get().copied().unwrap_or(CeleryRole::Worker);
    Program::Celery { app: app.unwrap_or(defaults::CELERY_APP).to_owned(), role }
}

fn celery_recipe(celery: &document::Celery, report: &mut Report) -> Recipe {
    python_stack(&celery.version, &celery.packages, &celery.source, &celery.files, report)
}

fn python_stack(
    version: &Field<String>,
    packages: &Field<Packages>,
    source: &Field<String>,
    files: &Field<Vec<Field<String>>>,
    report: &mut Report,
) -> Recipe {
    let version = report.text(version, check::is_python_version, words::no_python_version, words::PYTHON_VERSION_HELP);
    let mut listed: Vec<String> = Vec::new();
    for (file, span) in report.entries(files, words::too_many_files) {
        if !check::is_file_below(file) {
            let finding = Finding::error("wrong-value", span, words::not_below_source(&shortened(file)));
            report.add(finding.help(words::NOT_BELOW_SOURCE_HELP));
        } else if check::is_secrets_file(file) {
            let finding = Finding::error("secret-in-image", span, words::secret_in_image(&shortened(file)));
            report.add(finding.help(words::SECRET_IN_IMAGE_HELP));
        } else if !listed.contains(&check::folder(file)) {
            listed.push(check::folder(file));
        }
    }
    let stack = Stack::Python {
        version: version.unwrap_or(defaults::PYTHON_VERSION).to_owned(),
        packages: packages.get().copied().unwrap_or(defaults::PACKAGES),
        files: listed,
    };
    Recipe { source: source_folder(source, report), dockerfile: None, stack }
}

fn node_program(node: &document::Node, report: &mut Report) -> Program {
    if let Some(worker) = worker(&node.worker, Inside::Node, report) {
        report.no_effect(&node.app, words::WORKER_SERVES_NO_APP, words::WORKER_SERVES_NO_APP_HELP);
        return worker;
    }
    let file = report.text(&node.app, check::is_file_below, words::no_file_below_source, words::NODE_APP_HELP);
    Program::Node { file: check::folder(file.unwrap_or(defaults::NODE_APP)) }
}

fn node_recipe(node: &document::Node, report: &mut Report) -> Recipe {
    let version = report.text(&node.version, check::is_version, words::no_node_version, words::NODE_VERSION_HELP);
    let build = report.text(&node.build, check::is_script_name, words::no_script, words::SCRIPT_HELP);
    let stack = Stack::Node {
        version: version.unwrap_or(defaults::NODE_VERSION).to_owned(),
        packages: node.packages.get().copied().unwrap_or(defaults::NODE_PACKAGES),
        build: build.map(str::to_owned),
    };
    Recipe { source: source_folder(&node.source, report), dockerfile: None, stack }
}

fn go_program(go: &document::Go, report: &mut Report) -> (Program, Recipe) {
    let worker = report.text(&go.worker, check::is_go_package, words::no_go_package, words::GO_PACKAGE_HELP);
    let app = report.text(&go.app, check::is_go_package, words::no_go_package, words::GO_PACKAGE_HELP);
    if worker.is_some() {
        report.no_effect(&go.app, words::WORKER_SERVES_NO_APP, words::WORKER_SERVES_NO_APP_HELP);
    }
    let package = check::go_package(worker.or(app).unwrap_or(defaults::GO_PACKAGE));
    let version = report.text(&go.version, check::is_version, words::no_go_version, words::GO_VERSION_HELP);
    let stack =
        Stack::Go { version: version.unwrap_or(defaults::GO_VERSION).to_owned(), packages: vec![package.clone()] };
    let recipe = Recipe { source: source_folder(&go.source, report), dockerfile: None, stack };
    let program = match worker {
        Some(_) => Program::Worker { command: command::go(&package), processes: Processes::ONE, inside: Inside::Go },
        None => Program::Go { package },
    };
    (program, recipe)
}

fn own_recipe(own: &document::Dockerfile, report: &mut Report) -> Recipe {
    let path = report.text(&own.path, check::is_file_below, words::no_file_below_source, words::DOCKERFILE_HELP);
    let target = report.text(&own.target, check::is_stage_name, words::no_stage, words::STAGE_HELP);
    Recipe {
        source: source_folder(&own.source, report),
        dockerfile: Some(check::folder(path.unwrap_or(defaults::DOCKERFILE))),
        stack: Stack::Dockerfile { target: target.map(str::to_owned) },
    }
}

fn source_folder(source: &Field<String>, report: &mut Report) -> String {
    let folder = report.text(source, check::is_source_folder, words::no_source_folder, words::SOURCE_FOLDER_HELP);
    check::folder(folder.unwrap_or(defaults::SOURCE))
}
