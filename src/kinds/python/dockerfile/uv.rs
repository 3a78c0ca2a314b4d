//! uv, from `pyproject.toml` and `uv.lock`.

use super::{lock_first, workdir};
use crate::artifact::Origin;
use crate::dockerfile::{CODE, Image, Section, Step, from, run};
use crate::dockerfile::{Instruction, Mount};
use crate::model::kind_field;

const IMAGE: &str = "ghcr.io/astral-sh/uv:0.13.9";
const LINK: &str = "https://docs.astral.sh/uv/guides/integration/docker/";

/// The stage that uv is copied from.
pub fn stage(image: &Image) -> Step {
    (
        from(IMAGE, Some("uv")),
        Origin::new(
            image.field(kind_field!("packages")),
            "uv from its own image, pinned where tools that update images look for it",
        )
        .link(LINK),
    )
}

/// The packages, and the project itself, in `/app/.venv`.
pub fn install(image: &Image) -> Section {
    let packages = image.field(kind_field!("packages"));
    let because = |reason: &str| Origin::new(&packages, reason).link(LINK);
    let copy = Instruction::Copy { from: Some("uv"), sources: &["/uv"], target: "/usr/local/bin/" };
    let environment = Instruction::Env(&[
        ("UV_COMPILE_BYTECODE", "1"),
        ("UV_LINK_MODE", "copy"),
        ("UV_PYTHON", "/usr/local/bin/python"),
    ]);
    let dependencies = run(
        &[Mount::Cache("/root/.cache/uv"), Mount::File("uv.lock"), Mount::File("pyproject.toml")],
        "uv sync --locked --no-dev --no-install-project",
    );
    let project = run(&[Mount::Cache("/root/.cache/uv")], "uv sync --locked --no-dev");
    vec![
        (copy, because("One file is all of uv")),
        (
            environment,
            because(
                "Compiled once here instead of at every start, copied out of the cache mount, for this image's Python",
            ),
        ),
        workdir(image, LINK),
        (dependencies, lock_first(image)),
        (CODE, because("The code, for the project that pyproject.toml may describe")),
        (project, because("Adds the project itself, if it is a package")),
    ]
}
