//! Python: the packages in a virtual environment, beside the code.

mod django;
mod pip;
mod poetry;
mod uv;

use super::image::{
    CODE, FASTAPI_CACHE, FASTAPI_EXEC, FASTAPI_IMAGE, Image, MULTI_STAGE, Section, Step, WORKDIR, from,
};
use super::instruction::{Instruction, Word};
use crate::generate::artifact::Origin;
use crate::topology::Packages;
use crate::words::files::dockerfile::python as why;

const UNBUFFERED: &str = "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED";

/// The Dockerfile of an image with this version of Python, whose code is `files`, or all of it if these are none.
pub fn dockerfile(image: &Image, version: &str, packages: Packages, files: &[String]) -> Vec<Section> {
    let base = format!("python:{version}-slim");
    let field = image.field("version");
    let builder = Origin::new(&field, why::INSTALLER_STAYS_OUT);
    let runtime = Origin::new(&field, why::SLIM_IMAGE);
    let install = match packages {
        Packages::Uv => uv::install(image),
        Packages::Pip => pip::install(image),
        Packages::Poetry => poetry::install(image),
    };

    let mut sections = vec![image.syntax()];
    if packages == Packages::Uv {
        sections.push(vec![uv::stage(image)]);
    }
    sections.push([vec![(from(&base, Some("builder")), builder.link(MULTI_STAGE))], install].concat());
    sections.push([vec![(from(&base, None), runtime.link(FASTAPI_IMAGE))], self::runtime(image, files)].concat());
    sections
}

/// The second stage: what runs.
fn runtime(image: &Image, files: &[String]) -> Section {
    let environment = Instruction::Env(&[
        ("PATH", "/app/.venv/bin:$PATH"),
        ("PYTHONDONTWRITEBYTECODE", "1"),
        ("PYTHONUNBUFFERED", "1"),
    ]);
    let packages = Instruction::Copy { from: Some("builder"), sources: &["/app/.venv"], target: ".venv" };
    let version = image.field("version");
    let mut lines = vec![(environment, Origin::new(version, why::ENVIRONMENT_FIRST_AND_UNBUFFERED).link(UNBUFFERED))];
    lines.extend(image.place_in_debian(FASTAPI_IMAGE));
    lines.push((packages, Origin::new(image.field("packages"), why::PACKAGES_WITHOUT_INSTALLER).link(MULTI_STAGE)));
    if files.is_empty() {
        lines.push((CODE, Origin::new(image.field("source"), why::CODE_LAST).link(FASTAPI_CACHE)));
    }
    let listed = |file: &String| {
        let origin = Origin::new(image.field("files"), why::LISTED_FILES_LAST).link(FASTAPI_CACHE);
        (Instruction::CopyAlike(Word::new(file)), origin)
    };
    lines.extend(files.iter().map(listed));
    lines.extend(django::collect_static(image));
    lines.extend(image.ending(why::EXEC_FORM_AND_COUNTS, FASTAPI_EXEC));
    lines
}

/// The folder of both stages.
fn workdir(image: &Image, link: &'static str) -> Step {
    (WORKDIR, Origin::new(image.field("packages"), why::ENVIRONMENT_KNOWS_ITS_PLACE).link(link))
}

/// Why the packages come before the code.
fn lock_first(image: &Image) -> Origin {
    Origin::new(image.field("packages"), why::PACKAGES_BEFORE_CODE).link(FASTAPI_CACHE)
}
