//! MariaDB.

use crate::kinds::connection::{AccountName, Address, Connection, SqlSchemes};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{
    Database, Facts, MAKES_DATABASE, MAKES_USER, NO_ROOT, OFFICIAL_USER, Settings, Store, password, plain, words,
};
use crate::model::{Memory, User, Variable, measured, service_field};

/// MariaDB.
pub struct Mariadb;

impl Store for Mariadb {
    type Fields = Database;

    const FACTS: Facts = Facts {
        key: "mariadb",
        title: "MariaDB",
        usual_name: "db",
        role: Role::Database,
        image: "mariadb",
        version: "11.8",
        port: 3306,
        has_storage_by_default: true,
        writable: &["/tmp", "/run/mysqld"],
        measured: &[&measured::MARIADB],
        memory: Memory::from_mib(160),
        heap: None,
        max_connections: Some(151),
        speaks_http: false,
        reads_secret_files: true,
        data_follows_hostname: false,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["DATABASE", "DB", "SQL", "MARIA"],
            address: Address::Account {
                scheme: "mysql",
                user: AccountName::Variable("MARIADB_USER"),
                database: Some("MARIADB_DATABASE"),
                query: "",
            },
            sql: Some(SqlSchemes { sqlalchemy: "mysql+aiomysql", jdbc: "mariadb" }),
            is_pooled: true,
        }),
    };

    fn user(_: &str) -> User {
        OFFICIAL_USER
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/var/lib/mysql")
    }

    fn command(settings: &Settings, _: &Container) -> Option<Vec<String>> {
        let maximum = settings.max_connections?;
        Some(words(&["mariadbd", &format!("--max-connections={maximum}")]))
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        vec![
            plain(
                container,
                "MARIADB_DATABASE",
                &settings.database,
                service_field!("mariadb.database"),
                MAKES_DATABASE,
            ),
            plain(container, "MARIADB_USER", &settings.user, service_field!("mariadb.user"), MAKES_USER),
            password(container, "MARIADB_PASSWORD", service_field!("mariadb")),
            plain(container, "MARIADB_RANDOM_ROOT_PASSWORD", "yes", service_field!("mariadb"), NO_ROOT),
        ]
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["healthcheck.sh", "--connect", "--innodb_initialized"])
    }
}
