//! Static sites: built with Node.js, served by Caddy or nginx from an image that holds neither Node.js nor packages.

mod caddy;
mod dockerfile;
mod image;
mod nginx;

pub use image::Recipe;

use super::node::{self, Packages};
use super::program::{
    Container, Image, MemoryModel, Parent, ParentMemory, Program, Recipe as BuildRecipe, Start, Workers,
};
use super::{Context, Kind, PER_REQUEST, Stack, built};
use crate::finding::Finding;
use crate::input::written_command::AbsentTools;
use crate::input::{MAX_ENTRIES, Report, check, given, shortened, source_folder};
use crate::message::message;
use crate::model::{Memory, ProcessModel, Variable};
use crate::rules;
use crate::yaml::{Field, Map};
use serde::Deserialize;

/// Executables that the image lacks: they stay in the stage that builds.
const ABSENT_TOOLS: AbsentTools = AbsentTools {
    names: &["node", "npm", "npx", "pnpm", "yarn"],
    run_programs: false,
    help: "Add what has to run to the script that builds the site: the image holds only its files and a web server",
};

/// A static site, built with Node.js and served by a web server.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(deny_unknown_fields, rename = "Site"))]
pub struct Fields {
    /// The script of `package.json` that builds the site.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "build")))]
    pub build: Field<String>,
    /// The folder that the script writes, relative to `source`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "dist")))]
    pub output: Field<String>,
    /// The folder in `output` whose files have a hash of their content in their names: browsers keep these for a year, and
    /// ask again for all others. Vite writes `assets`, Astro `_astro`, Create React App `static`.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "assets")))]
    pub assets: Field<String>,
    /// The page of `output` that answers paths without a file, such as `index.html`, for a single-page app that routes in
    /// the browser. Default: none, so that such paths answer 404, with `404.html` if there is one.
    pub fallback: Field<String>,
    /// The web server.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "caddy")))]
    pub server: Field<Server>,
    /// Variables that the script reads, such as `VITE_API_URL`. What it writes into the pages is public. `.env` files of the
    /// code are not sent to the builder.
    pub build_env: Field<Map<String>>,
    /// The version of Node.js that builds the site.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "24")))]
    pub version: Field<String>,
    /// The tool that installs the packages.
    #[cfg_attr(feature = "schema", schemars(extend("default" = "npm")))]
    pub packages: Field<Packages>,
    /// The folder of the code, with `package.json`, relative to the Compose file.
    #[cfg_attr(feature = "schema", schemars(extend("default" = ".")))]
    pub source: Field<String>,
}

/// The web server of a static site.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "SiteServer"))]
pub enum Server {
    /// Caddy, which compresses with Zstandard and gzip.
    Caddy,
    /// nginx, which takes less memory and compresses with gzip.
    Nginx,
}

/// A static site.
pub struct Site;

impl Kind for Site {
    type Fields = Fields;

    const KEY: &'static str = "site";
    const TITLE: &'static str = "Static site";
    const USUAL_NAME: &'static str = "site";
    const IS_BUILT: bool = true;
    const STARTER: Option<&'static str> = None;

    fn program(fields: &Fields, context: &Context, report: &mut Report) -> Option<Program> {
        let server = fields.server.get().copied().unwrap_or(Server::Caddy);
        let recipe = recipe(fields, server, report);
        report.no_effect(context.command, "The web server is the command of a static site", "Remove `command`");
        report.no_effect(
            context.env,
            "`env` reaches the web server only: the pages in the browser never see it",
            "Write what the pages need into `build_env` of `site`",
        );
        let program =
            built::web(Self::KEY, Self::TITLE, ABSENT_TOOLS, Image::Built(recipe), server.memory(), Vec::new());
        Some(Program { workers: server.workers(), start: Box::new(server), ..program })
    }
}

impl Server {
    /// Measured with Caddy 2.11.7 and nginx 1.22.1 on Debian 12, x86-64, 2 processors, as the generated files run them,
    /// with a style sheet of 30 KiB that is compressed anew for each request:
    /// `wrk -t 2 -c CONNECTIONS -d 10 -H 'Accept-Encoding: gzip' http://127.0.0.1:8000/assets/index.css`.
    ///
    /// | PSS in MiB, by connections | none | 1 | 10 | 100 |
    /// |---|---:|---:|---:|---:|
    /// | Caddy | 47 | 58 | 70 | 131 |
    /// | Caddy with `GOMEMLIMIT=86MiB`, which it sets itself in a container of 96 MiB | 46 | 56 | 63 | 105 |
    /// | nginx, the master | 4.5 | 3.8 | 3.8 | 3.8 |
    /// | nginx, a worker process | 1.2 | 1.7 | 1.7 | 1.8 |
    ///
    /// About 25 MiB of Caddy are its program, which the kernel can drop and read again. One gzip stream of nginx takes
    /// 264 KiB (<https://github.com/nginx/nginx/blob/master/src/http/modules/ngx_http_gzip_filter_module.c>).
    fn memory(self) -> MemoryModel {
        let (process, parent, per_request) = match self {
            Self::Caddy => (Memory::from_mib(64), None, PER_REQUEST),
            Self::Nginx => {
                let master = Parent { from_workers: 1, memory: ParentMemory::Of(Memory::from_mib(5)) };
                (Memory::from_mib(3), Some(master), Memory::from_kib(264))
            }
        };
        MemoryModel {
            measured: None,
            alike: &[],
            process,
            parent,
            model: ProcessModel::ForkedBeforeLoading,
            per_request,
            heap: None,
        }
    }

    /// nginx is told the number of its processes; Caddy is one process.
    fn workers(self) -> Workers {
        match self {
            Self::Caddy => Workers::Fixed {
                count: 1,
                reason: "Caddy serves with one process, which uses every processor that it gets",
                help: "Start more containers with `replicas`",
            },
            Self::Nginx => Workers::AsWritten,
        }
    }
}

impl Start for Server {
    fn command(&self, container: &Container) -> Option<Vec<String>> {
        Some(match self {
            Self::Caddy => caddy::command(),
            Self::Nginx => nginx::command(container.workers),
        })
    }

    fn variables(&self, _: &Container) -> Vec<Variable> {
        Vec::new()
    }
}

fn recipe(fields: &Fields, server: Server, report: &mut Report) -> BuildRecipe {
    let mut below = |field: &Field<String>, what: &'static str, example: &str| {
        let wrong = |text: &str| message!("`{text}` is not a {what}", text, what);
        let help = format!("Write a path without `..`, such as `{example}`");
        report.text(field, check::is_file_below, wrong, &help).map(check::folder)
    };
    let output = below(&fields.output, "folder below `source`", "dist");
    let assets = below(&fields.assets, "folder below `output`", "assets");
    let fallback = below(&fields.fallback, "page below `output`", "index.html");
    let stack = Stack::Site(Recipe {
        version: node::version(&fields.version, report),
        packages: fields.packages.get().copied().unwrap_or(Packages::Npm),
        build: node::script(&fields.build, report).unwrap_or_else(|| "build".to_owned()),
        output: output.unwrap_or_else(|| "dist".to_owned()),
        assets: assets.unwrap_or_else(|| "assets".to_owned()),
        fallback,
        server,
        variables: variables(&fields.build_env, report),
    });
    BuildRecipe { source: source_folder(&fields.source, report), dockerfile: None, stack }
}

/// The variables of the build, each as `NAME=value`.
fn variables(field: &Field<Map<String>>, report: &mut Report) -> Vec<String> {
    let Some((entries, span)) = given(field) else { return Vec::new() };
    report.at_most_entries(entries.len(), span, |count: usize, most: usize| {
        message!("{count} variables are more than the {most} that one build can have", count, most)
    });
    let mut variables = Vec::new();
    for entry in entries.iter().take(MAX_ENTRIES) {
        let Some((value, value_span)) = given(&entry.value) else { continue };
        if !check::is_variable_name(&entry.key) {
            let message = message!("`{name}` is not a valid name of a variable", name = shortened(&entry.key));
            let finding = Finding::error(&rules::wrong_value::RULE, entry.key_span, message);
            report.add(finding.help("Use letters, digits and `_`, a letter or `_` first"));
        } else if value.contains('\0') {
            let message = "A variable cannot hold the character NUL";
            report.add(Finding::error(&rules::wrong_value::RULE, value_span, message).help("Remove `\\0`"));
        } else {
            variables.push(format!("{}={value}", entry.key));
        }
    }
    variables
}

#[cfg(test)]
mod tests {
    fn findings(service: &str) -> Vec<String> {
        let findings = crate::analyze(&format!("services: {{ web: {{ {service} }} }}\nserver: {{}}\n")).findings;
        findings.into_iter().map(|finding| finding.message.into_string()).collect()
    }

    #[test]
    fn a_site_without_any_field_is_complete() {
        assert!(findings("site: {}").is_empty());
        assert!(findings("site: { server: nginx }, workers: 2").is_empty());
    }

    #[test]
    fn what_changes_nothing_is_said() {
        for (service, message) in [
            (
                "site: {}, env: { VITE_API_URL: x }",
                "`env` reaches the web server only: the pages in the browser never see it",
            ),
            ("site: {}, command: npm start", "The web server is the command of a static site"),
            ("site: {}, workers: 2", "Caddy serves with one process, which uses every processor that it gets"),
        ] {
            assert_eq!(findings(service), [message]);
        }
    }

    #[test]
    fn what_would_leave_the_folder_or_its_line_is_refused() {
        for (fields, message) in [
            ("output: ../dist", "`../dist` is not a folder below `source`"),
            ("output: .", "`.` is not a folder below `source`"),
            ("assets: 'a {'", "`a {` is not a folder below `output`"),
            ("fallback: '$uri;'", "`$uri;` is not a page below `output`"),
            ("build: 'build && id'", "`build && id` is no name of a script"),
            ("build_env: { A-B: x }", "`A-B` is not a valid name of a variable"),
            ("build_env: { A: \"\\0\" }", "A variable cannot hold the character NUL"),
        ] {
            assert_eq!(findings(&format!("site: {{ {fields} }}")), [message], "{fields}");
        }
    }
}
