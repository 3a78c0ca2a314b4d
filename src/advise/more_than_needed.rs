//! `more-than-needed`: a fraction of the server, or half of the nodes, would carry everything as well. It is reported for
//! machines that the document states, and not for the smallest that people usually have.

use super::Advised;
use crate::finding::Finding;
use crate::message::message;
use crate::model::field_path;
use crate::plan::capacity::{enough_nodes, enough_server};
use crate::plan::figures::about;
use crate::rule::{Example, Explanation, Rule};

/// The rule.
pub(super) static RULE: Rule = Rule::new(
    "more-than-needed",
    Explanation {
        title: "A server or cluster far larger than needed",
        why: "A fraction of the server, or half of the nodes, would carry the same load, at its peak and with what \
              must be survived. The rest is paid for every month and not used. Choose the smaller size that the \
              finding names, unless something else runs there. This is said only of sizes that the document asks \
              for.",
        fails: Example::Document(
            "\
server: { cpu: 8, memory: 32Gi }
services:
  api: { python: {} }
",
        ),
        passes: Example::Document(
            "\
server: { cpu: 2, memory: 2Gi }
services:
  api: { python: {} }
",
        ),
    },
    Some("https://fastapi.tiangolo.com/deployment/concepts/#resource-utilization"),
);

pub(super) fn check(advised: &Advised) -> Vec<Finding> {
    server(advised).into_iter().chain(cluster(advised)).collect()
}

fn server(advised: &Advised) -> Option<Finding> {
    let server = advised.plan.server.as_ref()?;
    let machine = enough_server(advised.topology)?;
    let message = message!(
        "The containers need {need} of the {available} that the server has for them",
        need = server.need => about(server.need),
        available = server.available => about(server.available)
    );
    let help = format!("A server with {} would carry them too", machine.size());
    Some(Finding::info(&RULE, advised.at(&field_path!("server.memory")), message).help(help).cite())
}

fn cluster(advised: &Advised) -> Option<Finding> {
    let nodes = advised.plan.cluster.as_ref()?.nodes.len();
    let enough = enough_nodes(advised.topology)?;
    let message = message!(
        "{enough} of the {nodes} nodes would carry everything, at the peak and through the losses that must be survived",
        enough,
        nodes
    );
    Some(
        Finding::info(&RULE, advised.at(&field_path!("cluster.nodes")), message)
            .help("Use fewer, unless something else runs there")
            .cite(),
    )
}
