//! Golden files: what the code makes is compared with files that a person has reviewed.
//!
//! `BLESS=1 cargo test --no-default-features --features cli --test golden` writes them all anew; review the difference with
//! `git diff` before it is committed.

use plimsoll::diff::{Row, changes, unified};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// How many files that differ are shown.
const MAX_SHOWN: usize = 5;

/// Compares `made` with the reviewed file at `path`.
#[cfg(feature = "schema")]
pub fn assert_file(path: &str, made: &str) {
    let path = Path::new(path);
    if blesses() {
        write(path, made);
    }
    let reviewed = fs::read_to_string(path).unwrap_or_default();
    assert!(reviewed == made, "{}{HOW_TO_BLESS}", difference(path, &reviewed, made));
}

/// Compares all the files below `folder` with those that were `made`: the same paths, the same texts.
pub fn assert_folder(folder: &Path, made: &BTreeMap<PathBuf, String>) {
    if blesses() {
        let _ = fs::remove_dir_all(folder);
        for (path, text) in made {
            write(path, text);
        }
    }
    let reviewed = files_below(folder);
    let paths: BTreeSet<&PathBuf> = reviewed.keys().chain(made.keys()).collect();
    let differing: Vec<&PathBuf> = paths.into_iter().filter(|path| reviewed.get(*path) != made.get(*path)).collect();
    let mut shown = String::new();
    for path in differing.iter().take(MAX_SHOWN) {
        let _ = match (reviewed.get(*path), made.get(*path)) {
            (Some(reviewed), Some(made)) => write!(shown, "{}", difference(path, reviewed, made)),
            (Some(_), None) => writeln!(shown, "{} is no longer made", path.display()),
            (None, _) => writeln!(shown, "{} is new", path.display()),
        };
    }
    for path in differing.iter().skip(MAX_SHOWN) {
        let _ = writeln!(shown, "{} differs too", path.display());
    }
    assert!(differing.is_empty(), "{shown}{HOW_TO_BLESS}");
}

const HOW_TO_BLESS: &str =
    "\nIf this is meant: BLESS=1 cargo test --no-default-features --features cli --test golden, then review git diff\n";

fn blesses() -> bool {
    env::var_os("BLESS").is_some()
}

/// The lines that differ, with those around them, as `diff -u` shows them.
fn difference(path: &Path, reviewed: &str, made: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (reviewed.lines().collect(), made.lines().collect());
    let mut shown = format!("--- {0}, reviewed\n+++ {0}, made\n", path.display());
    for row in unified(old.len(), &changes(reviewed, made)) {
        let _ = match row {
            Row::Same { after, .. } => writeln!(shown, " {}", new[after]),
            Row::Removed(line) => writeln!(shown, "-{}", old[line]),
            Row::Added(line) => writeln!(shown, "+{}", new[line]),
            Row::Skipped(count) => writeln!(shown, "@@ {count} lines @@"),
        };
    }
    shown
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
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
