//! The command of a Python web app, with every count written out.
//!
//! Counts are explicit: a server would otherwise count the machine's processors, not the container's
//! (<https://github.com/tiangolo/uvicorn-gunicorn-docker/issues/43>).

use super::server::Server;
use crate::kinds::program::Container;
use crate::kinds::store::words;
use crate::kinds::{WEB_PORT, graceful_seconds};
use crate::model::Duration;

/// The command. Requests get as long to end as the app takes to shut down.
pub fn of(server: Server, app: &str, container: &Container) -> Vec<String> {
    let port = container.port.unwrap_or(WEB_PORT);
    let graceful = graceful_seconds(container.shutdown).to_string();
    let bind = format!("0.0.0.0:{port}");
    let (port, workers) = (port.to_string(), container.workers.to_string());
    match server {
        Server::Uvicorn => {
            let object = app.strip_suffix("()");
            let mut command = words(&["uvicorn", object.unwrap_or(app), "--host", "0.0.0.0", "--port", &port]);
            command.extend(words(&["--workers", &workers]));
            // Without an end, an open WebSocket would keep the shutdown of the app from ever running.
            command.extend(words(&["--timeout-graceful-shutdown", &graceful]));
            if object.is_some() {
                command.push("--factory".to_owned());
            }
            command
        }
        Server::FastapiRun => {
            let (file, object) = fastapi_file(app);
            let mut command = words(&["fastapi", "run", &file, "--port", &port, "--workers", &workers]);
            if object != "app" {
                command.extend(words(&["--app", object]));
            }
            command
        }
        Server::Gunicorn { asgi, preload } => {
            let mut command = words(&["gunicorn", app, "--bind", &bind, "--workers", &workers]);
            if asgi {
                command.extend(words(&["--worker-class", "uvicorn_worker.UvicornWorker"]));
            }
            if preload {
                command.push("--preload".to_owned());
            }
            // Workers prove by a file that they are alive: on a disk that is busy, a good one would be killed
            // (https://gunicorn.org/faq).
            command.extend(words(&["--worker-tmp-dir", "/dev/shm", "--graceful-timeout", &graceful]));
            if let Some(seconds) = worker_timeout(server, container) {
                command.extend(words(&["--timeout", &seconds.to_string()]));
            }
            command
        }
    }
}

/// The seconds after which Gunicorn kills a worker that has one request, where its usual 30 are too few: the longest request
/// of the document and some more, since a request that waits for a database is not the worker's fault
/// (<https://docs.gunicorn.org/en/stable/settings.html#timeout>). Uvicorn's workers prove that they are alive meanwhile.
fn worker_timeout(server: Server, container: &Container) -> Option<u32> {
    const USUAL: u32 = 30;
    const MARGIN: u32 = 10;
    let latency = container.latency.map_or(0, Duration::whole_seconds);
    let longest = container.shutdown.whole_seconds().max(latency);
    let seconds = longest.saturating_add(MARGIN);
    (server.is_synchronous() && seconds > USUAL).then_some(seconds)
}

/// The file and the object that `fastapi run` takes (<https://fastapi.tiangolo.com/fastapi-cli/>).
fn fastapi_file(app: &str) -> (String, &str) {
    let (module, object) = app.split_once(':').unwrap_or((app, "app"));
    (format!("{}.py", module.replace('.', "/")), object)
}
