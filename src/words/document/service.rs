//! What is said of one service by itself.

use crate::topology::Name;

// Processes.
pub const ZERO_CPU_REQUEST: &str = "The request cannot be 0";
pub const ONE_PROCESS: &str = "Node.js and Go programs serve with one process";
pub const ONE_PROCESS_HELP: &str =
    "Start more containers with `replicas`; inside one, Go uses several processors by itself";
pub const BEAT_IS_ONE_PROCESS: &str = "Celery beat is one process";
pub const REMOVE_WORKERS: &str = "Remove `workers`";
pub const REMOVE_CONCURRENCY: &str = "Remove `concurrency`";
pub const COUNTED_BY_CONCURRENCY: &str = "A Celery worker counts its processes by `concurrency`";
pub const COUNTED_BY_CONCURRENCY_HELP: &str = "Write `concurrency` inside `celery`";
pub const STARTS_ITS_PROCESSES: &str = "A background process starts its processes itself";
pub const STARTS_ITS_PROCESSES_HELP: &str = "Write their number into its command";
pub const IMAGE_STARTS_PROCESSES: &str =
    "How many processes an image starts that Plimsoll did not make is not for it to say";
pub const IMAGE_STARTS_PROCESSES_HELP: &str = "Give the program its own setting, through `command` or `env`";

pub fn workers_out_of_range(workers: u32) -> String {
    format!("{workers} workers is out of range")
}

pub fn processes_out_of_range(processes: u32) -> String {
    format!("{processes} processes is out of range")
}

// What runs now and then.
pub const RUNS_ALL_THE_TIME: &str = "What serves or waits for work runs all the time";
pub const RUNS_ALL_THE_TIME_HELP: &str =
    "Remove `schedule`, or make what runs now and then a service of its own, with `worker`";
pub const COMPOSE_HAS_NO_TIMETABLE: &str = "Compose has no timetable, so the server's cron has to start it";
pub const COMPOSE_HAS_NO_TIMETABLE_HELP: &str = "DEPLOY.md has the line for cron";
pub const SCHEDULE_HELP: &str =
    "Write minute, hour, day of the month, month and day of the week (0 to 6), such as `0 3 * * *`";
pub const NOBODY_WAITS: &str = "Nobody waits for what runs now and then to answer";
pub const NOBODY_WAITS_HELP: &str = "Remove `startup`, or `schedule`";
pub const SERVES_NOBODY: &str = "What runs now and then serves nobody";
pub const SERVES_NOBODY_HELP: &str = "Remove `port`, or `schedule`";

// Replicas.
pub const ONE_EACH_TIME: &str = "Each time, one container runs";
pub const REMOVE_REPLICAS: &str = "Remove `replicas`";
pub const REMOVE_AUTOSCALE: &str = "Remove `autoscale`";
pub const SET_BY_AUTOSCALER: &str = "The autoscaler sets the number of replicas";
pub const SET_BY_AUTOSCALER_HELP: &str = "Remove `replicas`, or `autoscale`";
pub const COMPOSE_HAS_NO_AUTOSCALER: &str = "Compose has no autoscaler: the fewest replicas are started";
pub const COMPOSE_HAS_NO_AUTOSCALER_HELP: &str = "Add a `cluster`, or write `replicas`";
pub const MOST_BELOW_FEWEST_HELP: &str = "Write `max` as large as `min` or larger";
pub const NO_MOST: &str = "The autoscaler does not know where to stop";
pub const NO_MOST_HELP: &str = "Add `max`, the most replicas that you want to pay for";
pub const REPLICAS_WITH_DATA_HELP: &str =
    "One replica is planned; replication is the software's own affair, or that of an operator";

pub fn replicas_out_of_range(replicas: u32) -> String {
    format!("{replicas} replicas is out of range")
}

pub fn most_below_fewest(most: u32, fewest: u32) -> String {
    format!("The most replicas ({most}) are fewer than the fewest ({fewest})")
}

pub fn replicas_with_data(replicas: u32, service: &Name) -> String {
    format!("{replicas} replicas of `{service}` would know nothing of each other's data")
}

pub fn replicas_with_a_disk(replicas: u32, service: &Name) -> String {
    format!("Compose would give all {replicas} replicas of `{service}` the same disk")
}

// The port.
pub const REMOVE_PORT: &str = "Remove `port`";
pub const CELERY_LISTENS_NOWHERE: &str = "Celery listens on no port";

pub fn port_out_of_range(port: u16) -> String {
    format!("{port} as a port is out of range")
}

pub fn listens_on(kind: &str, port: u16) -> String {
    format!("{kind} listens on {port}")
}

// The disk, and folders that are written to.
pub const ZERO_DISK: &str = "The disk cannot be 0";
pub const STORAGE_PATH_HELP: &str = "Write an absolute path, such as `/var/lib/data`, without `..`";
pub const DISK_WITHOUT_PATH: &str = "It is not known where the disk belongs";
pub const DISK_WITHOUT_PATH_HELP: &str = "Add `storage_path`, the folder that the process keeps its data in";
pub const PATH_WITHOUT_DISK: &str = "There is no disk to mount";
pub const PATH_WITHOUT_DISK_HELP: &str = "Add `storage`, its size";
pub const WRITABLE_HELP: &str = "Write an absolute path, such as `/var/cache/app`, without `..`";

pub fn no_absolute_path(text: &str) -> String {
    format!("`{text}` is no absolute path")
}

pub fn too_many_folders(count: usize, most: usize) -> String {
    format!("{count} folders are more than the {most} that one service can have")
}

// Steps before the start.
pub const STEPS_OF_CATALOG_KIND: &str = "What comes before a database or cache is its image's own affair";
pub const STEPS_OF_CATALOG_KIND_HELP: &str = "Put the steps in the service that needs them";
pub const TOO_MANY_STEPS_HELP: &str = "Only the first are used; put several commands into one script";
pub const NOTHING_TO_RUN: &str = "The step does not say what to run";
pub const NOTHING_TO_RUN_HELP: &str = "Add `run`, such as `alembic upgrade head`";
pub const NOT_ONCE: &str = "It runs at every start of every replica, and not once";
pub const NOT_ONCE_HELP: &str = "Leave out `how`, and a job runs it once for a release; or write `when: every-start`";
pub const JOB_RUNS_ONCE: &str = "A job runs once for a release, not at every start";
pub const JOB_RUNS_ONCE_HELP: &str = "Write `how: init-container`, or `when: once`";

pub fn too_many_steps(count: usize, most: usize) -> String {
    format!("{count} steps are more than the {most} that one service can have")
}

// Connections to databases.
pub const POOL_OF_CATALOG_KIND: &str = "A pool belongs to the service that connects";
pub const POOL_OF_CATALOG_KIND_HELP: &str = "Put it in the service that connects";

// The health check.
pub const CATALOG_KIND_BRINGS_HEALTH: &str = "A catalog kind brings its own health check";
pub const REMOVE_HEALTH: &str = "Remove `health`";
pub const HEALTH_PATH_HELP: &str = "Write the path of a URL, such as `/healthz`, without a query";
pub const NOTHING_TO_ASK_WITH: &str =
    "Compose asks inside the container, and what this image could ask with is not known";
pub const NOTHING_TO_ASK_WITH_HELP: &str = "Remove `health`, or add a `cluster`";
pub const NOBODY_TO_ASK: &str = "Nothing listens that could be asked";
pub const NOBODY_TO_ASK_HELP: &str = "Add `port`";

pub fn no_url_path(text: &str) -> String {
    format!("`{text}` is no path of a URL")
}

// The user.
pub const STORAGE_OWNER_HELP: &str = "Write `user`, the number of the user that the image is made for";
pub const CATALOG_KIND_HAS_USER: &str = "A catalog kind runs as its image's own user";
pub const REMOVE_USER: &str = "Remove `user`";

pub fn storage_owner(user: u32) -> String {
    format!("Docker gives a new disk to the owner of its folder in the image, and the process runs as user {user}")
}

pub fn user_out_of_range(user: u32) -> String {
    format!("{user} as a user is out of range")
}

pub fn built_image_runs_as(user: u32) -> String {
    format!("A built image runs as user {user}")
}
