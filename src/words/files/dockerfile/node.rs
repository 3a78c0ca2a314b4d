//! Why the lines of a Dockerfile for Node.js are there.

// The stage that installs the packages that run.
pub const INSTALLER_STAYS_OUT: &str = "Packages are installed in a stage of their own: what installs them stays out";
pub const SAME_FOLDER: &str = "The folder of the program, in every stage";
pub const LISTS_BEFORE_CODE: &str = "Only the lists of packages and how to install them, before the code";
pub const JUST_THE_LOCK_FILE: &str =
    "Just what the lock file says, without what is for development; repeated only when that changes";

// What has to be there to install with.
pub const PNPM_PINNED: &str = "pnpm at a version that stays, which gives way to the one that `packageManager` names";
pub const YARN_FILLS_NODE_MODULES: &str = "Packages in node_modules, where Node.js looks for them without Yarn; the \
    version of Yarn does not depend on the day";
pub const COREPACK_RUNS_YARN: &str =
    "Corepack runs the Yarn that `packageManager` names, in place of the image's own, if it still has one";

// The stage that builds the program.
pub const COMPILERS_STAY_OUT: &str =
    "A stage of its own to build in, since compilers and checkers are not needed to run";
pub const ALL_PACKAGES_TO_BUILD: &str = "With the packages for development, before the code";
pub const CODE_FOR_THE_SCRIPT: &str = "The code, and whatever else the script reads";
pub const PACKAGES_TO_BUILD_STAY_OUT: &str =
    "Builds the program; the packages go, since those that run come from the first stage";

// The stage that runs.
pub const SLIM_IMAGE: &str = "Node.js's official image; slim leaves out compilers";
pub const FOR_PRODUCTION: &str = "Express and others ask for it, and leave out then what is for developers";
pub const PACKAGES_THAT_RUN: &str =
    "The packages that run, without those for development and without what installed them";
pub const BUILT_LAST: &str =
    "What was built, last, since it changes most; root owns it, so the program cannot change it";
pub const CODE_LAST: &str = "The code last, since it changes most; root owns it, so the program cannot change it";
pub const NPM_KEEPS_SIGTERM: &str =
    "Node.js itself and in exec form, since npm would keep SIGTERM to itself; the program has to listen for it";
