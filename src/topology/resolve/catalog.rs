//! What the official images are told: variables, commands, health checks, users, folders.

use super::super::document::{Database, Service as Written};
use super::super::{CatalogKind, HealthCheck, User, Variable, VariableValue, defaults};
use super::{Report, check, connections_out_of_range};
use crate::quantity::Memory;

const NO_ROOT: &str = "Nobody needs to log in as root";

/// A catalog kind with what the document says of it.
pub struct Entry {
    pub kind: CatalogKind,
    pub version: String,
    /// The database that is made at the first start.
    pub database: String,
    /// The user that is made at the first start.
    pub user: String,
    /// How many clients it accepts, if the document says.
    pub max_connections: Option<u32>,
}

impl Entry {
    /// A database, checked.
    pub fn database(kind: CatalogKind, written: &Database, report: &mut Report) -> Self {
        let mut name = |field| {
            let name = report.text(
                field,
                check::is_database_name,
                |text| format!("`{text}` is no database name"),
                "Use letters, digits and `_`, a letter first, 63 characters at most",
            );
            name.unwrap_or(defaults::DATABASE).to_owned()
        };
        let (database, user) = (name(&written.database), name(&written.user));
        Self {
            kind,
            version: version(kind, &written.version, report),
            database,
            user,
            max_connections: report.number(&written.max_connections, 1..=100_000, connections_out_of_range),
        }
    }

    /// Any other kind, checked.
    pub fn other(kind: CatalogKind, written: &super::super::document::Catalog, report: &mut Report) -> Self {
        Self {
            kind,
            version: version(kind, &written.version, report),
            database: defaults::DATABASE.to_owned(),
            user: defaults::DATABASE.to_owned(),
            max_connections: None,
        }
    }

    /// The image with its tag.
    pub fn image(&self) -> String {
        format!("{}:{}", self.kind.facts().image, self.version)
    }

    /// The user that owns the image's files; Alpine's images number them differently.
    pub fn run_as(&self) -> User {
        let (uid, gid) = match (self.kind, self.version.contains("alpine")) {
            (CatalogKind::Postgres, true) => (70, 70),
            (CatalogKind::Redis | CatalogKind::Valkey, true) => (999, 1000),
            (CatalogKind::Rabbitmq, true) => (100, 101),
            _ => return self.kind.facts().user,
        };
        User { uid, gid }
    }

    /// Where it keeps its data. `PostgreSQL` 18 moved them, and refuses to start with the old mount:
    /// <https://github.com/docker-library/postgres/pull/1259>.
    pub fn data_path(&self) -> Option<&'static str> {
        if self.is_postgres_before_18() { Some("/var/lib/postgresql/data") } else { self.kind.facts().data }
    }

    fn is_postgres_before_18(&self) -> bool {
        let major =
            self.version.split(|c: char| !c.is_ascii_digit()).next().and_then(|digits| digits.parse::<u32>().ok());
        self.kind == CatalogKind::Postgres && major.is_some_and(|major| major < 18)
    }

    /// The variables that its first start reads.
    pub fn variables(&self, service: &str) -> Vec<Variable> {
        const DATABASE: &str = "The database that is made at the first start";
        const USER: &str = "The user that is made at the first start";
        let field = |name: &str| format!("services.{service}.{name}");
        let plain = |name: &str, value: &str, key: &str, reason| Variable {
            name: name.to_owned(),
            value: VariableValue::Plain(value.to_owned()),
            field: field(key),
            reason: Some(reason),
        };
        let password = |name: &str, key: &str| Variable {
            name: name.to_owned(),
            value: VariableValue::Secret { key: password_key(service) },
            field: field(key),
            reason: Some("The password is made up by you and stands in no file"),
        };
        match self.kind {
            CatalogKind::Postgres => {
                let mut variables = vec![
                    plain("POSTGRES_DB", &self.database, "postgres.database", DATABASE),
                    plain("POSTGRES_USER", &self.user, "postgres.user", USER),
                    password("POSTGRES_PASSWORD", "postgres"),
                ];
                if self.is_postgres_before_18() {
                    let folder = "/var/lib/postgresql/data/pgdata";
                    variables.push(plain(
                        "PGDATA",
                        folder,
                        "postgres.version",
                        "A folder inside the disk, since the disk's own may hold `lost+found`",
                    ));
                }
                variables
            }
            CatalogKind::Mysql => vec![
                plain("MYSQL_DATABASE", &self.database, "mysql.database", DATABASE),
                plain("MYSQL_USER", &self.user, "mysql.user", USER),
                password("MYSQL_PASSWORD", "mysql"),
                plain("MYSQL_RANDOM_ROOT_PASSWORD", "yes", "mysql", NO_ROOT),
            ],
            CatalogKind::Mariadb => vec![
                plain("MARIADB_DATABASE", &self.database, "mariadb.database", DATABASE),
                plain("MARIADB_USER", &self.user, "mariadb.user", USER),
                password("MARIADB_PASSWORD", "mariadb"),
                plain("MARIADB_RANDOM_ROOT_PASSWORD", "yes", "mariadb", NO_ROOT),
            ],
            CatalogKind::Mongodb => vec![
                plain("MONGO_INITDB_DATABASE", &self.database, "mongodb.database", DATABASE),
                plain("MONGO_INITDB_ROOT_USERNAME", &self.user, "mongodb.user", USER),
                password("MONGO_INITDB_ROOT_PASSWORD", "mongodb"),
            ],
            CatalogKind::Rabbitmq => vec![
                plain("RABBITMQ_DEFAULT_USER", &self.user, "rabbitmq", USER),
                password("RABBITMQ_DEFAULT_PASS", "rabbitmq"),
            ],
            CatalogKind::Redis | CatalogKind::Valkey | CatalogKind::Memcached | CatalogKind::Nginx => Vec::new(),
        }
    }

    /// The command, where the image's own would not do.
    pub fn command(&self, limit: Memory, keeps_data: bool) -> Option<Vec<String>> {
        // A quarter of the limit is left to buffers and copies: https://redis.io/docs/latest/operate/oss_and_stack/management/optimization/memory-optimization/
        let data = (limit.bytes() / (1 << 20) * 3 / 4).max(1);
        let maximum = self.max_connections.map(|maximum| maximum.to_string());
        let command: Vec<String> = match (self.kind, maximum) {
            (CatalogKind::Postgres, Some(maximum)) => {
                vec!["postgres".into(), "-c".into(), format!("max_connections={maximum}")]
            }
            (CatalogKind::Mysql, Some(maximum)) => vec!["mysqld".into(), format!("--max-connections={maximum}")],
            (CatalogKind::Mariadb, Some(maximum)) => vec!["mariadbd".into(), format!("--max-connections={maximum}")],
            (CatalogKind::Mongodb, Some(maximum)) => vec!["mongod".into(), "--maxConns".into(), maximum],
            (CatalogKind::Redis, _) => key_value_store("redis-server", data, keeps_data),
            (CatalogKind::Valkey, _) => key_value_store("valkey-server", data, keeps_data),
            (CatalogKind::Memcached, _) => vec!["memcached".into(), "-m".into(), data.to_string()],
            _ => return None,
        };
        Some(command)
    }

    /// How to see that it is well, with what its image holds.
    pub fn health(&self) -> HealthCheck {
        let command: &[&str] = match self.kind {
            // By TCP, since while the first start prepares the data the server listens on its socket only.
            CatalogKind::Postgres => &["pg_isready", "-h", "127.0.0.1", "-U", &self.user, "-d", &self.database],
            CatalogKind::Mysql => &["mysqladmin", "ping", "-h", "127.0.0.1", "--silent"],
            CatalogKind::Mariadb => &["healthcheck.sh", "--connect", "--innodb_initialized"],
            CatalogKind::Mongodb => &["mongosh", "--quiet", "--eval", "db.adminCommand('ping').ok"],
            CatalogKind::Redis => &["redis-cli", "ping"],
            CatalogKind::Valkey => &["valkey-cli", "ping"],
            CatalogKind::Rabbitmq => &["rabbitmq-diagnostics", "-q", "ping"],
            // Debian's image has bash, Alpine's has nc; neither has the other.
            CatalogKind::Memcached if self.version.contains("alpine") => &["nc", "-z", "127.0.0.1", "11211"],
            CatalogKind::Memcached => &["bash", "-c", "</dev/tcp/127.0.0.1/11211"],
            CatalogKind::Nginx => &["curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/"],
        };
        HealthCheck::Command(command.iter().map(|word| (*word).to_owned()).collect())
    }
}

/// Redis and Valkey refuse writes before the kernel has to kill them, and write to disk only if they have one.
fn key_value_store(server: &str, data_mib: u64, keeps_data: bool) -> Vec<String> {
    let maximum = format!("{data_mib}mb");
    let mut command = vec![server, "--maxmemory", &maximum, "--maxmemory-policy", "noeviction"];
    command.extend(if keeps_data { ["--appendonly", "yes"] } else { ["--save", ""] });
    command.into_iter().map(str::to_owned).collect()
}

/// The key of a service's password in `.env` and in the Secret: `DB_PASSWORD` for `db`.
fn password_key(service: &str) -> String {
    format!("{}_PASSWORD", service.to_ascii_uppercase().replace('-', "_"))
}

fn version(kind: CatalogKind, written: &crate::yaml::Field<String>, report: &mut Report) -> String {
    let version = report.text(
        written,
        check::is_tag,
        |text| format!("`{text}` is no version"),
        "Use a tag of the image, such as `18` or `18.1`",
    );
    version.unwrap_or(kind.facts().version).to_owned()
}

impl Written {
    /// The catalog kinds that the service names, in the order of the document's types.
    pub(super) fn catalog_entries(&self) -> [(&'static str, CatalogKind, CatalogField<'_>); 9] {
        use CatalogField::{Database, Other};
        [
            ("postgres", CatalogKind::Postgres, Database(&self.postgres)),
            ("mysql", CatalogKind::Mysql, Database(&self.mysql)),
            ("mariadb", CatalogKind::Mariadb, Database(&self.mariadb)),
            ("mongodb", CatalogKind::Mongodb, Database(&self.mongodb)),
            ("redis", CatalogKind::Redis, Other(&self.redis)),
            ("valkey", CatalogKind::Valkey, Other(&self.valkey)),
            ("rabbitmq", CatalogKind::Rabbitmq, Other(&self.rabbitmq)),
            ("memcached", CatalogKind::Memcached, Other(&self.memcached)),
            ("nginx", CatalogKind::Nginx, Other(&self.nginx)),
        ]
    }
}

/// A field that names a catalog kind.
pub enum CatalogField<'a> {
    Database(&'a crate::yaml::Field<Database>),
    Other(&'a crate::yaml::Field<super::super::document::Catalog>),
}
