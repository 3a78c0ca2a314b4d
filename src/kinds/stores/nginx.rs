//! nginx, in the image that needs no root.

use crate::kinds::program::{Container, Role};
use crate::kinds::store::{Catalog, Facts, Settings, Store, words};
use crate::model::{Memory, User, Variable, measured};

/// nginx, in the image that needs no root.
pub struct Nginx;

impl Store for Nginx {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "nginx",
        title: "nginx",
        usual_name: "proxy",
        role: Role::Proxy,
        image: "nginxinc/nginx-unprivileged",
        version: "1.29",
        port: 8080,
        has_storage_by_default: false,
        writable: &["/tmp"],
        measured: &[&measured::NGINX],
        memory: Memory::from_mib(24),
        heap: None,
        max_connections: None,
        speaks_http: true,
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: None,
    };

    fn user(_: &str) -> User {
        User { uid: 101, gid: 101 }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        None
    }

    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        None
    }

    fn variables(_: &Settings, _: &Container) -> Vec<Variable> {
        Vec::new()
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"])
    }
}
