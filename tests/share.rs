//! Links carry any text, open for ever, and harm nobody.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod examples;

use examples::EXAMPLES;
use miniz_oxide::deflate::compress_to_vec_zlib;
use plimsoll::share::{self, LinkError, MAX_BYTES};
use proptest::prelude::*;
use std::fs;
use std::process::Command;

/// The links of `tests/links/`, one a line, with what made it, its text's file, and itself.
fn kept_links() -> Vec<(String, String, String)> {
    let list = fs::read_to_string("tests/links/links.txt").unwrap();
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with("//"));
    lines
        .map(|line| {
            let mut words = line.split_whitespace().map(str::to_owned);
            (words.next().unwrap(), words.next().unwrap(), words.next().unwrap())
        })
        .collect()
}

#[test]
fn links_that_were_made_once_open_for_ever() {
    let links = kept_links();
    assert!(links.len() >= 20, "a link that is taken off the list is a promise broken");
    for (maker, file, link) in links {
        let text = fs::read_to_string(format!("tests/links/{file}")).unwrap();
        let (_, fragment) = link.split_once('#').unwrap();
        assert_eq!(share::open(fragment).unwrap().as_deref(), Some(text.as_str()), "{maker}: {file}");
    }
}

#[test]
fn an_example_fits_where_messages_are_short() {
    for (name, text) in EXAMPLES {
        let fragment = share::fragment(text).unwrap();
        assert!(share::Reach::of(fragment.len() + 40) == share::Reach::All, "{name}");
    }
}

#[test]
fn every_changed_character_is_noticed() {
    let text = fs::read_to_string("examples/fastapi.yaml").unwrap();
    let link = share::fragment(&text).unwrap();
    let (payload, end) = link.split_once('&').unwrap();
    for at in "v1=".len()..payload.len() {
        let other = if payload.as_bytes()[at] == b'A' { "B" } else { "A" };
        let changed = format!("{}{other}{}&{end}", &payload[..at], &payload[at + 1..]);
        match share::open(&changed) {
            Err(LinkError::Damaged | LinkError::TooLong) => {}
            // Of the last character not all bits count.
            Ok(Some(same)) => assert!(at + 1 == payload.len() && same == text, "character {at}"),
            other => panic!("character {at}: {other:?}"),
        }
    }
}

#[test]
fn a_link_that_is_cut_off_anywhere_is_told_to_be() {
    let text = fs::read_to_string("examples/shop.yaml").unwrap();
    let link = share::fragment(&text).unwrap();
    let payload = link.find('&').unwrap();
    for length in "v1=".len()..link.len() {
        match share::open(&link[..length]) {
            Err(LinkError::CutOff) => assert!(length < payload, "{length} of {payload}"),
            Ok(Some(same)) => assert!(same == text && length + 1 >= payload, "{length} of {payload}"),
            other => panic!("{length} of {payload}: {other:?}"),
        }
    }
}

#[test]
fn bombs_are_refused_and_the_largest_document_is_not() {
    let largest = "a".repeat(MAX_BYTES);
    assert_eq!(share::open(&share::fragment(&largest).unwrap()), Ok(Some(largest.clone())));
    assert_eq!(share::fragment(&(largest.clone() + "a")), Err(LinkError::TooLong));
    for bytes in [MAX_BYTES + 1, 64 * MAX_BYTES] {
        let bomb = share::write(&compress_to_vec_zlib(&vec![b'a'; bytes], 9));
        assert_eq!(share::open(&bomb), Err(LinkError::TooLong));
    }
    assert_eq!(share::open(&format!("text={largest}a")), Err(LinkError::TooLong));
    assert_eq!(share::open(&format!("v1={}", "A".repeat(3 * MAX_BYTES))), Err(LinkError::TooLong));
}

#[test]
fn bytes_that_are_no_text_are_told_to_be() {
    assert_eq!(share::open(&share::write(&compress_to_vec_zlib(b"\xff", 9))), Err(LinkError::NotText));
    assert_eq!(share::open("text=%C3"), Err(LinkError::NotText));
}

#[test]
fn the_recipe_of_the_documentation_makes_links_that_open() {
    let page = fs::read_to_string("docs/share-links.md").unwrap();
    let (_, recipe) = page.split_once("```python\n").unwrap();
    let (recipe, _) = recipe.split_once("```").unwrap();
    let python = Command::new("python3").args(["-c", recipe, "examples/shop.yaml"]).output().unwrap();
    assert!(python.status.success(), "{}", String::from_utf8_lossy(&python.stderr));
    let text = fs::read_to_string("examples/shop.yaml").unwrap();
    let links = String::from_utf8(python.stdout).unwrap();
    assert_eq!(links.lines().count(), 2, "{links}");
    for link in links.lines() {
        let (_, fragment) = link.split_once('#').unwrap();
        assert_eq!(share::open(fragment).unwrap().as_deref(), Some(text.as_str()), "{link}");
    }
}

proptest! {
    #[test]
    fn any_text_comes_back(text in any::<String>()) {
        let fragment = share::fragment(&text).unwrap();
        let end = format!("&by={}", plimsoll::VERSION);
        prop_assert!(fragment.ends_with(&end));
        prop_assert!(fragment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_=&.".contains(&byte)));
        prop_assert_eq!(share::open(&fragment), Ok(Some(text.clone())));
        let encoded: String = text.bytes().flat_map(|byte| format!("%{byte:02x}").into_bytes()).map(char::from).collect();
        prop_assert_eq!(share::open(&format!("#text={encoded}&by=9")), Ok(Some(text)));
    }

    #[test]
    fn any_fragment_is_answered(fragment in any::<String>(), head in "#?(v1|v2|text|by|)=?") {
        let _ = share::open(&fragment);
        let _ = share::open(&format!("{head}{fragment}"));
    }

    #[test]
    fn any_bytes_in_a_link_are_answered(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = share::open(&share::write(&bytes));
        let as_zlib = [&[0x78, 0x9c], &bytes[..]].concat();
        let _ = share::open(&share::write(&as_zlib));
    }
}
