//! Plimsoll: describe a deployment once; get files that agree, and a plan of what they need.
//!
//! Text goes one way: [`yaml`] reads it, [`topology`] checks it, and [`generate`], [`plan`] and `advise` follow from the
//! checked topology. [`analyze`] is the door to all of it:
//!
//! ```
//! let analysis = plimsoll::analyze("services: { api: { python: {}, needs: [db] }, db: { postgres: {} } }\nserver: {}\n");
//! let outputs = analysis.outputs.expect("the document can be read");
//! let files: Vec<String> = outputs.artifacts().into_iter().map(|file| file.path).collect();
//! assert_eq!(files, ["Dockerfile", ".dockerignore", "compose.yaml", ".env.example", "DEPLOY.md"]);
//! assert_eq!(outputs.plan.services[0].service.as_str(), "api");
//! ```

pub mod advise;
pub mod agree;
pub mod archive;
pub mod diff;
mod dockerfile;
pub mod edit;
pub mod engine;
pub mod finding;
pub mod generate;
pub mod hash;
pub mod ide;
mod input;
pub mod kinds;
pub mod message;
pub mod model;
pub mod plan;
pub mod progress;
pub mod quantity;
pub mod report;
pub mod rule;
#[cfg(feature = "rulebook")]
pub mod rulebook;
pub mod rules;
pub mod share;
pub mod sorting;
pub mod text;
pub mod topology;
pub mod view;
pub mod yaml;

mod analysis;
mod artifact;
mod lazy_decode;
mod spelling;

/// The version of Plimsoll, such as `0.1.0`.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

pub use analysis::{Analysis, Outputs, analyze, analyze_environment, analyze_with, disagreements, topology_of};
