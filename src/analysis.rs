//! From text to everything that follows from it.

use crate::finding::Finding;
use crate::generate::{self, Artifact};
use crate::plan::{self, Plan};
use crate::topology::{self, Topology};
use crate::yaml;

/// What came of a text.
pub struct Analysis {
    /// What is wrong, or worth knowing, in the order of the text.
    pub findings: Vec<Finding>,
    /// What is well defined. Nothing, if the text cannot be read at all.
    pub outputs: Option<Outputs>,
}

/// What follows from a document.
pub struct Outputs {
    /// The checked topology.
    pub topology: Topology,
    /// The files, in the order in which a person reads them.
    pub artifacts: Vec<Artifact>,
    /// What it takes and where it lands.
    pub plan: Plan,
}

/// Reads `text` and works out all that follows from it. The same text gives the same result everywhere.
pub fn analyze(text: &str) -> Analysis {
    let parsed = yaml::parse(text);
    let mut findings = parsed.findings;
    let outputs = parsed.root.as_ref().and_then(|root| {
        let (document, mistakes) = yaml::read(root);
        findings.extend(mistakes);
        let resolved = topology::resolve(&document?);
        findings.extend(resolved.findings);
        let topology = resolved.topology;
        let (artifacts, plan) = (generate::artifacts(&topology), plan::plan(&topology));
        Some(Outputs { topology, artifacts, plan })
    });
    findings.sort_by_key(|finding| (finding.span, finding.severity));
    Analysis { findings, outputs }
}
