//! `too-many-connections`: the pools of all processes together may open more connections than the database accepts.

use super::Advised;
use crate::finding::{Finding, Fix};
use crate::message::{Message, message};
use crate::model::{FieldPath, service_field};
use crate::plan::{ClientPlan, DatabasePlan};
use crate::rule::{Example, Explanation, Rule};
use crate::sorting;
use crate::text::Edit;
use crate::topology::Name;

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "too-many-connections",
    Explanation {
        title: "More connections than the database accepts",
        why: "Every process keeps a pool of connections, and replicas multiply it: 4 replicas with 4 workers and a \
              pool of 15 may open 240, while PostgreSQL accepts 100. The ones beyond are refused with `too many \
              clients already`, usually at the peak or while a release doubles the pods. Use a smaller \
              `database_pool`, a pooler such as PgBouncer, or a higher `max_connections`, of which each costs the \
              database memory.",
        fails: Example::Document(
            "\
services:
  api: { python: {}, workers: 4, replicas: 4, database_pool: { size: 5, overflow: 10 }, needs: [db] }
  db: { postgres: { max_connections: 100 } }
server: { cpu: 4, memory: 4Gi }
",
        ),
        passes: Example::Document(
            "\
services:
  api: { python: {}, workers: 4, replicas: 2, database_pool: { size: 5, overflow: 5 }, needs: [db] }
  db: { postgres: { max_connections: 100 } }
server: { cpu: 4, memory: 4Gi }
",
        ),
    },
    Some("https://docs.sqlalchemy.org/en/20/core/pooling.html"),
);

/// The most services whose arithmetic is shown.
const SHOWN: usize = 4;

/// When the connections are too many.
#[derive(Debug, Clone, Copy)]
enum TooMany {
    Always,
    AtPeak,
    InRollout,
}

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    advised.plan.databases.iter().filter_map(|database| finding(advised, database)).collect()
}

fn finding(advised: &Advised, database: &DatabasePlan) -> Option<Finding> {
    let accepted = database.max_connections?;
    let is_too_many = |connections: u64| connections > u64::from(accepted);
    let in_a_rollout = database.rollout_connections.filter(|_| !is_too_many(database.peak_connections));
    let most = in_a_rollout.unwrap_or(database.peak_connections);
    if !is_too_many(most) {
        return None;
    }
    let largest = database.clients.iter().max_by_key(|client| client.most_connections())?;
    let when = match in_a_rollout {
        Some(_) => TooMany::InRollout,
        None if is_too_many(database.steady_connections) => TooMany::Always,
        None => TooMany::AtPeak,
    };
    let arithmetic =
        |client: &ClientPlan| client.rollout_text().filter(|_| in_a_rollout.is_some()).unwrap_or_else(|| client.text());
    let told = database.clients.iter().take(SHOWN).map(|client| (&client.service, arithmetic(client)));
    let told: Vec<(&Name, String)> = told.collect();
    let more = database.clients.len() - told.len();
    let message = too_many_connections(&database.database, accepted, most, when, &told, more);
    let field = FieldPath::of_service(&largest.service, service_field!("database_pool"));
    let finding = Finding::warning(&RULE, advised.at(&field), message).cite();
    let Some(pool) = enough(database, largest, accepted) else {
        return Some(finding.help(pooler_help(&database.database)));
    };
    let fix = smaller_pool(advised, largest, pool);
    let help = format!(
        "Keep `size` and `overflow` of `{}` to {pool} together, or raise `max_connections` of `{}` (each \
         connection costs it memory)",
        largest.service, database.database
    );
    Some(Finding { fix, ..finding.help(help) })
}

/// Shows the arithmetic of the first few clients, and counts the others.
fn too_many_connections(
    database: &Name,
    accepted: u32,
    opened: u64,
    when: TooMany,
    clients: &[(&Name, String)],
    more: usize,
) -> Message {
    let when = match when {
        TooMany::Always => "",
        TooMany::AtPeak => " at the peak",
        TooMany::InRollout => " while a new release replaces pods",
    };
    let mut told: Vec<String> = clients.iter().map(|(name, arithmetic)| format!("`{name}` {arithmetic}")).collect();
    if more > 0 {
        told.push(format!("and {more} more services"));
    }
    let told = told.join(", ");
    message!(
        "`{database}` accepts {accepted} connections at once, and up to {opened} may be opened{when}: {told}",
        database,
        accepted,
        opened
    )
}

/// Where no pool of any client would be small enough.
fn pooler_help(database: &Name) -> String {
    format!(
        "Put a pooler such as PgBouncer before `{database}`, or raise `max_connections` of `{database}` (each connection \
         costs it memory)"
    )
}

/// Offers to write a pool of `pool` connections in all, if the figures to change are written.
fn smaller_pool(advised: &Advised, client: &ClientPlan, pool: u64) -> Option<Fix> {
    let size = u64::from(client.pool_size).min(pool);
    let overflow = pool - size;
    let mut edits = Vec::new();
    let figures = [
        (service_field!("database_pool.size"), client.pool_size, size),
        (service_field!("database_pool.overflow"), client.pool_overflow, overflow),
    ];
    for (field, was, is) in figures {
        if u64::from(was) > is {
            edits.push(Edit {
                span: advised.written(&client.service, service_field!("database_pool"), field)?,
                text: is.to_string(),
            });
        }
    }
    sorting::sort_by_key(&mut edits, |edit| edit.span);
    Some(Fix {
        title: format!("Keep {size} connections, and {} more under load", overflow.min(client.pool_overflow.into())),
        edits,
    })
}

/// The pool of the largest client that would do, if it alone gives way: the others may open their most at the same time.
fn enough(database: &DatabasePlan, largest: &ClientPlan, accepted: u32) -> Option<u64> {
    let others = database.clients.iter().filter(|client| client.service != largest.service);
    let others = others.map(ClientPlan::most_connections).fold(0, u64::saturating_add);
    let replicas = largest.peak_replicas.max(largest.rollout_replicas.unwrap_or(0));
    let processes = u64::from(largest.processes).saturating_mul(replicas.into()).max(1);
    let pool = u64::from(accepted).saturating_sub(others) / processes;
    Some(pool).filter(|pool| *pool > 0)
}
