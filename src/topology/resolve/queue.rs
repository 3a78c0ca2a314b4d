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

use super::super::defaults;
use super::written_command::{program, written};
use super::{MAX_WORKERS, Report};
use crate::finding::Finding;
use crate::quantity::Memory;
use crate::text::Span;

const CELERY: &str = "https://docs.celeryq.dev/en/stable/userguide/workers.html#concurrency";
const BEAT: &str = "https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler";
const DRAMATIQ: &str = "https://dramatiq.io/guide.html#workers";

/// The rule that Celery beat runs once, whether it is a service of its own or the command of a worker.
pub const TWO_BEATS: &str = "Two of Celery beat would send every task twice";

/// The processes that a command starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Processes {
    /// Those that work.
    pub workers: u32,
    /// What starts and watches them.
    pub parent: Parent,
}

/// What starts and watches the processes that work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parent {
    /// Nothing.
    None,
    /// A process that has loaded the app as they have.
    LikeThem,
    /// Processes of this much memory in all.
    Of(Memory),
}

impl Processes {
    /// One process that does all itself.
    pub const ONE: Self = Self { workers: 1, parent: Parent::None };
}

/// The processes that `command`, written at `span`, starts; a finding where it leaves their number to the machine.
pub fn processes(command: &[String], span: Span, report: &mut Report) -> Processes {
    let (name, rest) = program(command);
    match (name, rest.first().map(String::as_str)) {
        ("celery", _) if rest.iter().any(|word| word == "worker") => celery(command, rest, span, report),
        ("celery", _) if rest.iter().any(|word| word == "beat") => {
            let finding = Finding::warning("celery-beat", span, TWO_BEATS);
            report.add(
                finding
                    .help(
                        "Write `celery: { app: …, role: beat }` instead of `python`: then there is never more than \
                         one, and its timetable's state has a folder to be written to",
                    )
                    .link(BEAT),
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
            let workers = workers.unwrap_or(defaults::CELERY_CONCURRENCY);
            Processes { workers, parent: Parent::Of(defaults::DRAMATIQ_PARENT) }
        }
        ("rq", Some("worker")) => Processes { workers: 1, parent: Parent::Of(defaults::RQ_PARENT) },
        ("rq", Some("worker-pool")) => {
            let workers = number(option(rest, "-n", "--num-workers")).unwrap_or(1);
            let parents = u64::from(workers) + 1;
            Processes { workers, parent: Parent::Of(defaults::RQ_PARENT.saturating_mul(parents)) }
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
        report.add(finding.link(CELERY));
    }
    Processes { workers: workers.unwrap_or(defaults::CELERY_CONCURRENCY), parent: Parent::LikeThem }
}

/// Says that a number of processes should be written out, with the command that does.
fn counted(message: &str, option: &str, command: &[String], span: Span) -> Finding {
    let number = defaults::CELERY_CONCURRENCY.to_string();
    let finding = Finding::warning("processes-of-the-machine", span, message);
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
        let words = super::super::command::split(command).unwrap();
        (processes(&words, Span::default(), &mut report), report.findings.into_vec())
    }

    #[test]
    fn the_processes_are_counted_as_the_command_says() {
        let rq = |parents: u64| Parent::Of(defaults::RQ_PARENT.saturating_mul(parents));
        for (command, workers, parent) in [
            ("celery -A app worker --concurrency 4", 4, Parent::LikeThem),
            ("celery -A app worker -c4 --loglevel INFO", 4, Parent::LikeThem),
            ("python -m celery --app=app worker --concurrency=3", 3, Parent::LikeThem),
            ("celery -A app worker --autoscale=10,2", 10, Parent::LikeThem),
            ("celery -A app worker --pool threads", 1, Parent::None),
            ("dramatiq app.tasks -p 3 -t 8", 3, Parent::Of(defaults::DRAMATIQ_PARENT)),
            ("rq worker high low", 1, rq(1)),
            ("rq worker-pool -n 3", 3, rq(4)),
            ("arq app.worker.Settings", 1, Parent::None),
            ("python worker.py -c 9", 1, Parent::None),
        ] {
            let (processes, findings) = said(command);
            assert_eq!((processes, findings.len()), (Processes { workers, parent }, 0), "{command}: {findings:?}");
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
            assert_eq!(finding.rule, "processes-of-the-machine");
            assert_eq!(finding.fix.as_ref().unwrap().edits[0].text, format!("\"{fixed}\""));
        }
    }

    #[test]
    fn beat_is_no_worker() {
        assert_eq!(said("celery -A app beat").1[0].rule, "celery-beat");
    }
}
