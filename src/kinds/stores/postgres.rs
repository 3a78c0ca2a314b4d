//! PostgreSQL.

use crate::kinds::connection::{AccountName, Address, Connection, SqlSchemes};
use crate::kinds::program::{Container, Dump, Role};
use crate::kinds::store::{
    Database, Facts, MAKES_DATABASE, MAKES_USER, OFFICIAL_USER, Settings, Store, password, plain, words,
};
use crate::model::{Memory, User, Variable, measured, service_field};

/// PostgreSQL.
pub struct Postgres;

impl Store for Postgres {
    type Fields = Database;

    const FACTS: Facts = Facts {
        key: "postgres",
        title: "PostgreSQL",
        usual_name: "db",
        role: Role::Database,
        image: "postgres",
        version: "18",
        port: 5432,
        has_storage_by_default: true,
        writable: &["/tmp", "/var/run/postgresql"],
        measured: &[&measured::POSTGRES],
        memory: Memory::from_mib(192),
        heap: None,
        max_connections: Some(100),
        speaks_http: false,
        // https://github.com/docker-library/docs/tree/master/postgres#docker-secrets
        reads_secret_files: true,
        data_follows_hostname: false,
        dump: Some(Dump { command: "pg_dump --username \"$POSTGRES_USER\" \"$POSTGRES_DB\"", extension: "sql" }),
        connection: Some(Connection {
            variable_hints: &["DATABASE", "DB", "SQL", "POSTGRES", "PG"],
            address: Address::Account {
                scheme: "postgresql",
                user: AccountName::Variable("POSTGRES_USER"),
                database: Some("POSTGRES_DB"),
                query: "",
            },
            sql: Some(SqlSchemes { sqlalchemy: "postgresql+asyncpg", jdbc: "postgresql" }),
            is_pooled: true,
        }),
    };

    fn user(version: &str) -> User {
        if version.contains("alpine") { User { uid: 70, gid: 70 } } else { OFFICIAL_USER }
    }

    /// PostgreSQL 18 moved its data, and refuses to start with the old mount:
    /// <https://github.com/docker-library/postgres/pull/1259>.
    fn data_path(version: &str) -> Option<&'static str> {
        Some(if is_before_18(version) { "/var/lib/postgresql/data" } else { "/var/lib/postgresql" })
    }

    fn command(settings: &Settings, _: &Container) -> Option<Vec<String>> {
        let maximum = settings.max_connections?;
        Some(words(&["postgres", "-c", &format!("max_connections={maximum}")]))
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        let mut variables = vec![
            plain(container, "POSTGRES_DB", &settings.database, service_field!("postgres.database"), MAKES_DATABASE),
            plain(container, "POSTGRES_USER", &settings.user, service_field!("postgres.user"), MAKES_USER),
            password(container, "POSTGRES_PASSWORD", service_field!("postgres")),
        ];
        if is_before_18(&settings.version) {
            let reason = "A folder inside the disk, since the disk's own may hold `lost+found`";
            let folder = "/var/lib/postgresql/data/pgdata";
            variables.push(plain(container, "PGDATA", folder, service_field!("postgres.version"), reason));
        }
        variables
    }

    /// Asks by TCP: while the first start prepares the data, the server listens on its socket only.
    fn health(settings: &Settings) -> Vec<String> {
        words(&["pg_isready", "-h", "127.0.0.1", "-U", &settings.user, "-d", &settings.database])
    }
}

fn is_before_18(version: &str) -> bool {
    let digits = version.split(|c: char| !c.is_ascii_digit()).next();
    digits.and_then(|digits| digits.parse::<u32>().ok()).is_some_and(|major| major < 18)
}
