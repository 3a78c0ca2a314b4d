//! `storage-owner`: a disk that the container may not write to.

use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub static RULE: Rule = Rule::new(
    "storage-owner",
    Explanation {
        title: "A disk that the container may not write to",
        why: "On a server, a fresh volume belongs to the user of the image's folder, often root, while the container \
              runs without root privileges. The program then fails with `permission denied` at its first write. \
              Kubernetes gives the disk to the pod's group, Compose does not. Set `user` to the number of the user \
              that owns the folder in the image.",
        fails: Example::Document(
            "\
services:
  files: { image: \"ghcr.io/acme/files:1.4\", storage: 1Gi, storage_path: /data }
",
        ),
        passes: Example::Document(
            "\
services:
  files: { image: \"ghcr.io/acme/files:1.4\", storage: 1Gi, storage_path: /data, user: 1000 }
",
        ),
    },
    Some("https://docs.docker.com/engine/storage/volumes/#populate-a-volume-using-a-container"),
);
