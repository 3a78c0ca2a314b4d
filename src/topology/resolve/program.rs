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
use crate::yaml::Field;

const GO_PACKAGE_HELP: &str = "Write a package below `source`, such as `./cmd/api`";
const REMOVE_IT: &str = "Remove it";
const WORKER_SERVES_NO_APP_HELP: &str = "Remove `app`, or `worker`";
const WORKER_SERVES_NO_APP: &str = "A background process serves no `app`";

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
        let finding = Finding::error("no-kind", source.key_span, format!("`{}` does not say what it is", source.name));
        report.add(finding.help(
            "Give it one of: python, celery, node, go, dockerfile, image, postgres, mysql, mariadb, mongodb, redis, \
             valkey, rabbitmq, memcached, nginx",
        ));
        return None;
    };
    if let Some((other, span)) = kinds.get(1) {
        let message = format!("`{}` is already `{key}`; it cannot be `{other}` too", source.name);
        let finding = Finding::error("two-kinds", *span, message);
        report.add(finding.help("Make it a service of its own"));
    }
    let image = image::name(written, report);
    if let Some((program, recipe)) = built(written, report) {
        if !matches!(program, Program::Dockerfile { .. }) {
            report.no_effect(
                &written.command,
                "What is built from code says its command itself",
                "Write it as `worker`, or remove it",
            );
        }
        return Some(Identity { program, key, recipe: Some(recipe), image });
    }
    for (_, kind, field) in written.catalog_entries() {
        let entry = match field {
            CatalogField::Database(field) => field.get().map(|field| Entry::database(kind, field, report)),
            CatalogField::Other(field) => field.get().map(|field| Entry::other(kind, field, report)),
        };
        if let Some(entry) = entry {
            report.no_effect(&written.command, "A catalog kind brings its own command", "Use `image` to say another");
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
        report.no_effect(&python.app, WORKER_SERVES_NO_APP, WORKER_SERVES_NO_APP_HELP);
        report.no_effect(&python.framework, "A background process needs no `framework`", REMOVE_IT);
        report.no_effect(&python.server, "A background process needs no `server`", REMOVE_IT);
        report.no_effect(&python.preload, "A background process is not Gunicorn's", REMOVE_IT);
        return worker;
    }
    let framework = python.framework.get().copied().unwrap_or(defaults::FRAMEWORK);
    let app = report.text(
        &python.app,
        check::is_python_object,
        |text| format!("`{text}` is no Python object"),
        "Name the module and the object in it, such as `app.main:app`",
    );
    if framework == Framework::Django && python.app.is_absent() {
        let span = python.framework.span().unwrap_or_default();
        report.add(
            Finding::error("missing-value", span, "Django's application object has no usual name")
                .help("Add `app: PROJECT.wsgi:application`, with the name of the folder that holds `wsgi.py`")
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
        let message = format!("`{object}` sounds like a function that makes the app");
        let finding = Finding::warning("app-factory", span, message);
        let finding = finding.help("Write `()` behind it, and it is called").link(FACTORY);
        report.add(finding.replace_by(format!("Write `{called}`"), format!("\"{called}\"")));
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
            let finding = Finding::error("wrong-value", span, "`fastapi run` calls no function that makes the app");
            report.add(finding.help("Write `uvicorn`, or name the app itself").link(FASTAPI_RUN));
            usual
        }
        Some((document::PythonServer::Fastapi, _)) if framework == Framework::Fastapi => PythonServer::FastapiRun,
        Some((document::PythonServer::Fastapi, span)) => {
            let finding = Finding::error("wrong-value", span, "`fastapi run` serves FastAPI apps only");
            report.add(finding.help("Write `uvicorn` or `gunicorn`").link(FASTAPI_RUN));
            usual
        }
        Some((document::PythonServer::Uvicorn, span)) => {
            let finding = Finding::error("wrong-value", span, "Uvicorn serves ASGI apps, and this is a WSGI app");
            let help = match framework {
                Framework::Django => "Write `gunicorn`, or `app: PROJECT.asgi:application`",
                _ => "Write `gunicorn`",
            };
            report.add(finding.help(help).link("https://asgi.readthedocs.io/en/latest/introduction.html"));
            usual
        }
    };
    if preload && !matches!(server, PythonServer::Gunicorn { .. }) {
        report.no_effect(
            &python.preload,
            "Only Gunicorn loads the app before it starts its workers",
            "Write `server: gunicorn`, or remove `preload`",
        );
    }
    server
}

fn python_recipe(python: &document::Python, report: &mut Report) -> Recipe {
    python_stack(&python.version, &python.packages, &python.source, &python.files, report)
}

fn celery_program(celery: &document::Celery, report: &mut Report) -> Program {
    let app = report.text(
        &celery.app,
        check::is_python_module,
        |text| format!("`{text}` is no Python module"),
        "Name the module of the Celery application, such as `app.tasks`",
    );
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
    let version = report.text(
        version,
        check::is_python_version,
        |text| format!("`{text}` is no version of Python 3"),
        "Write a version of Python 3, such as \"3.14\"",
    );
    let mut listed: Vec<String> = Vec::new();
    let too_many = |count, most| format!("{count} files are more than the {most} that one service can have");
    for (file, span) in report.entries(files, too_many) {
        if !check::is_file_below(file) {
            let message = format!("`{}` is no file or folder below `source`", shortened(file));
            let finding = Finding::error("wrong-value", span, message);
            report.add(finding.help("Write a relative path without `..`, such as `main.py`"));
        } else if check::is_secrets_file(file) {
            let message = format!("`{}` holds secrets, and who has the image could read them", shortened(file));
            let finding = Finding::error("secret-in-image", span, message);
            report.add(finding.help("Name its secrets in `secrets`: the process gets them when it starts"));
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
        report.no_effect(&node.app, WORKER_SERVES_NO_APP, WORKER_SERVES_NO_APP_HELP);
        return worker;
    }
    let file = report.text(
        &node.app,
        check::is_file_below,
        no_file_below_source,
        "Write a file below `source`, such as `dist/server.js`",
    );
    Program::Node { file: check::folder(file.unwrap_or(defaults::NODE_APP)) }
}

fn no_file_below_source(text: &str) -> String {
    format!("`{text}` is no file below `source`")
}

fn node_recipe(node: &document::Node, report: &mut Report) -> Recipe {
    let version = report.text(
        &node.version,
        check::is_version,
        |text| format!("`{text}` is no version of Node.js"),
        "Write a version of Node.js, such as \"24\"",
    );
    let build = report.text(
        &node.build,
        check::is_script_name,
        |text| format!("`{text}` is no name of a script"),
        "Write the name of a script in `package.json`, such as `build`",
    );
    let stack = Stack::Node {
        version: version.unwrap_or(defaults::NODE_VERSION).to_owned(),
        packages: node.packages.get().copied().unwrap_or(defaults::NODE_PACKAGES),
        build: build.map(str::to_owned),
    };
    Recipe { source: source_folder(&node.source, report), dockerfile: None, stack }
}

fn go_program(go: &document::Go, report: &mut Report) -> (Program, Recipe) {
    let worker = report.text(&go.worker, check::is_go_package, no_go_package, GO_PACKAGE_HELP);
    let app = report.text(&go.app, check::is_go_package, no_go_package, GO_PACKAGE_HELP);
    if worker.is_some() {
        report.no_effect(&go.app, WORKER_SERVES_NO_APP, WORKER_SERVES_NO_APP_HELP);
    }
    let package = check::go_package(worker.or(app).unwrap_or(defaults::GO_PACKAGE));
    let version = report.text(
        &go.version,
        check::is_version,
        |text| format!("`{text}` is no version of Go"),
        "Write a version of Go, such as \"1.26\"",
    );
    let stack =
        Stack::Go { version: version.unwrap_or(defaults::GO_VERSION).to_owned(), packages: vec![package.clone()] };
    let recipe = Recipe { source: source_folder(&go.source, report), dockerfile: None, stack };
    let program = match worker {
        Some(_) => Program::Worker { command: command::go(&package), processes: Processes::ONE, inside: Inside::Go },
        None => Program::Go { package },
    };
    (program, recipe)
}

fn no_go_package(text: &str) -> String {
    format!("`{text}` is no package below `source`")
}

fn own_recipe(own: &document::Dockerfile, report: &mut Report) -> Recipe {
    let path = report.text(
        &own.path,
        check::is_file_below,
        no_file_below_source,
        "Write a file below `source`, such as `deploy/Dockerfile`",
    );
    let target = report.text(
        &own.target,
        check::is_stage_name,
        |text| format!("`{text}` is no name of a stage"),
        "Write the name of a stage: letters, digits, `_`, `-` and `.`, a letter first",
    );
    Recipe {
        source: source_folder(&own.source, report),
        dockerfile: Some(check::folder(path.unwrap_or(defaults::DOCKERFILE))),
        stack: Stack::Dockerfile { target: target.map(str::to_owned) },
    }
}

fn source_folder(source: &Field<String>, report: &mut Report) -> String {
    let no_folder = |text: &str| format!("`{text}` is no folder for code below this one");
    let help = "Write a folder below the Compose file, such as `services/api`, without `..`, and with no name that a \
                generated file has";
    let folder = report.text(source, check::is_source_folder, no_folder, help);
    check::folder(folder.unwrap_or(defaults::SOURCE))
}
