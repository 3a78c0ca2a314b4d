//! Why files are not sent to the builder of an image.

pub const SECRETS_STAY_OUT: &str = "Secrets stay out of the image";
pub const HISTORY_CHANGES_ALWAYS: &str = "History is not needed to run, and changes with every commit";
pub const PACKAGES_OF_ITS_OWN: &str = "The image has packages of its own, installed for its own system";
pub const DEVELOPERS_OWN: &str = "What belongs to a developer's machine";
pub const BUILDS_NOTHING_ANEW: &str = "A change of these files alone builds nothing anew";
pub const TOOLS_LEAVE_IT_BEHIND: &str = "What tools leave behind would make every copy look new";
pub const TYPESCRIPT_TAKES_IT_FOR_DONE: &str = "By these TypeScript would take for done what the image does not have";
pub const TESTS_BUILD_NOTHING_ANEW: &str =
    "Tests are no part of a program: a change of these files alone builds nothing anew";
/// Of a line that lets one file through again.
pub const NAMED_BY_THE_DOCUMENT: &str = "Hidden by a line above, and yet one of the files that the document names";
