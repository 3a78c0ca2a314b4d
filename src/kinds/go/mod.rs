//! Go: web apps and background processes, whose images are built from code.

mod dockerfile;
mod image;

pub use image::Recipe;

use super::program::{Image, MemoryModel, MemoryVariable, Program, Recipe as BuildRecipe};
use super::{Context, Kind, PER_REQUEST, Stack, built, queue};
use crate::input::written_command::AbsentTools;
use crate::input::{Report, check, source_folder};
use crate::message::message;
use crate::model::{Memory, ProcessModel, measured};
use crate::yaml::Field;
use serde::Deserialize;

/// Executables that the image lacks: it holds the programs alone.
const ABSENT_TOOLS: AbsentTools = AbsentTools {
    names: &["go"],
    run_programs: false,
    help: "Name a program of the image: each service's package is one, such as `api migrate`",
};

/// One process: a bare server takes 8 MiB (docs/measured-memory.md).
const PROCESS: Memory = Memory::from_mib(32);

/// Tells the garbage collector how much memory it has, as it does not know of the limit itself: the tenth that is left is
/// for memory that it does not see (<https://go.dev/doc/gc-guide#Memory_limit>).
const MEMORY_VARIABLE: MemoryVariable = MemoryVariable {
    name: "GOMEMLIMIT",
    value: |limit, _| format!("{}MiB", ((limit.bytes() / 10 * 9) >> 20).max(1)),
    reason: "Nine tenths of the limit: Go clears up before the kernel kills it",
};

/// A Go program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Go"))]
pub struct Fields {
    /// The package of a web app, relative to `source`, such as `./cmd/api`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub app: Field<String>,
    /// The package of a background process, instead of `app`: `./cmd/worker`.
    pub worker: Field<String>,
    /// The version of Go.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "1.26")))]
    pub version: Field<String>,
    /// The folder of the code, with `go.mod`, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
}

/// A Go program.
pub struct Go;

impl Kind for Go {
    type Fields = Fields;

    const KEY: &'static str = "go";
    const TITLE: &'static str = "Go";
    const USUAL_NAME: &'static str = "api";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let no_package = |text: &str| message!("`{text}` is no package below `source`", text);
        let help = "Write a package below `source`, such as `./cmd/api`";
        let worker = report.text(&fields.worker, check::is_go_package, no_package, help);
        let app = report.text(&fields.app, check::is_go_package, no_package, help);
        if worker.is_some() {
            report.no_effect(&fields.app, "A background process serves no `app`", "Remove `app`, or `worker`");
        }
        let package = check::go_package(worker.or(app).unwrap_or("."));
        let command = vec![format!("/usr/local/bin/{}", image::program_name(&package))];
        let recipe = recipe(fields, package, report);
        report.command_of_code(context.command);
        let memory = MemoryModel {
            measured: None,
            alike: &[&measured::GO_HTTP],
            process: PROCESS,
            parent: None,
            model: ProcessModel::ForkedBeforeLoading,
            per_request: PER_REQUEST,
            heap: None,
        };
        let program = if worker.is_some() {
            let worker = queue::Worker::alone(command);
            built::background(Self::KEY, Self::TITLE, ABSENT_TOOLS, recipe, memory, worker)
        } else {
            built::web(Self::KEY, Self::TITLE, ABSENT_TOOLS, Image::Built(recipe), memory, command)
        };
        Some(Program { memory_variable: Some(MEMORY_VARIABLE), ..program })
    }
}

fn recipe(fields: &Fields, package: String, report: &mut Report) -> BuildRecipe {
    let wrong = |text: &str| message!("`{text}` is no version of Go", text);
    let help = "Write a version of Go, such as \"1.26\"";
    let version = report.text(&fields.version, check::is_version, wrong, help).unwrap_or("1.26").to_owned();
    let stack = Stack::Go(Recipe { version, packages: vec![package] });
    BuildRecipe { source: source_folder(&fields.source, report), dockerfile: None, stack }
}
