//! `.env.example`: every secret that is to be made up, with what it is for and what it looks like.
//!
//! `.env` is read by Compose, which takes quotes off, and by `kubectl create secret --from-env-file`, which does not;
//! so the examples, and the advice, keep to characters that need none.

use crate::artifact::{Artifact, Origin};
use crate::kinds::connection::{AccountName, Address};
use crate::model::{FieldPath, field_path, service_field};
use crate::topology::{Needed, SECRETS_FOLDER, Service, Topology, VariableValue};
use std::collections::BTreeMap;

const LINK: &str = "https://docs.docker.com/compose/how-tos/environment-variables/set-environment-variables/";
/// Stands for what is to be made up.
pub(super) const STAND_IN: &str = "change-me";
/// The reason for a secret without a reason of its own.
const SECRET_IN_NO_OTHER_FILE: &str = "A secret that stands in no other file";

/// The file, if the topology has secrets.
pub fn artifact(topology: &Topology) -> Option<Artifact> {
    let keys = topology.secret_keys();
    if keys.is_empty() {
        return None;
    }
    let header = Origin::new(field_path!("services"), "The keys of .env, which is never committed").link(LINK);
    let mut lines: Vec<(String, Option<Origin>)> = [
        format!("Copy to .env, replace every {STAND_IN}, and keep .env out of version control."),
        "Letters, digits, - and _ mean the same to Compose, to kubectl and in a URL: openssl rand -hex 24".to_owned(),
    ]
    .into_iter()
    .map(|line| (format!("# {line}"), Some(header.clone())))
    .collect();
    let uses = uses(topology);
    for key in keys {
        let Some((uses, first)) = uses.get(key).and_then(|uses| Some((uses, uses.first()?))) else { continue };
        let (example, hints) = example(topology, key, first);
        let readers: Vec<_> = uses.iter().map(|one| (one.name, one.reader())).collect();
        let said: Vec<String> = std::iter::once(purpose(&readers)).chain(hints).collect();
        let origin = Origin::new(&first.field, first.reason).link(LINK);
        lines.push((String::new(), None));
        lines.push((format!("# {}", said.join(" ")), Some(origin.clone())));
        lines.push((format!("{key}={example}"), Some(origin)));
    }
    Some(Artifact::from_lines(".env.example", lines))
}

/// Lists what the services call a secret: each service as [`Use::reader`] names it, the name only where it changes.
fn purpose(uses: &[(&str, String)]) -> String {
    let first = uses.first().map(|(name, _)| *name);
    let said = uses.iter().enumerate().map(|(number, (name, reader))| {
        if number > 0 && Some(*name) == first { reader.clone() } else { format!("{name} of {reader}") }
    });
    format!("{}.", said.collect::<Vec<_>>().join(", "))
}

/// A secret in the hands of a service.
struct Use<'a> {
    service: &'a Service,
    /// What the service calls it.
    name: &'a str,
    field: FieldPath,
    reason: &'static str,
    is_file: bool,
}

impl Use<'_> {
    fn reader(&self) -> String {
        if self.is_file { format!("{} (a file)", self.service.name) } else { self.service.name.to_string() }
    }
}

/// For each key the services that it is for.
fn uses(topology: &Topology) -> BTreeMap<&str, Vec<Use<'_>>> {
    let mut uses: BTreeMap<&str, Vec<Use>> = BTreeMap::new();
    for service in &topology.services {
        for variable in &service.env {
            if let VariableValue::Secret { key } = &variable.value {
                let reason = variable.reason.unwrap_or(SECRET_IN_NO_OTHER_FILE);
                let field = variable.field.clone();
                uses.entry(key).or_default().push(Use { service, name: &variable.name, field, reason, is_file: false });
            }
        }
        for key in &service.secret_files {
            let name = file_variable(service, key).unwrap_or(key);
            let field = service.field(service_field!("secrets_as"));
            let reason = SECRET_IN_NO_OTHER_FILE;
            uses.entry(key).or_default().push(Use { service, name, field, reason, is_file: true });
        }
    }
    uses
}

/// The variable that tells the service where the file of a secret is, if one does.
fn file_variable<'a>(service: &'a Service, key: &str) -> Option<&'a str> {
    let names_it =
        |value: &str| value.strip_prefix(SECRETS_FOLDER).and_then(|rest| rest.strip_prefix('/')) == Some(key);
    service.env.iter().find_map(|variable| match &variable.value {
        VariableValue::Plain(value) if names_it(value) => Some(variable.name.as_str()),
        _ => None,
    })
}

/// What the value looks like, and what it has to agree with.
fn example(topology: &Topology, key: &str, of: &Use) -> (String, Vec<String>) {
    let name = of.name.to_ascii_uppercase();
    let is_address = ["URL", "URI", "DSN", "BACKEND", "BROKER"].iter().any(|end| name.ends_with(end));
    let is_password = name.contains("PASS");
    // As Spring, Quarkus and Micronaut call theirs: SPRING_DATASOURCE_URL, QUARKUS_DATASOURCE_JDBC_URL.
    let is_jdbc = ["JDBC", "DATASOURCE"].iter().any(|part| name.contains(part));
    let needed = of.service.needs.iter().find_map(|needed| {
        let connection = topology.kind_of(*needed).connection?;
        // JDBC's names leave out which database they are about.
        let jdbc = connection.sql.filter(|_| is_jdbc);
        if jdbc.is_none() && !connection.variable_hints.iter().any(|hint| name.contains(hint)) {
            return None;
        }
        if let Some(sql) = jdbc.filter(|_| is_address) {
            Some((jdbc_address(topology, *needed, connection.address, sql.jdbc)?, vec![JDBC_ACCOUNT.to_owned()]))
        } else if is_address {
            let (address, hint) = address(topology, *needed, connection.address)?;
            let driver = connection.sql.filter(|_| of.service.kind.names_database_driver);
            let driver = driver.map(|sql| sqlalchemy_hint(sql.sqlalchemy));
            Some((address, hint.into_iter().chain(driver).collect()))
        } else if is_password {
            let service = topology.service(needed.service()?);
            let password = password(service).filter(|password| *password != key)?;
            Some((STAND_IN.to_owned(), vec![format!("The same as {password}: {} has one password.", service.name)]))
        } else {
            None
        }
    });
    needed.unwrap_or_else(|| (STAND_IN.to_owned(), Vec::new()))
}

/// Where JDBC's clients look for the account.
const JDBC_ACCOUNT: &str = "User and password are variables of their own.";

/// The address as JDBC's drivers read it, which take the account apart from it
/// (<https://docs.oracle.com/en/java/javase/21/docs/api/java.sql/java/sql/DriverManager.html>).
fn jdbc_address(topology: &Topology, needed: Needed, of: Address, scheme: &str) -> Option<String> {
    let (address, _) = address(topology, needed, of)?;
    let (_, rest) = address.split_once("://")?;
    let place = rest.rsplit_once('@').map_or(rest, |(_, place)| place);
    Some(format!("jdbc:{scheme}://{place}"))
}

/// The address of a well-known service, and a hint at its password; none where a part would need quoting in a URL.
fn address(topology: &Topology, needed: Needed, address: Address) -> Option<(String, Option<String>)> {
    let (host, port) = match needed {
        Needed::Service(id) => (topology.service(id).name.as_str(), topology.service(id).port?),
        Needed::Managed(id) => {
            let managed = topology.managed_service(id);
            (managed.host.as_deref().unwrap_or(STAND_IN), managed.port)
        }
    };
    let (scheme, user, database, query) = match address {
        Address::Plain { before, after } => return Some((format!("{before}{host}:{port}{after}"), None)),
        Address::Account { scheme, user, database, query } => (scheme, user, database, query),
    };
    let (user, database, hint) = match needed {
        Needed::Service(id) => {
            let service = topology.service(id);
            let database = match database {
                Some(database) => plain_word(service, database)?,
                None => "",
            };
            (account_name(service, user)?, database, Some(format!("Its password is {}.", password(service)?)))
        }
        Needed::Managed(id) => match &topology.managed_service(id).account {
            Some(account) => (account.user.as_str(), account.database.as_str(), None),
            None => (STAND_IN, "", None),
        },
    };
    Some((format!("{scheme}://{user}:{STAND_IN}@{host}:{port}/{database}{query}"), hint))
}

/// The name of the account that clients log in to.
fn account_name(service: &Service, user: AccountName) -> Option<&str> {
    match user {
        AccountName::Variable(name) => plain_word(service, name),
        AccountName::Fixed(name) => Some(name),
    }
}

/// The key of a service's own password.
fn password(service: &Service) -> Option<&str> {
    let variable = service.env.iter().find_map(|variable| match &variable.value {
        VariableValue::Secret { key } if variable.name.contains("PASS") => Some(key.as_str()),
        _ => None,
    });
    let has_name = |key: &&String| file_variable(service, key).is_some_and(|name| name.contains("PASS"));
    variable.or_else(|| service.secret_files.iter().find(has_name).map(String::as_str))
}

/// Tells SQLAlchemy users that the scheme has to name the driver.
fn sqlalchemy_hint(scheme: &str) -> String {
    format!("For SQLAlchemy the scheme names the driver too, such as {scheme}.")
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

# DATABASE_URL of api, bot. Its password is DB_PASSWORD. For SQLAlchemy the scheme names the driver too, such as postgresql+asyncpg.
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
            ("ELASTICSEARCH_URL", "elasticsearch: {}", "http://elastic:change-me@x:9200/"),
            ("S3_ENDPOINT_URL", "minio: {}", "http://x:9000"),
            ("CELERY_BROKER_URL", "rabbitmq: {}", "amqp://app:change-me@x:5672/"),
            ("CELERY_RESULT_BACKEND", "valkey: {}", "redis://x:6379/0"),
            ("CACHE_URL", "memcached: {}", "x:11211"),
            ("SENTRY_DSN", "postgres: {}", "change-me"),
            ("DATABASE_PASSWORD", "postgres: {}", "change-me"),
            ("SPRING_DATASOURCE_URL", "postgres: {}", "jdbc:postgresql://x:5432/app"),
            ("QUARKUS_DATASOURCE_JDBC_URL", "mysql: {}", "jdbc:mysql://x:3306/app"),
            ("SPRING_DATASOURCE_URL", "mariadb: {}", "jdbc:mariadb://x:3306/app"),
            ("JDBC_URL", "redis: {}", "change-me"),
        ] {
            let text =
                text(&format!("  api: {{ python: {{}}, needs: [x], secrets: [{key}] }}\n  x: {{ {kind} }}")).unwrap();
            assert!(text.contains(&format!("\n{key}={example}\n")), "{key} in\n{text}");
        }
    }

    #[test]
    fn two_names_of_one_password_say_that_they_are_one() {
        let services =
            "  api: { node: {}, needs: [db], secrets: [POSTGRES_PASSWORD, ADMIN_PASSWORD] }\n  db: { postgres: {} }\n";
        let text = text(services).unwrap();
        let joined =
            "# POSTGRES_PASSWORD of api. The same as DB_PASSWORD: db has one password.\nPOSTGRES_PASSWORD=change-me\n";
        assert!(text.contains(joined) && text.contains("\n# ADMIN_PASSWORD of api.\n"), "{text}");
    }

    #[test]
    fn the_password_of_a_data_source_is_that_of_the_database() {
        let services = "  api: { java: {}, needs: [cache, db], secrets: [SPRING_DATASOURCE_PASSWORD, JDBC_URL] }\n  \
                        db: { mysql: {} }\n  cache: { redis: {} }\n";
        let text = text(services).unwrap();
        let password = "# SPRING_DATASOURCE_PASSWORD of api. The same as DB_PASSWORD: db has one password.\n";
        let url =
            "# JDBC_URL of api. User and password are variables of their own.\nJDBC_URL=jdbc:mysql://db:3306/app\n";
        assert!(text.contains(password) && text.contains(url), "{text}");
    }

    #[test]
    fn secrets_that_are_files_say_so() {
        let services = "  site: { node: {}, needs: [db], secrets: [DATABASE_URL], secrets_as: files }\n  \
                        db: { postgres: {}, secrets_as: files }\n";
        let expected = "
# DATABASE_URL of site (a file). Its password is DB_PASSWORD.
DATABASE_URL=postgresql://app:change-me@db:5432/app

# POSTGRES_PASSWORD_FILE of db (a file).
DB_PASSWORD=change-me
";
        assert!(text(services).unwrap().ends_with(expected), "{:?}", text(services));
    }

    #[test]
    fn what_somebody_else_runs_is_reached_at_its_own_host() {
        for (kind, example) in [
            (
                "postgres: { database: shop, user: clerk }, external: db.example.com",
                "postgresql://clerk:change-me@db.example.com:5432/shop",
            ),
            ("mysql: {}, external: true", "mysql://app:change-me@change-me:3306/app"),
            (
                "mongodb: {}, external: db.example.com",
                "mongodb://app:change-me@db.example.com:27017/app?authSource=admin",
            ),
        ] {
            let text =
                text(&format!("  api: {{ node: {{}}, needs: [x], secrets: [DATABASE_URL] }}\n  x: {{ {kind} }}"))
                    .unwrap();
            assert!(text.contains(&format!("\n# DATABASE_URL of api.\nDATABASE_URL={example}\n")), "{text}");
        }
        let broker = text(
            "  api: { node: {}, needs: [x], secrets: [AMQP_URL] }\n  x: { rabbitmq: {}, external: mq.example.com }",
        );
        assert!(broker.unwrap().contains("\nAMQP_URL=amqp://change-me:change-me@mq.example.com:5672/\n"));
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
