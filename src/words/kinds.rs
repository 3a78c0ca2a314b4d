//! What kinds of services are called. Products have the names that their makers gave them, in every language.

// Where one is chosen.
pub const CELERY_WORKER: &str = "Celery worker";
pub const OWN_DOCKERFILE: &str = "Your own Dockerfile";
pub const PREBUILT_IMAGE: &str = "A prebuilt image";

// In the picture.
pub const CELERY_BEAT: &str = "Celery beat";

pub fn worker_in(language: &str) -> String {
    format!("{language} worker")
}

/// Of a worker that runs now and then.
pub fn job_in(language: &str) -> String {
    format!("{language} job")
}
