//! `too-many-connections`: the pools of all processes together may open more connections than the database accepts.

use super::Advised;
use crate::finding::Finding;
use crate::plan::{ClientPlan, DatabasePlan};

const RULE: &str = "too-many-connections";
const LINK: &str = "https://docs.sqlalchemy.org/en/20/core/pooling.html";

/// The most services whose arithmetic is told.
const SHOWN: usize = 4;

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    advised.plan.databases.iter().filter_map(|database| finding(advised, database)).collect()
}

fn finding(advised: &Advised, database: &DatabasePlan) -> Option<Finding> {
    let accepted = database.max_connections?;
    if database.peak_connections <= u64::from(accepted) {
        return None;
    }
    let most = database.clients.iter().max_by_key(|client| client.peak_connections)?;
    let when = if database.steady_connections > u64::from(accepted) { "" } else { " at the peak" };
    let mut arithmetic: Vec<String> = Vec::new();
    for client in database.clients.iter().take(SHOWN) {
        arithmetic.push(format!("`{}` {}", client.service, client.text()));
    }
    if database.clients.len() > SHOWN {
        arithmetic.push(format!("and {} more services", database.clients.len() - SHOWN));
    }
    let message = format!(
        "`{}` accepts {accepted} connections at once, and up to {} may be opened{when}: {}",
        database.database,
        database.peak_connections,
        arithmetic.join(", ")
    );
    let span = advised.at(&format!("services.{}.database_pool", most.service));
    Some(Finding::warning(RULE, span, message).help(help(database, most, accepted)).link(LINK))
}

/// The pool of the largest client that would do, if it alone gives way, or the limit that would.
fn help(database: &DatabasePlan, most: &ClientPlan, accepted: u32) -> String {
    let others = database.peak_connections - most.peak_connections;
    let processes = u64::from(most.processes).saturating_mul(most.peak_replicas.into()).max(1);
    let pool = u64::from(accepted).saturating_sub(others) / processes;
    let raise = format!("raise `max_connections` of `{}` (each connection costs it memory)", database.database);
    if pool == 0 {
        return format!("Put a pooler such as PgBouncer before `{}`, or {raise}", database.database);
    }
    format!("Keep `size` and `overflow` of `{}` to {pool} together, or {raise}", most.service)
}
