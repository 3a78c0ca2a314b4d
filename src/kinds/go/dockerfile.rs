//! Go: programs that need nothing beside them.

use super::image::{Recipe, program_name};
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_MOUNTS, CACHE_ORDER, CODE, Image, MULTI_STAGE, Section, from, run};
use crate::dockerfile::{Instruction, Mount, ShellCommand, Word};
use crate::model::kind_field;

/// The version of Alpine that the programs run on, with support until May 2028 (<https://alpinelinux.org/releases/>).
const ALPINE: &str = "alpine:3.24";

const CGO: &str = "https://pkg.go.dev/cmd/cgo#hdr-Using_cgo_with_the_go_command";
const BUILD: &str = "https://pkg.go.dev/cmd/go#hdr-Compile_packages_and_dependencies";
const EMBED: &str = "https://pkg.go.dev/embed";
const ALPINE_LINK: &str = "https://hub.docker.com/_/alpine";
const EXEC: &str = "https://docs.docker.com/reference/dockerfile/#shell-and-exec-form";

/// The Dockerfile of an image with one program for each of these packages, built by this version of Go.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    vec![image.syntax(), builder(image, &recipe.version, &recipe.packages), runtime(image)]
}

/// The first stage: the programs, in `/programs`.
fn builder(image: &Image, version: &str, packages: &[String]) -> Section {
    let (source, field) = (image.field(kind_field!("source")), image.field(kind_field!("version")));
    let compiler = Origin::new(&field, "Go's official image builds, and stays out of the image that runs");
    let environment = Instruction::Env(&[("CGO_ENABLED", "0")]);
    let lists = Instruction::Copy { from: None, sources: &["go.mod", "go.sum*"], target: "./" };
    let modules = run(&[Mount::Cache("/go/pkg/mod")], "go mod download");
    let build = Instruction::RunShell {
        mounts: &[Mount::Cache("/go/pkg/mod"), Mount::Cache("/root/.cache/go-build")],
        command: build(packages),
    };
    vec![
        (from(&format!("golang:{version}"), Some("builder")), compiler.link(MULTI_STAGE)),
        (environment, Origin::new(&field, "No C library is linked, so that the programs run on any Linux").link(CGO)),
        (Instruction::Workdir("/src"), Origin::new(&source, "Outside GOPATH, as modules are").link(BUILD)),
        (lists, Origin::new(&source, "Only the lists of modules, before the code").link(CACHE_ORDER)),
        (
            modules,
            Origin::new(
                &source,
                "The modules by themselves, which stay in a cache mount: repeated only when the lists change",
            )
            .link(CACHE_MOUNTS),
        ),
        (CODE, Origin::new(&source, "The code after the modules, since it changes more often").link(CACHE_ORDER)),
        (
            build,
            Origin::new(
                image.program(),
                "Every program at once, recompiled where it changed; without debug symbols \
    and this stage's paths, and with the time zones that Alpine lacks",
            )
            .link(BUILD),
        ),
    ]
}

/// Builds each package as a program.
fn build(packages: &[String]) -> ShellCommand {
    let mut command = ShellCommand::from("");
    for (number, package) in packages.iter().enumerate() {
        if number > 0 {
            command = command.and(" \\\n    && ");
        }
        command = command
            .and("go build -trimpath -tags timetzdata -ldflags=\"-s -w\" -o /programs/")
            .and_word(&Word::new(&program_name(package)))
            .and(" ")
            .and_word(&Word::new(package));
    }
    command
}

/// The second stage: what runs.
fn runtime(image: &Image) -> Section {
    let programs = Instruction::Copy { from: Some("builder"), sources: &["/programs/"], target: "/usr/local/bin/" };
    let mut lines = vec![(
        from(ALPINE, None),
        Origin::new(
            image.program(),
            "CA certificates, and BusyBox's wget, by which the program is asked whether it is \
    well: nothing in a distroless image could ask",
        )
        .link(ALPINE_LINK),
    )];
    lines.extend(image.place_in_alpine(EXEC));
    lines.push((
        programs,
        Origin::new(
            image.program(),
            "The programs and nothing else: files that they read belong inside them, by go:embed",
        )
        .link(EMBED),
    ));
    lines.extend(image.ending("In exec form the program gets SIGTERM itself, without a shell in between", EXEC));
    lines
}
