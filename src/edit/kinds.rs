//! What a new service can be.

use super::Value;

/// A kind of service, as a person chooses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kind {
    /// The document's key of it, such as `postgres`.
    pub key: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What such a service is often called.
    pub name: &'static str,
}

/// All kinds of services: your own code first, then what others have built.
pub const KINDS: &[Kind] = &[
    Kind { key: "python", title: "Python", name: "api" },
    Kind { key: "celery", title: "Celery worker", name: "worker" },
    Kind { key: "node", title: "Node.js", name: "web" },
    Kind { key: "go", title: "Go", name: "api" },
    Kind { key: "dockerfile", title: "Your own Dockerfile", name: "app" },
    Kind { key: "image", title: "A prebuilt image", name: "app" },
    Kind { key: "postgres", title: "PostgreSQL", name: "db" },
    Kind { key: "mysql", title: "MySQL", name: "db" },
    Kind { key: "mariadb", title: "MariaDB", name: "db" },
    Kind { key: "mongodb", title: "MongoDB", name: "db" },
    Kind { key: "redis", title: "Redis", name: "cache" },
    Kind { key: "valkey", title: "Valkey", name: "cache" },
    Kind { key: "memcached", title: "Memcached", name: "cache" },
    Kind { key: "rabbitmq", title: "RabbitMQ", name: "queue" },
    Kind { key: "nginx", title: "nginx", name: "proxy" },
];

impl Kind {
    /// The kind of this key.
    pub fn of(key: &str) -> Option<Self> {
        KINDS.iter().find(|kind| kind.key == key).copied()
    }

    /// What the key says where nothing is known yet but the kind.
    pub fn value(self) -> Value {
        // An image has no default; this one is small, and answers.
        if self.key == "image" { Value::from("traefik/whoami:v1.11") } else { Value::empty() }
    }

    /// A new service of this kind.
    pub fn service(self) -> Value {
        Value::of(self.key, self.value())
    }
}

/// A name that is not taken: `base`, or with the first number that makes it one.
pub fn free_name(base: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let numbered = (2_u32..).map(|number| format!("{base}-{number}"));
    let mut names = std::iter::once(base.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).unwrap_or_else(|| base.to_owned())
}
