//! What is said of a field that the format has in several keys. Of each other field it is said where the format is.

pub const KIND_OF_SERVICE: &str =
    "What the service is: a program built from your code, an image, or a well-known service.";
