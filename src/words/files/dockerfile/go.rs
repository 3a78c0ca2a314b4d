//! Why the lines of a Dockerfile for Go are there.

// The stage that builds the programs.
pub const COMPILER_STAYS_OUT: &str = "Go's official image builds, and stays out of the image that runs";
pub const NO_C_LIBRARY: &str = "No C library is linked, so that the programs run on any Linux";
pub const OUTSIDE_GOPATH: &str = "Outside GOPATH, as modules are";
pub const LISTS_BEFORE_CODE: &str = "Only the lists of modules, before the code";
pub const MODULES_BEFORE_CODE: &str =
    "The modules by themselves, which stay in a cache mount: repeated only when the lists change";
pub const CODE_AFTER_MODULES: &str = "The code after the modules, since it changes more often";
pub const STRIPPED_WITH_TIME_ZONES: &str = "Every program at once, recompiled where it changed; without debug symbols \
    and this stage's paths, and with the time zones that Alpine lacks";

// The stage that runs.
pub const WGET_TO_ASK_WITH: &str = "CA certificates, and BusyBox's wget, by which the program is asked whether it is \
    well: nothing in a distroless image could ask";
pub const PROGRAMS_ALONE: &str = "The programs and nothing else: files that they read belong inside them, by go:embed";
pub const EXEC_FORM: &str = "In exec form the program gets SIGTERM itself, without a shell in between";
