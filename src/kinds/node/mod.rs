//! Node.js: web apps and background processes, whose images are built from code.

mod dockerfile;
mod image;
mod installer;

pub use image::{IGNORED, Recipe};
pub use installer::Installer;

use super::program::{Image, MemoryModel, MemoryVariable, Program, Recipe as BuildRecipe};
use super::{Context, Kind, NAME_PROGRAM, PER_REQUEST, Stack, built, queue};
use crate::input::written_command::AbsentTools;
use crate::input::{Report, check, source_folder};
use crate::message::message;
use crate::model::{Memory, ProcessModel, measured};
use crate::yaml::Field;
use serde::Deserialize;

/// Executables that the image lacks: pnpm installs the packages in an earlier stage of the build.
const ABSENT_TOOLS: AbsentTools = AbsentTools { names: &["pnpm"], run_programs: false, help: NAME_PROGRAM };

/// One process: a bare Express takes 60 MiB (docs/measured-memory.md).
const PROCESS: Memory = Memory::from_mib(100);

/// The largest heap of a process. V8 derives one from the memory that it sees, which is 259 MiB in a small container and 524
/// MiB in one of 1 GiB (`Heap::ConfigureHeap`, <https://github.com/v8/v8/blob/main/src/heap/heap.cc>). Node's documentation
/// advises three quarters of the memory that is there
/// (<https://nodejs.org/api/cli.html#--max-old-space-sizesize-in-mib>): code, buffers and threads need the rest.
const MEMORY_VARIABLE: MemoryVariable = MemoryVariable {
    name: "NODE_OPTIONS",
    value: |limit, processes| {
        let mib = (limit.bytes() >> 20) * 3 / 4 / u64::from(processes.max(1));
        format!("--max-old-space-size={}", mib.max(1))
    },
    reason: "Three quarters of the limit: V8's own heap limit is half of it, and rest is for buffers and code",
};

/// A Node.js program, built from your code.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Node"))]
pub struct Fields {
    /// The file that serves a web app, relative to `source`, such as `dist/server.js`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "server.js")))]
    pub app: Field<String>,
    /// The command of a background process, instead of `app`: `node dist/worker.js`.
    pub worker: Field<String>,
    /// The version of Node.js.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "24")))]
    pub version: Field<String>,
    /// The tool that installs the packages.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "npm")))]
    pub packages: Field<Packages>,
    /// The script of `package.json` that builds the program, such as `build`. Default: none.
    pub build: Field<String>,
    /// The folder of the code, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
}

/// What installs the packages of Node.js.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "NodePackages"))]
pub enum Packages {
    /// npm, from `package-lock.json`.
    Npm,
    /// pnpm, from `pnpm-lock.yaml`.
    Pnpm,
    /// Yarn, from `yarn.lock`.
    Yarn,
}

impl Packages {
    /// The tool's command.
    pub fn program(self) -> &'static str {
        match self {
            Self::Npm => "npm",
            Self::Pnpm => "pnpm",
            Self::Yarn => "yarn",
        }
    }
}

/// A Node.js program.
pub struct Node;

impl Kind for Node {
    type Fields = Fields;

    const KEY: &'static str = "node";
    const TITLE: &'static str = "Node.js";
    const USUAL_NAME: &'static str = "web";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let worker = queue::worker(&fields.worker, ABSENT_TOOLS, report);
        let recipe = recipe(fields, report);
        report.command_of_code(context.command);
        let memory = MemoryModel {
            measured: None,
            alike: &[&measured::NODE_HTTP, &measured::NODE_EXPRESS, &measured::NODE_EXPRESS_CLUSTER],
            process: PROCESS,
            parent: None,
            model: ProcessModel::ForkedBeforeLoading,
            per_request: PER_REQUEST,
            heap: None,
        };
        if let Some(worker) = worker {
            report.no_effect(&fields.app, "A background process serves no `app`", "Remove `app`, or `worker`");
            let program = built::background(Self::KEY, Self::TITLE, ABSENT_TOOLS, recipe, memory, worker);
            return Some(Program { memory_variable: Some(MEMORY_VARIABLE), ..program });
        }
        let no_file = |text: &str| message!("`{text}` is no file below `source`", text);
        let help = "Write a file below `source`, such as `dist/server.js`";
        let file = check::folder(report.text(&fields.app, check::is_file_below, no_file, help).unwrap_or("server.js"));
        let command = vec!["node".to_owned(), file];
        let program = built::web(Self::KEY, Self::TITLE, ABSENT_TOOLS, Image::Built(recipe), memory, command);
        Some(Program { memory_variable: Some(MEMORY_VARIABLE), ..program })
    }
}

fn recipe(fields: &Fields, report: &mut Report) -> BuildRecipe {
    let version = version(&fields.version, report);
    let build = script(&fields.build, report);
    let packages = fields.packages.get().copied().unwrap_or(Packages::Npm);
    let stack = Stack::Node(Recipe { version, packages, build });
    BuildRecipe { source: source_folder(&fields.source, report), dockerfile: None, stack }
}

/// The version of Node.js.
pub fn version(field: &Field<String>, report: &mut Report) -> String {
    let wrong = |text: &str| message!("`{text}` is no version of Node.js", text);
    let help = "Write a version of Node.js, such as \"24\"";
    // The line with long-term support until April 2028 (https://nodejs.org/en/about/previous-releases).
    report.text(field, check::is_version, wrong, help).unwrap_or("24").to_owned()
}

/// A script of `package.json`.
pub fn script(field: &Field<String>, report: &mut Report) -> Option<String> {
    let no_script = |text: &str| message!("`{text}` is no name of a script", text);
    let help = "Write the name of a script in `package.json`, such as `build`";
    report.text(field, check::is_script_name, no_script, help).map(str::to_owned)
}
