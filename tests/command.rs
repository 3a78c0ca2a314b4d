//! The `plimsoll` command, as a person uses it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![cfg(feature = "cli")]

mod run;

use run::{plimsoll, plimsoll_in};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

/// A folder of its own for a test, empty at the start.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn check_says_where_and_how_to_mend() {
    let output = plimsoll(&["check", "-"], b"services:\n  api: { python: {}, replica: 2 }\n");
    assert_eq!(output.status.code(), Some(1));
    let text = stdout(&output);
    assert!(text.starts_with("<stdin>:2:22: error: "), "{text}");
    assert!(text.lines().next().unwrap().ends_with("[unknown-key]"), "{text}");
    assert!(text.contains("replicas"), "{text}");
}

#[test]
fn capacity_says_what_to_buy_first_and_for_programs_in_json() {
    let document =
        b"services: { api: { image: \"a:1\", replicas: 3 } }\ncluster: {}\nmachines: [{ name: cx22, price: 4 }]\n";
    let text = stdout(&plimsoll(&["capacity", "-"], document));
    let sentence = "  The cheapest cluster that carries this: 2 \u{d7} cx22 (2 cores, 4 GiB), 8 a month.";
    assert!(text.lines().nth(1).unwrap().starts_with(sentence), "{text}");
    let json = plimsoll(&["capacity", "-", "--json"], document);
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let best = &json["cluster"]["options"][0];
    assert_eq!((&best["count"], &best["total_price_cents"]), (&2.into(), &800.into()));
    assert!(json["server"].is_null());
}

#[test]
fn check_json_has_lines_columns_and_fixes() {
    let output = plimsoll(&["check", "-", "--json"], b"services:\n  api: { python: {}, replica: 2 }\n");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let finding = &json["findings"][0];
    assert_eq!((&finding["rule"], &finding["severity"]), (&"unknown-key".into(), &"error".into()));
    assert_eq!(finding["start"], serde_json::json!({ "line": 2, "column": 22 }));
    assert_eq!(finding["fix"]["edits"][0]["text"], "replicas");
}

#[test]
fn check_says_on_how_much_the_files_agree() {
    let text = stdout(&plimsoll(&["check", "examples/shop.yaml"], b""));
    let last = text.lines().last().unwrap();
    let numbers: Vec<u32> = last.split(' ').filter_map(|word| word.parse().ok()).collect();
    assert_eq!(last, format!("{} files agree on {} facts", numbers[0], numbers[1]));
    assert!(numbers[0] > 10 && numbers[1] > 100, "{last}");
    let json = plimsoll(&["check", "examples/shop.yaml", "--json"], b"");
    let json: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
    let expected = serde_json::json!({ "files": numbers[0], "facts": numbers[1], "disagreements": [] });
    assert_eq!(json["agreement"], expected);
    let unreadable = stdout(&plimsoll(&["check", "-"], b"["));
    assert!(!unreadable.contains("agree"), "{unreadable}");
}

#[test]
fn exit_codes_tell_good_from_bad_from_misuse() {
    let good = b"services: { api: { python: {} } }";
    let cases: [(&[&str], &[u8], i32); 18] = [
        (&["check", "-"], good, 0),
        (&["plan", "-"], good, 0),
        (&["capacity", "-"], good, 0),
        (&["simulate", "-", "--scenario", "rollout"], good, 0),
        (&["place", "-"], br#"{ "kind": "List", "items": [] }"#, 0),
        (&["explain"], b"", 0),
        (&["explain", "unknown-key"], b"", 0),
        (&["explain", "unknown-kye"], b"", 2),
        (&["plan", "examples/too-many-workers.yaml"], b"", 1),
        (&["simulate", "-", "--scenario", "leak"], b"[", 1),
        (&["check", "-"], b"services: 5", 1),
        (&["plan", "-"], b"[", 1),
        (&["check", "no/such/file"], b"", 2),
        (&["check"], b"", 2),
        (&["launch", "-"], b"", 2),
        (&["simulate", "-", "--scenario", "mutiny"], good, 2),
        (&["place", "-"], b"no JSON", 2),
        (&["generate", "-", "--out", "Cargo.toml"], good, 2),
    ];
    for (arguments, text, code) in cases {
        assert_eq!(plimsoll(arguments, text).status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn the_documents_and_command_lines_of_the_documentation_work_as_written() {
    let folder = folder("documentation");
    fs::create_dir(folder.join("examples")).unwrap();
    for example in ["examples/environments.yaml", "examples/plimsoll.yaml"] {
        fs::copy(example, folder.join(example)).unwrap();
    }
    let pages = ["README.md", "docs/hosting.md"].map(|page| fs::read_to_string(page).unwrap());
    let documents: Vec<&str> =
        pages[0].split("```yaml\n").skip(1).map(|block| block.split("```").next().unwrap()).collect();
    assert_eq!(documents.len(), 2);
    for document in &documents {
        let output = plimsoll(&["check", "-"], document.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", stdout(&output));
    }
    fs::write(folder.join("shop.yaml"), documents[1]).unwrap();
    let lines = pages.iter().flat_map(|page| page.lines()).filter(|line| line.starts_with("    "));
    // What comes before a `|` is another program's, here that of an empty cluster.
    let commands: Vec<&str> =
        lines.filter_map(|line| line.trim_start().rsplit(" | ").next()?.strip_prefix("plimsoll ")).collect();
    assert_eq!(commands.len(), 11);
    for command in commands {
        let words = shlex::split(command).unwrap();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let output = plimsoll_in(&folder, &words, br#"{ "kind": "List", "items": [] }"#);
        assert_eq!(output.status.code(), Some(0), "{command}: {}", stderr(&output));
    }
}

#[test]
fn text_that_is_not_utf8_or_too_large_is_a_finding() {
    let output = plimsoll(&["check", "-"], b"name: shop\nservices: \xff\n");
    assert_eq!(
        (output.status.code(), stdout(&output).lines().next().unwrap()),
        (Some(1), "<stdin>:2:11: error: The text is not UTF-8 from here on [not-utf8]")
    );
    let output = plimsoll(&["check", "-"], "é: b\n".repeat(2_000_000).as_bytes());
    assert_eq!(output.status.code(), Some(1));
    assert!(stdout(&output).contains("[too-large]"), "{}", stdout(&output));
}

#[test]
fn generate_writes_what_the_core_makes_and_nothing_else() {
    let out = folder("generate");
    let text = fs::read_to_string("examples/shop.yaml").unwrap();
    let output = plimsoll(&["generate", "examples/shop.yaml", "--out", out.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    for artifact in plimsoll::analyze(&text).outputs.unwrap().artifacts() {
        assert_eq!(fs::read_to_string(out.join(&artifact.path)).unwrap(), artifact.text, "{}", artifact.path);
    }
    assert!(out.join("k8s/api.yaml").exists() && out.join("compose.yaml").exists());
}

#[test]
fn generate_explains_in_comments_when_asked() {
    let out = folder("explain");
    let output = plimsoll(&["generate", "examples/shop.yaml", "--explain", "--out", out.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let compose = fs::read_to_string(out.join("compose.yaml")).unwrap();
    assert!(compose.contains("(services.api.memory.limit)"), "{compose}");
}

#[test]
fn generate_overwrites_only_what_it_wrote() {
    let out = folder("overwrite");
    let arguments = ["generate", "examples/shop.yaml", "--out", out.to_str().unwrap()];
    assert_eq!(plimsoll(&arguments, b"").status.code(), Some(0));
    assert_eq!(plimsoll(&arguments, b"").status.code(), Some(0), "its own files are its to overwrite");

    fs::write(out.join("compose.yaml"), "mine").unwrap();
    let refused = plimsoll(&arguments, b"");
    assert_eq!(refused.status.code(), Some(2));
    assert!(stderr(&refused).contains("compose.yaml") && stderr(&refused).contains("--force"), "{}", stderr(&refused));
    assert_eq!(fs::read_to_string(out.join("compose.yaml")).unwrap(), "mine");

    let forced = plimsoll(&[&arguments[..], &["--force"]].concat(), b"");
    assert_eq!(forced.status.code(), Some(0));
    assert_ne!(fs::read_to_string(out.join("compose.yaml")).unwrap(), "mine");
}

#[test]
fn generate_takes_away_what_is_no_longer_generated() {
    let out = folder("obsolete");
    let generate = |text: &[u8]| plimsoll(&["generate", "-", "--out", out.to_str().unwrap()], text).status.code();
    let both = b"services: { api: { python: {} }, cache: { redis: {} } }";
    assert_eq!(generate(both), Some(0));
    fs::write(out.join("notes.txt"), "mine").unwrap();
    assert!(out.join("k8s/cache.yaml").exists());
    assert_eq!(generate(b"services: { api: { python: {} }, cache: { rediss: {} } }"), Some(1));
    assert!(out.join("k8s/cache.yaml").exists(), "a mistake in the document takes no file away");
    assert_eq!(generate(b"services: { api: { python: {} } }"), Some(0));
    assert!(!out.join("k8s/cache.yaml").exists() && out.join("notes.txt").exists());
}

#[test]
fn plan_json_names_its_units() {
    let output = plimsoll(&["plan", "examples/shop.yaml", "--json"], b"");
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let api = &json["services"][0];
    assert_eq!((&api["service"], &api["container"]["limit_bytes"]), (&"api".into(), &(256 << 20).into()), "{api}");
}

#[test]
fn schema_is_the_published_one() {
    let output = plimsoll(&["schema"], b"");
    assert_eq!(stdout(&output), fs::read_to_string("public/schema.json").unwrap());
}

#[test]
fn an_environment_is_planned_and_checked_by_its_name() {
    let planned = |arguments: &[&str]| {
        let output = plimsoll(&[&["plan", "examples/environments.yaml", "--json"], arguments].concat(), b"");
        let plan: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        plan["services"][0]["peak"]["replicas"].as_u64().unwrap()
    };
    assert_eq!(planned(&[]), 2);
    assert_eq!(planned(&["--environment", "production"]), 10);
    let checked = plimsoll(&["check", "examples/environments.yaml", "--environment", "test"], b"");
    assert_eq!(checked.status.code(), Some(1));
    assert!(stdout(&checked).contains("There is no environment `test` [unknown-environment]"), "{}", stdout(&checked));
}

#[test]
fn share_prints_a_link_to_the_page_that_is_named() {
    let link = |arguments: &[&str]| stdout(&plimsoll(&[&["share", "examples/shop.yaml"], arguments].concat(), b""));
    let bare = link(&[]);
    let text = fs::read_to_string("examples/shop.yaml").unwrap();
    assert_eq!(plimsoll::share::open(bare.trim_end()).unwrap(), Some(text));
    for base in ["https://plimsoll.example/sub/?a=b", "https://plimsoll.example/sub/?a=b#old"] {
        assert_eq!(link(&["--base", base]), format!("https://plimsoll.example/sub/?a=b{bare}"));
    }
    let output = plimsoll(&["share", "-"], "a".repeat((1 << 20) + 1).as_bytes());
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(stderr(&output), "plimsoll: <stdin> is larger than 1 MiB; a link carries no more\n");
}
