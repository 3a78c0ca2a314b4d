//! Node.js: the packages that run, beside the code or what was built of it.

use super::Recipe;
use super::installer::Installer;
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_ORDER, CODE, Image, MULTI_STAGE, Section, from};
use crate::dockerfile::{Instruction, ShellCommand, Word};
use crate::model::kind_field;

pub const PRACTICES: &str = "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md";
const PRODUCTION: &str =
    "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production";

/// The Dockerfile of an image of Node.js code, where a script makes the program if the recipe names one.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let base = format!("node:{}-slim", recipe.version);
    let build = recipe.build.as_deref();
    let field = image.field(kind_field!("version"));
    let stage = Origin::new(&field, "Packages are installed in a stage of their own: what installs them stays out");
    let runtime = Origin::new(&field, "Node.js's official image; slim leaves out compilers");

    let packages = Installer { image, kind: recipe.packages };
    let first = vec![(from(&base, Some("packages")), stage.link(MULTI_STAGE))];
    let mut sections = vec![image.syntax(), [first, packages.stage(true)].concat()];
    sections.extend(build.map(|script| self::build(&packages, script)));
    let last = vec![(from(&base, None), runtime.link(PRACTICES))];
    sections.push([last, self::runtime(image, build.is_some())].concat());
    sections
}

/// The stage that builds the program, with the packages for development; these do not outlive it.
fn build(packages: &Installer, script: &str) -> Section {
    let image = packages.image;
    let field = image.field(kind_field!("build"));
    let command = ShellCommand::from(packages.kind.program())
        .and(" run ")
        .and_word(&Word::new(script))
        .and(" && rm -rf node_modules");
    vec![
        (
            from("packages", Some("builder")),
            Origin::new(&field, "A stage of its own to build in, since compilers and checkers are not needed to run")
                .link(MULTI_STAGE),
        ),
        (
            packages.install(false),
            Origin::new(&field, "With the packages for development, before the code").link(CACHE_ORDER),
        ),
        (
            CODE,
            Origin::new(image.field(kind_field!("source")), "The code, and whatever else the script reads")
                .link(CACHE_ORDER),
        ),
        (
            Instruction::RunShell { mounts: &[], command },
            Origin::new(&field, "Builds the program; the packages go, since those that run come from the first stage")
                .link(MULTI_STAGE),
        ),
    ]
}

/// The last stage: what runs.
fn runtime(image: &Image, is_built: bool) -> Section {
    let packages =
        Instruction::Copy { from: Some("packages"), sources: &["/app/node_modules"], target: "node_modules" };
    let code = if is_built {
        let built = Instruction::Copy { from: Some("builder"), sources: &["/app"], target: "." };
        (
            built,
            Origin::new(
                image.field(kind_field!("build")),
                "What was built, last, since it changes most; root owns it, so the program cannot change it",
            )
            .link(MULTI_STAGE),
        )
    } else {
        (
            CODE,
            Origin::new(
                image.field(kind_field!("source")),
                "The code last, since it changes most; root owns it, so the program cannot change it",
            )
            .link(CACHE_ORDER),
        )
    };
    let environment = Instruction::Env(&[("NODE_ENV", "production")]);
    let mut lines = vec![(
        environment,
        Origin::new(image.program(), "Express and others ask for it, and leave out then what is for developers")
            .link(PRODUCTION),
    )];
    lines.extend(image.place_in_debian(PRACTICES));
    lines.push((
        packages,
        Origin::new(
            image.field(kind_field!("packages")),
            "The packages that run, without those for development and without what installed them",
        )
        .link(MULTI_STAGE),
    ));
    lines.push(code);
    lines.extend(image.ending(
        "Node.js itself and in exec form, since npm would keep SIGTERM to itself; the program has to listen for it",
        PRACTICES,
    ));
    lines
}
