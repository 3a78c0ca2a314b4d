//! MongoDB.

use crate::kinds::connection::{AccountName, Address, Connection};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{
    Database, Facts, MAKES_DATABASE, MAKES_USER, OFFICIAL_USER, Settings, Store, password, plain, words,
};
use crate::model::{Memory, User, Variable, service_field};

/// MongoDB.
pub struct Mongodb;

impl Store for Mongodb {
    type Fields = Database;

    const FACTS: Facts = Facts {
        key: "mongodb",
        title: "MongoDB",
        usual_name: "db",
        role: Role::Database,
        image: "mongo",
        version: "8.0",
        port: 27017,
        has_storage_by_default: true,
        writable: &["/tmp", "/data/configdb"],
        measured: &[],
        memory: Memory::from_mib(256),
        heap: None,
        max_connections: None,
        speaks_http: false,
        reads_secret_files: true,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["DATABASE", "DB", "MONGO"],
            // MongoDB keeps its first user in the database `admin`.
            address: Address::Account {
                scheme: "mongodb",
                user: AccountName::Variable("MONGO_INITDB_ROOT_USERNAME"),
                database: Some("MONGO_INITDB_DATABASE"),
                query: "?authSource=admin",
            },
            sql: None,
            is_pooled: true,
        }),
    };

    fn user(_: &str) -> User {
        OFFICIAL_USER
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/data/db")
    }

    fn command(settings: &Settings, _: &Container) -> Option<Vec<String>> {
        let maximum = settings.max_connections?;
        Some(words(&["mongod", "--maxConns", &maximum.to_string()]))
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        vec![
            plain(
                container,
                "MONGO_INITDB_DATABASE",
                &settings.database,
                service_field!("mongodb.database"),
                MAKES_DATABASE,
            ),
            plain(container, "MONGO_INITDB_ROOT_USERNAME", &settings.user, service_field!("mongodb.user"), MAKES_USER),
            password(container, "MONGO_INITDB_ROOT_PASSWORD", service_field!("mongodb")),
        ]
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["mongosh", "--quiet", "--eval", "db.adminCommand('ping').ok"])
    }
}
