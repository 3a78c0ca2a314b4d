//! Node.js: the packages that run, beside the code or what was built of it.

use super::{Packages, Recipe};
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_ORDER, CODE, Image, MULTI_STAGE, Section, WORKDIR, from, run};
use crate::dockerfile::{Instruction, Mount, ShellCommand, Word};
use crate::model::kind_field;

const PRACTICES: &str = "https://github.com/nodejs/docker-node/blob/main/docs/BestPractices.md";
const PRODUCTION: &str =
    "https://nodejs.org/en/learn/getting-started/nodejs-the-difference-between-development-and-production";
const COREPACK: &str = "https://github.com/nodejs/corepack#readme";
const NPM: &str = "https://docs.npmjs.com/cli/commands/npm-ci";
const PNPM: &str = "https://pnpm.io/docker";
const YARN: &str = "https://yarnpkg.com/cli/workspaces/focus";

/// Not only npm installs with it: the others are installed by npm.
const NPM_CACHE: Mount = Mount::Cache("/root/.npm");

/// The Dockerfile of an image of Node.js code, where a script makes the program if the recipe names one.
pub fn sections(image: &Image, recipe: &Recipe) -> Vec<Section> {
    let base = format!("node:{}-slim", recipe.version);
    let build = recipe.build.as_deref();
    let field = image.field(kind_field!("version"));
    let stage = Origin::new(&field, "Packages are installed in a stage of their own: what installs them stays out");
    let runtime = Origin::new(&field, "Node.js's official image; slim leaves out compilers");

    let packages = Installer { image, kind: recipe.packages };
    let first = vec![(from(&base, Some("packages")), stage.link(MULTI_STAGE))];
    let mut sections = vec![image.syntax(), [first, packages.stage()].concat()];
    sections.extend(build.map(|script| packages.build(script)));
    let last = vec![(from(&base, None), runtime.link(PRACTICES))];
    sections.push([last, self::runtime(image, build.is_some())].concat());
    sections
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

/// What installs the packages.
struct Installer<'a> {
    image: &'a Image<'a>,
    kind: Packages,
}

impl Installer<'_> {
    fn because(&self, reason: &str, link: &'static str) -> Origin {
        Origin::new(self.image.field(kind_field!("packages")), reason).link(link)
    }

    /// The first stage: what runs needs, in `/app/node_modules`.
    fn stage(&self) -> Section {
        let folder = Origin::new(self.image.field(kind_field!("source")), "The folder of the program, in every stage");
        let mut lines = self.installer();
        let lists = Instruction::Copy { from: None, sources: self.lists(), target: "./" };
        lines.push((WORKDIR, folder.link(PRACTICES)));
        lines.push((
            lists,
            self.because("Only the lists of packages and how to install them, before the code", CACHE_ORDER),
        ));
        lines.push((
            self.install(true),
            self.because(
                "Just what the lock file says, without what is for development; repeated only when that changes",
                self.guide(),
            ),
        ));
        lines
    }

    /// What its makers say of installing in images.
    fn guide(&self) -> &'static str {
        match self.kind {
            Packages::Npm => NPM,
            Packages::Pnpm => PNPM,
            Packages::Yarn => YARN,
        }
    }

    /// The stage that builds the program, with the packages for development; these do not outlive it.
    fn build(&self, script: &str) -> Section {
        let field = self.image.field(kind_field!("build"));
        let command = match self.kind {
            Packages::Npm => "npm run ",
            Packages::Pnpm => "pnpm run ",
            Packages::Yarn => "yarn run ",
        };
        let command = ShellCommand::from(command).and_word(&Word::new(script)).and(" && rm -rf node_modules");
        vec![
            (
                from("packages", Some("builder")),
                Origin::new(
                    &field,
                    "A stage of its own to build in, since compilers and checkers are not needed to run",
                )
                .link(MULTI_STAGE),
            ),
            (
                self.install(false),
                Origin::new(&field, "With the packages for development, before the code").link(CACHE_ORDER),
            ),
            (
                CODE,
                Origin::new(self.image.field(kind_field!("source")), "The code, and whatever else the script reads")
                    .link(CACHE_ORDER),
            ),
            (
                Instruction::RunShell { mounts: &[], command },
                Origin::new(
                    &field,
                    "Builds the program; the packages go, since those that run come from the first stage",
                )
                .link(MULTI_STAGE),
            ),
        ]
    }

    /// What has to be there to install with.
    fn installer(&self) -> Section {
        match self.kind {
            Packages::Npm => Vec::new(),
            Packages::Pnpm => {
                let command = run(&[NPM_CACHE], "npm install --global pnpm@12");
                vec![(
                    command,
                    self.because(
                        "pnpm at a version that stays, which gives way to the one that `packageManager` names",
                        "https://pnpm.io/installation#using-npm",
                    ),
                )]
            }
            Packages::Yarn => {
                let environment = Instruction::Env(&[
                    ("COREPACK_DEFAULT_TO_LATEST", "0"),
                    ("YARN_IGNORE_PATH", "1"),
                    ("YARN_NODE_LINKER", "node-modules"),
                ]);
                let command = run(&[NPM_CACHE], "npm install --global --force corepack@0.36");
                vec![
                    (environment, self.because("Packages in node_modules, where Node.js looks for them without Yarn; the \
    version of Yarn does not depend on the day", COREPACK)),
                    (command, self.because("Corepack runs the Yarn that `packageManager` names, in place of the image's own, if it still has one", COREPACK)),
                ]
            }
        }
    }

    /// The files of the context that say what is installed; what is not there is passed over.
    fn lists(&self) -> &'static [&'static str] {
        match self.kind {
            Packages::Npm => &["package.json", "package-lock.json", ".npmrc*"],
            Packages::Pnpm => &["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml*", ".npmrc*"],
            Packages::Yarn => &["package.json", "yarn.lock", ".yarnrc*"],
        }
    }

    /// Installs the packages: those to run with, or all. Without any there would be no folder to copy.
    fn install(&self, only_production: bool) -> Instruction {
        // Classic Yarn has one cache, and all later ones another.
        const YARN_CACHES: &[Mount] =
            &[Mount::Cache("/usr/local/share/.cache/yarn"), Mount::Cache("/root/.yarn/berry")];
        const PNPM_STORE: &[Mount] = &[Mount::Cache("/root/.pnpm-store")];
        match (self.kind, only_production) {
            (Packages::Npm, true) => run(&[NPM_CACHE], "npm ci --omit=dev && mkdir -p node_modules"),
            (Packages::Npm, false) => run(&[NPM_CACHE], "npm ci"),
            (Packages::Pnpm, true) => run(
                PNPM_STORE,
                "CI=1 pnpm install --frozen-lockfile --prod --store-dir /root/.pnpm-store \\\n    \
                 && mkdir -p node_modules",
            ),
            (Packages::Pnpm, false) => {
                run(PNPM_STORE, "CI=1 pnpm install --frozen-lockfile --store-dir /root/.pnpm-store")
            }
            (Packages::Yarn, true) => run(
                YARN_CACHES,
                "case \"$(yarn --version)\" in \\\n        \
                     1.*) yarn install --frozen-lockfile --production ;; \\\n        \
                     *) yarn workspaces focus --all --production ;; \\\n    \
                 esac && mkdir -p node_modules",
            ),
            (Packages::Yarn, false) => run(
                YARN_CACHES,
                "case \"$(yarn --version)\" in \\\n        \
                     1.*) yarn install --frozen-lockfile ;; \\\n        \
                     *) yarn install --immutable ;; \\\n    \
                 esac",
            ),
        }
    }
}
