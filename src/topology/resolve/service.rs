//! One service, checked by itself; what ties it to others is `links`'.

use super::super::document::{self, How, When};
use super::super::{HealthCheck, Name, Pool, Replicas, Schedule, Service, Step, Storage, User, defaults};
use super::build::Builds;
use super::targets::Targets;
use super::{
    MAX_ENTRIES, MAX_REPLICAS, MAX_STEPS, MAX_WORKERS, Report, check, given, image, memory, shortened, variables,
};
use crate::dockerfile::USER as BUILT_USER;
use crate::finding::Finding;
use crate::input::written_command;
use crate::kinds::program::{
    Container, Data, Health, Image, Port, Profile, Program, Provenance, Role, RunsAs, Workers,
};
use crate::kinds::{Context, KINDS, Kind, PrebuiltImage, WEB_PORT};
use crate::message::message;
use crate::rules;
use crate::text::Span;
use crate::yaml::Field;

/// A service as written, with its checked name.
pub struct Source<'a> {
    pub name: Name,
    pub key_span: Span,
    pub service: &'a document::Service,
}

/// The program that a service runs, and the name of its image as written with its place; none, with a finding, where the
/// document does not say.
pub fn program<'a>(source: &Source<'a>, report: &mut Report) -> Option<(Program, Option<(&'a str, Span)>)> {
    let written = source.service;
    let kinds = written.written_kinds();
    let Some((first, _)) = kinds.first() else {
        let finding = Finding::error(
            &rules::no_kind::RULE,
            source.key_span,
            message!("`{service}` does not say what it is", service = source.name),
        );
        report.add(
            finding
                .help(format!("Give it one of: {}", KINDS.iter().map(|kind| kind.key).collect::<Vec<_>>().join(", "))),
        );
        return None;
    };
    if let Some((other, span)) = kinds.get(1) {
        let message = message!(
            "`{service}` is already `{first}`; it cannot be `{other}` too",
            service = source.name,
            first,
            other
        );
        report.add(Finding::error(&rules::two_kinds::RULE, *span, message).help("Make it a service of its own"));
    }
    let image = image::name(written, report);
    let context = Context { command: &written.command, env: &written.env };
    let program = written.program(&context, report).or_else(|| {
        let (reference, _) = image?;
        PrebuiltImage::program(reference, &context, report)
    })?;
    Some((program, image))
}

/// The service that runs `program`. Its build, if it has one, is added to `builds` for the service of that index.
pub fn resolve(
    source: &Source,
    program: Program,
    image: Option<(&str, Span)>,
    targets: &Targets,
    (builds, index): (&mut Builds, usize),
    report: &mut Report,
) -> Service {
    let written = source.service;
    let schedule = schedule(written, &program, targets, report);
    let workers = workers(written, program.workers, report);
    let replicas = replicas(written, &program.profile, schedule.as_ref(), targets, report);
    let port = port(written, &program, schedule.as_ref(), report);
    let storage = storage(written, program.data, report);
    let replicas = replicas_with_data(replicas, storage.as_ref(), &program.profile, targets, source, report);
    let before_start = steps(written, &program.profile, report);
    if let Some(listed) = program.listed_files {
        listed.check(before_start.iter().map(|step| step.command.as_slice()), report);
    }
    let memory = memory::resolve(written, &program.memory, workers, report);
    if schedule.is_some() {
        report.no_effect(
            &written.startup,
            "Nobody waits for what runs now and then to answer",
            "Remove `startup`, or `schedule`",
        );
    }
    let startup = report.up_to_an_hour(&written.startup).unwrap_or(defaults::STARTUP);
    let shutdown = report.up_to_an_hour(&written.shutdown).unwrap_or(defaults::SHUTDOWN);
    let container = Container {
        service: &source.name,
        port,
        workers,
        shutdown,
        latency: targets.traffic.as_ref().map(|traffic| traffic.latency),
        limit: memory.limit,
        has_storage: storage.is_some(),
    };
    let (env, secret_files) = variables::resolve(source, &program.profile, program.start.variables(&container), report);
    let (image, build) = match program.image {
        Image::Named(reference) => (reference, None),
        Image::Built(recipe) => {
            let build = builds.add(recipe, image, index, report);
            (image.map_or_else(String::new, |(image, _)| image.to_owned()), Some(build))
        }
    };
    let command = program.start.command(&container);
    Service {
        name: source.name.clone(),
        image,
        build,
        command,
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
        database_pool: pool(written, &program.profile, report),
        max_connections: program.max_connections,
        health: health(written, program.health, port, targets, report),
        needs: Vec::new(),
        public: None,
        outbound: written.outbound.get().copied().unwrap_or(program.profile.provenance != Provenance::Official),
        storage,
        user: user(written, program.user, targets, report),
        writable: writable(written, program.writable, report),
        kind: program.profile,
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

fn workers(written: &document::Service, workers: Workers, report: &mut Report) -> u32 {
    match workers {
        Workers::AsWritten => {
            let out_of_range = |workers: u32| message!("{workers} workers is out of range", workers);
            report.number(&written.workers, 1..=MAX_WORKERS, out_of_range).unwrap_or(defaults::WORKERS)
        }
        Workers::Fixed { count, reason, help } => {
            report.no_effect(&written.workers, reason, help);
            count
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
    if !program.may_end {
        let finding =
            Finding::error(&rules::wrong_value::RULE, span, "What serves or waits for work runs all the time");
        report
            .add(finding.help("Remove `schedule`, or make what runs now and then a service of its own, with `worker`"));
        return None;
    }
    if targets.cluster.is_none() {
        let finding = Finding::info(
            &rules::needs_cron::RULE,
            span,
            "Compose has no timetable, so the server's cron has to start it",
        );
        report.add(finding.help("DEPLOY.md has the line for cron"));
    }
    match Schedule::new(text) {
        Ok(schedule) => Some(schedule),
        Err(message) => {
            let finding = Finding::error(&rules::wrong_value::RULE, span, shortened(&message))
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
    kind: &Profile,
    schedule: Option<&Schedule>,
    targets: &Targets,
    report: &mut Report,
) -> Replicas {
    let is_scheduler = kind.role == Role::Scheduler;
    if schedule.is_some() || is_scheduler {
        let message = if is_scheduler {
            "Two of Celery beat would send every task twice"
        } else {
            "Each time, one container runs"
        };
        report.no_effect(&written.replicas, message, "Remove `replicas`");
        report.no_effect(&written.autoscale, message, "Remove `autoscale`");
        return Replicas::Fixed(1);
    }
    let fixed = report.number(&written.replicas, 0..=MAX_REPLICAS, |replicas: u32| {
        message!("{replicas} replicas is out of range", replicas)
    });
    let Some((autoscale, span)) = given(&written.autoscale) else {
        return Replicas::Fixed(fixed.unwrap_or(defaults::REPLICAS));
    };
    report.no_effect(
        &written.replicas,
        "The autoscaler sets the number of replicas",
        "Remove `replicas`, or `autoscale`",
    );
    if targets.cluster.is_none() {
        let finding = Finding::warning(
            &rules::no_effect::RULE,
            span,
            "Compose has no autoscaler: the fewest replicas are started",
        );
        report.add(finding.help("Add a `cluster`, or write `replicas`"));
    }
    let min = report.number(&autoscale.min, 1..=MAX_REPLICAS, |replicas: u32| {
        message!("{replicas} replicas is out of range", replicas)
    });
    let min = min.or(fixed.filter(|fixed| *fixed > 0)).unwrap_or(defaults::REPLICAS);
    let max = match report.number(&autoscale.max, 1..=MAX_REPLICAS, |replicas: u32| {
        message!("{replicas} replicas is out of range", replicas)
    }) {
        Some(max) if max < min => {
            let place = autoscale.max.span().unwrap_or(span);
            let finding = Finding::error(
                &rules::out_of_range::RULE,
                place,
                message!("The most replicas ({max}) are fewer than the fewest ({min})", max, min),
            );
            report.add(finding.help("Write `max` as large as `min` or larger"));
            min
        }
        Some(max) => max,
        None => {
            if autoscale.max.is_absent() {
                report.add(
                    Finding::error(&rules::missing_value::RULE, span, "The autoscaler does not know where to stop")
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
    kind: &Profile,
    targets: &Targets,
    source: &Source,
    report: &mut Report,
) -> Replicas {
    let written = source.service;
    let keeps_data = kind.role.keeps_data();
    let shares_disk = storage.is_some() && targets.server.is_some();
    if replicas.peak() <= 1 || !(keeps_data || shares_disk) {
        return replicas;
    }
    let span = written.replicas.span().or(written.autoscale.span()).unwrap_or(source.key_span);
    let message = if keeps_data {
        message!(
            "{replicas} replicas of `{service}` would know nothing of each other's data",
            replicas = replicas.peak(),
            service = source.name
        )
    } else {
        message!(
            "Compose would give all {replicas} replicas of `{service}` the same disk",
            replicas = replicas.peak(),
            service = source.name
        )
    };
    report.add(
        Finding::error(&rules::replicas_with_data::RULE, span, message)
            .help("One replica is planned; replication is the software's own affair, or that of an operator"),
    );
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
    let given_port =
        report.number(&written.port, 1..=u16::MAX, |port: u16| message!("{port} as a port is out of range", port));
    match program.port {
        Port::WebDefault => Some(given_port.unwrap_or(WEB_PORT)),
        Port::AsWritten => given_port,
        Port::Fixed(port) => {
            report.no_effect(
                &written.port,
                message!("{kind} listens on {port}", kind = program.profile.product, port),
                "Remove `port`",
            );
            Some(port)
        }
        Port::None(reason) => {
            report.no_effect(&written.port, reason, "Remove `port`");
            None
        }
    }
}

fn storage(written: &document::Service, data: Data, report: &mut Report) -> Option<Storage> {
    let size = report.positive(&written.storage, "The disk cannot be 0");
    let path = report.text(
        &written.storage_path,
        check::is_absolute_path,
        |text: &str| message!("`{text}` is no absolute path", text),
        "Write an absolute path, such as `/var/lib/data`, without `..`",
    );
    let size = size.or(data.size);
    match (size, path.or(data.path)) {
        (Some(size), Some(path)) => Some(Storage { size, path: path.trim_end_matches('/').to_owned() }),
        (Some(_), None) => {
            if let Some(span) = written.storage.span().filter(|_| written.storage_path.is_absent()) {
                let finding =
                    Finding::error(&rules::missing_value::RULE, span, "It is not known where the disk belongs");
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

fn steps(written: &document::Service, kind: &Profile, report: &mut Report) -> Vec<Step> {
    if kind.provenance == Provenance::Official {
        report.no_effect(
            &written.before_start,
            "What comes before a database or cache is its image's own affair",
            "Put the steps in the service that needs them",
        );
        return Vec::new();
    }
    let mut steps = Vec::new();
    let written = report.entries(&written.before_start, |count: usize, most: usize| {
        message!("{count} steps are more than the {most} that one service can have", count, most)
    });
    if let Some((_, span)) = written.get(MAX_STEPS) {
        let finding = Finding::error(
            &rules::too_many::RULE,
            *span,
            message!(
                "{count} steps are more than the {most} that one service can have",
                count = written.len(),
                most = MAX_STEPS
            ),
        );
        report.add(finding.help("Only the first are used; put several commands into one script"));
    }
    for (step, span) in written.into_iter().take(MAX_STEPS) {
        if step.run.is_absent() {
            let finding = Finding::error(&rules::missing_value::RULE, span, "The step does not say what to run");
            report.add(finding.help("Add `run`, such as `alembic upgrade head`"));
        }
        let Some(command) = written_command::step(&step.run, kind.absent_tools, report) else { continue };
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
            let finding =
                Finding::error(&rules::wrong_value::RULE, place, "A job runs once for a release, not at every start");
            report.add(finding.help("Write `how: init-container`, or `when: once`"));
            continue;
        }
        steps.push(Step { command, when, how });
    }
    steps
}

fn pool(written: &document::Service, kind: &Profile, report: &mut Report) -> Option<Pool> {
    if kind.provenance == Provenance::Official {
        report.no_effect(
            &written.database_pool,
            "A pool belongs to the service that connects",
            "Put it in the service that connects",
        );
        return None;
    }
    let pool = written.database_pool.get()?;
    let size = report.number(&pool.size, 1..=10_000, |connections: u32| {
        message!("{connections} connections is out of range", connections)
    });
    let overflow = report.number(&pool.overflow, 0..=10_000, |connections: u32| {
        message!("{connections} connections is out of range", connections)
    });
    Some(Pool { size: size.unwrap_or(defaults::POOL_SIZE), overflow: overflow.unwrap_or(defaults::POOL_OVERFLOW) })
}

fn health(
    written: &document::Service,
    health: Health,
    port: Option<u16>,
    targets: &Targets,
    report: &mut Report,
) -> HealthCheck {
    let can_ask_inside = match health {
        Health::Port { can_ask_inside } => can_ask_inside,
        Health::Command(command) => {
            report.no_effect(&written.health, "A catalog kind brings its own health check", "Remove `health`");
            return HealthCheck::Command(command);
        }
    };
    let path = written.health.get().and_then(|health| {
        report.text(
            &health.path,
            check::is_url_path,
            |text: &str| message!("`{text}` is no path of a URL", text),
            "Write the path of a URL, such as `/healthz`, without a query",
        )
    });
    if !can_ask_inside && port.is_some() && targets.cluster.is_none() {
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

fn user(written: &document::Service, runs_as: RunsAs, targets: &Targets, report: &mut Report) -> User {
    match runs_as {
        RunsAs::AsWritten => {
            // A cluster gives the disk to the process's group.
            if targets.server.is_some()
                && written.user.is_absent()
                && let Some((_, span)) = given(&written.storage)
            {
                let finding = Finding::warning(
                    &rules::storage_owner::RULE,
                    span,
                    message!(
                        "Docker gives a new disk to the owner of its folder in the image, and the process runs as user {user}",
                        user = defaults::USER
                    ),
                );
                report.add(finding.help("Write `user`, the number of the user that the image is made for"));
            }
            let uid = report
                .number(&written.user, 1..=65_535, |user: u32| message!("{user} as a user is out of range", user))
                .unwrap_or(defaults::USER);
            User { uid, gid: uid }
        }
        RunsAs::Image(user) => {
            report.no_effect(&written.user, "A catalog kind runs as its image's own user", "Remove `user`");
            user
        }
        RunsAs::BuiltImage => {
            report.no_effect(
                &written.user,
                message!("A built image runs as user {user}", user = defaults::USER),
                "Remove `user`",
            );
            BUILT_USER
        }
    }
}

fn writable(written: &document::Service, own: &[&str], report: &mut Report) -> Vec<String> {
    let mut folders: Vec<String> = own.iter().map(|folder| (*folder).to_owned()).collect();
    for (folder, span) in report.entries(&written.writable, |count: usize, most: usize| {
        message!("{count} folders are more than the {most} that one service can have", count, most)
    }) {
        let folder_without_end = folder.trim_end_matches('/');
        if !check::is_absolute_path(folder_without_end) {
            let finding = Finding::error(
                &rules::wrong_value::RULE,
                span,
                message!("`{folder}` is no absolute path", folder = shortened(folder)),
            );
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
            service.kind.role == Role::Web && source.service.public.is_absent()
        };
        if is_entry && service.kind.role != Role::Proxy {
            let replicas = service.replicas.peak().max(1);
            let in_flight = traffic.in_flight(replicas);
            // The others wait in the queue of the server's socket, where they take no memory of the process.
            let most = if service.kind.one_request_per_process { service.workers } else { u32::MAX };
            service.memory = service.memory.with_requests_in_flight(in_flight.min(most));
        }
    }
}
