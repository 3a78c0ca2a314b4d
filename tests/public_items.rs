//! Every public item of the library has a reader: the compiler finds private items that nothing reads, and this test public
//! ones.
//!
//! It compares names only, so an item that nobody reads hides behind another of the same name.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod source_files;

use std::collections::HashMap;
use std::fs;
use std::path::Path;

/// The folders whose code can read the library. Its own tests are no readers.
const READERS: [&str; 4] = ["src", "xtask", "fuzz", "benches"];

/// The programs in `src/`, whose items the compiler checks.
const PROGRAMS: [&str; 2] = ["src/app/", "src/bin/"];

/// Words between `pub` and the name of an item.
const KEYWORDS: [&str; 9] = ["async", "const", "enum", "fn", "static", "struct", "trait", "type", "union"];

/// The code below `folder`, without comments and tests, by the file's name.
fn code_below(root: &Path, folder: &str) -> Vec<(String, String)> {
    let files = source_files::below(&root.join(folder), &["rs"]).into_iter().filter_map(|path| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        if name.split('/').any(|part| ["target", "tests", "tests.rs"].contains(&part)) {
            return None;
        }
        let text = fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        Some((name, lines.collect::<Vec<_>>().join("\n")))
    });
    files.collect()
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// The public items that the code declares: functions, types, constants and traits.
fn items(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter_map(|line| {
        let mut words = words(line.trim_start().strip_prefix("pub ")?);
        let first = words.next().filter(|word| KEYWORDS.contains(word))?;
        [first].into_iter().chain(words).find(|word| !KEYWORDS.contains(word))
    })
}

/// The items of `code` that no word of it names but their declarations.
fn unread(code: &HashMap<String, String>) -> Vec<(&str, &str)> {
    let mut named: HashMap<&str, usize> = HashMap::new();
    for word in code.values().flat_map(|code| words(code)) {
        *named.entry(word).or_default() += 1;
    }
    let of_library = |file: &str| file.starts_with("src/") && !PROGRAMS.iter().any(|program| file.starts_with(program));
    let declared = code.iter().filter(|(file, _)| of_library(file));
    let mut unread: Vec<_> = declared
        .flat_map(|(file, code)| items(code).map(move |item| (file.as_str(), item)))
        .filter(|(_, item)| named[item] == 1)
        .collect();
    unread.sort_unstable();
    unread
}

#[test]
fn every_public_item_has_a_reader() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let code = READERS.into_iter().flat_map(|folder| code_below(root, folder)).collect();
    let unread: Vec<String> = unread(&code).into_iter().map(|(file, item)| format!("{file}: {item}")).collect();
    assert!(
        unread.is_empty(),
        "nothing but tests reads these; remove them, or make them private:\n{}",
        unread.join("\n")
    );
}

#[test]
fn an_item_that_nobody_reads_is_found() {
    let files = [
        (
            "src/a.rs",
            "pub const READ: u32 = 1;\npub const UNREAD: u32 = 2;\npub const fn unread_too() {}\npub struct Read;",
        ),
        ("src/b.rs", "fn f(_: Read) -> u32 { READ }\npub(crate) fn not_public() {}"),
        ("src/app/c.rs", "pub fn of_the_page() {}"),
    ];
    let code = files.map(|(file, code)| (file.to_owned(), code.to_owned())).into();
    assert_eq!(unread(&code), [("src/a.rs", "UNREAD"), ("src/a.rs", "unread_too")]);
}
