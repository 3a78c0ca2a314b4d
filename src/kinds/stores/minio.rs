//! MinIO, as a single server with one disk.

use crate::kinds::connection::{Address, Connection};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{Catalog, Facts, MAKES_USER, Settings, Store, password, plain, words};
use crate::model::{Memory, User, Variable, service_field};

/// MinIO.
pub struct Minio;

impl Store for Minio {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "minio",
        title: "MinIO",
        usual_name: "storage",
        role: Role::ObjectStore,
        // Since October 2025 its makers publish the source only, and in September 2026 they removed the images from Docker Hub;
        // these are the last ones: https://github.com/minio/minio/issues/21647
        image: "quay.io/minio/minio",
        version: "RELEASE.2025-09-07T16-13-09Z",
        port: 9000,
        has_storage_by_default: true,
        writable: &["/tmp"],
        measured: &[],
        memory: Memory::from_mib(384),
        heap: None,
        max_connections: None,
        speaks_http: true,
        // https://github.com/minio/minio/blob/master/docs/docker/README.md
        reads_secret_files: true,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["MINIO", "S3"],
            address: Address::Plain { before: "http://", after: "" },
            sql: None,
            is_pooled: false,
        }),
    };

    /// The image has no user of its own, and runs as any.
    fn user(_: &str) -> User {
        User { uid: 1000, gid: 1000 }
    }

    /// The one folder of the image that any user may write to. A fresh volume of Compose takes over the rights of the folder
    /// that it hides, and the image's `/data` belongs to root: <https://github.com/pgsty/silo/issues/55>.
    fn data_path(_: &str) -> Option<&'static str> {
        Some("/var/tmp")
    }

    /// The folder of certificates, which it makes, would lie in a home that it cannot write to.
    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        Some(words(&["minio", "server", "/var/tmp/minio", "--certs-dir", "/tmp/certs"]))
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        vec![
            plain(container, "MINIO_ROOT_USER", &settings.user, service_field!("minio"), MAKES_USER),
            password(container, "MINIO_ROOT_PASSWORD", service_field!("minio")),
        ]
    }

    /// The image has no curl: <https://github.com/minio/minio/issues/18389>.
    fn health(_: &Settings) -> Vec<String> {
        words(&["mc", "ready", "local"])
    }
}
