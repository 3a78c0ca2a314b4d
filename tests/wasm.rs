//! The core in a browser: what 32-bit addresses and WebAssembly could change.
#![cfg(target_arch = "wasm32")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod digests;
mod examples;

use plimsoll::text::{LineIndex, Position};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// `golden.rs` writes the same list natively.
#[wasm_bindgen_test]
fn every_example_gives_the_same_bytes_as_natively() {
    assert_eq!(digests::digests(), include_str!("golden/digests.txt"));
}

#[wasm_bindgen_test]
fn positions_count_characters_in_a_long_text() {
    let text = "é: 🚢\n".repeat(100_000);
    let index = LineIndex::new(&text);
    let last_ship = text.len() - "🚢\n".len();
    assert_eq!(index.position(last_ship), Position { line: 100_000, column: 4 });
    assert_eq!(index.position(usize::MAX), Position { line: 100_001, column: 1 });
}
