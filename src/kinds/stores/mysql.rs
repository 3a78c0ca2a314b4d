//! MySQL.

use crate::kinds::connection::{AccountName, Address, Connection, SqlSchemes};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{
    Database, Facts, MAKES_DATABASE, MAKES_USER, NO_ROOT, OFFICIAL_USER, Settings, Store, password, plain, words,
};
use crate::model::{Memory, User, Variable, service_field};

/// MySQL.
pub struct Mysql;

impl Store for Mysql {
    type Fields = Database;

    const FACTS: Facts = Facts {
        key: "mysql",
        title: "MySQL",
        usual_name: "db",
        role: Role::Database,
        image: "mysql",
        version: "8.4",
        port: 3306,
        has_storage_by_default: true,
        writable: &["/tmp", "/var/run/mysqld"],
        measured: &[],
        memory: Memory::from_mib(480),
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
                user: AccountName::Variable("MYSQL_USER"),
                database: Some("MYSQL_DATABASE"),
                query: "",
            },
            sql: Some(SqlSchemes { sqlalchemy: "mysql+aiomysql", jdbc: "mysql" }),
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
        Some(words(&["mysqld", &format!("--max-connections={maximum}")]))
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        vec![
            plain(container, "MYSQL_DATABASE", &settings.database, service_field!("mysql.database"), MAKES_DATABASE),
            plain(container, "MYSQL_USER", &settings.user, service_field!("mysql.user"), MAKES_USER),
            password(container, "MYSQL_PASSWORD", service_field!("mysql")),
            plain(container, "MYSQL_RANDOM_ROOT_PASSWORD", "yes", service_field!("mysql"), NO_ROOT),
        ]
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["mysqladmin", "ping", "-h", "127.0.0.1", "--silent"])
    }
}
