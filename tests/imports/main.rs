//! Imports go one way: files of the core import lower folders only, and neither the files of the page nor the folders of
//! the core import each other in a circle.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod graph;
mod reader;
mod reader_tests;

use graph::{Graph, cycles, grouped};
use reader::{Sources, imports};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[test]
fn dump() {
    let imports = imports(&sources());
    for (file, targets) in &imports {
        for t in targets {
            if file.starts_with("app/") && t.starts_with("app/") {
                println!("E {file} -> {t}");
            }
        }
    }
    for c in cycles(&imports) {
        println!("CYCLE {} {c:?}", c.len());
    }
    let g = grouped(&imports, top);
    for (a, b) in &g {
        println!("T {a} -> {b:?}");
    }
    for c in cycles(&g) {
        println!("TCYCLE {c:?}");
    }
}

fn top(file: &str) -> Option<String> {
    let first = file.split('/').next().unwrap_or(file).trim_end_matches(".rs");
    (first != "lib").then(|| if first == "main" { "app".to_owned() } else { first.to_owned() })
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
