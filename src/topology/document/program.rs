//! What a service is: a program built from code, or a well-known one from its official image.

use crate::yaml::Field;
use serde::Deserialize;

/// A Python program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Python {
    /// The web framework. Default: `fastapi`.
    pub framework: Field<Framework>,
    /// The application object of a web app, such as `app.main:app`. Default: `main:app`; for Django see its `wsgi.py`.
    pub app: Field<String>,
    /// What serves a web app. Default: `uvicorn` for FastAPI and Starlette, `gunicorn` for Django and Flask.
    pub server: Field<PythonServer>,
    /// Whether Gunicorn loads the app before it forks its workers, which then share the memory that nobody writes to.
    /// Default: false.
    pub preload: Field<bool>,
    /// The command of a background process, instead of `app`: `arq app.worker.Settings`, or `python report.py`.
    pub worker: Field<String>,
    /// The version of Python. Default: `3.14`.
    pub version: Field<String>,
    /// What installs the packages. Default: `uv`.
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file. Default: `.`
    pub source: Field<String>,
    /// The files and folders of the code that the image gets, relative to `source`; a single-file app needs just
    /// `[main.py]`. Default: everything that `.dockerignore` lets through.
    pub files: Field<Vec<Field<String>>>,
}

/// A Celery worker, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Celery {
    /// The module of the Celery application, such as `app.tasks`. Default: `app`.
    pub app: Field<String>,
    /// What it does: `worker` runs tasks, `beat` sends the tasks of a timetable, and there is one of it. Default:
    /// `worker`.
    pub role: Field<CeleryRole>,
    /// Processes that run tasks, 1 to 256. Default: 2. Left to Celery it would be the machine's processors, not the container's.
    pub concurrency: Field<u32>,
    /// The version of Python. Default: `3.14`.
    pub version: Field<String>,
    /// What installs the packages. Default: `uv`.
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file. Default: `.`
    pub source: Field<String>,
    /// The files and folders of the code that the image gets, relative to `source`; a single-file app needs just
    /// `[main.py]`. Default: everything that `.dockerignore` lets through.
    pub files: Field<Vec<Field<String>>>,
}

/// A Python web framework.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Framework {
    /// FastAPI, served by Uvicorn.
    Fastapi,
    /// Starlette, served by Uvicorn.
    Starlette,
    /// Django, served by Gunicorn.
    Django,
    /// Flask, served by Gunicorn.
    Flask,
}

/// What installs Python packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Packages {
    /// uv, from `pyproject.toml` and `uv.lock`.
    Uv,
    /// pip, from `requirements.txt`.
    Pip,
    /// Poetry, from `pyproject.toml` and `poetry.lock`.
    Poetry,
}

/// A database from its official image.
#[expect(clippy::struct_field_names, reason = "the database inside the database server is called just that")]
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Database {
    /// The version: the image's tag.
    pub version: Field<String>,
    /// The database that is made at the first start. Default: `app`.
    pub database: Field<String>,
    /// Its owner. Default: `app`.
    pub user: Field<String>,
    /// How many connections it accepts at once, 1 to 100000. Default: the server's own.
    pub max_connections: Field<u32>,
}

/// A well-known service from its official image.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Catalog {
    /// The version: the image's tag.
    pub version: Field<String>,
}

/// What serves a Python web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum PythonServer {
    /// Uvicorn.
    Uvicorn,
    /// `fastapi run`, which is Uvicorn with FastAPI's settings; for FastAPI.
    Fastapi,
    /// Gunicorn; with Uvicorn's workers where the app is ASGI.
    Gunicorn,
}

/// What a Celery process does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum CeleryRole {
    /// Runs tasks.
    Worker,
    /// Sends the tasks of a timetable when it is time.
    Beat,
}

/// A Node.js program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Node {
    /// The file that serves a web app, relative to `source`, such as `dist/server.js`. Default: `server.js`.
    pub app: Field<String>,
    /// The command of a background process, instead of `app`: `node dist/worker.js`.
    pub worker: Field<String>,
    /// The version of Node.js. Default: `24`.
    pub version: Field<String>,
    /// What installs the packages. Default: `npm`.
    pub packages: Field<NodePackages>,
    /// The script of `package.json` that builds the program, such as `build`. Default: none.
    pub build: Field<String>,
    /// The folder of the code, relative to the Compose file. Default: `.`
    pub source: Field<String>,
}

/// What installs the packages of Node.js.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum NodePackages {
    /// npm, from `package-lock.json`.
    Npm,
    /// pnpm, from `pnpm-lock.yaml`.
    Pnpm,
    /// Yarn, from `yarn.lock`.
    Yarn,
}

/// A Go program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Go {
    /// The package of a web app, relative to `source`, such as `./cmd/api`. Default: `.`
    pub app: Field<String>,
    /// The package of a background process, instead of `app`: `./cmd/worker`.
    pub worker: Field<String>,
    /// The version of Go. Default: `1.26`.
    pub version: Field<String>,
    /// The folder of the code, with `go.mod`, relative to the Compose file. Default: `.`
    pub source: Field<String>,
}

/// An image that is built by a Dockerfile of your own.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Dockerfile {
    /// The Dockerfile, relative to `source`. Default: `Dockerfile`.
    pub path: Field<String>,
    /// The stage to build. Default: the last.
    pub target: Field<String>,
    /// The folder that is the build's context, relative to the Compose file. Default: `.`
    pub source: Field<String>,
}
