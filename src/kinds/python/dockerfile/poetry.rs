//! Poetry, from `pyproject.toml` and `poetry.lock`.

use super::{lock_first, workdir};
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_MOUNTS, CODE, Image, MULTI_STAGE, Section, run};
use crate::dockerfile::{Instruction, Mount};
use crate::model::kind_field;

const CONFIGURATION: &str = "https://python-poetry.org/docs/configuration/#available-settings";
const MODES: &str = "https://python-poetry.org/docs/basic-usage/#operating-modes";

/// The packages, and the project itself, in `/app/.venv`.
pub fn install(image: &Image) -> Section {
    let packages = image.field(kind_field!("packages"));
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
        (poetry, because("Poetry at a version that stays; downloads stay in a cache mount", CACHE_MOUNTS)),
        (
            environment,
            because(
                "The packages go to .venv in this folder, which the next stage copies, and pip does not",
                CONFIGURATION,
            ),
        ),
        workdir(image, MULTI_STAGE),
        (dependencies, lock_first(image)),
        (CODE, because("The code, for the project that pyproject.toml may describe", MODES)),
        (
            run(&[], "poetry install --only-root"),
            because(
                "Adds the project itself, so that a `src` folder can be imported; `package-mode = false` says it is none",
                MODES,
            ),
        ),
    ]
}
