//! Writing the files, without touching what is somebody else's.
//!
//! A list beside the files says what was written. What is not on it, or has changed since, is not plimsoll's to
//! overwrite; what is on it and no longer generated is taken away.

use crate::input::Failure;
use plimsoll::generate::Artifact;
use plimsoll::hash::fnv1a;
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

/// The list's name in the output folder.
const LIST: &str = ".plimsoll";

/// How the files are written.
#[derive(Clone, Copy)]
pub enum Style {
    /// As they are.
    Clean,
    /// With the reasons as comments.
    Explained,
}

/// What happens to files that plimsoll did not write, or that were changed since.
#[derive(Clone, Copy, PartialEq)]
pub enum Existing {
    /// They stay, and nothing is written.
    Keep,
    /// They are overwritten.
    Overwrite,
}

/// What happens to files that plimsoll wrote and that are no longer generated.
#[derive(Clone, Copy, PartialEq)]
pub enum Obsolete {
    /// They stay.
    Keep,
    /// They go, unless they were changed.
    Remove,
}

/// How to write.
#[derive(Clone, Copy)]
pub struct Order {
    /// With or without reasons.
    pub style: Style,
    /// What happens to files in the way.
    pub existing: Existing,
    /// What happens to files that are no longer generated.
    pub obsolete: Obsolete,
}

/// Writes the files, and returns how many there are.
pub fn write(artifacts: &[Artifact], folder: &Path, order: Order) -> Result<usize, Failure> {
    let files: BTreeMap<&str, String> = artifacts
        .iter()
        .map(|artifact| {
            let text = match order.style {
                Style::Clean => artifact.text.clone(),
                Style::Explained => artifact.explained(),
            };
            (artifact.path.as_str(), text)
        })
        .collect();
    let known = read_list(folder);
    let is_ours = |path: &str, found: &[u8]| {
        known.get(path) == Some(&fnv1a(found)) || files.get(path).is_some_and(|text| text.as_bytes() == found)
    };
    if order.existing == Existing::Keep {
        let mut in_the_way = Vec::new();
        for path in files.keys() {
            let place = folder.join(path);
            if found(&place)?.is_some_and(|found| !is_ours(path, &found)) {
                in_the_way.push(place);
            }
        }
        if !in_the_way.is_empty() {
            return Err(Failure::InTheWay(in_the_way));
        }
    }
    for (path, text) in &files {
        write_file(&folder.join(path), text)?;
    }
    let mut list: BTreeMap<&str, u64> = files.iter().map(|(path, text)| (*path, fnv1a(text.as_bytes()))).collect();
    for (path, hash) in known.iter().filter(|(path, _)| !files.contains_key(path.as_str())) {
        let place = folder.join(path);
        if order.obsolete == Obsolete::Keep {
            list.insert(path, *hash);
        } else if found(&place)?.is_some_and(|found| fnv1a(&found) == *hash) {
            fs::remove_file(&place).map_err(|error| Failure::Write(place, error))?;
        }
    }
    let list: Vec<String> = list.iter().map(|(path, hash)| format!("{hash:016x} {path}\n")).collect();
    write_file(&folder.join(LIST), &list.concat())?;
    Ok(files.len())
}

/// The content of a file, if there is one.
fn found(place: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(place) {
        Ok(content) => Ok(Some(content)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::Write(place.to_owned(), error)),
    }
}

fn write_file(place: &Path, text: &str) -> Result<(), Failure> {
    let failed = |error| Failure::Write(place.to_owned(), error);
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    fs::write(place, text).map_err(failed)
}

/// What was written the last time: a hash and a path a line. Lines that are none, or lead out of the folder, are
/// passed over: anyone may have written the list.
fn read_list(folder: &Path) -> BTreeMap<String, u64> {
    let text = fs::read_to_string(folder.join(LIST)).unwrap_or_default();
    let entry = |line: &str| {
        let (hash, path) = line.split_once(' ')?;
        let stays_inside = Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        stays_inside.then_some((path.to_owned(), u64::from_str_radix(hash, 16).ok()?))
    };
    text.lines().filter_map(entry).collect()
}
