//! The commands of built services, in exec form, with every count written out.
//!
//! Counts are explicit, since what a server takes from the machine's processors is the machine's and not the
//! container's: <https://github.com/tiangolo/uvicorn-gunicorn-docker/issues/43>.

use super::super::{CeleryRole, Duration, PythonServer, go_program, lifetime};

/// The command of a Python web app. Requests get as long to end as it takes it to shut down.
pub fn python(server: PythonServer, app: &str, port: u16, workers: u32, shutdown: Duration) -> Vec<String> {
    let graceful = lifetime::graceful_seconds(shutdown).to_string();
    let bind = format!("0.0.0.0:{port}");
    let (port, workers) = (port.to_string(), workers.to_string());
    match server {
        PythonServer::Uvicorn => {
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
        PythonServer::FastapiRun => {
            let (file, object) = fastapi_file(app);
            let mut command = words(&["fastapi", "run", &file, "--port", &port, "--workers", &workers]);
            if object != "app" {
                command.extend(words(&["--app", object]));
            }
            command
        }
        PythonServer::Gunicorn { asgi, preload } => {
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
            command
        }
    }
}

/// `fastapi run` takes the module's file, and the object's name beside it
/// (<https://fastapi.tiangolo.com/fastapi-cli/>).
fn fastapi_file(app: &str) -> (String, &str) {
    let (module, object) = app.split_once(':').unwrap_or((app, "app"));
    (format!("{}.py", module.replace('.', "/")), object)
}

/// The command of a Node.js web app.
pub fn node(file: &str) -> Vec<String> {
    words(&["node", file])
}

/// The command of a Go program, by its package.
pub fn go(package: &str) -> Vec<String> {
    vec![format!("/usr/local/bin/{}", go_program(package))]
}

/// The command of a Celery process.
pub fn celery(app: &str, role: CeleryRole, concurrency: u32) -> Vec<String> {
    match role {
        CeleryRole::Worker => {
            let concurrency = concurrency.to_string();
            words(&["celery", "-A", app, "worker", "--concurrency", &concurrency, "--loglevel", "INFO"])
        }
        // When it last sent each task stands in files, and the rest of the file system is read-only.
        CeleryRole::Beat => {
            words(&["celery", "-A", app, "beat", "--schedule", "/tmp/celerybeat-schedule", "--loglevel", "INFO"])
        }
    }
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

/// Splits a command like a POSIX shell; nothing where a quote stays open or no word is left.
pub fn split(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty() && !text.contains('\0'))
}
