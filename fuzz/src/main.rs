//! `plimsoll-fuzz`: searches for hostile inputs on stable Rust.
//!
//!     cargo run --release --package plimsoll-fuzz -- 60              # every target, a minute each
//!     cargo run --package plimsoll-fuzz -- document FILE             # one input again

use plimsoll_fuzz::search::{Target, search};
use plimsoll_fuzz::{document, edit, link};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

const TARGETS: [(&str, Target); 3] = [("document", document), ("edit", edit), ("link", link)];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match arguments[..] {
        [seconds] => seconds.parse().map_err(|_| USAGE.to_owned()).and_then(search_all),
        [name, file] => try_again(name, file),
        _ => Err(USAGE.to_owned()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("plimsoll-fuzz: {why}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "usage: plimsoll-fuzz SECONDS, or plimsoll-fuzz (document|edit|link) FILE";

/// Searches with every target for so many seconds, however many of them fail.
fn search_all(seconds: u64) -> Result<(), String> {
    let found = root().join("target/fuzz");
    fs::create_dir_all(&found).map_err(|error| format!("{} can't be made: {error}", found.display()))?;
    let documents = documents().map_err(|error| format!("the examples can't be read: {error}"))?;
    let links = links().map_err(|error| format!("the kept links can't be read: {error}"))?;
    let changes = documents.iter().enumerate().flat_map(|(number, text)| {
        (0..9)
            .map(move |kind| [&[kind, u8::try_from(number * 7 % 256).unwrap_or_default(), kind, 7], &text[..]].concat())
    });
    let seeds = [documents.clone(), changes.collect(), links];
    let mut failed = 0;
    for ((name, target), seeds) in TARGETS.into_iter().zip(seeds) {
        let current = found.join(name);
        let end = Instant::now() + Duration::from_secs(seconds);
        let searched = std::panic::catch_unwind(|| search(target, &seeds, |_| Instant::now() < end, &current));
        match searched {
            Ok(Ok(summary)) => println!(
                "{name:<8} passed: {} inputs, {} kinds of behaviour, the slowest took {} ms",
                summary.tried,
                summary.behaviours,
                summary.slowest.as_millis()
            ),
            Ok(Err(error)) => return Err(format!("{} can't be written: {error}", current.display())),
            Err(_) => {
                failed += 1;
                println!(
                    "{name:<8} FAILED: `cargo run --package plimsoll-fuzz -- {name} target/fuzz/{name}` tries it again"
                );
            }
        }
    }
    println!("fuzz targets: {} passed, {failed} failed", TARGETS.len() - failed);
    if failed == 0 { Ok(()) } else { Err("a promise is broken".to_owned()) }
}

fn try_again(name: &str, file: &str) -> Result<(), String> {
    let (_, target) = TARGETS.into_iter().find(|(known, _)| *known == name).ok_or(USAGE)?;
    let input = fs::read(file).map_err(|error| format!("{file} can't be read: {error}"))?;
    target(&input);
    Ok(())
}

/// The examples.
fn documents() -> std::io::Result<Vec<Vec<u8>>> {
    let files = fs::read_dir(root().join("examples"))?.map(|entry| entry.map(|entry| entry.path()));
    let mut files: Vec<PathBuf> = files.collect::<Result<_, _>>()?;
    files.retain(|file| file.extension().is_some_and(|extension| extension == "yaml"));
    files.sort();
    files.into_iter().map(fs::read).collect()
}

/// The links that have to open for ever, without what stands before their `#`.
fn links() -> std::io::Result<Vec<Vec<u8>>> {
    let list = fs::read_to_string(root().join("tests/links/links.txt"))?;
    Ok(list.lines().filter_map(|line| line.split_once('#')).map(|(_, fragment)| fragment.as_bytes().to_vec()).collect())
}

/// The project's folder.
fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
