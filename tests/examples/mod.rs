//! The examples, where a test cannot read files, as in a browser.

/// The examples' names and texts. `golden.rs` holds that none is missing.
pub const EXAMPLES: [(&str, &str); 8] = [
    ("django", include_str!("../../examples/django.yaml")),
    ("environments", include_str!("../../examples/environments.yaml")),
    ("fastapi", include_str!("../../examples/fastapi.yaml")),
    ("model", include_str!("../../examples/model.yaml")),
    ("one-server", include_str!("../../examples/one-server.yaml")),
    ("prebuilt", include_str!("../../examples/prebuilt.yaml")),
    ("shop", include_str!("../../examples/shop.yaml")),
    ("too-many-workers", include_str!("../../examples/too-many-workers.yaml")),
];
