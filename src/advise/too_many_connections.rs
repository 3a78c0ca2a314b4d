//! `too-many-connections`: the pools of all processes together may open more connections than the database accepts.

use super::Advised;
use crate::finding::{Finding, Fix};
use crate::plan::{ClientPlan, DatabasePlan};
use crate::text::Edit;

const RULE: &str = "too-many-connections";
const LINK: &str = "https://docs.sqlalchemy.org/en/20/core/pooling.html";

/// The most services whose arithmetic is told.
const SHOWN: usize = 4;

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
        Some(_) => " while a new release replaces pods",
        None if is_too_many(database.steady_connections) => "",
        None => " at the peak",
    };
    let mut arithmetic: Vec<String> = Vec::new();
    for client in database.clients.iter().take(SHOWN) {
        let text = client.rollout_text().filter(|_| in_a_rollout.is_some()).unwrap_or_else(|| client.text());
        arithmetic.push(format!("`{}` {text}", client.service));
    }
    if database.clients.len() > SHOWN {
        arithmetic.push(format!("and {} more services", database.clients.len() - SHOWN));
    }
    let message = format!(
        "`{}` accepts {accepted} connections at once, and up to {most} may be opened{when}: {}",
        database.database,
        arithmetic.join(", ")
    );
    let field = format!("services.{}.database_pool", largest.service);
    let finding = Finding::warning(RULE, advised.at(&field), message).link(LINK);
    let raise = format!("raise `max_connections` of `{}` (each connection costs it memory)", database.database);
    let Some(pool) = enough(database, largest, accepted) else {
        return Some(
            finding.help(format!("Put a pooler such as PgBouncer before `{}`, or {raise}", database.database)),
        );
    };
    let fix = smaller_pool(advised, &field, largest, pool);
    let help = format!("Keep `size` and `overflow` of `{}` to {pool} together, or {raise}", largest.service);
    Some(Finding { fix, ..finding.help(help) })
}

/// Writes a pool of so many connections in all, where what has to change is written.
fn smaller_pool(advised: &Advised, field: &str, client: &ClientPlan, pool: u64) -> Option<Fix> {
    let size = u64::from(client.pool_size).min(pool);
    let overflow = pool - size;
    let mut edits = Vec::new();
    for (name, was, is) in [("size", client.pool_size, size), ("overflow", client.pool_overflow, overflow)] {
        if u64::from(was) > is {
            edits.push(Edit { span: advised.written(field, name)?, text: is.to_string() });
        }
    }
    edits.sort_by_key(|edit| edit.span);
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
