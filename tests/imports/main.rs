//! Imports go one way: folders of the library import lower ones only, and no files of the page import each other in a cycle.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod graph;
mod reader;
mod reader_tests;

use graph::{Graph, arrows_of_cycles, grouped};
use reader::{Imports, Sources, imports};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

/// The folders and files directly below `src/`, lowest first. Each imports those of lower rows only.
const ORDER: [&[&str]; 16] = [
    &["diff", "hash", "lazy_decode", "message", "progress", "rule", "sorting", "spelling", "text"],
    &["quantity", "rules"],
    &["finding"],
    &["model", "yaml"],
    &["artifact"],
    &["archive", "dockerfile", "input"],
    &["kinds"],
    &["topology"],
    &["edit", "generate", "plan"],
    &["advise", "agree", "ide"],
    &["analysis", "rulebook"],
    &["report"],
    &["engine"],
    &["share", "view"],
    &["app"],
    &["bin"],
];

/// The folders whose files do not import each other in a cycle.
const WITHOUT_CYCLES: [&str; 2] = ["app/", "view/"];

static IMPORTS: LazyLock<Imports> = LazyLock::new(|| imports(&sources()));

#[test]
fn folders_import_lower_ones_only() {
    let mut against = BTreeSet::new();
    for (from, all) in &folders() {
        for to in all {
            if row(from) <= row(to) {
                against.insert((from.clone(), to.clone()));
            }
        }
    }
    let arrows: Vec<String> = against.iter().map(|(from, to)| format!("{from} → {to}")).collect();
    assert!(arrows.is_empty(), "these imports go against `ORDER`:\n{}", arrows.join("\n"));
}

#[test]
fn no_folders_of_the_library_import_each_other() {
    let found = arrows_of_cycles(&folders());
    assert!(found.is_empty(), "these imports make cycles:\n{found}");
}

#[test]
fn no_files_of_the_page_import_each_other_in_a_cycle() {
    let mut files = IMPORTS.clone();
    files.retain(|file, _| WITHOUT_CYCLES.iter().any(|folder| file.starts_with(folder)));
    assert!(files.len() > 100, "only {} files were read", files.len());
    assert!(files.values().map(BTreeSet::len).sum::<usize>() > 300, "hardly any import was found");
    let found = arrows_of_cycles(&files);
    assert!(found.is_empty(), "these imports make cycles:\n{found}");
}

/// The imports among the folders and files directly below `src/`. The library's root re-exports, and imports nothing.
fn folders() -> Graph {
    grouped(&IMPORTS, |file| {
        let name = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
        match name {
            "lib" => None,
            "main" => Some("app".to_owned()),
            name => Some(name.to_owned()),
        }
    })
}

/// The row of a folder in `ORDER`.
fn row(folder: &str) -> usize {
    let row = ORDER.iter().position(|row| row.contains(&folder));
    row.unwrap_or_else(|| panic!("`{folder}` is not in `ORDER`"))
}

/// The sources below `src/`.
fn sources() -> Sources {
    let mut sources = Sources::new();
    read(Path::new("src"), &mut sources);
    sources
}

fn read(folder: &Path, sources: &mut Sources) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            read(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.strip_prefix("src").unwrap().to_str().unwrap().replace('\\', "/");
            sources.insert(name, fs::read_to_string(&path).unwrap());
        }
    }
}
