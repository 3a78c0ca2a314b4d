//! Golden files: what every example gives, as it is and with its reasons, and what is published. See `reviewed/`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod digests;
mod examples;
mod reviewed;
#[cfg(feature = "cli")]
mod run;
#[cfg(feature = "schema")]
mod schema_paths;
#[cfg(feature = "schema")]
mod typescript;

use digests::digests;
use examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::plan::capacity;
use plimsoll::plan::simulate::{Scenario, ScenarioKind, simulate};
use plimsoll::topology::Topology;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_example_gives_the_reviewed_files() {
    let mut made = BTreeMap::from([(PathBuf::from("tests/golden/digests.txt"), digests())]);
    for (example, text) in EXAMPLES {
        let folder = Path::new("tests/golden").join(example);
        let outputs = analyze(text).outputs.unwrap();
        for artifact in outputs.artifacts() {
            made.insert(folder.join("explained").join(&artifact.path), artifact.explained());
            made.insert(folder.join("clean").join(&artifact.path), artifact.text);
        }
        made.insert(folder.join("plan.txt"), plimsoll::plan::to_text(&outputs.plan));
        if example == "shop" {
            // Programs that read `plimsoll plan --json` rely on its names.
            made.insert(folder.join("plan.json"), serde_json::to_string_pretty(&outputs.plan).unwrap() + "\n");
            made.insert(folder.join("rollout.json"), rollout(&outputs.topology));
        }
        let capacity = capacity::capacity(&outputs.topology);
        made.insert(folder.join("capacity.txt"), capacity::to_text(&capacity));
    }
    reviewed::assert_folder(Path::new("tests/golden"), &made);
}

#[cfg(feature = "schema")]
#[test]
fn the_published_schema_is_current() {
    let schema = plimsoll::topology::schema();
    reviewed::assert_file("public/schema.json", &(serde_json::to_string_pretty(&schema).unwrap() + "\n"));
    reviewed::assert_file("src/model/schema_paths.rs", &schema_paths::list(schema.as_value()));
}

#[cfg(feature = "schema")]
#[test]
fn the_types_of_the_npm_package_are_current() {
    reviewed::assert_file("xtask/npm/types.d.ts", &typescript::declarations::<plimsoll::report::Report>());
}

/// One document with mistakes of all kinds, as a terminal and as a pipe show what is wrong.
#[cfg(feature = "cli")]
#[test]
fn findings_are_shown_as_reviewed() {
    for format in ["short", "full"] {
        let output = run::plimsoll(&["check", "tests/report/mistakes.yaml", "--findings", format], b"");
        assert_eq!(output.status.code(), Some(1));
        reviewed::assert_file(&format!("tests/report/{format}.txt"), &String::from_utf8(output.stdout).unwrap());
    }
    let piped = run::plimsoll(&["check", "tests/report/mistakes.yaml"], b"");
    reviewed::assert_file("tests/report/short.txt", &String::from_utf8(piped.stdout).unwrap());
}

/// A new release of the API on the cluster, as `plimsoll simulate --json` prints it; the page's tests read it too.
fn rollout(topology: &Topology) -> String {
    let scenario = Scenario { service: Some("api".to_owned()), ..Scenario::new(ScenarioKind::Rollout) };
    serde_json::to_string_pretty(&simulate(topology, &scenario)).unwrap() + "\n"
}

#[test]
fn no_example_is_left_out() {
    let mut files: Vec<_> = fs::read_dir("examples").unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    assert_eq!(files, EXAMPLES.map(|(example, _)| PathBuf::from(format!("examples/{example}.yaml"))));
}
