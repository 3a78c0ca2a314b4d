//! One service, checked by itself; what ties it to others is `links`'.

use super::super::document::{self, Framework, How, When};
use super::super::{
    CatalogKind, ContainerMemory, FigureSource, HealthCheck, Kind, Name, Pool, Replicas, Service, Step, Storage, User,
    Variable, VariableValue, defaults,
};
use super::build::{Builds, Recipe};
use super::catalog::{CatalogField, Entry};
use super::targets::Targets;
use super::{MAX_ENTRIES, MAX_REPLICAS, MAX_STEPS, MAX_WORKERS, Report, check, command, given, shortened};
use crate::finding::Finding;
use crate::quantity::Memory;
use crate::text::Span;
use crate::yaml::Field;

/// A service as written, with its checked name.
pub struct Source<'a> {
    pub name: Name,
    pub key_span: Span,
    pub service: &'a document::Service,
}

/// The process of a service before its command is known.
enum Program {
    Web { framework: Framework, app: String },
    Worker(Vec<String>),
    Celery { app: String },
    Image(Option<Vec<String>>),
    Catalog(Entry),
}

/// An image's name as written, and its place.
type ImageName<'a> = (&'a str, Span);

/// The service, if the document says what it is. `index` is the one that it gets in the topology.
pub fn resolve(
    source: &Source,
    targets: &Targets,
    builds: &mut Builds,
    index: usize,
    report: &mut Report,
) -> Option<Service> {
    let written = source.service;
    let (program, recipe, image) = program(source, report)?;
    let workers = workers(written, &program, report);
    let replicas = replicas(written, targets, report);
    let port = port(written, &program, report);
    let storage = storage(written, &program, report);
    let replicas = replicas_with_data(replicas, storage.as_ref(), &program, targets, written, source, report);
    let kind = match (&program, recipe) {
        (Program::Web { framework, .. }, Some(recipe)) => {
            Kind::Web { build: builds.add(recipe, image, index, report), framework: *framework }
        }
        (Program::Celery { .. }, Some(recipe)) => Kind::Celery { build: builds.add(recipe, image, index, report) },
        (_, Some(recipe)) => Kind::Worker { build: builds.add(recipe, image, index, report) },
        (Program::Catalog(entry), None) => Kind::Catalog(entry.kind),
        (_, None) => Kind::Image,
    };
    let memory = memory(written, &program, workers, report);
    Some(Service {
        name: source.name.clone(),
        image: match &program {
            Program::Catalog(entry) => entry.image(),
            _ => image.map(|(image, _)| image.to_owned()).unwrap_or_default(),
        },
        command: match &program {
            Program::Web { framework, app } => {
                Some(command::web(*framework, app, port.unwrap_or(defaults::WEB_PORT), workers))
            }
            Program::Worker(command) => Some(command.clone()),
            Program::Celery { app } => Some(command::celery(app, workers)),
            Program::Image(command) => command.clone(),
            Program::Catalog(entry) => entry.command(memory.limit, storage.is_some()),
        },
        port,
        publish: None,
        workers,
        replicas,
        memory,
        cpu: written
            .cpu
            .get()
            .and_then(|cpu| report.positive(&cpu.request, "The request"))
            .unwrap_or(defaults::CPU_PER_PROCESS.saturating_mul(workers.into())),
        cpu_per_request: written.cpu.get().and_then(|cpu| cpu.per_request.get().copied()),
        env: variables(source, &program, report),
        before_start: steps(written, &program, report),
        database_pool: pool(written, &program, report),
        max_connections: match &program {
            Program::Catalog(entry) => entry.max_connections.or(entry.kind.facts().max_connections),
            _ => None,
        },
        health: health(written, &program, port, targets, report),
        needs: Vec::new(),
        public: None,
        storage,
        user: user(written, &program, targets, report),
        writable: writable(written, &program, report),
        kind,
    })
}

/// About how many bytes of files a service and its steps become: each step can become a container with all variables,
/// needs and folders of the service, on each target.
pub fn written_bytes(service: &document::Service) -> usize {
    const CONTAINER: usize = 4000;
    const ENTRY: usize = 200;
    fn listed<T>(list: &Field<Vec<Field<T>>>) -> usize {
        list.get().map_or(0, |list| list.len().min(MAX_ENTRIES) * ENTRY)
    }
    let steps = service.before_start.get().map_or(0, |steps| steps.len().min(MAX_STEPS));
    let variable = |value: &Field<String>| ENTRY + value.get().map_or(0, String::len);
    let env = service.env.get();
    let env: usize = env.iter().flat_map(|env| env.iter().take(MAX_ENTRIES)).map(|entry| variable(&entry.value)).sum();
    let lists = listed(&service.secrets) + listed(&service.needs) + listed(&service.writable);
    (1 + steps) * (CONTAINER + env + lists)
}

/// What the service is, by the one key that says so; its recipe and image name where it is built.
fn program<'a>(source: &Source<'a>, report: &mut Report) -> Option<(Program, Option<Recipe>, Option<ImageName<'a>>)> {
    let written = source.service;
    let image = image(written, report);
    let mut given_kinds: Vec<(&str, Span)> = Vec::new();
    let mut note = |name: &'static str, span: Option<Span>| given_kinds.extend(span.map(|span| (name, span)));
    note("python", written.python.key_span());
    note("celery", written.celery.key_span());
    let is_built = !written.python.is_absent() || !written.celery.is_absent();
    if !is_built {
        note("image", written.image.key_span());
    }
    for (name, _, field) in written.catalog_entries() {
        note(
            name,
            match field {
                CatalogField::Database(field) => field.key_span(),
                CatalogField::Other(field) => field.key_span(),
            },
        );
    }
    let Some((kind, _)) = given_kinds.first() else {
        report.add(
            Finding::error("no-kind", source.key_span, format!("`{}` does not say what it is", source.name)).help(
                "Give it one of: python, celery, image, postgres, mysql, mariadb, mongodb, redis, valkey, rabbitmq, \
                 memcached, nginx",
            ),
        );
        return None;
    };
    if let Some((other, span)) = given_kinds.get(1) {
        let message = format!("`{}` is already `{kind}`; it cannot be `{other}` too", source.name);
        report.add(Finding::error("two-kinds", *span, message).help("Make it a service of its own"));
    }
    if let Some(python) = written.python.get() {
        let (program, recipe) = python_program(python, report);
        return Some((program, Some(recipe), image));
    }
    if let Some(celery) = written.celery.get() {
        let help = "Name the module of the Celery application, such as `app.tasks`";
        let app = report.text(&celery.app, check::is_python_module, "Python module", help);
        let program = Program::Celery { app: app.unwrap_or(defaults::CELERY_APP).to_owned() };
        return Some((program, Some(recipe(&celery.version, &celery.packages, &celery.source, report)), image));
    }
    for (_, kind, field) in written.catalog_entries() {
        let entry = match field {
            CatalogField::Database(field) => field.get().map(|field| Entry::database(kind, field, report)),
            CatalogField::Other(field) => field.get().map(|field| Entry::other(kind, field, report)),
        };
        if let Some(entry) = entry {
            report.no_effect(&written.command, "A catalog kind brings its own command", "Use `image` to say another");
            return Some((Program::Catalog(entry), None, None));
        }
    }
    let command = shell_command(&written.command, report);
    image.map(|image| (Program::Image(command), None, Some(image)))
}

fn python_program(python: &document::Python, report: &mut Report) -> (Program, Recipe) {
    let recipe = recipe(&python.version, &python.packages, &python.source, report);
    let framework = python.framework.get().copied().unwrap_or(defaults::FRAMEWORK);
    if let Some(worker) = shell_command(&python.worker, report) {
        report.no_effect(&python.app, "A background process serves no `app`", "Remove `app`, or `worker`");
        report.no_effect(&python.framework, "A background process needs no `framework`", "Remove it");
        return (Program::Worker(worker), recipe);
    }
    let help = "Name the module and the object in it, such as `app.main:app`";
    let app = report.text(&python.app, check::is_python_object, "Python object", help);
    if framework == Framework::Django && python.app.is_absent() {
        let span = python.framework.span().unwrap_or_default();
        report.add(
            Finding::error("missing-value", span, "Django's application object has no usual name")
                .help("Add `app: PROJECT.wsgi:application`, with the name of the folder that holds `wsgi.py`")
                .link("https://docs.djangoproject.com/en/stable/howto/deployment/wsgi/"),
        );
    }
    (Program::Web { framework, app: app.unwrap_or(defaults::PYTHON_APP).to_owned() }, recipe)
}

fn recipe(
    version: &Field<String>,
    packages: &Field<document::Packages>,
    source: &Field<String>,
    report: &mut Report,
) -> Recipe {
    let version_help = "Write a version of Python 3, such as \"3.14\"";
    let source_help = "Write a folder below the Compose file, such as `services/api`, without `..`, and with no name \
                       that a generated file has";
    let folder = report.text(source, check::is_source_folder, "folder for code below this one", source_help);
    Recipe {
        python: report
            .text(version, check::is_python_version, "version of Python 3", version_help)
            .unwrap_or(defaults::PYTHON_VERSION)
            .to_owned(),
        packages: packages.get().copied().unwrap_or(defaults::PACKAGES),
        source: check::folder(folder.unwrap_or(defaults::SOURCE)),
    }
}

/// The image, if it is given and well formed; an image that nothing pins is worth a warning.
fn image<'a>(written: &'a document::Service, report: &mut Report) -> Option<ImageName<'a>> {
    let help = "Write it like `ghcr.io/acme/api:1.4`: lower case, with a tag";
    let text = report.text(&written.image, |text| check::image_reference(text).is_some(), "image reference", help)?;
    let span = written.image.span()?;
    let reference = check::image_reference(text)?;
    if reference.digest.is_none() && reference.tag.is_none_or(|tag| tag == "latest") {
        report.add(
            Finding::warning("unpinned-image", span, format!("`{text}` means another image tomorrow"))
                .help("Name the version: `NAME:1.4`")
                .link("https://docs.docker.com/build/building/best-practices/#pin-base-image-versions"),
        );
    }
    Some((text, span))
}

fn shell_command(field: &Field<String>, report: &mut Report) -> Option<Vec<String>> {
    let (text, span) = given(field)?;
    let command = command::split(text);
    if let Some(words) = &command
        && words.len() > MAX_ENTRIES
    {
        let message = format!("{} words are more than the {MAX_ENTRIES} that one command can have", words.len());
        report.add(Finding::error("too-many", span, message).help("Put them into a script"));
        return None;
    }
    if command.is_none() {
        let message = format!("`{}` is no command", shortened(text));
        report.add(
            Finding::error("wrong-value", span, message)
                .help("Write a program and its arguments, and close every quote"),
        );
    }
    command
}

fn workers(written: &document::Service, program: &Program, report: &mut Report) -> u32 {
    const HELP: &str = "Give the program its own setting, through `command` or `env`";
    match program {
        Program::Web { .. } => report.number(&written.workers, 1..=MAX_WORKERS, "workers").unwrap_or(defaults::WORKERS),
        Program::Celery { .. } => {
            let help = "Write `concurrency` inside `celery`";
            report.no_effect(&written.workers, "A Celery worker counts its processes by `concurrency`", help);
            written
                .celery
                .get()
                .and_then(|celery| report.number(&celery.concurrency, 1..=MAX_WORKERS, "processes"))
                .unwrap_or(defaults::CELERY_CONCURRENCY)
        }
        Program::Worker(_) => {
            report.no_effect(&written.workers, "A background process starts its processes itself", HELP);
            defaults::WORKERS
        }
        Program::Image(_) | Program::Catalog(_) => {
            let message = "How many processes a prebuilt image starts is not for Plimsoll to say";
            report.no_effect(&written.workers, message, HELP);
            defaults::WORKERS
        }
    }
}

fn replicas(written: &document::Service, targets: &Targets, report: &mut Report) -> Replicas {
    let fixed = report.number(&written.replicas, 0..=MAX_REPLICAS, "replicas");
    let Some((autoscale, span)) = given(&written.autoscale) else {
        return Replicas::Fixed(fixed.unwrap_or(defaults::REPLICAS));
    };
    report.no_effect(
        &written.replicas,
        "The autoscaler sets the number of replicas",
        "Remove `replicas`, or `autoscale`",
    );
    if targets.cluster.is_none() {
        let message = "Compose has no autoscaler: the fewest replicas are started";
        report.add(Finding::warning("no-effect", span, message).help("Add a `cluster`, or write `replicas`"));
    }
    let min = report.number(&autoscale.min, 1..=MAX_REPLICAS, "replicas").or(fixed.filter(|fixed| *fixed > 0));
    let min = min.unwrap_or(defaults::REPLICAS);
    let max = match report.number(&autoscale.max, 1..=MAX_REPLICAS, "replicas") {
        Some(max) if max < min => {
            let message = format!("The most replicas ({max}) are fewer than the fewest ({min})");
            let place = autoscale.max.span().unwrap_or(span);
            report.add(Finding::error("out-of-range", place, message).help("Write `max` as large as `min` or larger"));
            min
        }
        Some(max) => max,
        None => {
            if autoscale.max.is_absent() {
                report.add(
                    Finding::error("missing-value", span, "The autoscaler does not know where to stop")
                        .help("Add `max`, the most replicas that you want to pay for"),
                );
            }
            min
        }
    };
    Replicas::Autoscaled { min, max, cpu: autoscale.cpu.get().copied().unwrap_or(defaults::AUTOSCALE_CPU) }
}

/// Data belong to one container: several would be several databases or caches, or would overwrite one another's disk.
fn replicas_with_data(
    replicas: Replicas,
    storage: Option<&Storage>,
    program: &Program,
    targets: &Targets,
    written: &document::Service,
    source: &Source,
    report: &mut Report,
) -> Replicas {
    let keeps_data = matches!(program, Program::Catalog(entry) if entry.kind != CatalogKind::Nginx);
    let shares_disk = storage.is_some() && targets.server.is_some();
    if replicas.peak() <= 1 || !(keeps_data || shares_disk) {
        return replicas;
    }
    let span = written.replicas.span().or(written.autoscale.span()).unwrap_or(source.key_span);
    let message = if keeps_data {
        format!("{} replicas of `{}` would know nothing of each other's data", replicas.peak(), source.name)
    } else {
        format!("Compose would give all {} replicas of `{}` the same disk", replicas.peak(), source.name)
    };
    report.add(
        Finding::error("replicas-with-data", span, message)
            .help("One replica is planned; replication is the software's own affair, or that of an operator"),
    );
    Replicas::Fixed(1)
}

fn port(written: &document::Service, program: &Program, report: &mut Report) -> Option<u16> {
    let given_port = report.number(&written.port, 1..=u16::MAX, "as a port");
    match program {
        Program::Web { .. } => Some(given_port.unwrap_or(defaults::WEB_PORT)),
        Program::Catalog(entry) => {
            let message = format!("{} listens on {}", entry.kind.title(), entry.kind.facts().port);
            report.no_effect(&written.port, &message, "Remove `port`");
            Some(entry.kind.facts().port)
        }
        Program::Celery { .. } => {
            report.no_effect(&written.port, "A Celery worker listens on no port", "Remove `port`");
            None
        }
        Program::Worker(_) | Program::Image(_) => given_port,
    }
}

fn storage(written: &document::Service, program: &Program, report: &mut Report) -> Option<Storage> {
    let size = report.positive(&written.storage, "The disk");
    let help = "Write an absolute path, such as `/var/lib/data`, without `..`";
    let path = report.text(&written.storage_path, check::is_absolute_path, "absolute path", help);
    let (default_size, default_path) = match program {
        Program::Catalog(entry) => {
            (entry.kind.facts().storage_by_default.then_some(defaults::STORAGE), entry.data_path())
        }
        _ => (None, None),
    };
    let size = size.or(default_size);
    match (size, path.or(default_path)) {
        (Some(size), Some(path)) => Some(Storage { size, path: path.trim_end_matches('/').to_owned() }),
        (Some(_), None) => {
            if let Some(span) = written.storage.span().filter(|_| written.storage_path.is_absent()) {
                let finding = Finding::error("missing-value", span, "It is not known where the disk belongs")
                    .help("Add `storage_path`, the folder that the process keeps its data in");
                report.add(finding);
            }
            None
        }
        (None, _) => {
            report.no_effect(&written.storage_path, "There is no disk to mount", "Add `storage`, its size");
            None
        }
    }
}

fn memory(written: &document::Service, program: &Program, workers: u32, report: &mut Report) -> ContainerMemory {
    let absent = document::ServiceMemory::default();
    let written = written.memory.get().unwrap_or(&absent);
    let process = report.positive(&written.process, "The memory of a process");
    let default_process = match program {
        Program::Web { framework, .. } => defaults::web_process(*framework),
        Program::Worker(_) | Program::Celery { .. } => defaults::WORKER_PROCESS,
        Program::Image(_) => defaults::IMAGE_PROCESS,
        Program::Catalog(entry) => entry.kind.facts().memory,
    };
    let process_source = if process.is_some() { FigureSource::Given } else { FigureSource::Catalog };
    let process = process.unwrap_or(default_process);
    let is_web = matches!(program, Program::Web { .. });
    let limit = report.positive(&written.limit, "The limit");
    let memory = ContainerMemory {
        supervisor: supervisor(program, workers, process),
        shared: written.shared.get().copied().unwrap_or_default(),
        workers,
        process,
        requests_in_flight: 0,
        per_request: written.per_request.get().copied().unwrap_or(if is_web {
            defaults::PER_REQUEST
        } else {
            Memory::default()
        }),
        page_cache: defaults::PAGE_CACHE,
        limit: limit.unwrap_or_default(),
        process_source,
        limit_source: if limit.is_some() { FigureSource::Given } else { FigureSource::Derived },
    };
    memory.with_requests_in_flight(0)
}

/// The parent of the workers: Uvicorn has one from two workers up, Gunicorn always, and Celery's has loaded the whole
/// application before it forks.
fn supervisor(program: &Program, workers: u32, process: Memory) -> Memory {
    match program {
        Program::Web { framework: Framework::Fastapi | Framework::Starlette, .. } if workers > 1 => {
            defaults::UVICORN_SUPERVISOR
        }
        Program::Web { framework: Framework::Django | Framework::Flask, .. } => defaults::GUNICORN_SUPERVISOR,
        Program::Celery { .. } => process,
        _ => Memory::default(),
    }
}

/// The document's variables, its secrets, and what the kind asks for; the person's own word comes first.
fn variables(source: &Source, program: &Program, report: &mut Report) -> Vec<Variable> {
    const HELP: &str = "Use letters, digits and `_`, a letter or `_` first";
    let mut variables: Vec<Variable> = Vec::new();
    let mut add = |variable: Variable, span: Span, report: &mut Report| {
        if !check::is_variable_name(&variable.name) {
            let message = format!("`{}` is no name of a variable", shortened(&variable.name));
            report.add(Finding::error("wrong-value", span, message).help(HELP));
        } else if variables.iter().any(|other| other.name == variable.name) {
            let message = format!("`{}` is given twice", variable.name);
            report.add(Finding::error("duplicate-name", span, message).help("Keep it in `env` or in `secrets`, once"));
        } else {
            variables.push(variable);
        }
    };
    if let Some((entries, span)) = given(&source.service.env) {
        report.at_most_entries(entries.len(), span, "variables");
        for entry in entries.iter().take(MAX_ENTRIES) {
            let Some((value, value_span)) = given(&entry.value) else { continue };
            if value.contains('\0') {
                let finding = Finding::error("wrong-value", value_span, "A variable cannot hold the character NUL");
                report.add(finding.help("Remove `\\0`"));
                continue;
            }
            let field = format!("services.{}.env.{}", source.name, entry.key);
            let value = VariableValue::Plain(value.clone());
            add(Variable { name: entry.key.clone(), value, field, reason: None }, entry.key_span, report);
        }
    }
    for (name, span) in report.entries(&source.service.secrets, "secrets") {
        let field = format!("services.{}.secrets", source.name);
        let value = VariableValue::Secret { key: name.clone() };
        add(Variable { name: name.clone(), value, field, reason: None }, span, report);
    }
    if let Program::Catalog(entry) = program {
        for variable in entry.variables(source.name.as_str()) {
            if !variables.iter().any(|other| other.name == variable.name) {
                variables.push(variable);
            }
        }
    }
    variables
}

fn steps(written: &document::Service, program: &Program, report: &mut Report) -> Vec<Step> {
    if matches!(program, Program::Catalog(_)) {
        let message = "What comes before a database or cache is its image's own affair";
        report.no_effect(&written.before_start, message, "Put the steps in the service that needs them");
        return Vec::new();
    }
    let mut steps = Vec::new();
    let written = report.entries(&written.before_start, "steps");
    if let Some((_, span)) = written.get(MAX_STEPS) {
        let message = format!("{} steps are more than the {MAX_STEPS} that one service can have", written.len());
        let finding = Finding::error("too-many", *span, message);
        report.add(finding.help("Only the first are used; put several commands into one script"));
    }
    for (step, span) in written.into_iter().take(MAX_STEPS) {
        if step.run.is_absent() {
            let finding = Finding::error("missing-value", span, "The step does not say what to run");
            report.add(finding.help("Add `run`, such as `alembic upgrade head`"));
        }
        let Some(command) = shell_command(&step.run, report) else { continue };
        let when = step.when.get().copied().unwrap_or(When::Once);
        let how = step.how.get().copied().unwrap_or(match when {
            When::Once => How::Job,
            When::EveryStart => How::InitContainer,
        });
        if when == When::EveryStart && how == How::Job {
            let place = step.how.span().unwrap_or(span);
            let finding = Finding::error("wrong-value", place, "A job runs once for a release, not at every start");
            report.add(finding.help("Write `how: init-container`, or `when: once`"));
            continue;
        }
        steps.push(Step { command, when, how });
    }
    steps
}

fn pool(written: &document::Service, program: &Program, report: &mut Report) -> Option<Pool> {
    if matches!(program, Program::Catalog(_)) {
        let help = "Put it in the service that connects";
        report.no_effect(&written.database_pool, "A pool belongs to the service that connects", help);
        return None;
    }
    let pool = written.database_pool.get()?;
    Some(Pool {
        size: report.number(&pool.size, 1..=10_000, "connections").unwrap_or(defaults::POOL_SIZE),
        overflow: report.number(&pool.overflow, 0..=10_000, "connections").unwrap_or(defaults::POOL_OVERFLOW),
    })
}

fn health(
    written: &document::Service,
    program: &Program,
    port: Option<u16>,
    targets: &Targets,
    report: &mut Report,
) -> HealthCheck {
    if let Program::Catalog(entry) = program {
        report.no_effect(&written.health, "A catalog kind brings its own health check", "Remove `health`");
        return entry.health();
    }
    let help = "Write the path of a URL, such as `/healthz`, without a query";
    let path =
        written.health.get().and_then(|health| report.text(&health.path, check::is_url_path, "path of a URL", help));
    if matches!(program, Program::Image(_)) && port.is_some() && targets.cluster.is_none() {
        let message = "Compose asks inside the container, and what a prebuilt image could ask with is not known";
        report.no_effect(&written.health, message, "Remove `health`, or add a `cluster`");
    }
    match (path, port) {
        (Some(path), Some(_)) => HealthCheck::Http { path: path.to_owned() },
        (Some(_), None) => {
            report.no_effect(&written.health, "Nothing listens that could be asked", "Add `port`");
            HealthCheck::None
        }
        (None, Some(_)) => HealthCheck::Tcp,
        (None, None) => HealthCheck::None,
    }
}

fn user(written: &document::Service, program: &Program, targets: &Targets, report: &mut Report) -> User {
    match program {
        Program::Image(_) => {
            // A cluster gives the disk to the process's group.
            if targets.server.is_some()
                && written.user.is_absent()
                && let Some((_, span)) = given(&written.storage)
            {
                let message = format!(
                    "Docker gives a new disk to the owner of its folder in the image, and the process runs as user {}",
                    defaults::USER
                );
                let finding = Finding::warning("storage-owner", span, message);
                report.add(finding.help("Write `user`, the number of the user that the image is made for"));
            }
            let uid = report.number(&written.user, 1..=65_535, "as a user").unwrap_or(defaults::USER);
            User { uid, gid: uid }
        }
        Program::Catalog(entry) => {
            report.no_effect(&written.user, "A catalog kind runs as its image's own user", "Remove `user`");
            entry.run_as()
        }
        _ => {
            let message = format!("A built image runs as user {}", defaults::USER);
            report.no_effect(&written.user, &message, "Remove `user`");
            User { uid: defaults::USER, gid: defaults::USER }
        }
    }
}

fn writable(written: &document::Service, program: &Program, report: &mut Report) -> Vec<String> {
    let help = "Write an absolute path, such as `/var/cache/app`, without `..`";
    let mut folders: Vec<String> = match program {
        Program::Catalog(entry) => entry.kind.facts().writable.iter().map(|folder| (*folder).to_owned()).collect(),
        _ => vec![defaults::WRITABLE.to_owned()],
    };
    for (folder, span) in report.entries(&written.writable, "folders") {
        let folder_without_end = folder.trim_end_matches('/');
        if !check::is_absolute_path(folder_without_end) {
            let message = format!("`{}` is no absolute path", shortened(folder));
            report.add(Finding::error("wrong-value", span, message).help(help));
        } else if !folders.iter().any(|other| other == folder_without_end) {
            folders.push(folder_without_end.to_owned());
        }
    }
    folders
}

/// What depends on the traffic and on who is public: requests in flight, and the limits that follow.
pub fn size(services: &mut [Service], written: &[Source], targets: &Targets) {
    let Some(traffic) = targets.traffic else { return };
    let someone_is_public = services.iter().any(|service| service.public.is_some());
    for (service, source) in services.iter_mut().zip(written) {
        let is_entry = if someone_is_public {
            service.public.is_some()
        } else {
            matches!(service.kind, Kind::Web { .. }) && source.service.public.is_absent()
        };
        if is_entry && !matches!(service.kind, Kind::Catalog(CatalogKind::Nginx)) {
            let replicas = service.replicas.peak().max(1);
            service.memory = service.memory.with_requests_in_flight(traffic.in_flight(replicas));
        }
    }
}
