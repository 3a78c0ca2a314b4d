//! Valkey.

use super::in_memory::key_value_store;
use crate::kinds::connection::{Address, Connection};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{Catalog, Facts, OFFICIAL_USER, Settings, Store, words};
use crate::model::{Memory, User, Variable};

/// Valkey.
pub struct Valkey;

impl Store for Valkey {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "valkey",
        title: "Valkey",
        usual_name: "cache",
        role: Role::Cache,
        image: "valkey/valkey",
        version: "9",
        port: 6379,
        has_storage_by_default: false,
        writable: &["/tmp"],
        measured: &[],
        memory: Memory::from_mib(96),
        heap: None,
        max_connections: None,
        speaks_http: false,
        reads_secret_files: false,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["REDIS", "VALKEY", "CACHE", "BROKER", "RESULT", "QUEUE"],
            address: Address::Plain { before: "redis://", after: "/0" },
            sql: None,
            is_pooled: false,
        }),
    };

    fn user(version: &str) -> User {
        if version.contains("alpine") { User { uid: 999, gid: 1000 } } else { OFFICIAL_USER }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/data")
    }

    fn command(_: &Settings, container: &Container) -> Option<Vec<String>> {
        Some(key_value_store("valkey-server", container))
    }

    fn variables(_: &Settings, _: &Container) -> Vec<Variable> {
        Vec::new()
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["valkey-cli", "ping"])
    }
}
