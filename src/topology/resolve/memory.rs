//! What one container of a service is planned with: the document's figures, else those of the measured program that is
//! most like it (docs/measured-memory.md).

use super::super::document;
use super::super::{ContainerMemory, FigureSource, ProcessModel, defaults};
use super::Report;
use crate::kinds::program::MemoryModel;
use crate::model::Measured;
use crate::model::measured::Terms;
use crate::quantity::Memory;

/// The memory of one container, without requests in flight.
pub fn resolve(written: &document::Service, kind: &MemoryModel, workers: u32, report: &mut Report) -> ContainerMemory {
    let absent = document::ServiceMemory::default();
    let written = written.memory.get().unwrap_or(&absent);
    let given = report.positive(&written.process, "The memory of a process cannot be 0");
    let shared = written.shared.get().copied();
    let limit = report.positive(&written.limit, "The limit cannot be 0");
    let like = kind.measured.filter(|_| given.is_none());
    let (supervisor, process, usually_shared) = match (given, like) {
        (None, Some(like)) => {
            let terms = like.with_traffic;
            let is_watched = (1..=workers).contains(&like.supervisor_from);
            (if is_watched { terms.supervisor } else { Memory::ZERO }, terms.each, terms.shared)
        }
        (given, _) => {
            let process = given.unwrap_or_else(|| kind.process_under(limit));
            (kind.parent_of(workers, process), process, Memory::ZERO)
        }
    };
    let model = kind.model_of(workers);
    let is_measured = like.is_some() && shared.is_none();
    let copied = copied(written, model, is_measured, shared.unwrap_or(usually_shared), report);
    let memory = ContainerMemory {
        supervisor,
        shared: shared.unwrap_or(usually_shared),
        workers,
        process,
        copied,
        model,
        before_traffic: None,
        requests_in_flight: 0,
        per_request: written.per_request.get().copied().unwrap_or(kind.per_request),
        growth: written.growth.get().copied().unwrap_or_default(),
        page_cache: defaults::PAGE_CACHE,
        limit: limit.unwrap_or_default(),
        process_source: if given.is_some() { FigureSource::Given } else { FigureSource::Catalog },
        process_like: like.map(|like| like.name),
        measured_range: range(kind.alike, like).filter(|_| given.is_none()),
        limit_source: if limit.is_some() { FigureSource::Given } else { FigureSource::Derived },
    };
    let before_traffic = before_traffic(&memory, like.filter(|_| is_measured));
    ContainerMemory { before_traffic, ..memory }.with_requests_in_flight(0)
}

/// The least and the most that one process of these programs takes: without what all share, where that is counted apart.
fn range(alike: &[&Measured], planned_with: Option<&Measured>) -> Option<(Memory, Memory)> {
    let shared = |terms: Terms| if planned_with.is_some() { Memory::ZERO } else { terms.shared };
    let figures = alike.iter().map(|like| shared(like.with_traffic) + like.with_traffic.each);
    figures.clone().min().zip(figures.max())
}

/// What each worker copies of what is shared, where workers share what they do not write to.
fn copied(
    written: &document::ServiceMemory,
    model: ProcessModel,
    is_measured: bool,
    shared: Memory,
    report: &mut Report,
) -> Memory {
    let percent = written.copied.get().map_or(0, |percent| u64::from(percent.get()));
    if model == ProcessModel::ForkedAfterLoading && !is_measured {
        let bytes = u128::from(shared.bytes()) * u128::from(percent) / 100;
        return Memory::from_bytes(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
    let (message, help) = if is_measured {
        (
            "The measured figures are those after traffic, and have what is copied in them",
            "Write `shared` too, or remove it",
        )
    } else {
        (
            "These processes load the app each for themselves: there is nothing to copy",
            "Remove `copied`, or let Gunicorn `preload` the app",
        )
    };
    report.no_effect(&written.copied, message, help);
    Memory::ZERO
}

/// What is taken at rest before the first request: as measured, or without the copies that the document reckons with.
fn before_traffic(memory: &ContainerMemory, like: Option<&Measured>) -> Option<Memory> {
    if memory.copied > Memory::ZERO {
        return Some(memory.idle() - memory.copies());
    }
    let terms = like?.at_start;
    let supervisor = if memory.supervisor > Memory::ZERO { terms.supervisor } else { Memory::ZERO };
    Some(supervisor + terms.shared + terms.each.saturating_mul(memory.workers.into()) + memory.page_cache)
}

#[cfg(test)]
mod tests {
    use crate::quantity::Memory;
    use crate::topology::{ContainerMemory, ProcessModel, measured};

    fn memory(service: &str) -> ContainerMemory {
        let text = format!("services:\n  app: {{ {service} }}\n");
        crate::analyze(&text).outputs.unwrap().topology.services[0].memory
    }

    #[test]
    fn a_document_without_figures_is_planned_with_measured_ones() {
        for (service, like) in [
            ("python: {}, workers: 4", measured::UVICORN_FASTAPI_SQLALCHEMY),
            ("python: { server: fastapi }, workers: 4", measured::FASTAPI_RUN_SQLALCHEMY),
            ("python: { server: gunicorn, preload: true }, workers: 4", measured::GUNICORN_FASTAPI_SQLALCHEMY_PRELOAD),
            ("python: { framework: flask }, workers: 4", measured::GUNICORN_FLASK),
            ("celery: { concurrency: 4 }", measured::CELERY_SQLALCHEMY),
        ] {
            let memory = memory(service);
            let terms = like.with_traffic;
            assert_eq!(memory.process_like, Some(like.name), "{service}");
            assert_eq!(
                memory.idle() - memory.page_cache,
                terms.supervisor + terms.shared + terms.each.saturating_mul(4)
            );
        }
    }

    #[test]
    fn uvicorn_has_a_supervisor_from_two_workers_on_and_it_has_not_loaded_the_app() {
        let supervisor =
            |workers: u32| memory(&format!("python: {{}}, workers: {workers}, memory: {{ process: 1Gi }}")).supervisor;
        assert_eq!(supervisor(1), Memory::ZERO);
        assert_eq!(supervisor(2), measured::UVICORN_FASTAPI.with_traffic.supervisor);
    }

    #[test]
    fn what_loads_the_app_before_it_forks_takes_as_much_as_a_worker() {
        for service in ["python: { server: gunicorn, preload: true }", "celery: {}"] {
            let memory = memory(&format!("{service}, memory: {{ process: 300Mi, shared: 100Mi }}"));
            assert_eq!((memory.supervisor, memory.shared), (Memory::from_mib(300), Memory::from_mib(100)), "{service}");
        }
    }

    #[test]
    fn workers_that_are_forked_after_loading_copy_what_they_write_to() {
        let preload = "python: { server: gunicorn, preload: true }, workers: 4";
        let copied = memory(&format!("{preload}, memory: {{ process: 10Mi, shared: 100Mi, copied: 20% }}"));
        let mib = Memory::from_mib;
        assert_eq!((copied.model, copied.copied), (ProcessModel::ForkedAfterLoading, mib(20)));
        // The parent as a worker, what is shared, four workers with their copies, and the page cache.
        assert_eq!(copied.idle(), mib(10 + 100 + 4 * (10 + 20) + 8));
        assert_eq!(copied.before_traffic, Some(mib(10 + 100 + 4 * 10 + 8)));
        // Measured figures have both, and those of one's own without copies are what they are.
        let measured = memory(preload);
        assert!(measured.before_traffic.unwrap() < measured.idle(), "{measured:?}");
        assert_eq!(memory(&format!("{preload}, memory: {{ process: 10Mi }}")).before_traffic, None);
    }

    #[test]
    fn copies_are_told_to_have_no_effect_where_nothing_is_shared_or_all_was_measured() {
        for (service, told) in [
            ("python: {}, workers: 4, memory: { process: 10Mi, copied: 20% }", "These processes load the app each"),
            ("python: { server: gunicorn, preload: true }, memory: { copied: 20% }", "The measured figures are"),
        ] {
            let analysis = crate::analyze(&format!("services: {{ a: {{ {service} }} }}\n"));
            let finding = analysis.findings.iter().find(|finding| finding.rule.id == "no-effect").unwrap();
            assert!(finding.message.starts_with(told), "{}", finding.message);
            assert_eq!(analysis.outputs.unwrap().topology.services[0].memory.copied, Memory::ZERO, "{service}");
        }
    }

    #[test]
    fn processes_come_about_as_their_server_makes_them() {
        for (service, model) in [
            ("python: {}", ProcessModel::Single),
            ("python: {}, workers: 2", ProcessModel::Spawned),
            ("python: { framework: flask }, workers: 2", ProcessModel::ForkedBeforeLoading),
            ("celery: {}", ProcessModel::ForkedAfterLoading),
            ("python: { worker: 'celery -A a worker --concurrency 2' }", ProcessModel::ForkedAfterLoading),
            ("python: { worker: 'dramatiq a --processes 2' }", ProcessModel::ForkedBeforeLoading),
            ("postgres: {}", ProcessModel::Single),
        ] {
            assert_eq!(memory(service).model, model, "{service}");
        }
    }
}
