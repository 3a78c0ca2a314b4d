//! A Dockerfile for each image that is built, and a `.dockerignore` beside it.
//!
//! Two stages: the first installs the packages, the second holds what runs. What changes least comes first, so that
//! an edit of the code repeats the last steps only. No `HEALTHCHECK`: one image can serve as a web app and as a
//! worker, so Compose and the probes, which know the service, ask.

mod ignore;
mod instruction;

use super::artifact::{Artifact, Origin};
use crate::topology::{
    Build, Framework, Kind, Packages, Service, Stack, Topology, User, Variable, VariableValue, WebApp,
};
use instruction::{Instruction, Mount};

/// The user that built images run as, which the topology gives to their services too.
const USER: User = User { uid: 10_001, gid: 10_001 };
const UV_IMAGE: &str = "ghcr.io/astral-sh/uv:0.13.9";

const FASTAPI_IMAGE: &str = "https://fastapi.tiangolo.com/deployment/docker/#build-a-docker-image-for-fastapi";
const FASTAPI_CACHE: &str = "https://fastapi.tiangolo.com/deployment/docker/#docker-cache";
const FASTAPI_EXEC: &str = "https://fastapi.tiangolo.com/deployment/docker/#use-cmd-exec-form";
const MULTI_STAGE: &str = "https://docs.docker.com/build/building/multi-stage/";
const SYNTAX: &str = "https://docs.docker.com/build/buildkit/frontend/";
const CACHE_MOUNTS: &str = "https://docs.docker.com/build/cache/optimize/#use-cache-mounts";
const USER_LINK: &str = "https://docs.docker.com/build/building/best-practices/#user";
const EXPOSE: &str = "https://docs.docker.com/reference/dockerfile/#expose";
const HEALTHCHECK: &str = "https://docs.docker.com/reference/dockerfile/#healthcheck";
const UNBUFFERED: &str = "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED";
const UV: &str = "https://docs.astral.sh/uv/guides/integration/docker/";
const PIP: &str = "https://pip.pypa.io/en/stable/cli/pip/#cmdoption-python";
const POETRY: &str = "https://python-poetry.org/docs/cli/#sync";
const POETRY_PACKAGE: &str = "https://python-poetry.org/docs/basic-usage/#operating-modes";
const COLLECTSTATIC: &str = "https://docs.djangoproject.com/en/stable/howto/static-files/deployment/";
const VOLUME_OWNER: &str = "https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container";

/// The Dockerfiles, and one `.dockerignore` for each folder that has one.
pub fn artifacts(topology: &Topology) -> Vec<Artifact> {
    let mut artifacts = Vec::new();
    let mut contexts: Vec<&str> = Vec::new();
    for build in &topology.builds {
        let Some(recipe) = Recipe::new(topology, build) else { continue };
        artifacts.push(Artifact::from_lines(path(build, &build.dockerfile), lines(recipe.dockerfile())));
        if !contexts.contains(&build.context.as_str()) {
            contexts.push(&build.context);
            artifacts.push(ignore::artifact(path(build, ".dockerignore"), &recipe.field("source")));
        }
    }
    artifacts
}

/// The instructions' lines, with an empty one between sections.
fn lines(sections: Vec<Section>) -> Vec<(String, Option<Origin>)> {
    let mut lines = Vec::new();
    for section in sections {
        if !lines.is_empty() {
            lines.push((String::new(), None));
        }
        for (instruction, origin) in section {
            let text = instruction.to_string();
            lines.extend(text.lines().map(|line| (line.to_owned(), Some(origin.clone()))));
        }
    }
    lines
}

/// Where a file of the build's folder lies.
fn path(build: &Build, file: &str) -> String {
    if build.context == "." { file.to_owned() } else { format!("{}/{file}", build.context) }
}

/// Instructions that belong together, each with its reason.
type Section = Vec<(Instruction, Origin)>;

/// A build, and what its services ask of it.
struct Recipe<'a> {
    build: &'a Build,
    version: &'a str,
    packages: Packages,
    services: Vec<&'a Service>,
}

impl<'a> Recipe<'a> {
    fn new(topology: &'a Topology, build: &'a Build) -> Option<Self> {
        let Stack::Python { version, packages, .. } = &build.stack else { return None };
        let services = build.services.iter().map(|id| topology.service(*id)).collect();
        Some(Self { build, version, packages: *packages, services })
    }

    /// The document's path of what makes the build, at its first service.
    fn program(&self) -> String {
        self.services.first().map_or_else(String::new, |service| service.kind_field())
    }

    fn field(&self, field: &str) -> String {
        format!("{}.{field}", self.program())
    }

    fn dockerfile(&self) -> Vec<Section> {
        let base = format!("python:{}-slim", self.version);
        let (version, packages) = (self.field("version"), self.field("packages"));
        let syntax = Origin::new(&packages, "The newest stable grammar of Dockerfiles, which knows cache mounts");
        let uv = Origin::new(&packages, "uv from its own image, pinned where tools that update images look for it");
        let builder = Origin::new(&version, "Packages are installed in a stage of their own: the installer stays out");
        let runtime = Origin::new(&version, "From scratch on Python's official image; slim leaves out compilers");

        let mut sections = vec![vec![(Instruction::Syntax("docker/dockerfile:1"), syntax.link(SYNTAX))]];
        if self.packages == Packages::Uv {
            sections.push(vec![(from(UV_IMAGE, Some("uv")), uv.link(UV))]);
        }
        sections.push([vec![(from(&base, Some("builder")), builder.link(MULTI_STAGE))], self.install()].concat());
        sections.push([vec![(from(&base, None), runtime.link(FASTAPI_IMAGE))], self.runtime()].concat());
        sections
    }

    /// The first stage: the packages, in `/app/.venv`.
    fn install(&self) -> Section {
        const WORKDIR: Instruction = Instruction::Workdir("/app");
        let packages = self.field("packages");
        let because = |reason: &str, link| Origin::new(&packages, reason).link(link);
        let locks_first = "The packages by themselves: this step repeats only when the lock file changes";
        match self.packages {
            Packages::Uv => {
                let copy = Instruction::Copy { from: Some("uv"), sources: &["/uv"], target: "/usr/local/bin/" };
                let env = Instruction::Env(&[
                    ("UV_COMPILE_BYTECODE", "1"),
                    ("UV_LINK_MODE", "copy"),
                    ("UV_PYTHON", "/usr/local/bin/python"),
                ]);
                let dependencies = Instruction::RunShell {
                    mounts: &[Mount::Cache("/root/.cache/uv"), Mount::File("uv.lock"), Mount::File("pyproject.toml")],
                    command: "uv sync --locked --no-dev --no-install-project",
                };
                let project = Instruction::RunShell {
                    mounts: &[Mount::Cache("/root/.cache/uv")],
                    command: "uv sync --locked --no-dev",
                };
                vec![
                    (copy, because("One file is all of uv", UV)),
                    (
                        env,
                        because(
                            "Compiled once here instead of at every start, copied out of the cache mount, for this image's Python",
                            UV,
                        ),
                    ),
                    (
                        WORKDIR,
                        because("The same folder in both stages, since a virtual environment knows its place", UV),
                    ),
                    (dependencies, because(locks_first, FASTAPI_CACHE)),
                    (CODE, because("The code, for the project that pyproject.toml may describe", UV)),
                    (project, because("Adds the project itself, if it is a package", UV)),
                ]
            }
            Packages::Pip => {
                let requirements = Instruction::Copy { from: None, sources: &["requirements*.txt"], target: "./" };
                let install = Instruction::RunShell {
                    mounts: &[Mount::Cache("/root/.cache/pip")],
                    command: "python -m venv --without-pip .venv && pip --python .venv install --requirement requirements.txt",
                };
                vec![
                    (
                        WORKDIR,
                        because(
                            "The same folder in both stages, since a virtual environment knows its place",
                            MULTI_STAGE,
                        ),
                    ),
                    (
                        requirements,
                        because(
                            "Only the list of packages (and the lists that it names), before the code",
                            FASTAPI_CACHE,
                        ),
                    ),
                    (
                        install,
                        because(
                            "Downloads stay in a cache mount, outside the image; pip installs into an environment without pip",
                            PIP,
                        ),
                    ),
                ]
            }
            Packages::Poetry => {
                let poetry = Instruction::RunShell {
                    mounts: &[Mount::Cache("/root/.cache/pip")],
                    command: "pip install poetry==2.5.1",
                };
                let env = Instruction::Env(&[("POETRY_NO_INTERACTION", "1"), ("POETRY_VIRTUALENVS_IN_PROJECT", "1")]);
                let dependencies = Instruction::RunShell {
                    mounts: &[
                        Mount::Cache("/root/.cache/pypoetry"),
                        Mount::File("poetry.lock"),
                        Mount::File("pyproject.toml"),
                    ],
                    command: "poetry sync --only main --no-root --compile",
                };
                let project = Instruction::RunShell { mounts: &[], command: "poetry install --only-root --compile" };
                vec![
                    (poetry, because("Poetry at a version that stays; downloads stay in a cache mount", CACHE_MOUNTS)),
                    (env, because("The packages go to .venv in this folder, which the next stage copies", POETRY)),
                    (
                        WORKDIR,
                        because(
                            "The same folder in both stages, since a virtual environment knows its place",
                            MULTI_STAGE,
                        ),
                    ),
                    (dependencies, because(locks_first, FASTAPI_CACHE)),
                    (CODE, because("The code, for the project that pyproject.toml describes", POETRY_PACKAGE)),
                    (project, because("Adds the project itself, unless it says package-mode = false", POETRY_PACKAGE)),
                ]
            }
        }
    }

    /// The second stage: what runs.
    fn runtime(&self) -> Section {
        let source = self.field("source");
        let user = Instruction::RunShell {
            mounts: &[],
            command: "groupadd --gid 10001 app \\\n    \
                      && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app",
        };
        let mut lines = vec![
            (
                Instruction::Env(&[
                    ("PATH", "/app/.venv/bin:$PATH"),
                    ("PYTHONDONTWRITEBYTECODE", "1"),
                    ("PYTHONUNBUFFERED", "1"),
                ]),
                Origin::new(
                    self.field("version"),
                    "The environment's programs first; nothing to write beside the code; logs appear at once",
                )
                .link(UNBUFFERED),
            ),
            (
                user,
                Origin::new(
                    &source,
                    "A user that is not root, above the host's own ids; its home is the one folder that is writable",
                )
                .link(USER_LINK),
            ),
            (
                Instruction::Workdir("/app"),
                Origin::new(&source, "The folder that the command is run from").link(FASTAPI_IMAGE),
            ),
            (
                Instruction::Copy { from: Some("builder"), sources: &["/app/.venv"], target: ".venv" },
                Origin::new(self.field("packages"), "The installed packages, and nothing of what installed them")
                    .link(MULTI_STAGE),
            ),
            (
                CODE,
                Origin::new(&source, "The code last, since it changes most; root owns it, so the app cannot change it")
                    .link(FASTAPI_CACHE),
            ),
        ];
        lines.extend(self.collect_static());
        lines.extend(self.storage_folders());
        lines.push((
            Instruction::User(USER),
            Origin::new(&source, "By number, so that Kubernetes can see that it is not root").link(USER_LINK),
        ));
        if let Some(port) = self.build.port {
            lines.push((
                Instruction::Expose(port),
                Origin::new(self.service_field("port"), "Says which port the app listens on; opens none").link(EXPOSE),
            ));
        }
        lines.push((
            Instruction::Comment("No HEALTHCHECK: compose.yaml and the probes ask each service in its own way."),
            Origin::new(
                self.service_field("health"),
                "Kubernetes ignores HEALTHCHECK, and the services of one image are not asked alike",
            )
            .link(HEALTHCHECK),
        ));
        lines.push((
            Instruction::Cmd(self.build.command.clone()),
            Origin::new(
                self.program(),
                "In exec form the process gets SIGTERM itself and ends its requests; every count is written out",
            )
            .link(FASTAPI_EXEC),
        ));
        lines
    }

    /// Django's static files, gathered while the image is built: the file system is read-only when it runs.
    fn collect_static(&self) -> Option<(Instruction, Origin)> {
        let django = |service: &&&Service| {
            matches!(service.kind, Kind::Web { app: WebApp::Python { framework: Framework::Django, .. }, .. })
        };
        let service = self.services.iter().find(django)?;
        let mut command = vec!["env".to_owned()];
        if !service.env.iter().any(|variable| variable.name == "SECRET_KEY") {
            command.push(format!("SECRET_KEY={STAND_IN}"));
        }
        command.extend(service.env.iter().filter_map(setting));
        command.extend(["python", "manage.py", "collectstatic", "--no-input"].map(str::to_owned));
        let origin = Origin::new(
            service.field("python.framework"),
            "Gathers the static files into STATIC_ROOT; settings that ask for secrets get stand-ins, which end with this step",
        );
        Some((Instruction::RunExec(command), origin.link(COLLECTSTATIC)))
    }

    /// The folders of disks: a new volume takes over the owner that the folder has in the image.
    fn storage_folders(&self) -> Option<(Instruction, Origin)> {
        let mut command = ["install", "--directory"].map(str::to_owned).to_vec();
        command.extend([format!("--owner={}", USER.uid), format!("--group={}", USER.gid)]);
        let options = command.len();
        let mut first = None;
        for service in &self.services {
            if let Some(storage) = &service.storage
                && !command.contains(&storage.path)
            {
                first.get_or_insert(service);
                command.push(storage.path.clone());
            }
        }
        let origin = Origin::new(
            first?.field("storage_path"),
            "A new volume takes over the folder's owner from the image; without this it would be root's",
        );
        (command.len() > options).then(|| (Instruction::RunExec(command), origin.link(VOLUME_OWNER)))
    }

    fn service_field(&self, field: &str) -> String {
        let web = |service: &&&Service| matches!(service.kind, Kind::Web { .. });
        let service = self.services.iter().find(web).or(self.services.first());
        service.map_or_else(String::new, |service| service.field(field))
    }
}

/// All that `.dockerignore` lets through.
const CODE: Instruction = Instruction::Copy { from: None, sources: &["."], target: "." };

/// Stands for a secret while the image is built.
const STAND_IN: &str = "stands-in-while-building";

fn from(image: &str, stage: Option<&'static str>) -> Instruction {
    Instruction::From { image: image.to_owned(), stage }
}

/// A variable as Django's settings may ask for it while the image is built.
fn setting(variable: &Variable) -> Option<String> {
    let value = match &variable.value {
        // What Plimsoll adds concerns the running server only.
        VariableValue::Plain(_) if variable.reason.is_some() => return None,
        VariableValue::Plain(value) => value,
        VariableValue::Secret { .. } if variable.name.contains("DATABASE") => "sqlite://:memory:",
        VariableValue::Secret { .. } => STAND_IN,
    };
    Some(format!("{}={value}", variable.name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn artifacts(services: &str) -> Vec<Artifact> {
        super::artifacts(&topology(services))
    }

    fn topology(services: &str) -> Topology {
        crate::analyze(&format!("services:\n{services}")).outputs.unwrap().topology
    }

    fn dockerfile(services: &str) -> String {
        artifacts(services).swap_remove(0).text
    }

    #[test]
    fn the_packages_come_before_the_code_and_no_installer_stays() {
        let text = dockerfile("  api: { python: { app: 'app.main:app' } }");
        let expected = r#"# syntax=docker/dockerfile:1

FROM ghcr.io/astral-sh/uv:0.13.9 AS uv

FROM python:3.14-slim AS builder
COPY --from=uv /uv /usr/local/bin/
ENV UV_COMPILE_BYTECODE="1" \
    UV_LINK_MODE="copy" \
    UV_PYTHON="/usr/local/bin/python"
WORKDIR /app
RUN --mount=type=cache,target=/root/.cache/uv \
    --mount=type=bind,source=uv.lock,target=/app/uv.lock \
    --mount=type=bind,source=pyproject.toml,target=/app/pyproject.toml \
    uv sync --locked --no-dev --no-install-project
COPY . .
RUN --mount=type=cache,target=/root/.cache/uv \
    uv sync --locked --no-dev

FROM python:3.14-slim
ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE="1" \
    PYTHONUNBUFFERED="1"
RUN groupadd --gid 10001 app \
    && useradd --no-log-init --uid 10001 --gid app --no-create-home --home-dir /tmp app
WORKDIR /app
COPY --from=builder /app/.venv .venv
COPY . .
USER 10001:10001
EXPOSE 8000
# No HEALTHCHECK: compose.yaml and the probes ask each service in its own way.
CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000", "--workers", "1"]
"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn each_installer_has_its_files_and_its_cache() {
        for (packages, lines) in [
            ("pip", &["COPY requirements*.txt ./", "RUN --mount=type=cache,target=/root/.cache/pip \\"][..]),
            (
                "poetry",
                &[
                    "    poetry sync --only main --no-root --compile",
                    "RUN --mount=type=cache,target=/root/.cache/pypoetry \\",
                    "RUN poetry install --only-root --compile",
                ],
            ),
        ] {
            let text = dockerfile(&format!("  api: {{ python: {{ packages: {packages}, version: '3.12' }} }}"));
            for line in lines {
                assert!(text.lines().any(|other| other == *line), "{line} in\n{text}");
            }
            assert!(text.contains("FROM python:3.12-slim AS builder\n"), "{text}");
        }
    }

    #[test]
    fn static_files_are_gathered_without_a_secret_and_without_a_shell() {
        let text = dockerfile(
            "  site:\n    python: { framework: django, app: 'site.wsgi:application' }\n    \
             env: { MOTTO: \"it's $5\\nRUN id\" }\n    secrets: [DATABASE_URL, API_TOKEN]\n    \
             public: { host: site.example.com }\n",
        );
        let line = r#"RUN ["env", "SECRET_KEY=stands-in-while-building", "MOTTO=it's $5\nRUN id", "DATABASE_URL=sqlite://:memory:", "API_TOKEN=stands-in-while-building", "python", "manage.py", "collectstatic", "--no-input"]"#;
        assert!(text.lines().any(|other| other == line), "{text}");
    }

    #[test]
    fn the_folder_of_a_disk_belongs_to_the_user_that_the_topology_runs() {
        let topology =
            topology("  api: { python: {}, storage: 1Gi, storage_path: /data }\n  bot: { python: { worker: bot } }");
        assert!(topology.services.iter().all(|service| service.user == USER));
        let text = super::artifacts(&topology).swap_remove(0).text;
        assert!(text.contains("RUN [\"install\", \"--directory\", \"--owner=10001\", \"--group=10001\", \"/data\"]\nUSER 10001:10001\n"), "{text}");
    }

    #[test]
    fn images_that_share_a_folder_have_dockerfiles_of_their_own() {
        let artifacts = artifacts(
            "  api: { python: {} }\n  old: { python: { version: '3.11' } }\n  job: { celery: { source: jobs } }\n",
        );
        let paths: Vec<&str> = artifacts.iter().map(|artifact| artifact.path.as_str()).collect();
        assert_eq!(paths, ["Dockerfile", ".dockerignore", "Dockerfile.old", "jobs/Dockerfile", "jobs/.dockerignore"]);
    }

    #[test]
    fn every_line_but_the_empty_ones_says_why_it_is_there() {
        for artifact in
            artifacts("  api: { python: {} }\n  site: { python: { framework: django, app: 'a:b', packages: pip } }")
        {
            for (line, origin) in artifact.lines() {
                assert_eq!(origin.is_none(), line.is_empty(), "{}: {line}", artifact.path);
            }
            assert!(!artifact.explained().contains("(services..") && !artifact.explained().contains("()"));
        }
    }

    #[test]
    fn the_explained_file_still_starts_with_its_syntax() {
        let artifacts = artifacts("  api: { python: {} }");
        assert!(artifacts[0].explained().starts_with("# syntax=docker/dockerfile:1\n"));
    }

    #[test]
    fn nothing_that_a_build_reads_is_ignored() {
        for packages in ["uv", "pip", "poetry"] {
            let topology = topology(&format!("  api: {{ python: {{ packages: {packages} }} }}"));
            let recipe = Recipe::new(&topology, &topology.builds[0]).unwrap();
            let files: Vec<&str> = recipe.dockerfile().concat().iter().flat_map(|(step, _)| step.reads()).collect();
            assert!(files.len() > 1, "{files:?}");
            // What COPY . . is for: the code, and what a package needs to be built.
            let code = ["app/main.py", "manage.py", "README.md", "LICENSE", "src/shop/__init__.py", "alembic/env.py"];
            for file in files.into_iter().filter(|file| *file != ".").chain(code) {
                assert_eq!(ignore::hides(file), None, "{file}");
            }
        }
        for secret in [".env", ".env.production", "services/api/.env", ".venv/bin/python", ".git/config"] {
            assert!(ignore::hides(secret).is_some(), "{secret}");
        }
    }
}
