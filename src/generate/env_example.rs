//! `.env.example`: every secret that is to be made up, with what it is for and what it looks like.
//!
//! `.env` is read by Compose, which takes quotes off, and by `kubectl create secret --from-env-file`, which does not;
//! so the examples, and the advice, keep to characters that need none.

use super::artifact::{Artifact, Origin};
use crate::topology::{CatalogKind, Kind, Service, Topology, Variable, VariableValue};
use std::collections::BTreeMap;

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
    let uses = uses(topology);
    for key in keys {
        let Some((first, others)) = uses.get(key).and_then(|uses| uses.split_first()) else { continue };
        let (service, variable) = first;
        let (example, hint) = example(topology, service, variable);
        let mut purpose = format!("# {} of {}", variable.name, service.name);
        for (service, variable) in others {
            purpose.push_str(", ");
            if variable.name != first.1.name {
                purpose.push_str(&variable.name);
                purpose.push_str(" of ");
            }
            purpose.push_str(service.name.as_str());
        }
        let reason = variable.reason.unwrap_or("A secret that stands in no other file");
        let origin = Origin::new(&variable.field, reason).link(LINK);
        lines.push((String::new(), None));
        lines.push((format!("{purpose}.{hint}"), Some(origin.clone())));
        lines.push((format!("{key}={example}"), Some(origin)));
    }
    Some(Artifact::from_lines(".env.example", lines))
}

/// For each key the services that it is for, each with its variable.
fn uses(topology: &Topology) -> BTreeMap<&str, Vec<(&Service, &Variable)>> {
    let mut uses: BTreeMap<&str, Vec<(&Service, &Variable)>> = BTreeMap::new();
    for service in &topology.services {
        for variable in &service.env {
            if let VariableValue::Secret { key } = &variable.value {
                uses.entry(key).or_default().push((service, variable));
            }
        }
    }
    uses
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

#[cfg(test)]
mod tests {
    fn text(services: &str) -> Option<String> {
        let topology = crate::analyze(&format!("services:\n{services}")).outputs.unwrap().topology;
        super::artifact(&topology).map(|artifact| artifact.text)
    }

    #[test]
    fn every_secret_says_what_it_is_for_and_looks_like_itself() {
        let services = "  api: { python: {}, needs: [db, cache], secrets: [DATABASE_URL, REDIS_URL, STRIPE_KEY] }\n  \
                        bot: { celery: {}, needs: [cache, db], secrets: [DATABASE_URL] }\n  \
                        db: { postgres: { database: shop, user: clerk } }\n  cache: { redis: {} }\n";
        let expected = "\
# Copy to .env, replace every change-me, and keep .env out of version control.
# Letters, digits, - and _ mean the same to Compose, to kubectl and in a URL: openssl rand -hex 24

# DATABASE_URL of api, bot. Its password is DB_PASSWORD.
DATABASE_URL=postgresql://clerk:change-me@db:5432/shop

# REDIS_URL of api.
REDIS_URL=redis://cache:6379/0

# STRIPE_KEY of api.
STRIPE_KEY=change-me

# POSTGRES_PASSWORD of db.
DB_PASSWORD=change-me
";
        assert_eq!(text(services).as_deref(), Some(expected));
    }

    #[test]
    fn addresses_are_spelled_as_their_clients_read_them() {
        for (key, kind, example) in [
            ("DATABASE_URL", "mysql: {}", "mysql://app:change-me@x:3306/app"),
            ("SQLALCHEMY_DATABASE_URI", "mariadb: {}", "mysql://app:change-me@x:3306/app"),
            ("MONGO_URL", "mongodb: {}", "mongodb://app:change-me@x:27017/app?authSource=admin"),
            ("CELERY_BROKER_URL", "rabbitmq: {}", "amqp://app:change-me@x:5672/"),
            ("CELERY_RESULT_BACKEND", "valkey: {}", "redis://x:6379/0"),
            ("CACHE_URL", "memcached: {}", "x:11211"),
            ("SENTRY_DSN", "postgres: {}", "change-me"),
            ("DATABASE_PASSWORD", "postgres: {}", "change-me"),
        ] {
            let text =
                text(&format!("  api: {{ python: {{}}, needs: [x], secrets: [{key}] }}\n  x: {{ {kind} }}")).unwrap();
            assert!(text.contains(&format!("\n{key}={example}\n")), "{key} in\n{text}");
        }
    }

    #[test]
    fn a_name_that_would_need_quoting_stands_in_no_address() {
        let services = "  api: { python: {}, needs: [db], secrets: [DATABASE_URL] }\n  \
                        db: { postgres: {}, env: { POSTGRES_USER: \"a\\nINJECTED=1\" } }\n";
        let text = text(services).unwrap();
        assert!(text.contains("\nDATABASE_URL=change-me\n") && !text.contains("INJECTED"), "{text}");
    }

    #[test]
    fn without_secrets_there_is_no_file() {
        assert_eq!(text("  api: { python: {} }"), None);
    }
}
