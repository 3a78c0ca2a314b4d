//! Installing the packages of Node.js in an image, whichever tool does it.

use super::Packages;
use super::dockerfile::PRACTICES;
use crate::artifact::Origin;
use crate::dockerfile::{CACHE_ORDER, Image, Instruction, Mount, Section, WORKDIR, run};
use crate::model::kind_field;

const COREPACK: &str = "https://github.com/nodejs/corepack#readme";
const NPM: &str = "https://docs.npmjs.com/cli/commands/npm-ci";
const PNPM: &str = "https://pnpm.io/docker";
const YARN: &str = "https://yarnpkg.com/cli/workspaces/focus";

/// Not only npm installs with it: the others are installed by npm.
const NPM_CACHE: Mount = Mount::Cache("/root/.npm");

/// What installs the packages.
pub struct Installer<'a> {
    /// The image that they are installed in.
    pub image: &'a Image<'a>,
    /// The tool.
    pub kind: Packages,
}

impl Installer<'_> {
    fn because(&self, reason: &str, link: &'static str) -> Origin {
        Origin::new(self.image.field(kind_field!("packages")), reason).link(link)
    }

    /// The lines of a stage that has the packages in `/app/node_modules`: those to run with, or all.
    pub fn stage(&self, only_production: bool) -> Section {
        let reason = if only_production {
            "Just what the lock file says, without what is for development; repeated only when that changes"
        } else {
            "Just what the lock file says, with the tools that build; repeated only when that changes"
        };
        let folder = Origin::new(self.image.field(kind_field!("source")), "The folder of the program, in every stage");
        let mut lines = self.installer();
        let lists = Instruction::Copy { from: None, sources: self.lists(), target: "./" };
        lines.push((WORKDIR, folder.link(PRACTICES)));
        lines.push((
            lists,
            self.because("Only the lists of packages and how to install them, before the code", CACHE_ORDER),
        ));
        lines.push((self.install(only_production), self.because(reason, self.guide())));
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
    pub fn install(&self, only_production: bool) -> Instruction {
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
