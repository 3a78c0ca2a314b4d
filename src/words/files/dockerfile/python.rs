//! Why the lines of a Dockerfile for Python are there.

// The stage that installs the packages.
pub const INSTALLER_STAYS_OUT: &str = "Packages are installed in a stage of their own: the installer stays out";
pub const ENVIRONMENT_KNOWS_ITS_PLACE: &str =
    "The same folder in both stages, since a virtual environment knows its place";
pub const PACKAGES_BEFORE_CODE: &str = "The packages by themselves: this step repeats only when the lock file changes";
pub const CODE_FOR_THE_PROJECT: &str = "The code, for the project that pyproject.toml may describe";

// uv.
pub const UV_PINNED: &str = "uv from its own image, pinned where tools that update images look for it";
pub const UV_IS_ONE_FILE: &str = "One file is all of uv";
pub const UV_COMPILES_ONCE: &str =
    "Compiled once here instead of at every start, copied out of the cache mount, for this image's Python";
pub const UV_ADDS_THE_PROJECT: &str = "Adds the project itself, if it is a package";

// pip.
pub const PIP_LISTS_BEFORE_CODE: &str = "Only the list of packages (and the lists that it names), before the code";
pub const PIP_STAYS_OUT: &str =
    "Downloads stay in a cache mount, outside the image; pip installs into an environment without pip";

// Poetry.
pub const POETRY_PINNED: &str = "Poetry at a version that stays; downloads stay in a cache mount";
pub const POETRY_INSTALLS_INTO_THE_FOLDER: &str =
    "The packages go to .venv in this folder, which the next stage copies, and pip does not";
pub const POETRY_ADDS_THE_PROJECT: &str =
    "Adds the project itself, so that a `src` folder can be imported; `package-mode = false` says it is none";

// The stage that runs.
pub const SLIM_IMAGE: &str = "From scratch on Python's official image; slim leaves out compilers";
pub const ENVIRONMENT_FIRST_AND_UNBUFFERED: &str =
    "The environment's programs first; nothing to write beside the code; logs appear at once";
pub const PACKAGES_WITHOUT_INSTALLER: &str = "The installed packages, and nothing of what installed them";
pub const CODE_LAST: &str = "The code last, since it changes most; root owns it, so the app cannot change it";
pub const LISTED_FILES_LAST: &str =
    "Just these files of the code, last, since they change most; root owns them, so the app cannot";
pub const STATIC_FILES_WHILE_BUILDING: &str = "Gathers the static files into STATIC_ROOT, where WhiteNoise in \
    MIDDLEWARE finds them (with DEBUG off, Django itself serves none); settings that ask for secrets get stand-ins, \
    which end with this step";
pub const EXEC_FORM_AND_COUNTS: &str =
    "In exec form the process gets SIGTERM itself and ends its requests; every count is written out";
