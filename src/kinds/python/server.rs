//! The server of a Python web app.

use super::fields::{Framework, Python as Fields, WrittenServer};
use crate::finding::Finding;
use crate::input::{Report, given};
use crate::kinds::program::{Parent, ParentMemory};
use crate::model::{Measured, ProcessModel, measured};
use crate::rules;

const FASTAPI_RUN: &str = "https://fastapi.tiangolo.com/fastapi-cli/";

/// The server of a Python web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// Uvicorn, which spawns its workers: they share nothing.
    Uvicorn,
    /// `fastapi run`, which starts Uvicorn.
    FastapiRun,
    /// Gunicorn, which forks its workers.
    Gunicorn {
        /// Whether its workers are Uvicorn's, for an ASGI app.
        asgi: bool,
        /// Whether the app is loaded before the workers are forked, so that they share what they do not write to.
        preload: bool,
    },
}

impl Server {
    /// Whether a worker does nothing else while it has a request: Gunicorn's own do so
    /// (<https://docs.gunicorn.org/en/stable/design.html#sync-workers>).
    pub fn is_synchronous(self) -> bool {
        matches!(self, Self::Gunicorn { asgi: false, .. })
    }

    /// How several workers come about.
    pub fn process_model(self) -> ProcessModel {
        match self {
            Self::Uvicorn | Self::FastapiRun => ProcessModel::Spawned,
            Self::Gunicorn { preload: false, .. } => ProcessModel::ForkedBeforeLoading,
            Self::Gunicorn { preload: true, .. } => ProcessModel::ForkedAfterLoading,
        }
    }

    /// The process that watches the workers. Uvicorn's has not loaded the app, and is there from two workers on;
    /// Gunicorn's has not either, unless it preloads. That of `fastapi run` has.
    pub fn parent(self) -> Parent {
        let (from_workers, memory) = match self {
            Self::Uvicorn => (2, ParentMemory::Of(measured::UVICORN_FASTAPI.with_traffic.supervisor)),
            Self::FastapiRun => (2, ParentMemory::LikeWorker),
            Self::Gunicorn { preload: false, .. } => {
                (1, ParentMemory::Of(measured::GUNICORN_FASTAPI.with_traffic.supervisor))
            }
            Self::Gunicorn { preload: true, .. } => (1, ParentMemory::LikeWorker),
        };
        Parent { from_workers, memory }
    }

    /// Apps that were measured under this server, from a bare one to one that loads 100 MiB of data.
    pub fn measured(self) -> &'static [&'static Measured] {
        match self {
            Self::Uvicorn => &[
                &measured::UVICORN_STARLETTE,
                &measured::UVICORN_FASTAPI,
                &measured::UVICORN_FASTAPI_SQLALCHEMY,
                &measured::UVICORN_FASTAPI_PANDAS,
                &measured::UVICORN_FASTAPI_ARRAY,
                &measured::UVICORN_FASTAPI_OBJECTS,
            ],
            Self::FastapiRun => &[&measured::FASTAPI_RUN, &measured::FASTAPI_RUN_SQLALCHEMY],
            Self::Gunicorn { asgi: true, preload: false } => &[
                &measured::GUNICORN_FASTAPI,
                &measured::GUNICORN_FASTAPI_SQLALCHEMY,
                &measured::GUNICORN_FASTAPI_ARRAY,
                &measured::GUNICORN_FASTAPI_OBJECTS,
            ],
            Self::Gunicorn { asgi: true, preload: true } => &[
                &measured::GUNICORN_FASTAPI_PRELOAD,
                &measured::GUNICORN_FASTAPI_SQLALCHEMY_PRELOAD,
                &measured::GUNICORN_FASTAPI_ARRAY_PRELOAD,
                &measured::GUNICORN_FASTAPI_OBJECTS_PRELOAD,
            ],
            Self::Gunicorn { asgi: false, preload: false } => &[&measured::GUNICORN_FLASK, &measured::GUNICORN_DJANGO],
            Self::Gunicorn { asgi: false, preload: true } => {
                &[&measured::GUNICORN_FLASK_PRELOAD, &measured::GUNICORN_DJANGO_PRELOAD]
            }
        }
    }
}

/// The server that the document asks for, if it can serve the app; else the framework's usual one.
pub fn choose(fields: &Fields, framework: Framework, app: &str, report: &mut Report) -> Server {
    // Django's convention: asgi.py and wsgi.py lie side by side.
    let asgi = match framework {
        Framework::Fastapi | Framework::Starlette => true,
        Framework::Django => app.split([':', '.']).any(|part| part == "asgi"),
        Framework::Flask => false,
    };
    let preload = fields.preload.get().copied().unwrap_or(false);
    let gunicorn = Server::Gunicorn { asgi, preload };
    let usual = match framework {
        Framework::Fastapi | Framework::Starlette => Server::Uvicorn,
        Framework::Django | Framework::Flask => gunicorn,
    };
    let server = match given(&fields.server) {
        None => usual,
        Some((WrittenServer::Gunicorn, _)) => gunicorn,
        Some((WrittenServer::Uvicorn, _)) if asgi => Server::Uvicorn,
        Some((WrittenServer::Fastapi, span)) if framework == Framework::Fastapi && app.ends_with(')') => {
            let finding =
                Finding::error(&rules::wrong_value::RULE, span, "`fastapi run` calls no function that makes the app");
            report.add(finding.help("Write `uvicorn`, or name the app itself").link(FASTAPI_RUN));
            usual
        }
        Some((WrittenServer::Fastapi, _)) if framework == Framework::Fastapi => Server::FastapiRun,
        Some((WrittenServer::Fastapi, span)) => {
            let finding = Finding::error(&rules::wrong_value::RULE, span, "`fastapi run` serves FastAPI apps only");
            report.add(finding.help("Write `uvicorn` or `gunicorn`").link(FASTAPI_RUN));
            usual
        }
        Some((WrittenServer::Uvicorn, span)) => {
            let finding =
                Finding::error(&rules::wrong_value::RULE, span, "Uvicorn serves ASGI apps, and this is a WSGI app");
            let help = match framework {
                Framework::Django => "Write `gunicorn`, or `app: PROJECT.asgi:application`",
                _ => "Write `gunicorn`",
            };
            report.add(finding.help(help).link("https://asgi.readthedocs.io/en/latest/introduction.html"));
            usual
        }
    };
    if preload && !matches!(server, Server::Gunicorn { .. }) {
        let message = "Only Gunicorn loads the app before it starts its workers";
        report.no_effect(&fields.preload, message, "Write `server: gunicorn`, or remove `preload`");
    }
    server
}
