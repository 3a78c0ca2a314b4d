//! What is said stands where a translation finds it: no view has words of its own beside `src/app/words`, and the core no
//! sentence beside `src/words`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::fs;
use std::path::{Path, PathBuf};

/// The attributes that are read out or shown, the last two of the page's own components.
const SAID: [&str; 8] =
    ["alt", "aria-description", "aria-label", "aria-valuetext", "placeholder", "title", "label", "words"];

/// What is not asked here: the page, which has its own test, the words themselves, what only the command says, and what
/// Kubernetes and the YAML parser say, which is quoted or compared with, and the names of what `cargo xtask measure` measured.
const ELSEWHERE: [&str; 9] = [
    "src/app",
    "src/words",
    "src/agree",
    "src/bin",
    "src/plan/controllers/replica_calculator.rs",
    "src/plan/scheduler",
    "src/topology/measured.rs",
    "src/yaml/scan.rs",
    "src/yaml/syntax.rs",
];

/// What begins like this is no sentence but something to run.
const PROGRAMS: [&str; 8] = ["case ", "docker ", "flock ", "for ", "go ", "import ", "kubectl ", "pip "];

/// What stands before what is said to whoever reads the code, and before a schema's descriptions, which otherwise are the
/// comments of the document's types.
const NOT_SAID: [&str; 5] = [".expect(", "reason =", "unreachable!(", "assert!(", "\"\":"];

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

#[test]
fn the_core_has_no_sentence_of_its_own() {
    let mut found = Vec::new();
    let mut files = 0;
    for path in sources(Path::new("src")) {
        if ELSEWHERE.iter().any(|elsewhere| path.starts_with(elsewhere))
            || path.ends_with("tests.rs")
            || path.iter().any(|part| part == "tests")
        {
            continue;
        }
        let source = fs::read_to_string(&path).unwrap();
        let (code, _tests) = source.split_once("#[cfg(test)]").unwrap_or((&source, ""));
        files += 1;
        let sentences = literals(code).into_iter().filter(Literal::is_sentence);
        found.extend(sentences.map(|literal| format!("{}:{}: {:?}", path.display(), literal.line, literal.text)));
    }
    assert!(files > 150, "only {files} files were looked at");
    assert!(found.is_empty(), "these belong into `src/words`:\n{}", found.join("\n"));
}

#[test]
fn sentences_are_found_and_nothing_else() {
    for (code, expected) in [
        (r#"help("Remove it here")"#, 1),
        (r#"format!("{count} of them are left")"#, 1),
        (r#"format!("`{name}` has no port")"#, 1),
        (r#"format!("{name}: {count} × {cpu}, {memory}") // "Remove it here""#, 0),
        (r#"run("docker compose up --build --detach --wait")"#, 0),
        (r#"found.expect("there is one of them")"#, 0),
        (r#"json_schema!({ "type": "string", "description": "One of the names" })"#, 0),
    ] {
        assert_eq!(literals(code).iter().filter(|literal| literal.is_sentence()).count(), expected, "{code}");
    }
}

/// The Rust sources below a folder, but for the page's words.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let kept = entries.filter(|path| !path.ends_with("app/words"));
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

    /// Whether three words follow each other in it, which is more than a name or a unit, and it is said to a person.
    fn is_sentence(&self) -> bool {
        let is_word = |word: &str| word.len() > 1 && word.chars().all(char::is_alphabetic);
        let words: Vec<&str> =
            self.text.split_whitespace().map(|word| word.trim_end_matches([',', ':', ';', '.'])).collect();
        let is_said = words.windows(3).any(|three| three.iter().all(|word| is_word(word)));
        let is_run = PROGRAMS.iter().any(|program| self.text.starts_with(program));
        is_said && !is_run && !NOT_SAID.iter().any(|before| self.before.trim_end().ends_with(before))
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
