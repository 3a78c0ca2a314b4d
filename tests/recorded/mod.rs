//! What was recorded of the real Kubernetes 1.36.2, in `tests/fixtures/`: JSON, a case a line, in files that end in
//! `.jsonl.gz` or `.jsonl`. The environment variable `PLIMSOLL_FIXTURES` names another folder of the same shape.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// Every case in a folder of the fixtures, with its file and line.
pub fn cases(folder: &str) -> impl Iterator<Item = (String, Value)> {
    let fixtures = std::env::var_os("PLIMSOLL_FIXTURES")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"), PathBuf::from);
    let folder = fixtures.join(folder);
    let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("a file").path()).collect();
    files.retain(|path| open(path).is_some());
    files.sort();
    assert!(!files.is_empty(), "{} has no file that ends in .jsonl.gz or .jsonl", folder.display());
    files.into_iter().flat_map(|path| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let lines = BufReader::new(open(&path).expect("a file of cases")).lines().enumerate();
        let lines = lines.map(|(index, line)| (index, line.expect("text"))).filter(|(_, line)| !line.is_empty());
        lines.map(move |(index, line)| {
            let place = format!("{name}:{}", index + 1);
            let case = serde_json::from_str(&line).unwrap_or_else(|error| panic!("{place}: {error}"));
            (place, case)
        })
    })
}

/// The lines of a file of cases; nothing if it is none.
fn open(path: &Path) -> Option<Box<dyn Read>> {
    let name = path.to_string_lossy();
    let file = || File::open(path).unwrap_or_else(|error| panic!("{name}: {error}"));
    if name.ends_with(".jsonl.gz") {
        Some(Box::new(GzDecoder::new(file())))
    } else {
        name.ends_with(".jsonl").then(|| Box::new(file()) as Box<dyn Read>)
    }
}
