//! Static sites: a stage that builds them, and an image of their files and a web server.

use super::{Recipe, Server, caddy, nginx};
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_ORDER, CODE, Image, Instruction, MULTI_STAGE, Section, ShellCommand, Step, Word, from};
use crate::kinds::WEB_PORT;
use crate::kinds::node::Installer;
use crate::model::{KindField, kind_field};

const VITE_BUILD: &str = "https://vite.dev/guide/build.html";
const VITE_ENV: &str = "https://vite.dev/guide/env-and-mode.html";

/// The folder that the server serves in the image: that of [`Image`]'s programs.
pub const ROOT: &str = "/app";

/// The Dockerfile of the site.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let mut sections = vec![image.syntax(), builder(image, recipe)];
    sections.extend(match recipe.server {
        Server::Caddy => caddy::stages(image, recipe),
        Server::Nginx => nginx::stages(image, recipe),
    });
    sections
}

/// The stage that builds the site, with all packages; none of them outlives it.
fn builder(image: &Image, recipe: &Recipe) -> Section {
    let stage = Origin::new(
        image.field(kind_field!("version")),
        "Node.js builds the site, and stays out of the image that runs",
    );
    let packages = Installer { image, kind: recipe.packages };
    let mut lines = vec![(from(&format!("node:{}-slim", recipe.version), Some("builder")), stage.link(MULTI_STAGE))];
    lines.extend(packages.stage(false));
    lines.push((
        CODE,
        Origin::new(image.field(kind_field!("source")), "The code after the packages, since it changes more often")
            .link(CACHE_ORDER),
    ));
    let program = recipe.packages.program();
    lines.push(if recipe.variables.is_empty() {
        let command = ShellCommand::from(program).and(" run ").and_word(&Word::new(&recipe.build));
        (
            Instruction::RunShell { mounts: &[], command },
            Origin::new(image.field(kind_field!("build")), "Builds the site").link(VITE_BUILD),
        )
    } else {
        let script = [program.to_owned(), "run".to_owned(), recipe.build.clone()];
        let command = std::iter::once("env".to_owned()).chain(recipe.variables.iter().cloned()).chain(script);
        (
            Instruction::RunExec(command.collect()),
            Origin::new(
                image.field(kind_field!("build_env")),
                "Builds the site with these variables, which it may write into pages for everyone to read",
            )
            .link(VITE_ENV),
        )
    });
    lines
}

/// The last lines of the last stage: the site, and how the image runs.
pub fn ending(image: &Image, recipe: &Recipe, reason: &str, link: &'static str) -> Section {
    let site = Instruction::CopyMade { from: "builder", folder: "/app/", path: Word::new(&recipe.output) };
    let reason_of_site = "The site last, since it changes most; root owns it, so the server cannot change it";
    let mut lines = vec![(site, Origin::new(image.field(kind_field!("output")), reason_of_site).link(MULTI_STAGE))];
    lines.extend(image.ending(reason, link));
    lines
}

/// The port that the server listens on, as a word of its configuration.
pub fn port(image: &Image) -> Word {
    Word::new(&image.port.unwrap_or(WEB_PORT).to_string())
}

/// A configuration file, of lines with the field and the reason of each.
pub struct Configuration<'a> {
    image: &'a Image<'a>,
    link: &'static str,
    lines: Section,
}

impl<'a> Configuration<'a> {
    /// The file at `path`; lines without a documentation of their own have `link`.
    pub fn new(image: &'a Image<'a>, path: &'static str, reason: &str, link: &'static str) -> Self {
        let start = (Instruction::FileStart(path), Origin::new(image.field(kind_field!("server")), reason).link(link));
        Self { image, link, lines: vec![start] }
    }

    /// Adds lines that are there for the same reason.
    pub fn add<L: Into<ShellCommand>>(&mut self, field: KindField, reason: &str, lines: impl IntoIterator<Item = L>) {
        let origin = Origin::new(self.image.field(field), reason).link(self.link);
        let step = |line: L| -> Step { (Instruction::FileLine(line.into()), origin.clone()) };
        self.lines.extend(lines.into_iter().map(step));
    }

    /// The finished file. It is a section of its own, since hadolint asks for an empty line after a here-document
    /// (<https://github.com/hadolint/language-docker/issues/99>).
    pub fn end(mut self) -> Section {
        let origin = Origin::new(self.image.field(kind_field!("server")), "The end of the file").link(self.link);
        self.lines.push((Instruction::FileEnd, origin));
        self.lines
    }
}
