//! What is said of the names of images that are built.

pub const IMAGE_NAME_TAKEN_HELP: &str = "Give one of them another name or tag; without `image` each gets its own";
pub const TWO_IMAGE_NAMES_HELP: &str = "Services with the same code, built alike, share an image: name it once, or \
                                        give them different sources";

pub fn image_name_taken(image: &str) -> String {
    format!("Another image, built from other code or in another way, is `{image}` already")
}

pub fn two_image_names(name: &str, other: &str) -> String {
    format!("This code is built once, as `{name}`; it cannot be `{other}` too")
}
