//! One service, checked by itself; what ties it to others is `links`'.

use super::super::document::{self, How, When};
use super::super::{
    BuildId, CatalogKind, CeleryRole, HealthCheck, Kind, Name, Pool, Replicas, Schedule, Service, Stack, Step, Storage,
    User, defaults,
};
use super::build::{Builds, Recipe};
use super::program::{Identity, Program, identify};
use super::queue::TWO_BEATS;
use super::targets::Targets;
use super::written_command::{self, Inside};
use super::{
    MAX_ENTRIES, MAX_REPLICAS, MAX_STEPS, MAX_WORKERS, Report, check, code_files, command, connections_out_of_range,
    external, given, memory, shortened, variables,
};
use crate::finding::Finding;
use crate::text::Span;
use crate::yaml::Field;

const REMOVE_USER: &str = "Remove `user`";
const REMOVE_PORT: &str = "Remove `port`";
const BEAT_IS_ONE_PROCESS: &str = "Celery beat is one process";

/// A service as written, with its checked name.
pub struct Source<'a> {
    pub name: Name,
    pub key_span: Span,
    pub service: &'a document::Service,
}

/// The service, if the document says what it is. `index` is the one that it gets in the topology.
pub fn resolve(
    source: &Source,
    targets: &Targets,
    builds: &mut Builds,
    index: usize,
    report: &mut Report,
) -> Option<Service> {
    let written = source.service;
    let Identity { program, key, recipe, image } = identify(source, report)?;
    if let Some(service) = external::resolve(source, &program, key, report) {
        return Some(service);
    }
    let schedule = schedule(written, &program, targets, report);
    let workers = workers(written, &program, report);
    let replicas = replicas(written, &program, schedule.as_ref(), targets, report);
    let port = port(written, &program, schedule.as_ref(), report);
    let storage = storage(written, &program, report);
    let replicas = replicas_with_data(replicas, storage.as_ref(), &program, targets, written, source, report);
    let before_start = steps(written, &program, Inside::of(key), report);
    if let Some(Recipe { stack: Stack::Python { files, .. }, .. }) = &recipe {
        code_files::check(files, listed_files(written), &program, &before_start, report);
    }
    let image_name = image.map(|(image, _)| image.to_owned());
    let kind = match recipe {
        Some(recipe) => built_kind(&program, builds.add(recipe, image, index, report)),
        None => match &program {
            Program::Catalog(entry) => Kind::Catalog(entry.kind),
            _ => Kind::Image,
        },
    };
    let memory = memory::resolve(written, &program, workers, report);
    if schedule.is_some() {
        report.no_effect(
            &written.startup,
            "Nobody waits for what runs now and then to answer",
            "Remove `startup`, or `schedule`",
        );
    }
    let startup = report.up_to_an_hour(&written.startup).unwrap_or(defaults::STARTUP);
    let shutdown = report.up_to_an_hour(&written.shutdown).unwrap_or(defaults::SHUTDOWN);
    let (env, secret_files) = variables::resolve(source, &program, port, report);
    Some(Service {
        name: source.name.clone(),
        image: match &program {
            Program::Catalog(entry) => entry.image(),
            _ => image_name.unwrap_or_default(),
        },
        command: match &program {
            Program::Python { server, app, .. } => {
                Some(command::python(*server, app, port.unwrap_or(defaults::WEB_PORT), workers, shutdown))
            }
            Program::Node { file } => Some(command::node(file)),
            Program::Go { package } => Some(command::go(package)),
            Program::Worker { command, .. } => Some(command.clone()),
            Program::Celery { app, role } => Some(command::celery(app, *role, workers)),
            Program::Dockerfile { command } | Program::Image { command } => command.clone(),
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
            .and_then(|cpu| report.positive(&cpu.request, "The request cannot be 0"))
            .unwrap_or(defaults::CPU_PER_PROCESS.saturating_mul(workers.into())),
        cpu_per_request: written.cpu.get().and_then(|cpu| cpu.per_request.get().copied()),
        startup,
        shutdown,
        schedule,
        env,
        secret_files,
        before_start,
        database_pool: pool(written, &program, report),
        max_connections: match &program {
            Program::Catalog(entry) => entry.max_connections.or(entry.kind.facts().max_connections),
            _ => None,
        },
        health: health(written, &program, port, targets, report),
        needs: Vec::new(),
        public: None,
        outbound: written.outbound.get().copied().unwrap_or(!matches!(program, Program::Catalog(_))),
        storage,
        user: user(written, &program, targets, report),
        writable: writable(written, &program, report),
        kind,
        kind_key: key,
    })
}

/// Where the files of Python code are listed.
fn listed_files(written: &document::Service) -> Span {
    let python = written.python.get().and_then(|python| python.files.span());
    python.or(written.celery.get().and_then(|celery| celery.files.span())).unwrap_or_default()
}

/// What a program is that is built as `build`.
fn built_kind(program: &Program, build: BuildId) -> Kind {
    match (program, program.web_app()) {
        (_, Some(app)) => Kind::Web { build, app },
        (Program::Celery { role, .. }, None) => Kind::Celery { build, role: *role },
        (Program::Dockerfile { .. }, None) => Kind::Dockerfile { build },
        _ => Kind::Worker { build },
    }
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

fn workers(written: &document::Service, program: &Program, report: &mut Report) -> u32 {
    match program {
        Program::Python { .. } => report
            .number(&written.workers, 1..=MAX_WORKERS, |workers| format!("{workers} workers is out of range"))
            .unwrap_or(defaults::WORKERS),
        Program::Node { .. } | Program::Go { .. } => {
            report.no_effect(
                &written.workers,
                "Node.js and Go programs serve with one process",
                "Start more containers with `replicas`; inside one, Go uses several processors by itself",
            );
            defaults::WORKERS
        }
        Program::Celery { role: CeleryRole::Beat, .. } => {
            report.no_effect(&written.workers, BEAT_IS_ONE_PROCESS, "Remove `workers`");
            if let Some(celery) = written.celery.get() {
                report.no_effect(&celery.concurrency, BEAT_IS_ONE_PROCESS, "Remove `concurrency`");
            }
            defaults::WORKERS
        }
        Program::Celery { role: CeleryRole::Worker, .. } => {
            report.no_effect(
                &written.workers,
                "A Celery worker counts its processes by `concurrency`",
                "Write `concurrency` inside `celery`",
            );
            written
                .celery
                .get()
                .and_then(|celery| {
                    report.number(&celery.concurrency, 1..=MAX_WORKERS, |processes| {
                        format!("{processes} processes is out of range")
                    })
                })
                .unwrap_or(defaults::CELERY_CONCURRENCY)
        }
        Program::Worker { processes, .. } => {
            report.no_effect(
                &written.workers,
                "A background process starts its processes itself",
                "Write their number into its command",
            );
            processes.workers
        }
        Program::Dockerfile { .. } | Program::Image { .. } | Program::Catalog(_) => {
            report.no_effect(
                &written.workers,
                "How many processes an image starts that Plimsoll did not make is not for it to say",
                "Give the program its own setting, through `command` or `env`",
            );
            defaults::WORKERS
        }
    }
}

/// When it runs, if that is a program that may end by itself.
fn schedule(
    written: &document::Service,
    program: &Program,
    targets: &Targets,
    report: &mut Report,
) -> Option<Schedule> {
    let (text, span) = given(&written.schedule)?;
    if !program.may_end() {
        let finding = Finding::error("wrong-value", span, "What serves or waits for work runs all the time");
        report
            .add(finding.help("Remove `schedule`, or make what runs now and then a service of its own, with `worker`"));
        return None;
    }
    if targets.cluster.is_none() {
        let message = "Compose has no timetable, so the server's cron has to start it";
        let finding = Finding::info("needs-cron", span, message);
        report.add(finding.help("DEPLOY.md has the line for cron"));
    }
    match Schedule::new(text) {
        Ok(schedule) => Some(schedule),
        Err(message) => {
            let finding = Finding::error("wrong-value", span, shortened(&message))
                .help("Write minute, hour, day of the month, month and day of the week (0 to 6), such as `0 3 * * *`");
            report.add(
                finding.link("https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax"),
            );
            None
        }
    }
}

fn replicas(
    written: &document::Service,
    program: &Program,
    schedule: Option<&Schedule>,
    targets: &Targets,
    report: &mut Report,
) -> Replicas {
    let is_beat = matches!(program, Program::Celery { role: CeleryRole::Beat, .. });
    if schedule.is_some() || is_beat {
        let message = if is_beat { TWO_BEATS } else { "Each time, one container runs" };
        report.no_effect(&written.replicas, message, "Remove `replicas`");
        report.no_effect(&written.autoscale, message, "Remove `autoscale`");
        return Replicas::Fixed(1);
    }
    let fixed = report.number(&written.replicas, 0..=MAX_REPLICAS, replicas_out_of_range);
    let Some((autoscale, span)) = given(&written.autoscale) else {
        return Replicas::Fixed(fixed.unwrap_or(defaults::REPLICAS));
    };
    report.no_effect(
        &written.replicas,
        "The autoscaler sets the number of replicas",
        "Remove `replicas`, or `autoscale`",
    );
    if targets.cluster.is_none() {
        let finding = Finding::warning("no-effect", span, "Compose has no autoscaler: the fewest replicas are started");
        report.add(finding.help("Add a `cluster`, or write `replicas`"));
    }
    let min = report.number(&autoscale.min, 1..=MAX_REPLICAS, replicas_out_of_range);
    let min = min.or(fixed.filter(|fixed| *fixed > 0)).unwrap_or(defaults::REPLICAS);
    let max = match report.number(&autoscale.max, 1..=MAX_REPLICAS, replicas_out_of_range) {
        Some(max) if max < min => {
            let place = autoscale.max.span().unwrap_or(span);
            let message = format!("The most replicas ({max}) are fewer than the fewest ({min})");
            let finding = Finding::error("out-of-range", place, message);
            report.add(finding.help("Write `max` as large as `min` or larger"));
            min
        }
        Some(max) => max,
        None => {
            if autoscale.max.is_absent() {
                let help = "Add `max`, the most replicas that you want to pay for";
                report.add(
                    Finding::error("missing-value", span, "The autoscaler does not know where to stop").help(help),
                );
            }
            min
        }
    };
    Replicas::Autoscaled { min, max, cpu: autoscale.cpu.get().copied().unwrap_or(defaults::AUTOSCALE_CPU) }
}

fn replicas_out_of_range(replicas: u32) -> String {
    format!("{replicas} replicas is out of range")
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
    let help = "One replica is planned; replication is the software's own affair, or that of an operator";
    report.add(Finding::error("replicas-with-data", span, message).help(help));
    Replicas::Fixed(1)
}

fn port(
    written: &document::Service,
    program: &Program,
    schedule: Option<&Schedule>,
    report: &mut Report,
) -> Option<u16> {
    if schedule.is_some() {
        report.no_effect(&written.port, "What runs now and then serves nobody", "Remove `port`, or `schedule`");
        return None;
    }
    let given_port = report.number(&written.port, 1..=u16::MAX, |port| format!("{port} as a port is out of range"));
    match program {
        Program::Python { .. } | Program::Node { .. } | Program::Go { .. } => {
            Some(given_port.unwrap_or(defaults::WEB_PORT))
        }
        Program::Catalog(entry) => {
            let message = format!("{} listens on {}", entry.kind.title(), entry.kind.facts().port);
            report.no_effect(&written.port, &message, REMOVE_PORT);
            Some(entry.kind.facts().port)
        }
        Program::Celery { .. } => {
            report.no_effect(&written.port, "Celery listens on no port", REMOVE_PORT);
            None
        }
        Program::Worker { .. } | Program::Dockerfile { .. } | Program::Image { .. } => given_port,
    }
}

fn storage(written: &document::Service, program: &Program, report: &mut Report) -> Option<Storage> {
    let size = report.positive(&written.storage, "The disk cannot be 0");
    let path = report.text(
        &written.storage_path,
        check::is_absolute_path,
        no_absolute_path,
        "Write an absolute path, such as `/var/lib/data`, without `..`",
    );
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
                let finding = Finding::error("missing-value", span, "It is not known where the disk belongs");
                report.add(finding.help("Add `storage_path`, the folder that the process keeps its data in"));
            }
            None
        }
        (None, _) => {
            report.no_effect(&written.storage_path, "There is no disk to mount", "Add `storage`, its size");
            None
        }
    }
}

fn no_absolute_path(text: &str) -> String {
    format!("`{text}` is no absolute path")
}

fn steps(written: &document::Service, program: &Program, inside: Inside, report: &mut Report) -> Vec<Step> {
    if matches!(program, Program::Catalog(_)) {
        report.no_effect(
            &written.before_start,
            "What comes before a database or cache is its image's own affair",
            "Put the steps in the service that needs them",
        );
        return Vec::new();
    }
    let mut steps = Vec::new();
    let written = report.entries(&written.before_start, too_many_steps);
    if let Some((_, span)) = written.get(MAX_STEPS) {
        let finding = Finding::error("too-many", *span, too_many_steps(written.len(), MAX_STEPS));
        report.add(finding.help("Only the first are used; put several commands into one script"));
    }
    for (step, span) in written.into_iter().take(MAX_STEPS) {
        if step.run.is_absent() {
            let finding = Finding::error("missing-value", span, "The step does not say what to run");
            report.add(finding.help("Add `run`, such as `alembic upgrade head`"));
        }
        let Some(command) = written_command::step(&step.run, inside, report) else { continue };
        let how = step.how.get().copied();
        let runs_with_each = matches!(how, Some(How::InContainer | How::InitContainer));
        let when = match step.when.get() {
            Some(When::Once) if runs_with_each => {
                report.no_effect(
                    &step.when,
                    "It runs at every start of every replica, and not once",
                    "Leave out `how`, and a job runs it once for a release; or write `when: every-start`",
                );
                When::EveryStart
            }
            Some(when) => *when,
            None if runs_with_each => When::EveryStart,
            None => When::Once,
        };
        let how = how.unwrap_or(match when {
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

fn too_many_steps(count: usize, most: usize) -> String {
    format!("{count} steps are more than the {most} that one service can have")
}

fn pool(written: &document::Service, program: &Program, report: &mut Report) -> Option<Pool> {
    if matches!(program, Program::Catalog(_)) {
        report.no_effect(
            &written.database_pool,
            "A pool belongs to the service that connects",
            "Put it in the service that connects",
        );
        return None;
    }
    let pool = written.database_pool.get()?;
    let size = report.number(&pool.size, 1..=10_000, connections_out_of_range);
    let overflow = report.number(&pool.overflow, 0..=10_000, connections_out_of_range);
    Some(Pool { size: size.unwrap_or(defaults::POOL_SIZE), overflow: overflow.unwrap_or(defaults::POOL_OVERFLOW) })
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
    let path = written.health.get().and_then(|health| {
        report.text(
            &health.path,
            check::is_url_path,
            |text| format!("`{text}` is no path of a URL"),
            "Write the path of a URL, such as `/healthz`, without a query",
        )
    });
    let is_unknown_inside = matches!(program, Program::Dockerfile { .. } | Program::Image { .. });
    if is_unknown_inside && port.is_some() && targets.cluster.is_none() {
        report.no_effect(
            &written.health,
            "Compose asks inside the container, and what this image could ask with is not known",
            "Remove `health`, or add a `cluster`",
        );
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
        Program::Dockerfile { .. } | Program::Image { .. } => {
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
            let uid = report
                .number(&written.user, 1..=65_535, |user| format!("{user} as a user is out of range"))
                .unwrap_or(defaults::USER);
            User { uid, gid: uid }
        }
        Program::Catalog(entry) => {
            report.no_effect(&written.user, "A catalog kind runs as its image's own user", REMOVE_USER);
            entry.run_as()
        }
        _ => {
            report.no_effect(&written.user, &format!("A built image runs as user {}", defaults::USER), REMOVE_USER);
            User { uid: defaults::USER, gid: defaults::USER }
        }
    }
}

fn writable(written: &document::Service, program: &Program, report: &mut Report) -> Vec<String> {
    let mut folders: Vec<String> = match program {
        Program::Catalog(entry) => entry.kind.facts().writable.iter().map(|folder| (*folder).to_owned()).collect(),
        _ => vec![defaults::WRITABLE.to_owned()],
    };
    let too_many = |count, most| format!("{count} folders are more than the {most} that one service can have");
    for (folder, span) in report.entries(&written.writable, too_many) {
        let folder_without_end = folder.trim_end_matches('/');
        if !check::is_absolute_path(folder_without_end) {
            let finding = Finding::error("wrong-value", span, no_absolute_path(&shortened(folder)));
            report.add(finding.help("Write an absolute path, such as `/var/cache/app`, without `..`"));
        } else if !folders.iter().any(|other| other == folder_without_end) {
            folders.push(folder_without_end.to_owned());
        }
    }
    folders
}

/// What depends on the traffic and on who is public: requests in flight, and the limits that follow.
pub fn size(services: &mut [Service], written: &[Source], targets: &Targets) {
    let Some(traffic) = &targets.traffic else { return };
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
