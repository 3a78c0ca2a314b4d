//! `.env.example`: every secret that is to be made up, with what it is for and what it looks like.
//!
//! `.env` is read by Compose, which takes quotes off, and by `kubectl create secret --from-env-file`, which does not;
//! so the examples, and the advice, keep to characters that need none.

use super::artifact::{Artifact, Origin};
use crate::topology::{CatalogKind, Kind, Service, Topology, Variable, VariableValue};

const LINK: &str = "https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/";
const STAND_IN: &str = "change-me";

/// The file, if the topology has secrets.
pub fn artifact(topology: &Topology) -> Option<Artifact> {
    let keys = topology.secret_keys();
    if keys.is_empty() {
        return None;
    }
    let header = Origin::new("services", "The keys of .env, which is never committed").link(LINK);
    let mut lines: Vec<(String, Option<Origin>)> = [
        "# Copy to .env, replace every change-me, and keep .env out of version control.",
        "# Letters, digits, - and _ mean the same to Compose, to kubectl and in a URL: openssl rand -hex 24",
    ]
    .into_iter()
    .map(|line| (line.to_owned(), Some(header.clone())))
    .collect();
    for key in keys {
        let uses = uses(topology, key);
        let Some((service, variable)) = uses.first() else { continue };
        let (example, hint) = example(topology, service, variable);
        let users: Vec<String> =
            uses.iter().map(|(service, variable)| format!("{} of {}", variable.name, service.name)).collect();
        let origin =
            Origin::new(&variable.field, variable.reason.unwrap_or("A secret that stands in no other file")).link(LINK);
        lines.push((String::new(), None));
        lines.push((format!("# {}.{hint}", users.join(", ")), Some(origin.clone())));
        lines.push((format!("{key}={example}"), Some(origin)));
    }
    Some(Artifact::from_lines(".env.example", lines))
}

/// The services that the key is for, each with its variable.
fn uses<'a>(topology: &'a Topology, key: &str) -> Vec<(&'a Service, &'a Variable)> {
    let is_for = |variable: &&Variable| matches!(&variable.value, VariableValue::Secret { key: other } if other == key);
    let variable = |service: &'a Service| service.env.iter().find(is_for).map(|variable| (service, variable));
    topology.services.iter().filter_map(variable).collect()
}

/// What the value looks like, and what it has to agree with.
fn example(topology: &Topology, service: &Service, variable: &Variable) -> (String, String) {
    let name = variable.name.to_ascii_uppercase();
    let is_address = ["URL", "URI", "DSN", "BACKEND", "BROKER"].iter().any(|end| name.ends_with(end));
    let needed = service.needs.iter().map(|id| topology.service(*id)).find_map(|needed| match needed.kind {
        Kind::Catalog(kind) if is_address && words(kind).iter().any(|word| name.contains(word)) => {
            address(needed, kind)
        }
        _ => None,
    });
    needed.unwrap_or_else(|| (STAND_IN.to_owned(), String::new()))
}

/// What the name of a variable says when it holds the address of such a service.
fn words(kind: CatalogKind) -> &'static [&'static str] {
    match kind {
        CatalogKind::Postgres => &["DATABASE", "DB", "SQL", "POSTGRES", "PG"],
        CatalogKind::Mysql | CatalogKind::Mariadb => &["DATABASE", "DB", "SQL", "MARIA"],
        CatalogKind::Mongodb => &["DATABASE", "DB", "MONGO"],
        CatalogKind::Redis | CatalogKind::Valkey => &["REDIS", "VALKEY", "CACHE", "BROKER", "RESULT", "QUEUE"],
        CatalogKind::Rabbitmq => &["RABBIT", "AMQP", "BROKER", "QUEUE"],
        CatalogKind::Memcached => &["MEMCACHE", "CACHE"],
        CatalogKind::Nginx => &[],
    }
}

/// The address of a well-known service, and the key of the password in it.
fn address(service: &Service, kind: CatalogKind) -> Option<(String, String)> {
    let (scheme, user, database) = match kind {
        CatalogKind::Postgres => ("postgresql", "POSTGRES_USER", Some("POSTGRES_DB")),
        CatalogKind::Mysql => ("mysql", "MYSQL_USER", Some("MYSQL_DATABASE")),
        CatalogKind::Mariadb => ("mysql", "MARIADB_USER", Some("MARIADB_DATABASE")),
        CatalogKind::Mongodb => ("mongodb", "MONGO_INITDB_ROOT_USERNAME", Some("MONGO_INITDB_DATABASE")),
        CatalogKind::Rabbitmq => ("amqp", "RABBITMQ_DEFAULT_USER", None),
        CatalogKind::Redis | CatalogKind::Valkey => {
            return Some((format!("redis://{}:{}/0", service.name, service.port?), String::new()));
        }
        CatalogKind::Memcached => return Some((format!("{}:{}", service.name, service.port?), String::new())),
        CatalogKind::Nginx => return None,
    };
    let key = service.env.iter().find_map(|variable| match &variable.value {
        VariableValue::Secret { key } if variable.name.contains("PASS") => Some(key),
        _ => None,
    })?;
    let user = plain_word(service, user)?;
    let database = match database {
        Some(database) => plain_word(service, database)?,
        None => "",
    };
    // MongoDB keeps its first user in the database `admin`.
    let query = if kind == CatalogKind::Mongodb { "?authSource=admin" } else { "" };
    let address = format!("{scheme}://{user}:{STAND_IN}@{}:{}/{database}{query}", service.name, service.port?);
    Some((address, format!(" Its password is {key}.")))
}

/// The value of a plain variable, if it is a word that needs no quoting in a URL.
fn plain_word<'a>(service: &'a Service, name: &str) -> Option<&'a str> {
    service.env.iter().find(|variable| variable.name == name).and_then(|variable| match &variable.value {
        VariableValue::Plain(value) if value.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_') => {
            Some(value.as_str())
        }
        _ => None,
    })
}
