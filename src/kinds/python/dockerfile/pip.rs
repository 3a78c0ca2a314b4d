//! pip, from `requirements.txt`.

use super::workdir;
use crate::artifact::Origin;
use crate::dockerfile::{FASTAPI_CACHE, Image, MULTI_STAGE, Section, run};
use crate::dockerfile::{Instruction, Mount};
use crate::model::kind_field;

const LINK: &str = "https://pip.pypa.io/en/stable/cli/pip/#cmdoption-python";

/// The packages in `/app/.venv`.
pub fn install(image: &Image) -> Section {
    let packages = image.field(kind_field!("packages"));
    let because = |reason: &str, link| Origin::new(&packages, reason).link(link);
    let requirements = Instruction::Copy { from: None, sources: &["requirements*.txt"], target: "./" };
    let install = run(
        &[Mount::Cache("/root/.cache/pip")],
        "python -m venv --without-pip .venv && pip --python .venv install --requirement requirements.txt",
    );
    vec![
        workdir(image, MULTI_STAGE),
        (
            requirements,
            because("Only the list of packages (and the lists that it names), before the code", FASTAPI_CACHE),
        ),
        (
            install,
            because(
                "Downloads stay in a cache mount, outside the image; pip installs into an environment without pip",
                LINK,
            ),
        ),
    ]
}
