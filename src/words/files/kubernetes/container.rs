//! Why the lines of a container are there.

use crate::quantity::Memory;

// The image, and what it starts.
pub use crate::words::files::NAMED_IMAGE;
pub const TAG_PINS_THE_IMAGE: &str = "The tag pins the image, so a node that has it need not ask the registry";
pub const NOTHING_PINS_THE_IMAGE: &str =
    "Nothing pins the image, so a node asks the registry for the newest at every start";
pub const STEPS_BEFORE_THE_COMMAND: &str =
    "The steps run first; then the shell gives way to the command, which gets the signal to stop";
pub const SETTINGS_OF_THE_CATALOG: &str = "Settings in which it differs from what the image starts";
pub const EXEC_FORM: &str = "In exec form: no shell stands between the process and the signal to stop";

pub fn official_image(title: &str) -> String {
    format!("An official image of {title}")
}

pub fn built_and_pushed(dockerfile: &str) -> String {
    format!("Built by {dockerfile} and pushed under this name")
}

pub fn built_without_a_registry(dockerfile: &str, image: &str) -> String {
    format!(
        "Built by {dockerfile}; nodes look for a name without a registry on Docker Hub: push it to yours, and write \
         `image: REGISTRY/{image}`"
    )
}

pub fn step_before(number: usize, service: &str) -> String {
    format!("Step {number} before `{service}` starts")
}

pub fn listens_on(port: u16) -> String {
    format!("The process listens on {port}")
}

pub fn answers_while_proxies_learn(seconds: i64) -> String {
    format!("Still answers for {seconds} s while proxies learn that the pod leaves, so no request is refused")
}

// What it gets of the machine, and what it may change.
pub const MEMORY_LIMIT_GIVEN: &str =
    "The limit that you gave; request and limit are the same, so that the node has what the container may take";
pub const CPU_WITHOUT_A_LIMIT: &str =
    "Set aside for one container; no limit, since that would throttle it while processors are idle";

pub fn memory_limit_of_need(need: Memory) -> String {
    format!(
        "{need} needed at the busiest time, and a quarter more; request and limit are the same, so that the node has \
         what the container may take"
    )
}

pub fn nothing_is_written(but_in: &[String]) -> String {
    match but_in {
        [] => "Nothing can be written into the image".to_owned(),
        folders => format!("Nothing can be written into the image but in {}", folders.join(", ")),
    }
}
