//! Well-known services: what their official images listen on, run as, write to and need.
//!
//! Users, ports and folders are those of the images' Dockerfiles in
//! <https://github.com/docker-library/official-images/tree/master/library>.

use super::User;
use crate::quantity::Memory;

/// A service that Plimsoll knows from its official image.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CatalogKind {
    /// PostgreSQL.
    Postgres,
    /// MySQL.
    Mysql,
    /// MariaDB.
    Mariadb,
    /// MongoDB.
    Mongodb,
    /// Redis.
    Redis,
    /// Valkey.
    Valkey,
    /// RabbitMQ.
    Rabbitmq,
    /// Memcached.
    Memcached,
    /// nginx, in the image that needs no root.
    Nginx,
}

/// What is true of a kind whatever the document says.
pub(super) struct Facts {
    /// How people write its name.
    pub title: &'static str,
    /// The image without its tag.
    pub image: &'static str,
    /// The tag where the document names none.
    pub version: &'static str,
    /// The port it listens on.
    pub port: u16,
    /// The user that owns the image's files.
    pub user: User,
    /// Where its data are kept, if it keeps any.
    pub data: Option<&'static str>,
    /// Whether it has a disk although the document asks for none.
    pub storage_by_default: bool,
    /// Folders that it writes to beside its data.
    pub writable: &'static [&'static str],
    /// At rest, with little data: an order of magnitude to start from.
    pub memory: Memory,
    /// How many clients a database accepts unless told otherwise.
    pub max_connections: Option<u32>,
}

const OFFICIAL_USER: User = User { uid: 999, gid: 999 };

impl CatalogKind {
    /// How people write its name, such as `PostgreSQL`.
    pub fn title(self) -> &'static str {
        self.facts().title
    }

    /// Whether it holds several databases, each with its owner.
    pub(super) fn holds_databases(self) -> bool {
        matches!(self, Self::Postgres | Self::Mysql | Self::Mariadb | Self::Mongodb)
    }

    /// Whether its image takes a secret from the file that a variable `…_FILE` names: Docker's own database images do
    /// (<https://github.com/docker-library/docs/tree/master/postgres#docker-secrets>).
    pub(super) fn reads_secret_files(self) -> bool {
        self.holds_databases()
    }

    pub(super) fn facts(self) -> Facts {
        match self {
            Self::Postgres => Facts {
                title: "PostgreSQL",
                image: "postgres",
                version: "18",
                port: 5432,
                user: OFFICIAL_USER,
                data: Some("/var/lib/postgresql"),
                storage_by_default: true,
                writable: &["/tmp", "/var/run/postgresql"],
                memory: Memory::from_mib(192),
                max_connections: Some(100),
            },
            Self::Mysql => Facts {
                title: "MySQL",
                image: "mysql",
                version: "8.4",
                port: 3306,
                user: OFFICIAL_USER,
                data: Some("/var/lib/mysql"),
                storage_by_default: true,
                writable: &["/tmp", "/var/run/mysqld"],
                memory: Memory::from_mib(480),
                max_connections: Some(151),
            },
            Self::Mariadb => Facts {
                title: "MariaDB",
                image: "mariadb",
                version: "11.8",
                port: 3306,
                user: OFFICIAL_USER,
                data: Some("/var/lib/mysql"),
                storage_by_default: true,
                writable: &["/tmp", "/run/mysqld"],
                memory: Memory::from_mib(160),
                max_connections: Some(151),
            },
            Self::Mongodb => Facts {
                title: "MongoDB",
                image: "mongo",
                version: "8.0",
                port: 27017,
                user: OFFICIAL_USER,
                data: Some("/data/db"),
                storage_by_default: true,
                writable: &["/tmp", "/data/configdb"],
                memory: Memory::from_mib(256),
                max_connections: None,
            },
            Self::Redis => Facts {
                title: "Redis",
                image: "redis",
                version: "8",
                port: 6379,
                user: OFFICIAL_USER,
                data: Some("/data"),
                storage_by_default: false,
                writable: &["/tmp"],
                memory: Memory::from_mib(96),
                max_connections: None,
            },
            Self::Valkey => Facts { title: "Valkey", image: "valkey/valkey", version: "9", ..Self::Redis.facts() },
            Self::Rabbitmq => Facts {
                title: "RabbitMQ",
                image: "rabbitmq",
                version: "4.1",
                port: 5672,
                user: OFFICIAL_USER,
                data: Some("/var/lib/rabbitmq"),
                storage_by_default: true,
                writable: &["/tmp", "/var/log/rabbitmq"],
                memory: Memory::from_mib(192),
                max_connections: None,
            },
            Self::Memcached => Facts {
                title: "Memcached",
                image: "memcached",
                version: "1.6",
                port: 11211,
                user: User { uid: 11211, gid: 11211 },
                data: None,
                storage_by_default: false,
                writable: &["/tmp"],
                memory: Memory::from_mib(80),
                max_connections: None,
            },
            Self::Nginx => Facts {
                title: "nginx",
                image: "nginxinc/nginx-unprivileged",
                version: "1.29",
                port: 8080,
                user: User { uid: 101, gid: 101 },
                data: None,
                storage_by_default: false,
                writable: &["/tmp"],
                memory: Memory::from_mib(24),
                max_connections: None,
            },
        }
    }
}
