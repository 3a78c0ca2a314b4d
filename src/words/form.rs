//! What a form says of a field that the format has no single key for; of every other the format says it.

pub const KIND_OF_SERVICE: &str =
    "What the service is: a program built from your code, an image, or a well-known service.";
