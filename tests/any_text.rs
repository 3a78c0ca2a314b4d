//! Laws that hold for any text at all.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use plimsoll::agree::agree_all;
use plimsoll::analyze;
use plimsoll::finding::Finding;
use plimsoll::text::LineIndex;
use proptest::prelude::*;

/// Words that mean something to the document, and things that do not belong there.
fn token() -> impl Strategy<Value = String> {
    let words = [
        "services",
        "api",
        "db",
        "python",
        "celery",
        "image",
        "postgres",
        "redis",
        "nginx",
        "workers",
        "replicas",
        "memory",
        "process",
        "limit",
        "env",
        "secrets",
        "before_start",
        "run",
        "needs",
        "public",
        "host",
        "storage",
        "storage_path",
        "server",
        "cluster",
        "nodes",
        "zones",
        "survive",
        "machines",
        "price",
        "count",
        "cpu",
        "traffic",
        "peak",
        "latency",
        "autoscale",
        "min",
        "max",
        "publish",
        "port",
        "name",
        "version",
        "health",
        "path",
        "writable",
        "user",
        "command",
        "gateway",
    ];
    let values = [
        "0",
        "1",
        "-1",
        "99999999999999999999",
        "1e400",
        ".nan",
        "256Mi",
        "16Ei",
        "10/s",
        "70%",
        "80ms",
        "true",
        "null",
        "~",
        "[]",
        "{}",
        "\"\"",
        "a.example.com",
        "app:app",
        "/a",
        "é",
        "\u{0}",
        "*a",
        "&a",
        "!!x",
        "<<",
        "|",
        "- ",
        "? ",
    ];
    let layout =
        ["\n", "\n  ", "\n    ", ": ", ":\n      ", ", ", "{ ", " }", "[", "]", " ", "#", "'", "\"", "\t", "\r\n"];
    prop_oneof![
        3 => prop::sample::select(words.to_vec()).prop_map(str::to_owned),
        2 => prop::sample::select(values.to_vec()).prop_map(str::to_owned),
        4 => prop::sample::select(layout.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ]
}

/// An example with a piece replaced by something else.
fn damaged_example() -> impl Strategy<Value = String> {
    (0..EXAMPLES.len(), any::<prop::sample::Index>(), 0..40usize, prop::collection::vec(token(), 0..4)).prop_map(
        |(example, at, length, tokens)| {
            let letters: Vec<char> = EXAMPLES[example].1.chars().collect();
            let start = at.index(letters.len());
            let end = (start + length).min(letters.len());
            letters[..start].iter().collect::<String>() + &tokens.concat() + &letters[end..].iter().collect::<String>()
        },
    )
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => damaged_example(),
        2 => prop::collection::vec(token(), 0..60).prop_map(|tokens| tokens.concat()),
        1 => any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn every_text_is_answered(text in any_text()) {
        let analysis = analyze(&text);
        let index = LineIndex::new(&text);
        for finding in &analysis.findings {
            prop_assert!(finding.span.start <= finding.span.end && finding.span.end <= text.len(), "{finding:?}");
            prop_assert!(text.get(finding.span.start..finding.span.end).is_some(), "inside a character: {finding:?}");
            prop_assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding:?}");
            index.position(finding.span.start);
        }
    }

    #[test]
    fn the_same_text_gives_the_same_bytes(text in damaged_example()) {
        let files = |text: &str| analyze(text).outputs.map(|outputs| outputs.topology);
        prop_assert_eq!(files(&text), files(&text));
    }

    #[test]
    fn the_files_of_what_is_left_agree(text in damaged_example()) {
        if let Some(outputs) = analyze(&text).outputs {
            prop_assert_eq!(agree_all(&outputs.topology, &outputs.plan).disagreements, []);
        }
    }

    #[test]
    fn a_fix_takes_its_finding_away(text in damaged_example()) {
        let analysis = analyze(&text);
        for finding in analysis.findings.iter().filter(|finding| finding.fix.is_some()).take(3) {
            let mut mended = text.clone();
            for edit in finding.fix.iter().flat_map(|fix| fix.edits.iter().rev()) {
                mended.replace_range(edit.span.start..edit.span.end, &edit.text);
            }
            let is_it = |other: &Finding| {
                (other.rule.id, other.span.start, &other.message) == (finding.rule.id, finding.span.start, &finding.message)
            };
            prop_assert!(!analyze(&mended).findings.iter().any(is_it), "{finding:?}\n{mended}");
        }
    }
}
