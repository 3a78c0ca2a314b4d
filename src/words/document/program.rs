//! What is said of what a service is, and of how its image is built.

use crate::topology::Name;

// What it is.
pub const NO_KIND_HELP: &str = "Give it one of: python, celery, node, go, dockerfile, image, postgres, mysql, mariadb, \
                                mongodb, redis, valkey, rabbitmq, memcached, nginx";
pub const TWO_KINDS_HELP: &str = "Make it a service of its own";
pub const COMMAND_OF_CODE: &str = "What is built from code says its command itself";
pub const COMMAND_OF_CODE_HELP: &str = "Write it as `worker`, or remove it";
pub const COMMAND_OF_CATALOG_KIND: &str = "A catalog kind brings its own command";
pub const COMMAND_OF_CATALOG_KIND_HELP: &str = "Use `image` to say another";

pub fn no_kind(service: &Name) -> String {
    format!("`{service}` does not say what it is")
}

pub fn two_kinds(service: &Name, kind: &str, other: &str) -> String {
    format!("`{service}` is already `{kind}`; it cannot be `{other}` too")
}

// Background processes.
pub const WORKER_SERVES_NO_APP: &str = "A background process serves no `app`";
pub const WORKER_SERVES_NO_APP_HELP: &str = "Remove `app`, or `worker`";
pub const WORKER_NEEDS_NO_FRAMEWORK: &str = "A background process needs no `framework`";
pub const WORKER_NEEDS_NO_SERVER: &str = "A background process needs no `server`";
pub const WORKER_IS_NOT_GUNICORNS: &str = "A background process is not Gunicorn's";
pub const REMOVE_IT: &str = "Remove it";

// Python.
pub const PYTHON_OBJECT_HELP: &str = "Name the module and the object in it, such as `app.main:app`";
pub const DJANGO_WITHOUT_APP: &str = "Django's application object has no usual name";
pub const DJANGO_WITHOUT_APP_HELP: &str =
    "Add `app: PROJECT.wsgi:application`, with the name of the folder that holds `wsgi.py`";
pub const APP_FACTORY_HELP: &str = "Write `()` behind it, and it is called";
pub const RUN_CALLS_NO_FACTORY: &str = "`fastapi run` calls no function that makes the app";
pub const RUN_CALLS_NO_FACTORY_HELP: &str = "Write `uvicorn`, or name the app itself";
pub const RUN_SERVES_FASTAPI_ONLY: &str = "`fastapi run` serves FastAPI apps only";
pub const RUN_SERVES_FASTAPI_ONLY_HELP: &str = "Write `uvicorn` or `gunicorn`";
pub const UVICORN_SERVES_NO_WSGI: &str = "Uvicorn serves ASGI apps, and this is a WSGI app";
pub const UVICORN_SERVES_NO_WSGI_HELP: &str = "Write `gunicorn`";
pub const UVICORN_SERVES_NO_DJANGO_WSGI_HELP: &str = "Write `gunicorn`, or `app: PROJECT.asgi:application`";
pub const ONLY_GUNICORN_PRELOADS: &str = "Only Gunicorn loads the app before it starts its workers";
pub const ONLY_GUNICORN_PRELOADS_HELP: &str = "Write `server: gunicorn`, or remove `preload`";
pub const PYTHON_MODULE_HELP: &str = "Name the module of the Celery application, such as `app.tasks`";
pub const PYTHON_VERSION_HELP: &str = "Write a version of Python 3, such as \"3.14\"";

pub fn no_python_object(text: &str) -> String {
    format!("`{text}` is no Python object")
}

pub fn app_factory(function: &str) -> String {
    format!("`{function}` sounds like a function that makes the app")
}

pub fn write_call(call: &str) -> String {
    format!("Write `{call}`")
}

pub fn no_python_module(text: &str) -> String {
    format!("`{text}` is no Python module")
}

pub fn no_python_version(text: &str) -> String {
    format!("`{text}` is no version of Python 3")
}

// The listed files of Python code.
pub const NOT_BELOW_SOURCE_HELP: &str = "Write a relative path without `..`, such as `main.py`";
pub const SECRET_IN_IMAGE_HELP: &str = "Name its secrets in `secrets`: the process gets them when it starts";

pub fn too_many_files(count: usize, most: usize) -> String {
    format!("{count} files are more than the {most} that one service can have")
}

pub fn not_below_source(file: &str) -> String {
    format!("`{file}` is no file or folder below `source`")
}

pub fn secret_in_image(file: &str) -> String {
    format!("`{file}` holds secrets, and who has the image could read them")
}

// Node.js.
pub const NODE_APP_HELP: &str = "Write a file below `source`, such as `dist/server.js`";
pub const NODE_VERSION_HELP: &str = "Write a version of Node.js, such as \"24\"";
pub const SCRIPT_HELP: &str = "Write the name of a script in `package.json`, such as `build`";

pub fn no_node_version(text: &str) -> String {
    format!("`{text}` is no version of Node.js")
}

pub fn no_script(text: &str) -> String {
    format!("`{text}` is no name of a script")
}

// Go.
pub const GO_PACKAGE_HELP: &str = "Write a package below `source`, such as `./cmd/api`";
pub const GO_VERSION_HELP: &str = "Write a version of Go, such as \"1.26\"";

pub fn no_go_package(text: &str) -> String {
    format!("`{text}` is no package below `source`")
}

pub fn no_go_version(text: &str) -> String {
    format!("`{text}` is no version of Go")
}

// A Dockerfile of one's own, and where code lies.
pub const DOCKERFILE_HELP: &str = "Write a file below `source`, such as `deploy/Dockerfile`";
pub const STAGE_HELP: &str = "Write the name of a stage: letters, digits, `_`, `-` and `.`, a letter first";
pub const SOURCE_FOLDER_HELP: &str = "Write a folder below the Compose file, such as `services/api`, without `..`, and \
                                      with no name that a generated file has";

pub fn no_file_below_source(text: &str) -> String {
    format!("`{text}` is no file below `source`")
}

pub fn no_stage(text: &str) -> String {
    format!("`{text}` is no name of a stage")
}

pub fn no_source_folder(text: &str) -> String {
    format!("`{text}` is no folder for code below this one")
}
