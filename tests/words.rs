//! What the page says stands in `src/app/words`, where a translation finds it: no view has words of its own.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The attributes that are read out or shown, the last two of the page's own components.
const SAID: [&str; 8] =
    ["alt", "aria-description", "aria-label", "aria-valuetext", "placeholder", "title", "label", "words"];

/// A literal of a source, the code before it, in which all literals are empty, and what comes after it.
struct Literal<'a> {
    line: usize,
    text: &'a str,
    before: String,
    after: &'a str,
}

#[test]
fn no_view_has_words_of_its_own() {
    let mut found = Vec::new();
    let (mut files, mut views) = (0, 0);
    for path in sources(Path::new("src/app")) {
        let source = fs::read_to_string(&path).unwrap();
        files += 1;
        views += source.matches("view! {").count();
        let words = literals(&source).into_iter().filter(Literal::is_said);
        found.extend(words.map(|literal| format!("{}:{}: {:?}", path.display(), literal.line, literal.text)));
    }
    assert!(files > 50 && views > 100, "only {views} views in {files} files were looked at");
    assert!(found.is_empty(), "these belong into `src/app/words`:\n{}", found.join("\n"));
}

#[test]
fn words_are_found_wherever_a_view_has_them() {
    for (view, expected) in [
        (r#"<p>"Save it"</p>"#, 1),
        (r#"<p class="muted">{icon()} "Save it" " now"</p>"#, 2),
        ("<p>\n    \"Save it\"\n</p>", 1),
        (r#"<p>{move || format!("{count} files")}</p>"#, 1),
        (r#"<a title="Save it" aria-label=move || if is_new { "Save" } else { "Keep" }></a>"#, 3),
        (r#"<a title=format!("Save {name}")></a>"#, 1),
        (r#"<a aria-label=words::SAVE class="is-new" style:top=move || format!("{top}px")>{words::SAVE} ": "</a>"#, 0),
        (r#"<a title=format!("{name}: {size}") class=match key { "Enter" => "is-new", _ => "" }></a> // "Save it""#, 0),
    ] {
        let found = literals(&format!("view! {{ {view} }}")).into_iter().filter(Literal::is_said).count();
        assert_eq!(found, expected, "{view}");
    }
}

/// The Rust sources below a folder, but for the words themselves.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kept = entries.filter(|path| !path.ends_with("words"));
    let sources = kept.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] });
    sources.filter(|path| path.extension().is_some_and(|extension| extension == "rs")).collect()
}

/// Every literal outside comments.
fn literals(source: &str) -> Vec<Literal<'_>> {
    let mut literals = Vec::new();
    let (mut before, mut at) = (String::new(), 0);
    while let Some(next) = source[at..].chars().next() {
        let rest = &source[at..];
        let length = match next {
            '/' if rest.starts_with("//") => rest.find('\n').unwrap_or(rest.len()),
            '"' => {
                let text = &rest[1..=end(&rest[1..])];
                let line = source[..at].matches('\n').count() + 1;
                let after = rest.get(text.len() + 2..).unwrap_or_default();
                literals.push(Literal { line, text, before: before.clone(), after });
                before.push_str("\"\"");
                text.len() + 2
            }
            // A raw literal, in which a view says nothing.
            'r' if rest.starts_with("r#\"") => rest.find("\"#").map_or(rest.len(), |end| end + 2),
            // The character, which is no start of a literal.
            '\'' if rest.starts_with("'\"'") => 3,
            next => {
                before.push(next);
                next.len_utf8()
            }
        };
        at += length;
    }
    literals
}

/// Where a literal ends.
fn end(rest: &str) -> usize {
    let mut is_escaped = false;
    let ends = |letter: char| {
        let ends = letter == '"' && !is_escaped;
        is_escaped = letter == '\\' && !is_escaped;
        ends
    };
    rest.find(ends).unwrap_or(rest.len())
}

impl Literal<'_> {
    /// Whether it is words that a view says.
    fn is_said(&self) -> bool {
        self.has_words() && (self.is_text() || self.attribute().is_some_and(|name| SAID.contains(&name)))
    }

    /// Whether there is a letter in it, but for what is put in for `{…}`.
    fn has_words(&self) -> bool {
        let mut own = self.text.split('{').enumerate().map(|(number, piece)| match piece.split_once('}') {
            Some((_, own)) if number > 0 => own,
            _ => piece,
        });
        own.any(|piece| piece.contains(char::is_alphabetic))
    }

    /// Whether it is a piece of a view's text: it stands behind a tag, a block or another piece, or is what a block says.
    fn is_text(&self) -> bool {
        let before = self.before.trim_end();
        if let Some(before) = before.strip_suffix("format!(") {
            return before.ends_with('{') || before.ends_with("{move || ");
        }
        let is_pattern = self.after.trim_start().starts_with(['=', '|']);
        let is_tag = before.ends_with('>') && !before.ends_with("=>") && !before.ends_with("->");
        let is_piece = before.ends_with(['}', '"']) || before.ends_with("view! {");
        (is_tag || is_piece) && !is_pattern
    }

    /// The attribute of a view that it is a value of, or a part of one: the last on its line.
    fn attribute(&self) -> Option<&str> {
        let line = self.before.rsplit('\n').next()?;
        line.rmatch_indices('=').find_map(|(at, _)| {
            let name = line[..at].rsplit([' ', '<', '(']).next()?;
            let is_name = name.contains(char::is_alphabetic) && !name.contains(['=', '!', '"', '{', '|']);
            (is_name && !line[at + 1..].starts_with(['=', '>', ' '])).then_some(name)
        })
    }
}
