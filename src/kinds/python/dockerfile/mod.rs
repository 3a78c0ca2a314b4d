//! Python: the packages in a virtual environment, beside the code.

mod django;
mod pip;
mod poetry;
mod uv;

use super::fields::Packages;
use super::image::Recipe;
use crate::artifact::Origin;
use crate::dockerfile::{
    CODE, FASTAPI_CACHE, FASTAPI_EXEC, FASTAPI_IMAGE, Image, MULTI_STAGE, Section, Step, WORKDIR, from,
};
use crate::dockerfile::{Instruction, Word};
use crate::model::kind_field;

const UNBUFFERED: &str = "https://docs.python.org/3/using/cmdline.html#envvar-PYTHONUNBUFFERED";

/// The Dockerfile of an image with this version of Python, whose code is `files`, or all of it if these are none.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let base = format!("python:{}-slim", recipe.version);
    let field = image.field(kind_field!("version"));
    let builder = Origin::new(&field, "Packages are installed in a stage of their own: the installer stays out");
    let runtime = Origin::new(&field, "From scratch on Python's official image; slim leaves out compilers");
    let install = match recipe.packages {
        Packages::Uv => uv::install(image),
        Packages::Pip => pip::install(image),
        Packages::Poetry => poetry::install(image),
    };

    let mut sections = vec![image.syntax()];
    if recipe.packages == Packages::Uv {
        sections.push(vec![uv::stage(image)]);
    }
    sections.push([vec![(from(&base, Some("builder")), builder.link(MULTI_STAGE))], install].concat());
    sections
        .push([vec![(from(&base, None), runtime.link(FASTAPI_IMAGE))], self::runtime(image, &recipe.files)].concat());
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
    let version = image.field(kind_field!("version"));
    let mut lines = vec![(
        environment,
        Origin::new(version, "The environment's programs first; nothing to write beside the code; logs appear at once")
            .link(UNBUFFERED),
    )];
    lines.extend(image.place_in_debian(FASTAPI_IMAGE));
    lines.push((
        packages,
        Origin::new(image.field(kind_field!("packages")), "The installed packages, and nothing of what installed them")
            .link(MULTI_STAGE),
    ));
    if files.is_empty() {
        lines.push((
            CODE,
            Origin::new(
                image.field(kind_field!("source")),
                "The code last, since it changes most; root owns it, so the app cannot change it",
            )
            .link(FASTAPI_CACHE),
        ));
    }
    let listed = |file: &String| {
        let origin = Origin::new(
            image.field(kind_field!("files")),
            "Just these files of the code, last, since they change most; root owns them, so the app cannot",
        )
        .link(FASTAPI_CACHE);
        (Instruction::CopyAlike(Word::new(file)), origin)
    };
    lines.extend(files.iter().map(listed));
    lines.extend(django::collect_static(image));
    lines.extend(image.ending(
        "In exec form the process gets SIGTERM itself and ends its requests; every count is written out",
        FASTAPI_EXEC,
    ));
    lines
}

/// The folder of both stages.
fn workdir(image: &Image, link: &'static str) -> Step {
    (
        WORKDIR,
        Origin::new(
            image.field(kind_field!("packages")),
            "The same folder in both stages, since a virtual environment knows its place",
        )
        .link(link),
    )
}

/// Why the packages come before the code.
fn lock_first(image: &Image) -> Origin {
    Origin::new(
        image.field(kind_field!("packages")),
        "The packages by themselves: this step repeats only when the lock file changes",
    )
    .link(FASTAPI_CACHE)
}
