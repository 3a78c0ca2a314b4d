//! Every class that a style sheet names is a class of the page, so that no renaming takes a style away unseen.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod source_files;

use std::fs;
use std::path::Path;

/// The beginnings of classes that the page makes of parts, and of the text editor's own.
const MADE: [&str; 3] = ["cargo-", "cm-", "is-"];

/// The texts of all files below `folder` with one of these extensions.
fn texts(folder: &str, extensions: &[&str]) -> Vec<String> {
    source_files::below(Path::new(folder), extensions)
        .into_iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .collect()
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '-' || c == '_'
}

/// The classes in the selectors of a style sheet.
fn classes(sheet: &str) -> Vec<&str> {
    // Before each `{` stands a selector, and before that the rule or comment that came earlier.
    let selectors = sheet.split('{').map(|part| part.rsplit(['}', ';', '/']).next().unwrap_or_default());
    let after_dots = selectors.flat_map(|selector| selector.split('.').skip(1));
    let names = after_dots.map(|rest| &rest[..rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())]);
    names.filter(|name| name.starts_with(|first: char| first.is_ascii_alphabetic())).collect()
}

#[test]
fn every_class_of_the_style_sheets_is_one_of_the_page() {
    let (sheets, mut sources) = (texts("style", &["css"]), vec![fs::read_to_string("index.html").unwrap()]);
    for folder in ["src/app", "src/view", "public"] {
        sources.extend(texts(folder, &["rs", "js", "html"]));
    }
    let words: std::collections::HashSet<&str> =
        sources.iter().flat_map(|source| source.split(|c| !is_of_name(c))).collect();
    let mut unknown: Vec<&str> = sheets.iter().flat_map(|sheet| classes(sheet)).collect();
    assert!(unknown.len() > 300, "only {} classes were found", unknown.len());
    unknown.retain(|class| !words.contains(class) && !MADE.iter().any(|made| class.starts_with(made)));
    assert!(unknown.is_empty(), "nothing on the page has these classes: {unknown:?}");
}

#[test]
fn classes_are_read_from_selectors_alone() {
    let sheet =
        "/* .no */\n.a, .b-c:not(.d) > e {\n  margin: 1.5em;\n}\n@media (x) {\n  .f.g::after { color: red; }\n}\n";
    assert_eq!(classes(sheet), ["a", "b-c", "d", "f", "g"]);
}
