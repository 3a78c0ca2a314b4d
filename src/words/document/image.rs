//! What is said of the image that a service names.

pub const NO_IMAGE_REFERENCE_HELP: &str = "Write it like `ghcr.io/acme/api:1.4`: lower case, with a tag";
pub const UNPINNED_HELP: &str = "Name the version: `NAME:1.4`";
pub const DEPRECATED_HELP: &str = "Let the image be built from your code: `python: {}` instead of `image`";
pub const REPLACE_BY_PYTHON: &str = "Replace by `python: {}`";

pub fn no_image_reference(text: &str) -> String {
    format!("`{text}` is no image reference")
}

pub fn unpinned(image: &str) -> String {
    format!("`{image}` means another image tomorrow")
}

/// Of an image that started several workers before Uvicorn could.
pub fn deprecated(image: &str) -> String {
    format!("`{image}` is deprecated: Uvicorn itself starts workers, and restarts those that die")
}
