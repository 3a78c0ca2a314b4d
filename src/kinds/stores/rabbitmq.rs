//! RabbitMQ.

use crate::kinds::connection::{AccountName, Address, Connection};
use crate::kinds::program::{Container, Role};
use crate::kinds::store::{Catalog, Facts, MAKES_USER, OFFICIAL_USER, Settings, Store, password, plain, words};
use crate::model::{Memory, User, Variable, measured, service_field};

/// RabbitMQ.
pub struct Rabbitmq;

impl Store for Rabbitmq {
    type Fields = Catalog;

    const FACTS: Facts = Facts {
        key: "rabbitmq",
        title: "RabbitMQ",
        usual_name: "queue",
        role: Role::Broker,
        image: "rabbitmq",
        version: "4.1",
        port: 5672,
        has_storage_by_default: true,
        writable: &["/tmp", "/var/log/rabbitmq"],
        measured: &[&measured::RABBITMQ],
        memory: Memory::from_mib(192),
        heap: None,
        max_connections: None,
        speaks_http: false,
        reads_secret_files: false,
        data_follows_hostname: true,
        dump: None,
        connection: Some(Connection {
            variable_hints: &["RABBIT", "AMQP", "BROKER", "QUEUE"],
            address: Address::Account {
                scheme: "amqp",
                user: AccountName::Variable("RABBITMQ_DEFAULT_USER"),
                database: None,
                query: "",
            },
            sql: None,
            is_pooled: false,
        }),
    };

    fn user(version: &str) -> User {
        if version.contains("alpine") { User { uid: 100, gid: 101 } } else { OFFICIAL_USER }
    }

    fn data_path(_: &str) -> Option<&'static str> {
        Some("/var/lib/rabbitmq")
    }

    fn command(_: &Settings, _: &Container) -> Option<Vec<String>> {
        None
    }

    fn variables(settings: &Settings, container: &Container) -> Vec<Variable> {
        vec![
            plain(container, "RABBITMQ_DEFAULT_USER", &settings.user, service_field!("rabbitmq"), MAKES_USER),
            password(container, "RABBITMQ_DEFAULT_PASS", service_field!("rabbitmq")),
        ]
    }

    fn health(_: &Settings) -> Vec<String> {
        words(&["rabbitmq-diagnostics", "-q", "ping"])
    }
}
