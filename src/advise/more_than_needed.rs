//! `more-than-needed`: a fraction of the server, or half of the nodes, would carry all this as well. It is said of what
//! the document asks for in so many words, and not of the smallest that people usually have.

use super::Advised;
use crate::finding::Finding;
use crate::plan::capacity::{enough_nodes, enough_server};
use crate::words::advice as words;

const RULE: &str = "more-than-needed";
const LINK: &str = "https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization";

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    server(advised).into_iter().chain(cluster(advised)).collect()
}

fn server(advised: &Advised) -> Option<Finding> {
    let server = advised.plan.server.as_ref()?;
    let machine = enough_server(advised.topology)?;
    let message = words::server_too_large(server.need, server.available);
    let help = words::smaller_server(&machine.size());
    Some(Finding::info(RULE, advised.at("server.memory"), message).help(help).link(LINK))
}

fn cluster(advised: &Advised) -> Option<Finding> {
    let nodes = advised.plan.cluster.as_ref()?.nodes.len();
    let enough = enough_nodes(advised.topology)?;
    let message = words::fewer_nodes_carry(enough, nodes);
    Some(Finding::info(RULE, advised.at("cluster.nodes"), message).help(words::HAVE_FEWER_NODES).link(LINK))
}
