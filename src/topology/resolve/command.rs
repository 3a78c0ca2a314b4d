//! The commands of built services, in exec form, with every count written out.
//!
//! Counts are explicit, since what a server takes from the machine's processors is the machine's and not the
//! container's: <https://github.com/tiangolo/uvicorn-gunicorn-docker/issues/43>.

use super::super::Framework;

/// The command of a web app.
pub fn web(framework: Framework, app: &str, port: u16, workers: u32) -> Vec<String> {
    let (port, workers) = (port.to_string(), workers.to_string());
    let asgi = app.split([':', '.']).any(|part| part == "asgi");
    let command: Vec<&str> = match framework {
        Framework::Fastapi | Framework::Starlette => {
            vec!["uvicorn", app, "--host", "0.0.0.0", "--port", &port, "--workers", &workers]
        }
        Framework::Django | Framework::Flask => {
            let bind = format!("0.0.0.0:{port}");
            let mut command = vec!["gunicorn", app, "--bind", &bind, "--workers", &workers];
            if asgi {
                command.extend(["--worker-class", "uvicorn_worker.UvicornWorker"]);
            }
            return command.into_iter().map(str::to_owned).collect();
        }
    };
    command.into_iter().map(str::to_owned).collect()
}

/// The command of a Celery worker.
pub fn celery(app: &str, concurrency: u32) -> Vec<String> {
    let concurrency = concurrency.to_string();
    ["celery", "-A", app, "worker", "--concurrency", &concurrency, "--loglevel", "INFO"].map(str::to_owned).to_vec()
}

/// Splits a command like a POSIX shell; nothing where a quote stays open or no word is left.
pub fn split(text: &str) -> Option<Vec<String>> {
    shlex::split(text).filter(|words| !words.is_empty() && !text.contains('\0'))
}
