//! The fields of a Python program, as written.

use crate::yaml::Field;
use serde::Deserialize;

/// A Python program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct Python {
    /// The web framework.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "fastapi")))]
    pub framework: Field<Framework>,
    /// The application object of a web app, such as `app.main:app`; for Django see its `wsgi.py`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "main:app")))]
    pub app: Field<String>,
    /// What serves a web app. Default: `uvicorn` for FastAPI and Starlette, `gunicorn` for Django and Flask.
    pub server: Field<WrittenServer>,
    /// Whether Gunicorn loads the app before it forks its workers, which then share all memory that nobody writes to.
    #[cfg_attr(feature = "schema", schemars(extend("default" = false)))]
    pub preload: Field<bool>,
    /// The command of a background process, instead of `app`: `arq app.worker.Settings`, or `python report.py`.
    pub worker: Field<String>,
    /// The version of Python.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "3.14")))]
    pub version: Field<String>,
    /// The tool that installs the packages.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "uv")))]
    pub packages: Field<Packages>,
    /// The folder of the code, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
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

/// What serves a Python web app.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "PythonServer"))]
pub enum WrittenServer {
    /// Uvicorn.
    Uvicorn,
    /// `fastapi run`, which is Uvicorn with FastAPI's settings; for FastAPI.
    Fastapi,
    /// Gunicorn; with Uvicorn's workers where the app is ASGI.
    Gunicorn,
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
