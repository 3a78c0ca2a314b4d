//! What programs are told of a document: its findings, the files and the plan, as one JSON object.

use crate::Outputs;
use crate::finding::{Located, locate};
use crate::plan::Plan;
use serde::Serialize;

/// All that follows from a document.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Analysis"))]
pub struct Report<'a> {
    /// Problems and advice, in the order of the text.
    pub findings: Vec<Located<'a>>,
    /// The generated files, in the order in which a person reads them. Do not use them while a finding is an error.
    pub files: Vec<File>,
    /// `null` if the text cannot be read at all.
    pub plan: Option<&'a Plan>,
}

/// A generated file.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct File {
    /// Its path in the output folder, with `/` between folders.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl<'a> Report<'a> {
    /// Reports an analysis of `text`. With `explained`, the files hold their reasons as comments.
    pub fn new(text: &str, analysis: &'a crate::Analysis, explained: bool) -> Self {
        let file = |artifact: crate::generate::Artifact| File {
            text: if explained { artifact.explained() } else { artifact.text },
            path: artifact.path,
        };
        Self {
            findings: locate(text, &analysis.findings),
            files: analysis.outputs.iter().flat_map(Outputs::artifacts).map(file).collect(),
            plan: analysis.outputs.as_ref().map(|outputs| &outputs.plan),
        }
    }
}
