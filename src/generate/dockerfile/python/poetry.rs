//! Poetry, from `pyproject.toml` and `poetry.lock`.

use super::super::image::{CACHE_MOUNTS, CODE, Image, MULTI_STAGE, Section, run};
use super::super::instruction::{Instruction, Mount};
use super::{lock_first, workdir};
use crate::generate::artifact::Origin;
use crate::words::files::dockerfile::python as why;

const CONFIGURATION: &str = "https://python-poetry.org/docs/configuration/#available-settings";
const MODES: &str = "https://python-poetry.org/docs/basic-usage/#operating-modes";

/// The packages, and the project itself, in `/app/.venv`.
pub fn install(image: &Image) -> Section {
    let packages = image.field("packages");
    let because = |reason: &str, link| Origin::new(&packages, reason).link(link);
    let poetry = run(&[Mount::Cache("/root/.cache/pip")], "pip install poetry==2.5.1");
    let environment = Instruction::Env(&[
        ("POETRY_NO_INTERACTION", "1"),
        ("POETRY_VIRTUALENVS_IN_PROJECT", "1"),
        ("POETRY_VIRTUALENVS_OPTIONS_NO_PIP", "1"),
    ]);
    let dependencies = run(
        &[Mount::Cache("/root/.cache/pypoetry"), Mount::File("poetry.lock"), Mount::File("pyproject.toml")],
        "poetry sync --only main --no-root --compile",
    );
    vec![
        (poetry, because(why::POETRY_PINNED, CACHE_MOUNTS)),
        (environment, because(why::POETRY_INSTALLS_INTO_THE_FOLDER, CONFIGURATION)),
        workdir(image, MULTI_STAGE),
        (dependencies, lock_first(image)),
        (CODE, because(why::CODE_FOR_THE_PROJECT, MODES)),
        (run(&[], "poetry install --only-root"), because(why::POETRY_ADDS_THE_PROJECT, MODES)),
    ]
}
