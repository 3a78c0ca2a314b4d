//! Memcached.

use super::in_memory::data_mib;
use crate::kinds::connection::{Address, Connection};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{Catalog, Facts, Settings, Store, words};
use crate::model::{Memory, User, Variable, measured};

/// Memcached.
pub struct Memcached;

impl Store for Memcached {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "memcached",
        title: "Memcached",
        usual_name: "cache",
        role: Role::Cache,
        image: "memcached",
        version: "1.6",
        port: 11211,
        has_storage_by_default: false,
        writable: &["/tmp"],
        measured: &[&measured::MEMCACHED],
        memory: Memory::from_mib(80),
        heap: None,
        max_connections: None,
        speaks_http: false,
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["MEMCACHE", "CACHE"],
            address: Address::Plain { before: "", after: "" },
            sql: None,
            is_pooled: false,
        }),
    };

    fn user(_: &str) -> User {
        User { uid: 11211, gid: 11211 }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        None
    }

    fn command(_: &Settings, container: &Container) -> Option<Vec<String>> {
        Some(words(&["memcached", "-m", &data_mib(container.limit).to_string()]))
    }

    fn variables(_: &Settings, _: &Container) -> Vec<Variable> {
        Vec::new()
    }

    /// Debian's image has bash, Alpine's has nc; neither has the other.
    fn health(settings: &Settings) -> Vec<String> {
        if settings.version.contains("alpine") {
            words(&["nc", "-z", "127.0.0.1", "11211"])
        } else {
            words(&["bash", "-c", "</dev/tcp/127.0.0.1/11211"])
        }
    }
}
