//! The files of every example, as they are and with their reasons, reviewed as text in `tests/golden/`.
//!
//! After a change that is meant, write them anew with `BLESS=1 cargo test --no-default-features --test golden` and read
//! the difference.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod digests;
mod examples;

use digests::digests;
use examples::EXAMPLES;
use plimsoll::analyze;
use plimsoll::plan::capacity;
use plimsoll::plan::simulate::{Scenario, ScenarioKind, simulate};
use plimsoll::topology::Topology;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

#[test]
fn every_example_gives_the_reviewed_files() {
    let mut expected = BTreeMap::from([(PathBuf::from("tests/golden/digests.txt"), digests())]);
    for (example, text) in EXAMPLES {
        let folder = Path::new("tests/golden").join(example);
        let outputs = analyze(text).outputs.unwrap();
        for artifact in outputs.artifacts() {
            expected.insert(folder.join("explained").join(&artifact.path), artifact.explained());
            expected.insert(folder.join("clean").join(&artifact.path), artifact.text);
        }
        expected.insert(folder.join("plan.txt"), plimsoll::plan::to_text(&outputs.plan));
        if example == "shop" {
            expected.insert(folder.join("rollout.json"), rollout(&outputs.topology));
        }
        let capacity = capacity::capacity(&outputs.topology);
        expected.insert(folder.join("capacity.txt"), capacity::to_text(&capacity));
    }
    if env::var_os("BLESS").is_some() {
        let _ = fs::remove_dir_all("tests/golden");
        for (path, text) in &expected {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
    }
    let found: BTreeMap<PathBuf, String> = files_below(Path::new("tests/golden"));
    let paths = |files: &BTreeMap<PathBuf, String>| files.keys().cloned().collect::<Vec<_>>();
    assert_eq!(paths(&found), paths(&expected), "run with BLESS=1 and review the difference");
    for (path, text) in &expected {
        assert!(&found[path] == text, "{} differs: run with BLESS=1 and review the difference", path.display());
    }
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

fn files_below(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            let text = fs::read_to_string(&path).unwrap();
            files.insert(path, text);
        }
    }
    files
}
