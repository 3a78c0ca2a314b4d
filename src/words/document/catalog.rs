//! What is said of the official images.

// What is wrong.
pub const DATABASE_NAME_HELP: &str = "Use letters, digits and `_`, a letter first, 63 characters at most";
pub const VERSION_HELP: &str = "Use a tag of the image, such as `18` or `18.1`";

pub fn no_database_name(text: &str) -> String {
    format!("`{text}` is no database name")
}

pub fn no_version(text: &str) -> String {
    format!("`{text}` is no version")
}

// Why a variable is there.
pub const DATABASE: &str = "The database that is made at the first start";
pub const USER: &str = "The user that is made at the first start";
pub const PASSWORD: &str = "The password is made up by you and stands in no file";
pub const FOLDER_IN_DISK: &str = "A folder inside the disk, since the disk's own may hold `lost+found`";
pub const NO_ROOT: &str = "Nobody needs to log in as root";
