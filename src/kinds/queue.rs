//! Background processes that take their work from a queue, known by the first words of their commands.
//!
//! | command | processes | beside them | told to stop |
//! |---|---|---|---|
//! | [`celery -A APP worker`] | `--concurrency`, by default one for each of the machine's processors | a parent that has loaded the app | ends its tasks |
//! | [`dramatiq MODULE`] | `--processes`, by default one for each of the machine's processors | a small parent | ends its messages |
//! | [`rq worker`], `rq worker-pool` | one, or `--num-workers` | a parent each, which forks for every job | ends its job |
//! | [`arq SETTINGS`] | one | nothing | stops, and does its jobs again later |
//!
//! None of them gets a health check. Celery's ping and ARQ's `--check` start another Python that imports the whole app,
//! seconds of a processor and a process's memory each time (<https://github.com/celery/celery/issues/4079>); both ask
//! by the broker, which no restart of a worker mends; and ARQ's answer is by default up to an hour old, and another
//! worker's (<https://arq-docs.helpmanual.io/#health-checks>). A worker that ends is started again without any.
//!
//! [`celery -A APP worker`]: https://docs.celeryq.dev/en/stable/reference/cli.html#celery-worker
//! [`dramatiq MODULE`]: https://dramatiq.io/guide.html#workers
//! [`rq worker`]: https://python-rq.org/docs/workers/
//! [`arq SETTINGS`]: https://arq-docs.helpmanual.io/

use super::CELERY_CONCURRENCY;
use super::program::{Parent, ParentMemory};
use crate::finding::Finding;
use crate::input::written_command::{self, AbsentTools, program, written};
use crate::input::{MAX_WORKERS, Report};
use crate::model::{Memory, ProcessModel};
use crate::rules;
use crate::text::Span;
use crate::yaml::Field;

const DRAMATIQ: &str = "https://dramatiq.io/guide.html#workers";

/// The parent of a Dramatiq worker's processes, which loads nothing of the app: 18 MiB with Dramatiq 2.2.
const DRAMATIQ_PARENT: Memory = Memory::from_mib(20);
/// An RQ worker, which forks for every job and loads the app there: 36 MiB with RQ 3.0.
const RQ_PARENT: Memory = Memory::from_mib(36);

/// A background process, with the processes that its command starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worker {
    /// The command in exec form.
    pub command: Vec<String>,
    /// The processes that it starts.
    pub processes: Processes,
}

/// The processes that a command starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processes {
    /// Those that work.
    pub workers: u32,
    /// The process that starts and watches them.
    pub parent: Option<Parent>,
    /// How several come about.
    pub model: ProcessModel,
}

impl Worker {
    /// A command whose one process does all the work itself.
    pub fn alone(command: Vec<String>) -> Self {
        Self { command, processes: Processes::ONE }
    }
}

impl Processes {
    /// One process that does all itself.
    pub const ONE: Self = Self { workers: 1, parent: None, model: ProcessModel::ForkedBeforeLoading };

    /// Workers forked from a process that has loaded the app as they have.
    fn forked_after_loading(workers: u32) -> Self {
        let parent = Some(Parent { from_workers: 1, memory: ParentMemory::LikeWorker });
        Self { workers, parent, model: ProcessModel::ForkedAfterLoading }
    }

    /// Workers beside processes that take this much in all.
    fn beside(workers: u32, parents: Memory) -> Self {
        let parent = Some(Parent { from_workers: 1, memory: ParentMemory::Of(parents) });
        Self { workers, parent, model: ProcessModel::ForkedBeforeLoading }
    }
}

/// The background process that the field `worker` names, in an image without `absent_tools`.
pub fn worker(field: &Field<String>, absent_tools: AbsentTools, report: &mut Report) -> Option<Worker> {
    let command = written_command::main_process(field, absent_tools, report)?;
    let processes = processes(&command, field.span().unwrap_or_default(), report);
    Some(Worker { command, processes })
}

/// The processes that `command`, written at `span`, starts; a finding where it leaves their number to the machine.
fn processes(command: &[String], span: Span, report: &mut Report) -> Processes {
    let (name, rest) = program(command);
    match (name, rest.first().map(String::as_str)) {
        ("celery", _) if rest.iter().any(|word| word == "worker") => celery(command, rest, span, report),
        ("celery", _) if rest.iter().any(|word| word == "beat") => {
            let finding = Finding::warning(&rules::celery_beat::RULE, span, crate::kinds::celery::TWO_BEATS);
            report.add(
                finding
                    .help(
                        "Write `celery: { app: …, role: beat }` instead of `python`: then there is never more than one, and \
                         its timetable's state has a folder to be written to",
                    )
                    .cite(),
            );
            Processes::ONE
        }
        ("dramatiq", _) => {
            let workers = number(option(rest, "-p", "--processes"));
            if workers.is_none() {
                let finding = counted(
                    "Dramatiq would start a process for each of the machine's processors",
                    "--processes",
                    command,
                    span,
                );
                report.add(finding.link(DRAMATIQ));
            }
            let workers = workers.unwrap_or(CELERY_CONCURRENCY);
            Processes::beside(workers, DRAMATIQ_PARENT)
        }
        ("rq", Some("worker")) => Processes::beside(1, RQ_PARENT),
        ("rq", Some("worker-pool")) => {
            let workers = number(option(rest, "-n", "--num-workers")).unwrap_or(1);
            let parents = u64::from(workers) + 1;
            Processes::beside(workers, RQ_PARENT.saturating_mul(parents))
        }
        _ => Processes::ONE,
    }
}

fn celery(command: &[String], rest: &[String], span: Span, report: &mut Report) -> Processes {
    // Threads and coroutines share one process.
    if option(rest, "-P", "--pool").is_some_and(|pool| pool != "prefork") {
        return Processes::ONE;
    }
    let most = option(rest, "", "--autoscale").and_then(|range| range.split(',').next());
    let workers = number(most.or(option(rest, "-c", "--concurrency")));
    if workers.is_none() {
        let finding = counted(
            "Unless its settings say otherwise, Celery would start a process for each of the machine's processors",
            "--concurrency",
            command,
            span,
        );
        report.add(finding.cite());
    }
    Processes::forked_after_loading(workers.unwrap_or(CELERY_CONCURRENCY))
}

/// Says that a number of processes should be written out, with the command that does.
fn counted(message: &str, option: &str, command: &[String], span: Span) -> Finding {
    let number = CELERY_CONCURRENCY.to_string();
    let finding = Finding::warning(&rules::processes_of_the_machine::RULE, span, message);
    let finding =
        finding.help(format!("Write `{option} {number}`, which is what the memory is planned for, or another number"));
    match written(&[command, &[option.to_owned(), number.clone()]].concat()) {
        Some(text) => finding.replace_by(format!("Add `{option} {number}`"), text),
        None => finding,
    }
}

/// The value of an option: `-c 4`, `-c4`, `--concurrency 4` or `--concurrency=4`.
fn option<'a>(words: &'a [String], short: &str, long: &str) -> Option<&'a str> {
    let mut words = words.iter().map(String::as_str);
    while let Some(word) = words.next() {
        if word == long || !short.is_empty() && word == short {
            return words.next();
        }
        if let Some(value) = word.strip_prefix(long).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value);
        }
        if !short.is_empty()
            && !word.starts_with("--")
            && let Some(value) = word.strip_prefix(short)
        {
            return Some(value);
        }
    }
    None
}

fn number(value: Option<&str>) -> Option<u32> {
    value?.parse().ok().filter(|number| (1..=MAX_WORKERS).contains(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(command: &str) -> (Processes, Vec<Finding>) {
        let mut report = Report::default();
        let words = written_command::split(command).unwrap();
        (processes(&words, Span::default(), &mut report), report.findings.into_vec())
    }

    #[test]
    fn the_processes_are_counted_as_the_command_says() {
        let rq = |parents: u64| Some(ParentMemory::Of(RQ_PARENT.saturating_mul(parents)));
        for (command, workers, parent) in [
            ("celery -A app worker --concurrency 4", 4, Some(ParentMemory::LikeWorker)),
            ("celery -A app worker -c4 --loglevel INFO", 4, Some(ParentMemory::LikeWorker)),
            ("python -m celery --app=app worker --concurrency=3", 3, Some(ParentMemory::LikeWorker)),
            ("celery -A app worker --autoscale=10,2", 10, Some(ParentMemory::LikeWorker)),
            ("celery -A app worker --pool threads", 1, None),
            ("dramatiq app.tasks -p 3 -t 8", 3, Some(ParentMemory::Of(DRAMATIQ_PARENT))),
            ("rq worker high low", 1, rq(1)),
            ("rq worker-pool -n 3", 3, rq(4)),
            ("arq app.worker.Settings", 1, None),
            ("python worker.py -c 9", 1, None),
        ] {
            let (processes, findings) = said(command);
            let found = (processes.workers, processes.parent.map(|parent| parent.memory), findings.len());
            assert_eq!(found, (workers, parent, 0), "{command}: {findings:?}");
        }
    }

    #[test]
    fn a_number_that_is_left_to_the_machine_is_offered() {
        for (command, fixed) in [
            ("celery -A app worker", "celery -A app worker --concurrency 2"),
            ("celery -A app worker -c auto", "celery -A app worker -c auto --concurrency 2"),
            ("dramatiq 'my app'", "dramatiq 'my app' --processes 2"),
        ] {
            let (processes, findings) = said(command);
            assert_eq!(processes.workers, 2, "{command}");
            let [finding] = findings.as_slice() else { panic!("{command}: {findings:?}") };
            assert_eq!(finding.rule.id, "processes-of-the-machine");
            assert_eq!(finding.fix.as_ref().unwrap().edits[0].text, format!("\"{fixed}\""));
        }
    }

    #[test]
    fn beat_is_no_worker() {
        assert_eq!(said("celery -A app beat").1[0].rule.id, "celery-beat");
    }
}
