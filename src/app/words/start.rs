//! What an empty page says.

pub const HEADLINE: &str = "See what a deployment needs before you ship it.";
pub const LEAD: &str = "Describe it once. Get a Dockerfile, a compose.yaml and Kubernetes manifests that agree, how much memory they \
    take, and which replica lands on which machine. Everything is worked out in this tab; nothing is sent anywhere.";
pub const FROM_EXAMPLE: &str = "Start from an example";
pub const FROM_PROJECT: &str = "Start from my project";
pub const DROP: &str = "Paste a topology into the text, or drop its file anywhere on this page.";
pub const OPEN_FILE: &str = "Open a file…";
pub const NOT_YET: &str = "Converting a compose.yaml or a Dockerfile is not there yet. Paste or drop a compose.yaml all the same: its \
    services are read, and Advice names each key that has another name here.";
pub const FROM_NOTHING: &str = "Or write your own";
pub const WHOLE: &str = "This is a whole document; everything else has a default.";
pub const UNREADABLE: &str = "This text cannot be read yet.";
pub const WHERE_WRONG: &str = "Advice says what is wrong and where. Or start from an example; your text is kept.";

pub fn all_examples(count: usize) -> String {
    format!("Show all {count}")
}
