//! Why the lines of a service of Compose are there.

use crate::quantity::Memory;

// What holds for every container.
pub const INTRUDERS_CHANGE_NOTHING: &str =
    "Who breaks in cannot change the program: only the folders named here can be written to";
pub const NO_RIGHTS_OF_ROOT: &str = "None of root's rights is needed";
pub const NO_RIGHTS_BY_SETUID: &str = "No program inside can gain rights by setuid";
pub const LOGS_THAT_ROTATE: &str = "Log files that rotate; Docker's default fills the disk";
pub const NO_SWAP: &str = "As much as the memory limit: no swap, which would make it slow before it fails";

// The process, and what it gets of the machine.
pub const NOT_ROOT_WHATEVER_THE_IMAGE_SAYS: &str = "Not root, whatever the image says";
pub const IMAGES_OWN_USER: &str = "The image's own user, who is not root";
pub const WRITABLE_IN_MEMORY: &str =
    "Writable, in memory (it counts towards the limit), the process's own, gone with the container";
pub const WEIGHT_WHEN_BUSY: &str =
    "Its weight when the processors are busy (1024 a core), and no limit when they are not";
pub const FIRST_PROCESS_THAT_BURIES: &str =
    "A small first process that passes signals on and buries what health checks leave behind";
pub const TIME_TO_END: &str = "Time to end what it is doing before it is killed; Docker's own 10 seconds are few";

pub fn memory_limit_given(limit: Memory) -> String {
    format!(
        "{limit}: as the document says. Limit and requirement are the same, so that what runs on the server adds up"
    )
}

pub fn memory_limit_of_need(limit: Memory, need: Memory) -> String {
    format!(
        "{limit}: the {need} that it needs and a quarter more. Limit and requirement are the same, so that what runs \
         on the server adds up"
    )
}

// The image, and the command.
pub use crate::words::files::NAMED_IMAGE;
pub const BUILT_IMAGE: &str = "The name of the image that is built from your code";
pub const BUILT_FROM_CODE: &str = "Built from your code";
pub const BUILT_AT_EVERY_UP: &str =
    "Built at every `docker compose up`, never taken from a registry where the name may be someone else's";
pub const BUILT_BY_BUILD_ALONE: &str =
    "Built by `docker compose build` and not at every run; no registry is asked for it";
pub const BUILT_ONCE: &str = "Built once, by the first service that runs it; no registry is asked for it";
pub const BUILT_ANEW_WHILE_YOU_DEVELOP: &str = "For `docker compose watch`, while you develop: changed files cannot be \
    copied into a read-only container, so the image is built anew. What `.dockerignore` names changes nothing";
pub const STEPS_BEFORE_THE_PROGRAM: &str =
    "The steps run in the same container first, at every start; then the program takes the shell's place";
pub const SETTINGS_OF_THE_CATALOG: &str =
    "What the image would not do by itself: the limits and settings of the document";
pub const COMMAND_WITHOUT_A_SHELL: &str = "As you wrote it, word by word: no shell reads it";
pub const COUNTS_WRITTEN_OUT: &str =
    "Not the image's own command; every count is written out, since a default would count the server's processors";

pub fn official_image(title: &str) -> String {
    format!("{title}'s official image")
}

// Its name, its settings, its disk.
pub const REACHED_UNDER_THIS_NAME: &str = "Others reach it under this name";
pub const STARTED_UNDER_THIS_NAME: &str = "`docker compose run` starts it under this name";
pub const RABBITMQ_LOOKS_UNDER_ITS_HOST: &str =
    "RabbitMQ looks for its data under the name of its host: a new container finds them again";
pub const SETTINGS: &str = "The program's settings";
pub const SETTING_OF_THE_DOCUMENT: &str = "As the document says";
pub const SECRET_IN_ENV: &str = "A secret: its value stands in .env, and without it nothing starts";
pub const SECRETS_IN_NO_VARIABLE: &str =
    "Read from /run/secrets: unlike variables, these stand in no `docker inspect` and reach no child process";
pub const DISK_OUTLIVES_THE_CONTAINER: &str =
    "What is written here outlives the container; the volume's first owner is the folder's in the image";
pub const FOR_THIS_MACHINE_ONLY: &str =
    "For this machine only: a port without an address is open to every network, past the firewall";
pub const OPEN_TO_EVERY_NETWORK: &str = "Open to every network that reaches the server";
pub const EQUAL_CONTAINERS: &str = "Equal containers behind one name";
pub const FEWEST_OF_AN_AUTOSCALER: &str = "The fewest: Compose cannot follow the load";

// When it starts, and when again.
pub const NEEDED_FIRST: &str = "What has to be there first";
pub const AFTER_WHAT_COMES_BEFORE: &str = "Starts when what comes before has ended well";
pub const FAILURES_WHILE_STARTING: &str =
    "Failures do not count while it starts; twice its start-up time, and a minute at least";
pub const NO_TIMETABLE_IN_COMPOSE: &str =
    "Compose has no timetable: `docker compose up` leaves it alone, and the server's cron runs it";
pub const ENDS_BY_ITSELF: &str = "It ends by itself, and cron starts it again";
pub const UNTIL_YOU_STOP_IT: &str = "Starts with the machine and again after a crash, until you stop it";

pub fn starts_when_well(needed: &str) -> String {
    format!("Starts when `{needed}` is well")
}

pub fn nothing_known_to_ask(needed: &str) -> String {
    format!("What could ask inside `{needed}`'s image is not known, so only its start is waited for")
}

pub fn nothing_to_be_asked(needed: &str) -> String {
    format!("`{needed}` listens on nothing that could be asked, so only its start is waited for")
}

// The steps before its start that run in containers of their own.
pub const STEP_BEFORE_ALL_REPLICAS: &str = "Runs once in a container of its own, before any replica starts";
pub const STEP_BEFORE_AN_UNKNOWN_COMMAND: &str =
    "In a container of its own: Compose cannot put a step before a command that only the image knows";
pub const STEP_WITHOUT_A_SHELL: &str = "The step, without a shell";
pub const STEP_STAYS_FAILED: &str = "A step that fails stays failed, and what waits for it does not start";
pub const STEPS_IN_ORDER: &str = "The steps run in the document's order";
