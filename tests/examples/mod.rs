//! The examples, where a test cannot read files, as in a browser.

/// The examples' names and texts. `golden.rs` holds that none is missing.
pub const EXAMPLES: [(&str, &str); 15] = [
    ("django", include_str!("../../examples/django.yaml")),
    ("environments", include_str!("../../examples/environments.yaml")),
    ("fastapi", include_str!("../../examples/fastapi.yaml")),
    ("flask", include_str!("../../examples/flask.yaml")),
    ("go", include_str!("../../examples/go.yaml")),
    ("java", include_str!("../../examples/java.yaml")),
    ("model", include_str!("../../examples/model.yaml")),
    ("node", include_str!("../../examples/node.yaml")),
    ("one-server", include_str!("../../examples/one-server.yaml")),
    ("own-dockerfile", include_str!("../../examples/own-dockerfile.yaml")),
    ("plimsoll", include_str!("../../examples/plimsoll.yaml")),
    ("prebuilt", include_str!("../../examples/prebuilt.yaml")),
    ("shop", include_str!("../../examples/shop.yaml")),
    ("site", include_str!("../../examples/site.yaml")),
    ("too-many-workers", include_str!("../../examples/too-many-workers.yaml")),
];
