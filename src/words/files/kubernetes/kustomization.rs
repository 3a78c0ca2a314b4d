//! Why the lines of a kustomization are there, and of what an environment changes.

// All files.
pub const EVERY_OBJECT_GOES_THERE: &str = "Every object goes there";
pub const SHARED_BY_ALL_ENVIRONMENTS: &str =
    "What all environments share; each is applied from its folder below k8s/overlays, into its namespace";
pub const LABELS_BUT_NO_SELECTORS: &str =
    "Every object and pod says what it belongs to; selectors stay as they are, since they cannot be changed";
pub const TAG_IS_ALL_THAT_A_RELEASE_CHANGES: &str = "A release only changes this tag";

pub fn all_at_once(command: &str) -> String {
    format!("All of it at once: {command}")
}

/// Of a tag that Jobs run: they cannot be changed, so `command` deletes them.
pub fn job_goes_before_a_release(command: &str) -> String {
    format!("A release only changes this tag; first: {command}")
}

// An environment.
pub const OBJECTS_OF_THE_BASE_GO_THERE_TOO: &str = "Every object goes there, those of the base too";
pub const WHAT_ALL_ENVIRONMENTS_SHARE: &str = "What all environments share";

pub fn environment_at_once(environment: &str, command: &str) -> String {
    format!("All of `{environment}` at once: {command}")
}

pub fn different_object(environment: &str, kind: &str, name: &str) -> String {
    format!("What is different about the {kind} `{name}` in `{environment}`")
}

pub fn object_that_is_not_there(environment: &str, kind: &str, name: &str) -> String {
    format!("`{environment}` has no {kind} `{name}`")
}

pub fn other_image(environment: &str, image: &str) -> String {
    format!("`{environment}` runs {image} instead")
}

// An operation of a patch.
pub const WHICH_ITEM_IS_MEANT: &str =
    "Says which item of the list is meant: where the base has another, nothing is applied";

/// Of what a patch removes, which is in the base for `reason`.
pub fn only_in_the_base(reason: &str) -> String {
    format!("Only in the base: {reason}")
}
